//! The orders of a list, and where in one a cursor stands.

use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, Order, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use vitrine_entity::{collection_product, ids::ProductId, product, product_listing};

use super::ProductFilter;
use crate::{ErrorCode, Refusal, language::messages};

/// The order of a list; ties are broken by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProductSort {
    #[default]
    Newest,
    TitleAscending,
    PriceAscending,
    PriceDescending,
    BestSelling,
    /// As a collection has them: of a list that is restricted to one.
    CollectionOrder,
}

/// Where a row stands in its order. A cursor carries it, so that one of another order is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Position {
    #[serde(rename = "newest")]
    Newest(ProductId),
    /// Without the title's key, which may be longer than a cursor: the row is asked for it.
    #[serde(rename = "title")]
    Title(ProductId),
    #[serde(rename = "price")]
    Price(i64, ProductId),
    #[serde(rename = "price_down")]
    PriceDown(i64, ProductId),
    #[serde(rename = "sold")]
    Sold(i64, ProductId),
    #[serde(rename = "place")]
    Place(i64, ProductId),
}

pub(super) fn position(sort: ProductSort, row: &Row) -> Position {
    let Row {
        product,
        listing,
        place,
    } = row;
    match sort {
        ProductSort::Newest => Position::Newest(product.id),
        ProductSort::TitleAscending => Position::Title(product.id),
        ProductSort::PriceAscending => Position::Price(listing.price_min_minor, product.id),
        ProductSort::PriceDescending => Position::PriceDown(listing.price_min_minor, product.id),
        ProductSort::BestSelling => Position::Sold(listing.sold, product.id),
        ProductSort::CollectionOrder => Position::Place((*place).into(), product.id),
    }
}

/// Sorts, in the order asked for or (to read a page from its end) the reverse of it.
pub(super) fn by(mut select: Select<product::Entity>, sort: ProductSort, backward: bool) -> Select<product::Entity> {
    let order = if descends(sort) == backward {
        Order::Asc
    } else {
        Order::Desc
    };
    for key in keys(sort) {
        select = select.order_by(key, order.clone());
    }
    select
}

/// The rows after `position`, or before it.
///
/// # Errors
/// Refuses a position in another order.
pub(super) fn beyond(position: &Position, sort: ProductSort, backward: bool) -> Result<Expr, Refusal> {
    let values = match (*position, sort) {
        (Position::Newest(id), ProductSort::Newest) => vec![Expr::val(id)],
        (Position::Title(id), ProductSort::TitleAscending) => vec![title_key_of(id), Expr::val(id)],
        (Position::Price(price, id), ProductSort::PriceAscending)
        | (Position::PriceDown(price, id), ProductSort::PriceDescending)
        | (Position::Place(price, id), ProductSort::CollectionOrder)
        | (Position::Sold(price, id), ProductSort::BestSelling) => vec![Expr::val(price), Expr::val(id)],
        _ => {
            let field = if backward { "before" } else { "after" };
            let message = messages::cursor_of_other_order();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]));
        }
    };
    let (keys, values) = (Expr::tuple(keys(sort)), Expr::tuple(values));
    Ok(if descends(sort) == backward {
        keys.gt(values)
    } else {
        keys.lt(values)
    })
}

/// The one collection whose order a list is in.
///
/// # Errors
/// Refuses a list that is not restricted to one.
pub(super) fn collection(filter: &ProductFilter) -> Result<&str, Refusal> {
    match &filter.collections[..] {
        [slug] => Ok(slug),
        _ => {
            let message = messages::collection_order_needs_collection();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["sort"]))
        }
    }
}

/// Whether an index of the listing rows has the order.
pub(super) fn is_of_listing(sort: ProductSort) -> bool {
    matches!(
        sort,
        ProductSort::PriceAscending | ProductSort::PriceDescending | ProductSort::BestSelling
    )
}

fn descends(sort: ProductSort) -> bool {
    matches!(
        sort,
        ProductSort::Newest | ProductSort::PriceDescending | ProductSort::BestSelling
    )
}

/// What it is sorted by; the tie-breaker is of the table whose index has the order.
fn keys(sort: ProductSort) -> Vec<Expr> {
    let of_product = |column: product::Column| Expr::col((product::Entity, column));
    let of_listing = |column: product_listing::Column| Expr::col((product_listing::Entity, column));
    let listed = of_listing(product_listing::Column::ProductId);
    match sort {
        ProductSort::Newest => vec![of_product(product::Column::Id)],
        ProductSort::TitleAscending => vec![of_product(product::Column::TitleKey), of_product(product::Column::Id)],
        ProductSort::PriceAscending | ProductSort::PriceDescending => {
            vec![of_listing(product_listing::Column::PriceMinMinor), listed]
        }
        ProductSort::BestSelling => vec![of_listing(product_listing::Column::Sold), listed],
        ProductSort::CollectionOrder => {
            let held = |column: collection_product::Column| Expr::col((collection_product::Entity, column));
            vec![
                held(collection_product::Column::Position),
                held(collection_product::Column::ProductId),
            ]
        }
    }
}

fn title_key_of(id: ProductId) -> Expr {
    let key = product::Entity::find()
        .select_only()
        .column(product::Column::TitleKey)
        .filter(product::Column::Id.eq(id));
    Expr::SubQuery(None, Box::new(key.into_query().into()))
}

/// What the columns of a listing row are called in a statement that reads a product with it.
const LISTING: &str = "l_";

/// Reads the listing row, too.
pub(super) fn with_listing(mut select: Select<product::Entity>) -> Select<product::Entity> {
    for column in product_listing::Column::iter() {
        select = select.column_as(
            Expr::col((product_listing::Entity, column)),
            format!("{LISTING}{}", column.as_str()),
        );
    }
    select
}

/// A product with what it may be sorted by.
pub(super) struct Row {
    pub(super) product: product::Model,
    pub(super) listing: product_listing::Model,
    /// Where it stands in the collection; 0 where the list is in another order.
    place: i32,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            product: product::Model::from_query_result(row, prefix)?,
            listing: product_listing::Model::from_query_result(row, LISTING)?,
            place: row.try_get(prefix, "place")?,
        })
    }
}

//! Lists of products: filtered, sorted, and paged by keyset.
//!
//! A page is one statement over `product` and `product_listing`, whose indexes have the orders
//! that are offered. A product appears once it has a listing row, which saving it writes.

mod count;
mod filter;
mod member_prices;
mod one_variant;
mod order;
mod recount;
mod text;
mod words;

use sea_orm::{
    ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, IntoTableRef, SelectStatement},
};
use vitrine_entity::{collection_product, ids::ProductId, product, product_listing};

pub(super) use self::filter::{has_attribute, holds_any};
use self::order::{Position, Row};
pub use self::{
    count::count,
    filter::{ProductFilter, staff_text},
    order::ProductSort,
    recount::recount_if_due,
};
pub(crate) use self::{
    filter::{check, lower},
    member_prices::unlisted,
    text::like,
    words::words,
};
use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
};

/// A product of a list, with what the list knows of it.
#[derive(Debug, Clone)]
pub struct Listed {
    pub product: product::Model,
    /// In the currency that the caller is shown; in a list by price, with the lowest price that they are.
    pub listing: product_listing::Model,
}

/// A page of the products that the caller may see.
///
/// # Errors
/// Refuses a filter out of bounds, and a cursor of another list or order.
pub async fn products(
    shop: &Shop,
    context: &Context,
    filter: &ProductFilter,
    sort: ProductSort,
    page: &PageRequest,
) -> Result<Page<Listed>> {
    let window = page.window::<Position>()?;
    let mut select = matching(shop, context, filter, Reading::InOrder(sort)).await?;
    if let Some(position) = &window.cursor {
        select = select.filter(order::beyond(position, sort, window.backward)?);
    }
    select = order::by(select, sort, window.backward).limit(window.limit + 1);
    let rows = order::with_listing(select).into_model::<Row>().all(&shop.db).await?;
    let page = window.page(rows, |row| write_cursor(&order::position(sort, row)));
    let rows = page
        .rows
        .into_iter()
        .map(|(cursor, Row { product, listing, .. })| (cursor, Listed { product, listing }))
        .collect();
    Ok(Page {
        rows,
        has_next: page.has_next,
        has_previous: page.has_previous,
    })
}

/// Rows by number, for a search that degrades: deep pages cost more than by keyset.
pub(crate) async fn by_offset(
    shop: &Shop,
    context: &Context,
    filter: &ProductFilter,
    sort: ProductSort,
    offset: u64,
    limit: u64,
) -> Result<Vec<product::Model>> {
    let select = matching(shop, context, filter, Reading::InOrder(sort)).await?;
    Ok(order::by(select, sort, false)
        .offset(offset)
        .limit(limit)
        .all(&shop.db)
        .await?)
}

/// The ids of what matches, `limit` of them at most, in no order.
pub(crate) async fn ids(shop: &Shop, context: &Context, filter: &ProductFilter, limit: u64) -> Result<Vec<ProductId>> {
    let select = matching(shop, context, filter, Reading::Number).await?.select_only();
    let select = select.column(product::Column::Id).limit(limit);
    Ok(select.into_tuple().all(&shop.db).await?)
}

/// The ids that a statement of products gives under the name `product_id`.
pub(crate) async fn ids_in(shop: &Shop, query: &SelectStatement) -> Result<Vec<ProductId>> {
    let rows = shop.db.query_all(query).await?;
    rows.iter().map(|row| Ok(row.try_get("", "product_id")?)).collect()
}

/// The least and the greatest price among what matches, in the currency that the caller is shown.
pub(crate) async fn price_bounds(shop: &Shop, context: &Context, filter: &ProductFilter) -> Result<Option<(i64, i64)>> {
    let price = || Expr::col((product_listing::Entity, product_listing::Column::PriceMinMinor));
    let bounds = matching(shop, context, filter, Reading::Prices)
        .await?
        .select_only()
        .column_as(price().min(), "least")
        .column_as(price().max(), "greatest");
    let bounds: Option<(Option<i64>, Option<i64>)> = bounds.into_tuple().one(&shop.db).await?;
    Ok(bounds.and_then(|(least, greatest)| least.zip(greatest)))
}

/// What a list is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Rows, in an order.
    InOrder(ProductSort),
    /// What its products cost.
    Prices,
    /// Which it has, or how many.
    Number,
}

impl Reading {
    fn sort(self) -> Option<ProductSort> {
        match self {
            Self::InOrder(sort) => Some(sort),
            Self::Prices | Self::Number => None,
        }
    }

    /// Whether what somebody is shown as the price decides anything.
    fn is_about_prices(self, filter: &ProductFilter) -> bool {
        filter.price_min_minor.is_some()
            || filter.price_max_minor.is_some()
            || self == Self::Prices
            || matches!(
                self.sort(),
                Some(ProductSort::PriceAscending | ProductSort::PriceDescending)
            )
    }
}

/// What matches, with what it may be sorted by.
async fn matching(
    shop: &Shop,
    context: &Context,
    filter: &ProductFilter,
    reading: Reading,
) -> Result<Select<product::Entity>> {
    let sort = reading.sort();
    let in_order_of = match sort {
        Some(ProductSort::CollectionOrder) => Some(order::collection(filter)?),
        _ => None,
    };
    let condition = filter::condition(shop, context, filter, in_order_of.is_none()).await?;
    let condition = condition.add_option(one_variant::condition(filter));
    let listing = |column| Expr::col((product_listing::Entity, column));
    let listed = listing(product_listing::Column::ProductId)
        .equals((product::Entity, product::Column::Id))
        .and(listing(product_listing::Column::Currency).eq(context.shown));
    let with_unlisted = context.terms.sells_unlisted(context.shown);
    let listing_rows = match with_unlisted || reading.is_about_prices(filter) {
        true => member_prices::listing(shop, context, with_unlisted),
        false => product_listing::Entity.into_table_ref(),
    };
    let mut select = product::Entity::find().filter(condition);
    let query = QuerySelect::query(&mut select);
    // SQLite walks the left table of a cross join first. By itself it read all active products and sorted them, rather
    // than the first few in the order of an index.
    if let Some(slug) = in_order_of {
        let held = |column| Expr::col((collection_product::Entity, column));
        query
            .from_clear()
            .from(collection_product::Entity)
            .cross_join(product::Entity)
            .cross_join(listing_rows)
            .and_where(held(collection_product::Column::CollectionId).eq(filter::id_of(context, slug)))
            .and_where(held(collection_product::Column::ProductId).equals((product::Entity, product::Column::Id)))
            .and_where(listed);
        return Ok(select.column_as(held(collection_product::Column::Position), "place"));
    }
    match sort.filter(|_| filter.is_broad()) {
        Some(sort) if order::is_of_listing(sort) => {
            let tables = query.from_clear().from(listing_rows);
            tables.cross_join(product::Entity).and_where(listed);
        }
        Some(_) => {
            query.cross_join(listing_rows).and_where(listed);
        }
        None => {
            query.join(JoinType::InnerJoin, listing_rows, listed);
        }
    }
    Ok(select.column_as(Expr::value(0), "place"))
}

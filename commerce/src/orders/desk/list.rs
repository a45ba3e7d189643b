//! All orders, as staff look for one.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};
use serde::{Deserialize, Serialize};
use vitrine_entity::{
    ids::{CustomerId, OrderId},
    order::{self, Column, OrderStatus},
    order_line, order_search, order_tag,
};

use super::{search::words, tags};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    paging::{self, Count, Page, PageRequest, Window, write_cursor},
    staff::permission::{self, Permission},
    text,
};

/// Which orders staff want to see. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderFilter {
    pub status: Option<OrderStatus>,
    /// The whole mail address.
    pub email: Option<String>,
    /// Parts of number, mail address, names, SKUs, titles and tracking numbers.
    pub query: Option<String>,
    /// A whole SKU of theirs.
    pub sku: Option<String>,
    pub tag: Option<String>,
    pub customer: Option<CustomerId>,
    /// Placed from then on.
    pub placed_since: Option<DateTime<Utc>>,
    /// Placed before then.
    pub placed_until: Option<DateTime<Utc>>,
    pub total_min_minor: Option<i64>,
    pub total_max_minor: Option<i64>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OrderSort {
    #[default]
    NewestFirst,
    OldestFirst,
    HighestTotalFirst,
    LowestTotalFirst,
}

/// Orders that `filter` describes. For staff.
///
/// # Errors
/// Refuses whoever may not see any order, and texts that no order has.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &OrderFilter,
    sort: OrderSort,
    page: &PageRequest,
) -> Result<Page<order::Model>> {
    permission::require(context, Permission::Orders)?;
    let query = order::Entity::find().filter(condition(context, filter)?);
    match sort {
        OrderSort::NewestFirst => by_time(shop, filter, query, page, true).await,
        OrderSort::OldestFirst => by_time(shop, filter, query, page, false).await,
        OrderSort::HighestTotalFirst => by_total(shop, query, page, true).await,
        OrderSort::LowestTotalFirst => by_total(shop, query, page, false).await,
    }
}

/// How many orders `filter` describes, counted to a bound. For staff.
///
/// # Errors
/// As [`list`].
pub async fn count(shop: &Shop, context: &Context, filter: &OrderFilter) -> Result<Count> {
    permission::require(context, Permission::Orders)?;
    let query = order::Entity::find().filter(condition(context, filter)?);
    paging::count(&shop.db, query.select_only().column(Column::Id)).await
}

/// Where an order stands in time. Its id says so, too; among those that were placed within some time, the index of
/// that has the order.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Moment {
    Id(OrderId),
    Placed(DateTime<Utc>, OrderId),
}

async fn by_time(
    shop: &Shop,
    filter: &OrderFilter,
    query: Select<order::Entity>,
    page: &PageRequest,
    newest_first: bool,
) -> Result<Page<order::Model>> {
    let window = page.window::<Moment>()?;
    let descending = newest_first != window.backward;
    let is_within = filter.placed_since.is_some() || filter.placed_until.is_some();
    let (placed, id) = (Column::PlacedAt, Column::Id);
    let beyond = window.cursor.map(|cursor| match (cursor, descending) {
        (Moment::Id(last), true) => Condition::all().add(id.lt(last)),
        (Moment::Id(last), false) => Condition::all().add(id.gt(last)),
        (Moment::Placed(at, last), true) => Condition::all()
            .add(placed.lte(at))
            .add(Condition::any().add(placed.lt(at)).add(id.lt(last))),
        (Moment::Placed(at, last), false) => Condition::all()
            .add(placed.gte(at))
            .add(Condition::any().add(placed.gt(at)).add(id.gt(last))),
    });
    if window
        .cursor
        .is_some_and(|cursor| is_within != matches!(cursor, Moment::Placed(..)))
    {
        let field = if window.backward { "before" } else { "after" };
        let message = messages::cursor_of_other_restrictions();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]).into());
    }
    let direction = if descending { Order::Desc } else { Order::Asc };
    let mut query = query.filter(Condition::all().add_option(beyond));
    if is_within {
        query = query.order_by(placed, direction.clone());
    }
    let rows = query
        .order_by(id, direction)
        .limit(window.limit + 1)
        .all(&shop.db)
        .await?;
    Ok(window.page(rows, |order| match is_within {
        true => write_cursor(&Moment::Placed(order.placed_at, order.id)),
        false => write_cursor(&Moment::Id(order.id)),
    }))
}

async fn by_total(
    shop: &Shop,
    query: Select<order::Entity>,
    page: &PageRequest,
    highest_first: bool,
) -> Result<Page<order::Model>> {
    let window: Window<(i64, OrderId)> = page.window()?;
    let descending = highest_first != window.backward;
    let (total, id) = (comparable_total, Column::Id);
    let beyond = window.cursor.map(|(at, last)| match descending {
        // The first part lets an index begin at the right place.
        true => Condition::all()
            .add(total().lte(at))
            .add(Condition::any().add(total().lt(at)).add(id.lt(last))),
        false => Condition::all()
            .add(total().gte(at))
            .add(Condition::any().add(total().gt(at)).add(id.gt(last))),
    });
    let query = query.filter(Condition::all().add_option(beyond));
    let query = match descending {
        true => query.order_by(total(), Order::Desc).order_by_desc(id),
        false => query.order_by(total(), Order::Asc).order_by_asc(id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    let position = |order: &order::Model| (order.comparable_total_minor(), order.id);
    Ok(window.page(rows, |order| write_cursor(&position(order))))
}

/// What orders of different currencies are sorted by: as an index has it.
fn comparable_total() -> Expr {
    let of = |column| Expr::col((order::Entity, column));
    Func::coalesce([of(Column::BaseTotalMinor), of(Column::TotalMinor)]).into()
}

fn condition(context: &Context, filter: &OrderFilter) -> Result<Condition> {
    let is_of_total = filter.total_min_minor.is_some() || filter.total_max_minor.is_some();
    let email = filter
        .email
        .as_deref()
        .map(|email| text::email(&["where", "email"], email));
    let sku = filter.sku.as_deref().map(|sku| text::line(&["where", "sku"], sku, 255));
    let tag = filter.tag.as_deref().map(|tag| tags::normal(&["where", "tag"], tag));
    Ok(Condition::all()
        .add_option(filter.status.map(|status| Column::Status.eq(status)))
        .add_option(email.transpose()?.map(|email| Column::Email.eq(email)))
        .add_option(filter.customer.map(|id| Column::CustomerId.eq(id)))
        .add_option(filter.placed_since.map(|since| Column::PlacedAt.gte(since)))
        .add_option(filter.placed_until.map(|until| Column::PlacedAt.lt(until)))
        // Of another currency, a total is neither more nor less.
        .add_option(is_of_total.then(|| Column::Currency.eq(context.currency)))
        .add_option(filter.total_min_minor.map(|least| comparable_total().gte(least)))
        .add_option(filter.total_max_minor.map(|most| comparable_total().lte(most)))
        .add_option(sku.transpose()?.map(with_sku))
        .add_option(tag.transpose()?.map(with_tag))
        .add(with_words(filter.query.as_deref())?))
}

fn with_sku(sku: String) -> Condition {
    let lines = order_line::Entity::find()
        .select_only()
        .column(order_line::Column::OrderId)
        .filter(order_line::Column::Sku.eq(sku));
    Condition::all().add(Column::Id.in_subquery(lines.into_query()))
}

fn with_tag(tag: String) -> Condition {
    let tagged = order_tag::Entity::find()
        .select_only()
        .column(order_tag::Column::OrderId)
        .filter(order_tag::Column::Tag.eq(tag));
    Condition::all().add(Column::Id.in_subquery(tagged.into_query()))
}

fn with_words(query: Option<&str>) -> Result<Condition> {
    let words = words(&["where", "query"], query.unwrap_or_default())?;
    if words.is_empty() {
        return Ok(Condition::all());
    }
    let mut found = order_search::Entity::find()
        .select_only()
        .column(order_search::Column::OrderId);
    for word in words {
        let ways = word
            .iter()
            .map(|word| order_search::Column::Words.like(containing(word)));
        found = found.filter(ways.fold(Condition::any(), Condition::add));
    }
    Ok(Condition::all().add(Column::Id.in_subquery(found.into_query())))
}

/// A pattern of whatever holds `word`, in which no character of its is one of a pattern.
fn containing(word: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for c in word.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('!')
}

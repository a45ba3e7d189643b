//! All parcels, as staff look for those that need them.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};
use vitrine_entity::{
    ids::OrderId,
    shipment::{self, Column, ShipmentStatus},
    shipment_event, shipment_tracking,
};

use super::label::number_key;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    paging::{self, Count, Page, PageRequest},
    staff::permission::{self, Permission},
    text,
};

/// The most days for which a parcel may be looked for that was not heard of.
const DAYS_MAX: i32 = 365;

/// Which parcels staff want to see. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShipmentFilter {
    pub statuses: Vec<ShipmentStatus>,
    pub order: Option<OrderId>,
    pub carrier: Option<String>,
    /// A whole tracking number, however it is written.
    pub number: Option<String>,
    /// On their way, and not heard of for so many days.
    pub silent_days: Option<i32>,
}

/// Parcels that `filter` describes, newest first. For staff.
///
/// # Errors
/// Refuses whoever may not see any order, and what no parcel has.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &ShipmentFilter,
    page: &PageRequest,
) -> Result<Page<shipment::Model>> {
    permission::require(context, Permission::Orders)?;
    let query = shipment::Entity::find().filter(condition(shop, filter)?);
    paging::by_keys(&shop.db, query, [Column::Id], Order::Desc, page, |row| row.id).await
}

/// How many parcels `filter` describes, counted to a bound. For staff.
///
/// # Errors
/// As [`list`].
pub async fn count(shop: &Shop, context: &Context, filter: &ShipmentFilter) -> Result<Count> {
    permission::require(context, Permission::Orders)?;
    let query = shipment::Entity::find().filter(condition(shop, filter)?);
    paging::count(&shop.db, query.select_only().column(Column::Id)).await
}

/// When a carrier has told of a parcel last; `None` where it never has. For whoever watches the machines.
///
/// # Errors
/// When the database fails.
pub async fn last_told(shop: &Shop, carrier: &str) -> Result<Option<DateTime<Utc>>> {
    let told = shipment_event::Entity::find()
        .select_only()
        .column(shipment_event::Column::ReceivedAt)
        .filter(shipment_event::Column::Source.eq(carrier))
        .order_by_desc(shipment_event::Column::ReceivedAt);
    Ok(told.limit(1).into_tuple().one(&shop.db).await?)
}

/// How many parcels are on their way and were not heard of for so many days, counted to a bound. For whoever watches the
/// machines.
///
/// # Errors
/// When the database fails.
pub async fn count_silent(shop: &Shop, days: i32) -> Result<Count> {
    let query = shipment::Entity::find().filter(silent(shop, days)?);
    paging::count(&shop.db, query.select_only().column(Column::Id)).await
}

fn condition(shop: &Shop, filter: &ShipmentFilter) -> Result<Condition> {
    let carrier = text::optional_line(&["where", "carrier"], filter.carrier.as_deref(), 200)?;
    let number = text::optional_line(&["where", "number"], filter.number.as_deref(), 200)?;
    let silent = filter.silent_days.map(|days| silent(shop, days)).transpose()?;
    let statuses = Some(&filter.statuses).filter(|statuses| !statuses.is_empty());
    Ok(Condition::all()
        .add_option(statuses.map(|statuses| Column::Status.is_in(statuses.iter().copied())))
        .add_option(filter.order.map(|order| Column::OrderId.eq(order)))
        .add_option(carrier.map(|carrier| Column::Carrier.eq(carrier)))
        .add_option(number.map(|number| with_number(&number)))
        .add_option(silent))
}

fn with_number(number: &str) -> Expr {
    let numbered = shipment_tracking::Entity::find()
        .select_only()
        .column(shipment_tracking::Column::ShipmentId)
        .filter(shipment_tracking::Column::NumberKey.eq(number_key(number)));
    Column::Id.in_subquery(numbered.into_query())
}

fn silent(shop: &Shop, days: i32) -> Result<Condition, Refusal> {
    if !(1..=DAYS_MAX).contains(&days) {
        let message = messages::silent_days_range(DAYS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["where", "silentDays"]));
    }
    let moving = [
        ShipmentStatus::Dispatched,
        ShipmentStatus::InTransit,
        ShipmentStatus::OutForDelivery,
        ShipmentStatus::DeliveryFailed,
    ];
    let since = shop.now() - TimeDelta::days(days.into());
    Ok(Condition::all()
        .add(Column::Status.is_in(moving))
        .add(Column::HeardAt.lt(since)))
}

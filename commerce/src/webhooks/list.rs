//! The endpoints of a shop, page by page.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::WebhookEndpointId,
    webhook_endpoint::{self, Column},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::{Permission, permission::require_or_system},
};

/// A longer backlog is told as this long.
const COUNTED_MAX: i64 = 100_000;

/// Which endpoints. Everything given must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EndpointFilter {
    pub enabled: Option<bool>,
    /// Those that were deleted, instead of those that are there.
    pub deleted: bool,
}

/// Endpoints, newest first.
///
/// # Errors
/// Refuses whoever may not see how the shop is set up.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: EndpointFilter,
    page: &PageRequest,
) -> Result<Page<webhook_endpoint::Model>> {
    require_or_system(context, Permission::Settings)?;
    let window: Window<WebhookEndpointId> = page.window()?;
    let beyond = window.cursor.map(|last| match window.backward {
        false => Column::Id.lt(last),
        true => Column::Id.gt(last),
    });
    let life = match filter.deleted {
        true => Column::DeletedAt.is_not_null(),
        false => Column::DeletedAt.is_null(),
    };
    let wanted = Condition::all()
        .add(life)
        .add_option(filter.enabled.map(|enabled| Column::Enabled.eq(enabled)))
        .add_option(beyond);
    let query = webhook_endpoint::Entity::find().filter(wanted);
    let query = match window.backward {
        false => query.order_by_desc(Column::Id),
        true => query.order_by_asc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// An endpoint, deleted or not; `None` where there is none.
///
/// # Errors
/// Refuses whoever may not see how the shop is set up.
pub async fn find(shop: &Shop, context: &Context, id: WebhookEndpointId) -> Result<Option<webhook_endpoint::Model>> {
    require_or_system(context, Permission::Settings)?;
    Ok(webhook_endpoint::Entity::find_by_id(id).one(&shop.db).await?)
}

/// What waits to be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    pub deliveries: i64,
    /// For how long the oldest of them waits.
    pub age: TimeDelta,
}

#[derive(FromQueryResult)]
struct Oldest {
    created_at: DateTime<Utc>,
}

/// For those who watch the machines.
pub async fn backlog(shop: &Shop) -> Result<Backlog> {
    let count = "select cast(count(*) as bigint) from (select 1 from webhook_delivery where state = 'PENDING' limit $1) as counted";
    let counted: Vec<i64> = sql::column(&shop.db, count, [COUNTED_MAX.into()]).await?;
    let oldest = "select created_at from webhook_delivery where state = 'PENDING' order by created_at limit 1";
    let oldest = sql::one::<Oldest>(&shop.db, oldest, []).await?;
    let age = oldest.map_or(TimeDelta::zero(), |oldest| shop.now() - oldest.created_at);
    Ok(Backlog {
        deliveries: counted.first().copied().unwrap_or_default(),
        age: age.max(TimeDelta::zero()),
    })
}

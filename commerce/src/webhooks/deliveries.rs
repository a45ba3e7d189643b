//! What was sent to an endpoint, and what became of it.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    event,
    ids::{EventId, WebhookDeliveryId, WebhookEndpointId},
    webhook_attempt,
    webhook_delivery::{self, Column, DeliveryState},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::{Permission, permission::require_or_system},
};

/// Which deliveries. Everything given must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryFilter {
    pub endpoint: WebhookEndpointId,
    pub state: Option<DeliveryState>,
    pub event: Option<EventId>,
}

/// The deliveries of an endpoint, newest first.
///
/// # Errors
/// Refuses whoever may not see how the shop is set up.
pub async fn deliveries(
    shop: &Shop,
    context: &Context,
    filter: DeliveryFilter,
    page: &PageRequest,
) -> Result<Page<webhook_delivery::Model>> {
    require_or_system(context, Permission::Settings)?;
    let window: Window<WebhookDeliveryId> = page.window()?;
    let beyond = window.cursor.map(|last| match window.backward {
        false => Column::Id.lt(last),
        true => Column::Id.gt(last),
    });
    let wanted = Condition::all()
        .add(Column::EndpointId.eq(filter.endpoint))
        .add_option(filter.state.map(|state| Column::State.eq(state)))
        .add_option(filter.event.map(|event| Column::EventId.eq(event)))
        .add_option(beyond);
    let query = webhook_delivery::Entity::find().filter(wanted);
    let query = match window.backward {
        false => query.order_by_desc(Column::Id),
        true => query.order_by_asc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// Events by id, for a page's worth. Unscoped.
pub async fn events_by_ids(shop: &Shop, ids: &[EventId]) -> Result<HashMap<EventId, event::Model>> {
    let wanted = sql::among(&shop.db, event::Column::Id, ids.iter().copied());
    let rows = event::Entity::find().filter(wanted).all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The attempts of deliveries, the first one first: ten at most of each. Unscoped.
pub async fn attempts_of(
    shop: &Shop,
    ids: &[WebhookDeliveryId],
) -> Result<HashMap<WebhookDeliveryId, Vec<webhook_attempt::Model>>> {
    let rows = webhook_attempt::Entity::find()
        .filter(sql::among(
            &shop.db,
            webhook_attempt::Column::DeliveryId,
            ids.iter().copied(),
        ))
        .order_by_asc(webhook_attempt::Column::DeliveryId)
        .order_by_asc(webhook_attempt::Column::Number)
        .all(&shop.db)
        .await?;
    let mut attempts: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        attempts.entry(row.delivery_id).or_default().push(row);
    }
    Ok(attempts)
}

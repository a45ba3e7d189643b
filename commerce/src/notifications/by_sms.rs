//! Has text messages sent of entries of an order's timeline. Which are told, and in which words, stands in
//! [`Occasion`]; how one is sent, in [`sms`](crate::sms).

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value as Json;
use vitrine_entity::{ids::OrderId, order_event::OrderEventKind, order_sms_consent};

use super::{occasion::Occasion, requested};
use crate::{Result, Tx, jobs::Job};

/// Has a message sent to whoever wants to be told of the order so.
pub(super) async fn tell_of_entry(
    tx: &Tx,
    order: OrderId,
    event: i64,
    (kind, data): (OrderEventKind, &Json),
) -> Result<()> {
    if tx.shop().sms.is_none() {
        return Ok(());
    }
    if let Some(occasion) = Occasion::of(kind, data)
        && is_wanted(tx, order).await?
    {
        tell(tx, order, event, &occasion);
    }
    Ok(())
}

/// Has the message of an entry sent, be it once more.
pub(super) fn tell(tx: &Tx, order: OrderId, event: i64, occasion: &Occasion) {
    requested::of_sms(tx, order, occasion);
    tx.enqueue(order, Job::SendOrderSms { order, event });
}

/// Whether what was said last is yes.
async fn is_wanted(tx: &Tx, order: OrderId) -> Result<bool> {
    let last: Option<bool> = order_sms_consent::Entity::find()
        .select_only()
        .column(order_sms_consent::Column::Granted)
        .filter(order_sms_consent::Column::OrderId.eq(order))
        .order_by_desc(order_sms_consent::Column::Id)
        .into_tuple()
        .one(tx.db())
        .await?;
    Ok(last == Some(true))
}

//! Which entries of an order's timeline may be told by a text message. What one says stands in [`sms`](crate::sms), and so
//! does whether there is anything to say.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{ids::OrderId, order_event::OrderEventKind, order_sms_consent};

use crate::{Result, Tx, jobs::Job};

/// Has a message sent to whoever wants to be told of the order so.
pub(super) async fn tell_of_entry(tx: &Tx, order: OrderId, event: i64, kind: OrderEventKind) -> Result<()> {
    if tx.shop().sms.is_some() && may_be_told(kind) && is_wanted(tx, order).await? {
        tx.enqueue(order, Job::SendOrderSms { order, event });
    }
    Ok(())
}

fn may_be_told(kind: OrderEventKind) -> bool {
    matches!(
        kind,
        OrderEventKind::Dispatched
            | OrderEventKind::ParcelDispatched
            | OrderEventKind::ParcelMoved
            | OrderEventKind::ParcelDelivered
            | OrderEventKind::Completed
    )
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

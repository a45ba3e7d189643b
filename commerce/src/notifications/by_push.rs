//! Tells the browsers that are to be told of an order what customers are told in the shop. What is sent stands in
//! [`push`](crate::push).

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value as Json;
use vitrine_entity::{
    ids::{OrderId, PushSubscriptionId},
    order_event::OrderEventKind,
    push_subscription::{self, Column},
};

use super::{in_app_for, requested};
use crate::{Result, Tx, jobs::Job};

pub(super) async fn tell_of_entry(
    tx: &Tx,
    order: OrderId,
    event: i64,
    (kind, data): (OrderEventKind, &Json),
) -> Result<()> {
    let (Some(told), true) = (in_app_for(kind, data), tx.shop().push.is_some()) else {
        return Ok(());
    };
    let browsers: Vec<PushSubscriptionId> = push_subscription::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::OrderId.eq(order))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(tx.db())
        .await?;
    if !browsers.is_empty() {
        requested::of_push(tx, order, told);
    }
    for subscription in browsers {
        let job = Job::SendOrderPush {
            order,
            subscription,
            event,
        };
        tx.enqueue(order, job);
    }
    Ok(())
}

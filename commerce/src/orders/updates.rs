//! Follows an order live: first what the client has not seen, then what comes.
//!
//! The bus only says that something changed; every entry is read from the timeline by its number,
//! under the caller's rights. So nothing is missed or doubled whatever the bus does, and a poll
//! finds what the bus lost.

use std::time::Duration;

use async_stream::try_stream;
use futures::{Stream, StreamExt};
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    order_event,
};

use super::{find, timeline};
use crate::{Context, Refusal, Result, Shop, ports::event_bus::Topic};

/// How long an entry may stay unseen when the bus has lost its message.
const POLL: Duration = Duration::from_secs(5);

/// Entries that are read at a time.
const BATCH: u64 = 50;

/// An entry of the timeline, with the order as it stands.
#[derive(Debug, Clone)]
pub struct OrderUpdate {
    /// Give it back as `after` to go on from here.
    pub cursor: String,
    pub event: order_event::Model,
    pub order: order::Model,
}

/// Replays the order's timeline after the cursor `after`, then follows it. The stream ends when
/// the order is completed: a cancelled one may still be paid back.
///
/// # Errors
/// Refuses an order that the caller may not open, and a cursor that is not this order's.
pub async fn follow(
    shop: Shop,
    context: Context,
    id: OrderId,
    access_token: Option<String>,
    after: Option<String>,
) -> Result<impl Stream<Item = Result<OrderUpdate>> + Send + 'static> {
    // Listen first, then read: what happens in between is not lost.
    let mut changes = shop
        .bus
        .subscribe()
        .filter(move |topic| std::future::ready(*topic == Topic::Order(id)));
    let order = find(&shop, &context, id, access_token.as_deref()).await?;
    let mut order = order.ok_or_else(|| Refusal::not_found("order").at(&["orderId"]))?;
    let mut seen = timeline::position(after.as_deref(), id)?;
    Ok(try_stream! {
        loop {
            let entries = timeline::after(&shop, &context, id, seen, BATCH).await?;
            if let Some(last) = entries.last() {
                order = reload(&shop, &context, &order, access_token.as_deref()).await?;
                seen = last.number;
            }
            if entries.is_empty() {
                if order.status == OrderStatus::Completed {
                    break;
                }
                // Which of the two wakes us does not matter.
                let _ = tokio::time::timeout(POLL, changes.next()).await;
            }
            for event in entries {
                yield OrderUpdate { cursor: timeline::cursor(id, event.number), event, order: order.clone() };
            }
        }
    })
}

/// The order anew: rights may have been taken away meanwhile.
async fn reload(
    shop: &Shop,
    context: &Context,
    order: &order::Model,
    access_token: Option<&str>,
) -> Result<order::Model> {
    let order = find(shop, context, order.id, access_token).await?;
    Ok(order.ok_or_else(|| Refusal::not_found("order").at(&["orderId"]))?)
}

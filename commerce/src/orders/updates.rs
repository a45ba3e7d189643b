//! Follows an order live: first what the client has not seen, then what comes.
//!
//! The bus only says that something changed; every entry is read from the timeline by its number,
//! under the caller's rights. So nothing is missed or doubled whatever the bus does, and a poll
//! finds what the bus lost ([`watch`]).

use async_stream::try_stream;
use futures::Stream;
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    order_event,
};

use super::{find, timeline, watch};
use crate::{
    Context, Refusal, Result, Shop,
    flags::{self, Capability},
};

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
/// the order is completed: a cancelled one may still be paid back. An update is in a box: thousands of streams would have
/// room for one otherwise, several times each.
///
/// # Errors
/// Refuses an order that the caller may not open, and a cursor that is not this order's.
pub async fn follow(
    shop: Shop,
    context: Context,
    id: OrderId,
    access_token: Option<String>,
    after: Option<String>,
) -> Result<impl Stream<Item = Result<Box<OrderUpdate>>> + Send + 'static> {
    flags::require(&shop, &context, Capability::LiveUpdates).await?;
    // Listen first, then read: what happens in between is not lost.
    let mut changes = watch::listen(&shop, id);
    let order = find(&shop, &context, id, access_token.as_deref()).await?;
    let order = order.ok_or_else(missing)?;
    shop.followers().know(id, order.event_count);
    let mut status = order.status;
    let mut seen = timeline::position(after.as_deref(), id)?;
    Ok(try_stream! {
        let mut knows_all = false;
        loop {
            // Nothing of what was read is held meanwhile.
            if knows_all && changes.changed().await.is_err() {
                break;
            }
            let fresh = {
                let _turn = shop.followers().turn().await;
                // On the heap, and gone while nothing happens: thousands follow at once.
                Box::pin(fresh(&shop, &context, id, access_token.as_deref(), seen)).await?
            };
            let Some((entries, order)) = fresh else {
                if status == OrderStatus::Completed {
                    break;
                }
                knows_all = true;
                continue;
            };
            status = order.status;
            // The order was read after its entries, and may be completed by one that is not among them.
            knows_all = (entries.len() as u64) < BATCH && status != OrderStatus::Completed;
            for event in entries {
                seen = event.number;
                yield told(event, &order);
            }
        }
    })
}

/// The next entries after `seen`, and the order anew: rights may have been taken away meanwhile.
async fn fresh(
    shop: &Shop,
    context: &Context,
    id: OrderId,
    access_token: Option<&str>,
    seen: i64,
) -> Result<Option<(Vec<order_event::Model>, Box<order::Model>)>> {
    let entries = timeline::after(shop, context, id, seen, BATCH).await?;
    if entries.is_empty() {
        return Ok(None);
    }
    let order = find(shop, context, id, access_token).await?;
    Ok(Some((entries, Box::new(order.ok_or_else(missing)?))))
}

fn told(event: order_event::Model, order: &order::Model) -> Box<OrderUpdate> {
    Box::new(OrderUpdate {
        cursor: timeline::cursor(event.order_id, event.number),
        event,
        order: order.clone(),
    })
}

fn missing() -> Refusal {
    Refusal::not_found("order").at(&["orderId"])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The room of what `begin` gives, which need not be begun for it.
    fn bytes_of<Begin, Beginning, Updates>(_: Begin) -> usize
    where
        Begin: Fn(Shop, Context, OrderId, Option<String>, Option<String>) -> Beginning,
        Beginning: Future<Output = Result<Updates>>,
    {
        size_of::<Updates>()
    }

    #[test]
    fn thousands_may_follow() {
        let bytes = bytes_of(follow);
        assert!(bytes <= 1_200, "a follower that waits takes {bytes} bytes");
    }
}

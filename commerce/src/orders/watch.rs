//! Tells those who follow orders in this process of what changes: one listener at the bus and one poll for all of them,
//! however many they are.

use std::time::Duration;

use futures::stream::BoxStream;
use sea_orm::FromQueryResult;
use tokio::{sync::watch, time::Instant};
use vitrine_entity::ids::OrderId;

use crate::{
    Result, Shop,
    ports::event_bus::{Topic, told},
    shop::WeakShop,
    sql,
    supervise::restart_on_panic,
};

/// How long an entry may stay unseen when the bus has lost its message.
const POLL: Duration = Duration::from_secs(5);

/// How many orders are asked for in one statement.
const ASKED_AT_ONCE: usize = 1_000;

/// Hears of every change of the order's timeline from now on, and now and then of none.
pub(super) fn listen(shop: &Shop, order: OrderId) -> watch::Receiver<()> {
    shop.followers().listen(order, || {
        // Subscribed before anybody reads: what happens in between is not lost.
        tokio::spawn(keep_watching(Task(Some(shop.downgrade())), shop.bus.subscribe()));
    })
}

/// The task that listens. A runtime that ends takes it along, and not the shop.
struct Task(Option<WeakShop>);

impl Drop for Task {
    fn drop(&mut self) {
        if let Some(shop) = self.0.take().and_then(|shop| shop.upgrade()) {
            shop.followers().leave();
        }
    }
}

async fn keep_watching(mut task: Task, topics: BoxStream<'static, Topic>) {
    let Some(shop) = task.0.clone() else { return };
    let mut first = Some(topics);
    let begin = || watch(shop.clone(), first.take());
    restart_on_panic("telling those who follow orders", begin).await;
    // Nobody is left to be told: whoever comes now has a task of their own.
    task.0 = None;
}

/// Ends with the last who follows an order, or with the shop.
async fn watch(shop: WeakShop, topics: Option<BoxStream<'static, Topic>>) {
    let again = || shop.upgrade().map(|shop| shop.bus.subscribe());
    let Some(mut topics) = topics.or_else(again) else {
        return;
    };
    let (mut next_poll, mut is_failing) = (Instant::now() + POLL, false);
    loop {
        let told = told(&mut topics, next_poll).await;
        let Some(shop) = shop.upgrade() else { return };
        match told {
            Some(Topic::Order(order)) => shop.followers().tell(order),
            Some(_) => {}
            None => {
                next_poll = Instant::now() + POLL;
                let Some(orders) = shop.followers().followed() else {
                    return;
                };
                note(poll(&shop, &orders).await, &mut is_failing);
            }
        }
    }
}

async fn poll(shop: &Shop, orders: &[OrderId]) -> Result<()> {
    let among = sql::among_parameter::<OrderId>(&shop.db, 1);
    let statement =
        format!("select order_id, max(number) as last from order_event where order_id {among} group by order_id");
    for orders in orders.chunks(ASKED_AT_ONCE) {
        let list = sql::list(&shop.db, orders.iter().copied());
        let rows: Vec<Last> = sql::all(&shop.db, &statement, [list]).await?;
        shop.followers()
            .learn(rows.into_iter().map(|row| (row.order_id, row.last)));
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Last {
    order_id: OrderId,
    last: i64,
}

fn note(polled: Result<()>, is_failing: &mut bool) {
    match polled {
        Ok(()) => *is_failing = false,
        Err(error) if !*is_failing => {
            *is_failing = true;
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "orders that are followed cannot be read: their followers hear of changes from the bus alone"
            );
        }
        Err(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        task::Poll,
    };

    use async_trait::async_trait;
    use futures::{StreamExt, stream};
    use uuid::Uuid;

    use super::*;
    use crate::{
        memory::fixture_with,
        ports::{EventBus, event_bus::EventBusError},
    };

    const ORDER: OrderId = OrderId(Uuid::from_u128(1));

    /// Whoever listens first panics; the next hears of an order.
    #[derive(Default)]
    struct PanickingBus(AtomicUsize);

    #[async_trait]
    impl EventBus for PanickingBus {
        async fn publish(&self, _: &[Topic]) -> Result<(), EventBusError> {
            Ok(())
        }

        fn subscribe(&self) -> BoxStream<'static, Topic> {
            match self.0.fetch_add(1, Ordering::SeqCst) {
                0 => stream::poll_fn(|_| -> Poll<Option<Topic>> { panic!("a message that nobody expected") }).boxed(),
                _ => stream::iter([Topic::Order(ORDER)]).chain(stream::pending()).boxed(),
            }
        }
    }

    #[tokio::test]
    async fn those_who_follow_hear_of_changes_after_a_panic() {
        let bus = Arc::<PanickingBus>::default();
        let fixture = fixture_with(|parts| parts.bus = bus.clone()).await;
        let mut changes = listen(&fixture.shop, ORDER);
        let heard = tokio::time::timeout(Duration::from_secs(10), changes.changed());
        heard.await.expect("told in time").expect("the shop is open");
        assert_eq!(bus.0.load(Ordering::SeqCst), 2);
    }
}

//! The contract of the event bus, on both of its implementations.

use std::io::Write as _;
use std::{sync::Arc, time::Duration};

use futures::StreamExt;
use vitrine_adapters::event_bus::{InProcessBus, RedisBus};
use vitrine_commerce::ports::{EventBus, IdSource, event_bus::Topic, ids::SystemIds};
use vitrine_entity::ids::{CustomerId, OrderId};

/// The bound only guards against waiting for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is published at one end is heard by every subscriber at both ends.
async fn contract(here: Arc<dyn EventBus>, there: Arc<dyn EventBus>) {
    let topics = [
        Topic::Order(OrderId(SystemIds::default().unguessable())),
        Topic::Notifications(CustomerId(SystemIds::default().unguessable())),
    ];
    for listener in [&here, &here, &there] {
        let mut heard = listener.subscribe();
        // A subscription over a network takes a moment: said until it is heard.
        let listening = async {
            let mut said = tokio::time::interval(Duration::from_millis(20));
            loop {
                tokio::select! {
                    _ = said.tick() => here.publish(&topics).await.expect("published"),
                    first = heard.next() => return (first, heard.next().await),
                }
            }
        };
        let heard = tokio::time::timeout(PATIENCE, listening).await;
        // As `tests/run` knows what failed for want of time.
        let (first, second) = heard.unwrap_or_else(|_| panic!("out of patience: it is heard"));
        assert_eq!([first, second], topics.map(Some));
    }
}

#[tokio::test]
async fn in_process() {
    let bus = Arc::new(InProcessBus::default());
    contract(bus.clone(), bus).await;
}

#[tokio::test]
async fn a_slow_reader_misses_some_and_goes_on() {
    let bus = InProcessBus::default();
    let mut heard = bus.subscribe();
    let order = |number: u128| Topic::Order(OrderId(uuid::Uuid::from_u128(number)));
    for number in 0..5000 {
        bus.publish(&[order(number)]).await.expect("published");
    }
    let Some(Topic::Order(OrderId(first))) = heard.next().await else {
        panic!("nothing was heard")
    };
    assert!(first.as_u128() > 0, "the oldest are gone");
    let mut last = first;
    while last.as_u128() < 4999 {
        let Some(Topic::Order(OrderId(next))) = heard.next().await else {
            panic!("the stream ended")
        };
        assert!(next > last);
        last = next;
    }
}

#[tokio::test]
async fn redis() {
    let Ok(url) = std::env::var("VITRINE_TEST_REDIS_URL") else {
        // Past the capture: a test never skips itself in silence.
        let _ = writeln!(
            std::io::stderr(),
            "not tried: the event bus on Redis (VITRINE_TEST_REDIS_URL)"
        );
        return;
    };
    let prefix = format!("test-{}", SystemIds::default().unguessable().simple());
    let here = Arc::new(RedisBus::start(&url, &prefix).expect("an address"));
    let there = Arc::new(RedisBus::start(&url, &prefix).expect("an address"));
    contract(here, there).await;
}

#[tokio::test]
async fn without_a_redis_publishing_fails_quickly() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("redis://{}", nobody.local_addr().expect("an address"));
    let bus = RedisBus::start(&url, "test").expect("an address");
    let before = tokio::time::Instant::now();
    bus.publish(&[Topic::Order(OrderId(SystemIds::default().unguessable()))])
        .await
        .expect_err("nobody answers");
    let took = before.elapsed();
    assert!(took < Duration::from_secs(2), "out of patience: it took {took:?}");
}

//! However many subscriptions are told of something together, a bounded number of events is resolved at once.

use std::{
    future::ready,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_graphql::{EmptyMutation, Object, Schema, SimpleObject, Subscription, Value};
use futures::{Stream, StreamExt, future::join_all, stream};
use tokio::task::yield_now;

use super::{Documents, Language, apply, guard::EVENTS_AT_ONCE, limits::GraphqlLimits};

const DOCUMENT: &str = "subscription { events { told } }";

#[derive(SimpleObject)]
struct Nothing {
    nothing: bool,
}

#[derive(Default)]
struct Resolving {
    now: AtomicUsize,
    most: AtomicUsize,
}

struct Crowd(Arc<Resolving>);

struct Event(Arc<Resolving>);

#[Object]
impl Event {
    async fn told(&self) -> bool {
        let now = self.0.now.fetch_add(1, Ordering::Relaxed) + 1;
        self.0.most.fetch_max(now, Ordering::Relaxed);
        // The others have the time to begin.
        for _ in 0..3 {
            yield_now().await;
        }
        self.0.now.fetch_sub(1, Ordering::Relaxed);
        true
    }
}

#[Subscription]
impl Crowd {
    async fn events(&self) -> impl Stream<Item = Event> {
        stream::once(ready(Event(Arc::clone(&self.0))))
    }
}

#[tokio::test]
async fn a_crowd_is_told_a_few_at_a_time() {
    let resolving = Arc::<Resolving>::default();
    let builder = || Schema::build(Nothing { nothing: true }, EmptyMutation, Crowd(Arc::clone(&resolving)));
    let language = Language::new(&builder().finish().sdl()).expect("a schema");
    let documents = Documents::new(Arc::new(language), GraphqlLimits::default(), true);
    let schema = apply(builder(), documents).finish();
    let crowd = (0..3 * EVENTS_AT_ONCE).map(|_| schema.execute_stream(DOCUMENT).collect::<Vec<_>>());
    for told in join_all(crowd).await {
        let [told] = &told[..] else { panic!("{told:?}") };
        let expected = Value::from_json(serde_json::json!({ "events": { "told": true } })).expect("a value");
        assert_eq!((&told.data, &told.errors[..]), (&expected, &[][..]));
    }
    let most = resolving.most.load(Ordering::Relaxed);
    assert!((2..=EVENTS_AT_ONCE).contains(&most), "{most} at once");
}

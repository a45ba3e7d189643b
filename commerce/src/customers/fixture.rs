//! A shop in memory: the real schema on SQLite, a clock that tests move, ports that remember.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use futures::{StreamExt, stream::BoxStream};
use sea_orm::{ConnectOptions, Database};
use vitrine_entity::{
    ids::{OutboxId, ProductId},
    outbox::Queue,
};
use vitrine_migration::{Migrator, MigratorTrait};

use crate::{
    Context, Error, ErrorCode, Settings, Shop, Viewer,
    money::Currency,
    ports::{
        Clock, EventBus, JobQueue, Mailer, SearchEngine,
        event_bus::{EventBusError, Topic},
        ids::SystemIds,
        mailer::{Mail, MailError},
        queue::QueueError,
        search::{Rebuild, SearchDocument, SearchError, SearchRequest, SearchResponse},
    },
    shop::Parts,
};

pub(crate) struct Fixture {
    pub(crate) shop: Shop,
    pub(crate) clock: Arc<MovableClock>,
    pub(crate) bus: Arc<Memory<Topic>>,
    pub(crate) post: Arc<Post>,
}

pub(crate) async fn fixture() -> Fixture {
    // One connection, or each would have a memory of its own. It also catches whoever reads past
    // their own transaction: they would wait for ever.
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    let clock = Arc::new(MovableClock(Mutex::new(
        DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
    )));
    let (bus, post) = (Arc::<Memory<Topic>>::default(), Arc::<Post>::default());
    let shop = Shop::new(Parts {
        db,
        clock: clock.clone(),
        ids: Arc::new(SystemIds::default()),
        queue: Arc::new(NoQueue),
        bus: bus.clone(),
        mailer: post.clone(),
        search: Arc::new(NoSearch),
        payment_providers: BTreeMap::new(),
        settings: settings(),
    });
    Fixture { shop, clock, bus, post }
}

pub(crate) fn context(viewer: Viewer) -> Context {
    Context {
        viewer,
        correlation_id: "test".to_owned(),
        traceparent: None,
        currency: Currency::EUR,
        country: "PT".into(),
        locale: "en".into(),
    }
}

/// The codes of a refusal.
pub(crate) fn codes<T>(outcome: Result<T, Error>) -> Vec<ErrorCode> {
    match outcome {
        Ok(_) => panic!("it was done"),
        Err(Error::Refused(refusals)) => refusals.into_iter().map(|refusal| refusal.code).collect(),
        Err(Error::Fault(fault)) => panic!("{fault:?}"),
    }
}

fn settings() -> Settings {
    Settings {
        shop_name: "Vitrine".to_owned(),
        currency: Currency::EUR,
        locale: "en".into(),
        prices_include_tax: true,
        country: "PT".into(),
        order_url: "https://shop.example/orders/{order}?token={token}".to_owned(),
        reservation: TimeDelta::minutes(30),
        payment_settle_after: TimeDelta::minutes(1),
        payment_provider: "none".to_owned(),
        capture_on_dispatch: false,
        holds: Default::default(),
        alerts_to: Some("shop@example.com".to_owned()),
        signing_secret: b"a secret of thirty-two bytes or so".to_vec(),
        access_token_lifetime: TimeDelta::minutes(10),
        refresh_token_lifetime: TimeDelta::days(30),
    }
}

pub(crate) struct MovableClock(Mutex<DateTime<Utc>>);

impl MovableClock {
    pub(crate) fn forward(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for MovableClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// Remembers what it was given.
pub(crate) struct Memory<T>(Mutex<Vec<T>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Memory<T> {
    /// Everything since the last time.
    pub(crate) fn take(&self) -> Vec<T> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

#[async_trait]
impl EventBus for Memory<Topic> {
    async fn publish(&self, topics: &[Topic]) -> Result<(), EventBusError> {
        self.0.lock().unwrap().extend_from_slice(topics);
        Ok(())
    }

    fn subscribe(&self) -> BoxStream<'static, Topic> {
        futures::stream::pending().boxed()
    }
}

/// Gives the prepared answers in turn, then takes everything.
#[derive(Default)]
pub(crate) struct Post {
    pub(crate) answers: Mutex<VecDeque<Answer>>,
    pub(crate) taken: Memory<Mail>,
}

pub(crate) enum Answer {
    Refuses(MailError),
    Hangs,
}

#[async_trait]
impl Mailer for Post {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let answer = self.answers.lock().unwrap().pop_front();
        match answer {
            Some(Answer::Refuses(error)) => return Err(error),
            Some(Answer::Hangs) => std::future::pending().await,
            None => self.taken.0.lock().unwrap().push(mail.clone()),
        }
        Ok(())
    }
}

struct NoQueue;

#[async_trait]
impl JobQueue for NoQueue {
    async fn push(&self, _: Queue, _: &[OutboxId]) -> Result<(), QueueError> {
        Ok(())
    }

    async fn ping(&self) -> Result<(), QueueError> {
        Ok(())
    }
}

struct NoSearch;

fn no_search<T>() -> Result<T, SearchError> {
    Err(SearchError::Refused("this shop has no search".to_owned()))
}

#[async_trait]
impl SearchEngine for NoSearch {
    async fn is_ready(&self) -> Result<bool, SearchError> {
        no_search()
    }

    async fn count(&self) -> Result<u64, SearchError> {
        no_search()
    }

    async fn search(&self, _: &SearchRequest) -> Result<SearchResponse, SearchError> {
        no_search()
    }

    async fn upsert(&self, _: &[SearchDocument]) -> Result<(), SearchError> {
        no_search()
    }

    async fn remove(&self, _: &[ProductId]) -> Result<(), SearchError> {
        no_search()
    }

    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, SearchError> {
        no_search()
    }

    async fn settle(&self) -> Result<(), SearchError> {
        no_search()
    }
}

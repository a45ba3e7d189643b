//! A shop on a database of its own, with ports that do nothing but remember.
//!
//! The database is SQLite in memory; where `VITRINE_TEST_DATABASE_URL` names a PostgreSQL, its
//! tables are temporary ones there, which end with their only connection.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use chrono::TimeDelta;
use futures::{StreamExt, stream::BoxStream};
use sea_orm::{ColumnTrait, ConnectOptions, Database, EntityTrait, QueryFilter, QueryOrder};
use tokio::sync::Semaphore;
use vitrine_commerce::{
    Context, Settings, Shop, Viewer,
    money::Currency,
    ports::{
        EventBus, JobQueue, Mailer, SearchEngine,
        clock::SystemClock,
        event_bus::{EventBusError, Topic},
        ids::SystemIds,
        mailer::{Mail, MailError},
        queue::QueueError,
        search::{Rebuild, SearchDocument, SearchError, SearchRequest, SearchResponse},
    },
    shop::Parts,
    work,
};
use vitrine_entity::{
    ids::{OutboxId, ProductId, StaffMemberId},
    outbox::{self, OutboxState, Queue},
    staff_member::{self, StaffRole},
};
use vitrine_migration::{Migrator, MigratorTrait};

/// A shop with an empty database, and its search engine.
pub(crate) async fn shop() -> (Shop, Arc<MemorySearch>) {
    let mut options = match std::env::var("VITRINE_TEST_DATABASE_URL") {
        Ok(url) => {
            let mut options = ConnectOptions::new(url);
            options.set_schema_search_path("pg_temp");
            options
        }
        Err(_) => ConnectOptions::new("sqlite::memory:"),
    };
    // Each connection would have a database of its own.
    options.max_connections(1).min_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.expect("a database");
    Migrator::up(&db, None).await.expect("migrated");
    let search = Arc::new(MemorySearch::default());
    let shop = Shop::new(Parts {
        db,
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds::default()),
        queue: Arc::new(Nothing),
        bus: Arc::new(Nothing),
        mailer: Arc::new(Nothing),
        search: search.clone(),
        payment_providers: BTreeMap::new(),
        settings: settings(),
    });
    (shop, search)
}

fn settings() -> Settings {
    Settings {
        shop_name: "Test".into(),
        currency: Currency::EUR,
        locale: "en".into(),
        prices_include_tax: true,
        country: "DE".into(),
        order_url: String::new(),
        reservation: TimeDelta::minutes(15),
        payment_settle_after: TimeDelta::minutes(1),
        payment_provider: "simulated".into(),
        capture_on_dispatch: false,
        holds: Default::default(),
        alerts_to: None,
        signing_secret: vec![7; 32],
        access_token_lifetime: TimeDelta::minutes(10),
        refresh_token_lifetime: TimeDelta::days(30),
    }
}

pub(crate) fn system() -> Context {
    Context::system("test")
}

pub(crate) fn guest() -> Context {
    Context {
        viewer: Viewer::Guest,
        ..system()
    }
}

/// A member of staff who is in the database, too: the audit log names them.
pub(crate) async fn staff(shop: &Shop, role: StaffRole) -> Context {
    let id = StaffMemberId(shop.new_id());
    let row = staff_member::Model {
        id,
        email: format!("{id}@example.com"),
        name: "Ada".into(),
        password_hash: String::new(),
        role,
        active: true,
        created_at: shop.now(),
    };
    let row: staff_member::ActiveModel = row.into();
    staff_member::Entity::insert(row)
        .exec_without_returning(&shop.db)
        .await
        .expect("staff");
    Context {
        viewer: Viewer::Staff(id, role),
        ..system()
    }
}

/// Runs what waits, until nothing does; a job that failed is tried again by the test's own hand.
pub(crate) async fn run_jobs(shop: &Shop) {
    loop {
        let waiting = outbox::Entity::find()
            .filter(outbox::Column::State.is_in([OutboxState::Ready, OutboxState::HandedOver]))
            .filter(outbox::Column::RunAt.lte(shop.now()))
            .order_by_asc(outbox::Column::Id)
            .all(&shop.db)
            .await
            .expect("jobs");
        if waiting.is_empty() {
            return;
        }
        for job in waiting {
            work::run(shop, job.id).await.expect("the database works");
        }
    }
}

struct Nothing;

#[async_trait]
impl JobQueue for Nothing {
    async fn push(&self, _: Queue, _: &[OutboxId]) -> Result<(), QueueError> {
        Ok(())
    }

    async fn ping(&self) -> Result<(), QueueError> {
        Ok(())
    }
}

#[async_trait]
impl EventBus for Nothing {
    async fn publish(&self, _: &[Topic]) -> Result<(), EventBusError> {
        Ok(())
    }

    fn subscribe(&self) -> BoxStream<'static, Topic> {
        futures::stream::empty().boxed()
    }
}

#[async_trait]
impl Mailer for Nothing {
    async fn send(&self, _: &Mail) -> Result<(), MailError> {
        Ok(())
    }
}

/// An index that finds whatever has the text in its title. It can be switched off, and its next
/// write can be held at the door.
#[derive(Default)]
pub(crate) struct MemorySearch {
    pub documents: Arc<Mutex<BTreeMap<ProductId, SearchDocument>>>,
    pub down: AtomicBool,
    pub door: Arc<Door>,
}

/// Where a test holds a write until something else has happened.
#[derive(Default)]
pub(crate) struct Door {
    pub hold_next: AtomicBool,
    pub held: Semaphore0,
    pub let_go: Semaphore0,
}

impl Door {
    async fn pass(&self) {
        if self.hold_next.swap(false, Ordering::SeqCst) {
            self.held.0.add_permits(1);
            self.let_go.wait().await;
        }
    }
}

/// A semaphore that starts without a permit.
pub(crate) struct Semaphore0(pub Semaphore);

impl Default for Semaphore0 {
    fn default() -> Self {
        Self(Semaphore::new(0))
    }
}

impl Semaphore0 {
    pub(crate) async fn wait(&self) {
        self.0.acquire().await.expect("never closed").forget();
    }
}

impl MemorySearch {
    pub(crate) fn all(&self) -> BTreeMap<ProductId, SearchDocument> {
        self.documents.lock().expect("not poisoned").clone()
    }

    fn check(&self) -> Result<(), SearchError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(SearchError::Unavailable("switched off".into()));
        }
        Ok(())
    }
}

#[async_trait]
impl SearchEngine for MemorySearch {
    async fn is_ready(&self) -> Result<bool, SearchError> {
        self.check().map(|()| true)
    }

    async fn count(&self) -> Result<u64, SearchError> {
        self.check()?;
        Ok(self.all().len() as u64)
    }

    async fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        self.check()?;
        let hits: Vec<_> = self
            .all()
            .into_values()
            .filter(|found| found.title.contains(&request.text))
            .map(|found| found.id)
            .collect();
        Ok(SearchResponse {
            total: hits.len(),
            hits: hits.into_iter().skip(request.offset).take(request.limit).collect(),
            facets: Vec::new(),
        })
    }

    async fn upsert(&self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        self.check()?;
        self.door.pass().await;
        let mut index = self.documents.lock().expect("not poisoned");
        index.extend(documents.iter().map(|document| (document.id, document.clone())));
        Ok(())
    }

    async fn remove(&self, products: &[ProductId]) -> Result<(), SearchError> {
        self.check()?;
        self.documents
            .lock()
            .expect("not poisoned")
            .retain(|id, _| !products.contains(id));
        Ok(())
    }

    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, SearchError> {
        Ok(Box::new(MemoryRebuild {
            target: self.documents.clone(),
            documents: BTreeMap::new(),
            door: self.door.clone(),
        }))
    }

    async fn settle(&self) -> Result<(), SearchError> {
        Ok(())
    }
}

struct MemoryRebuild {
    target: Arc<Mutex<BTreeMap<ProductId, SearchDocument>>>,
    documents: BTreeMap<ProductId, SearchDocument>,
    door: Arc<Door>,
}

#[async_trait]
impl Rebuild for MemoryRebuild {
    async fn add(&mut self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        self.door.pass().await;
        self.documents
            .extend(documents.iter().map(|document| (document.id, document.clone())));
        Ok(())
    }

    async fn publish(self: Box<Self>) -> Result<(), SearchError> {
        *self.target.lock().expect("not poisoned") = self.documents;
        Ok(())
    }
}

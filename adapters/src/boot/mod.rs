//! The one place where adapters are chosen and wired together.

mod alone;
mod carrier;
mod database;
mod durability;
mod health;
mod installation;
mod mail;
mod media;
mod parts;
mod payment;
mod plan;
mod profile;
mod push;
mod replicas;
mod schema;
mod search;
mod search_engine;
mod services;
mod settings;
mod signing_key;
mod silence;
mod sms;
mod statements;
mod transport;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Instant,
};

use anyhow::Context;
use sea_orm::DatabaseConnection;
use vitrine_commerce::{
    Shop, outbox,
    ports::{Clock, EventBus, IdSource, PaymentProvider, clock::SystemClock, ids::SystemIds},
    reader::Reader,
    shop::WeakShop,
    supervise::restart_on_panic,
};

pub(crate) use alone::claim_file_at;
pub(crate) use database::open_one;
pub use database::{file as database_file, migrate, open as open_database};
pub use durability::Hazard;
pub use health::Component;
pub use plan::{Half, Lock, Planned, Size, Time, Waiting, plan};
pub use schema::{Schema, knows_secret, look as schema};
pub use statements::StatementWatcher;

use self::{alone::Alone, statements::Watching};
use crate::{
    carrier::SimulatedCarrier,
    clock::DatabaseClock,
    config::{Config, DatabaseKind},
    mailer::SmtpMailer,
    payment::simulated::SimulatedProvider,
    queue::Consumer,
    search::TantivySearch,
};

/// An open shop, and what stands beside it.
#[derive(Clone)]
pub struct Booted {
    pub shop: Shop,
    /// Where this process's worker takes its jobs from.
    pub consumer: Consumer,
    /// The simulated payment provider, where the shop has one: its pages and its webhooks need it.
    pub simulated: Option<Arc<SimulatedProvider>>,
    /// The simulated carrier, where the shop has one: whoever has it tell something needs it.
    pub simulated_carrier: Option<Arc<SimulatedCarrier>>,
    /// Where mails are written, where they are not sent.
    pub mail_folder: Option<PathBuf>,
    /// The same of text messages.
    pub sms_folder: Option<PathBuf>,
    /// A connection beside the shop's, to see whether the database is there: that those are all busy
    /// does not mean that it is down.
    watch: Reader,
    /// The search engine within this process, where the shop has no other.
    own_search: Option<TantivySearch>,
    smtp: Option<Arc<SmtpMailer>>,
    /// Whether `watch` is not the shop's own one: a database in memory has no other.
    can_probe: bool,
    /// Since when somebody else holds the write lock, as far as is known.
    busy_since: Arc<Mutex<Option<Instant>>>,
    /// That nobody else works for this shop, for as long as this process does.
    alone: Option<Alone>,
}

/// What a shop takes from outside, and a test from its own hands.
#[derive(Clone)]
pub struct Outside {
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdSource>,
    /// Put around each payment provider, such as one that misbehaves.
    pub wrap_provider: Option<WrapProvider>,
    /// Told the text of every statement that the shop has run, but of those that begin and end transactions.
    pub watch_statements: Option<StatementWatcher>,
    /// In place of the bus that the configuration names: such as another's of this process.
    pub bus: Option<Arc<dyn EventBus>>,
    /// Whether this process has a search index of its own, where the shop has no search engine.
    pub has_index: bool,
    /// In place of an empty index: one that holds what the database does.
    pub index: Option<TantivySearch>,
}

pub type WrapProvider = Arc<dyn Fn(Arc<dyn PaymentProvider>) -> Arc<dyn PaymentProvider> + Send + Sync>;

impl Default for Outside {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds::default()),
            wrap_provider: None,
            watch_statements: None,
            bus: None,
            has_index: true,
            index: None,
        }
    }
}

/// Opens the shop that `config` describes, for whoever does not answer shoppers: where several processes share it, and no
/// search engine, each server has an index of its own, and this process has none.
///
/// # Errors
/// When the database cannot be opened, or its schema is not this program's. Everything else may be
/// down: the shop opens without it.
pub async fn boot(config: &Config) -> anyhow::Result<Booted> {
    open(config, config.is_embedded()).await
}

/// As [`boot`], for a server. One that has an embedded shop for itself does at once what a dead one had begun.
///
/// # Errors
/// As [`boot`].
pub async fn boot_server(config: &Config) -> anyhow::Result<Booted> {
    let mut booted = open(config, true).await?;
    booted.alone = alone::claim(config).await;
    if booted.alone.is_some() {
        let jobs = outbox::take_back(&booted.shop)
            .await
            .context("taking back what was begun")?;
        if jobs > 0 {
            tracing::info!(jobs, "what the last process had begun is done now");
        }
    }
    Ok(booted)
}

async fn open(config: &Config, has_index: bool) -> anyhow::Result<Booted> {
    let databases = Databases::open(config).await?;
    // Processes that share a database share its time, too.
    let clock: Arc<dyn Clock> = match config.database_kind() {
        DatabaseKind::Postgres => DatabaseClock::start(&databases.watch).await?,
        DatabaseKind::Sqlite => Arc::new(SystemClock),
    };
    let outside = Outside {
        clock,
        has_index,
        ..Outside::default()
    };
    wire(config, databases, outside).await
}

/// As [`boot`], with a clock, ids and more of the caller's.
pub async fn boot_with(config: &Config, outside: Outside) -> anyhow::Result<Booted> {
    let databases = Databases::open(config).await?;
    wire(config, databases, outside).await
}

struct Databases {
    db: DatabaseConnection,
    writer: DatabaseConnection,
    watch: Reader,
}

impl Databases {
    async fn open(config: &Config) -> anyhow::Result<Self> {
        let db = database::open(config).await?;
        let writer = database::open_writer(config, &db).await?;
        let watch = database::open_watch(config, &db).await?.into();
        Ok(Self { db, writer, watch })
    }
}

async fn wire(config: &Config, databases: Databases, outside: Outside) -> anyhow::Result<Booted> {
    let Databases {
        mut db,
        mut writer,
        watch,
    } = databases;
    let watching = Watching::new(outside.watch_statements.clone());
    watching.watch(&mut db);
    watching.watch(&mut writer);
    let replicas = replicas::open(config, &watching).await?;
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    let signing_secret = signing_key::find_or_make(&config.auth, &*outside.ids)?;
    database::ensure_current(config, &db).await?;
    let profile = profile::open(config, &db, &*outside.clock).await?;
    let db = Reader::from(db).with_replicas(replicas);
    let (parts, own) = parts::parts(config, db, outside, signing_secret).await?;
    let shop = Shop::with_writer(parts, profile, writer, database::writers(config));
    // On PostgreSQL its connections are its own.
    if let (Some(simulated), DatabaseKind::Sqlite) = (&own.simulated, config.database_kind()) {
        simulated.take_turns(shop.write_turns().clone());
    }
    // It is set once.
    let _ = watching.showing.set(Arc::clone(shop.showing()));
    vitrine_commerce::customers::open(&shop).await?;
    listen(&shop);
    replicas::follow(&shop, &watch);
    let mail_folder = own.smtp.is_none().then(|| config.mail.folder.clone());
    Ok(Booted {
        shop,
        consumer: own.consumer,
        simulated: own.simulated,
        simulated_carrier: own.simulated_carrier,
        mail_folder,
        sms_folder: config.sms_folder(),
        watch,
        own_search: own.search,
        smtp: own.smtp,
        can_probe: !database::is_in_memory(config),
        busy_since: Arc::default(),
        alone: None,
    })
}

/// Hears of what other processes change, for as long as the shop is open.
fn listen(shop: &Shop) {
    fn keep<Task>(doing: &'static str, shop: &Shop, follow: fn(WeakShop) -> Task)
    where
        Task: Future<Output = ()> + Send + 'static,
    {
        let shop = shop.downgrade();
        tokio::spawn(restart_on_panic(doing, move || follow(shop.clone())));
    }
    keep("following the settings", shop, vitrine_commerce::settings::follow);
    keep("following sessions and keys", shop, vitrine_commerce::customers::follow);
    keep("recording searches", shop, vitrine_commerce::search::record::follow);
    keep("following what is shown", shop, vitrine_commerce::changes::follow);
}

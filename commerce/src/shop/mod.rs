//! The one handle that resolvers and workers hold.

mod settings;

use std::{
    collections::BTreeMap,
    fmt,
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError, RwLock, Weak,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseConnection;
use tokio::sync::Semaphore;
use uuid::Uuid;
use vitrine_entity::{currency::Currency, outbox::Queue};

pub use settings::{BulkSettings, LimitSettings, MediaSettings, RetentionSettings, Settings, WebhookSettings};

use crate::{
    followers::Followers,
    gather::Gathered,
    keyring::Keyring,
    ports::{
        Carrier, Clock, DocumentRenderer, EventBus, EventStream, ExchangeRates, IdSource, IdentityProvider, Imaging,
        JobQueue, LegacyShop, Mailer, MediaStore, ParcelLabels, PaymentProvider, PictureSource, PushSender,
        RateLimiter, SearchEngine, SmsSender, VatRegister, WebhookSender,
    },
    profile::Profile,
    reader::Reader,
    revision::KeptByRevision,
    revocations::Revocations,
    shown::{self, Showing},
    tally::Tally,
    write_turns::WriteTurns,
};

/// How often it is told that a queue takes nothing.
const TOLD_EVERY_SECONDS: i64 = 10;

/// How often connections to a database that takes no writes are closed.
const RECONNECTED_EVERY: Duration = Duration::from_millis(100);

/// How often a token that names an unknown key makes us look for it.
const KEYS_READ_EVERY: Duration = Duration::from_secs(1);

/// The shop: its database, its ports, and its settings. Cloning it is cheap.
#[derive(Clone)]
pub struct Shop(Arc<Inner>);

struct Inner {
    parts: Parts,
    /// What transactions run on.
    writer: DatabaseConnection,
    /// As this process last read it.
    profile: RwLock<Arc<Profile>>,
    /// The same of the keys that sign access tokens.
    keyring: RwLock<Arc<Keyring>>,
    /// When they were last read because somebody's token named another.
    keys_read_at: Mutex<Option<Instant>>,
    /// When connections were last closed because the database took no writes.
    reconnected_at: Mutex<Option<Instant>>,
    revocations: Revocations,
    by_revision: KeptByRevision,
    gathered: Gathered,
    followers: Followers,
    /// Until when (Unix seconds) nobody is told again that a queue takes nothing, by queue; the last one is the bus's.
    told_until: [AtomicI64; 5],
    tally: Tally,
    write_turns: WriteTurns,
    showing: Arc<Showing>,
}

/// A shop that may be closed meanwhile.
#[derive(Clone)]
pub struct WeakShop(Weak<Inner>);

/// What a [`Shop`] is made of; `vitrine_adapters::boot` puts it together.
pub struct Parts {
    pub db: Reader,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdSource>,
    pub queue: Arc<dyn JobQueue>,
    pub bus: Arc<dyn EventBus>,
    /// Counts how often anything is done, for all servers together.
    pub rate_limiter: Arc<dyn RateLimiter>,
    pub mailer: Arc<dyn Mailer>,
    /// Sends text messages to mobile phones; nobody, where none are offered.
    pub sms: Option<Arc<dyn SmsSender>>,
    /// Sends messages to browsers; nobody, where none are offered.
    pub push: Option<Arc<dyn PushSender>>,
    pub search: Arc<dyn SearchEngine>,
    /// Where pictures lie.
    pub media: Arc<dyn MediaStore>,
    pub imaging: Arc<dyn Imaging>,
    /// Makes files of documents.
    pub documents: Arc<dyn DocumentRenderer>,
    /// Where pictures are fetched from that lie elsewhere.
    pub picture_source: Arc<dyn PictureSource>,
    /// Sends events to whoever wants to know of them.
    pub webhook_sender: Arc<dyn WebhookSender>,
    /// Where events are appended for consumers of their own; nowhere, where there is none.
    pub event_stream: Option<Arc<dyn EventStream>>,
    /// By name.
    pub payment_providers: BTreeMap<&'static str, Arc<dyn PaymentProvider>>,
    /// Who tells of parcels, by name.
    pub carriers: BTreeMap<String, Arc<dyn Carrier>>,
    /// Who is told what stands on parcels' labels; nobody, where there is none.
    pub parcel_labels: Option<Arc<dyn ParcelLabels>>,
    /// Where members of staff, or customers, sign in beside their password, by name.
    pub identity_providers: BTreeMap<String, Arc<dyn IdentityProvider>>,
    /// Who is asked for VAT numbers; nobody, where there is none.
    pub vat_register: Option<Arc<dyn VatRegister>>,
    /// Who is asked for exchange rates; nobody, where there is none.
    pub exchange_rates: Option<Arc<dyn ExchangeRates>>,
    /// The older system that the shop moves away from; nobody, where there is none.
    pub legacy: Option<Arc<dyn LegacyShop>>,
    pub settings: Settings,
}

impl Shop {
    pub fn new(parts: Parts, profile: Profile) -> Self {
        let writer = DatabaseConnection::clone(&parts.db);
        Self::with_writer(parts, profile, writer, Semaphore::MAX_PERMITS)
    }

    /// As [`new`](Self::new), with connections for whoever writes, so that readers never wait behind them: handles of their
    /// own to the same database, or so many of the others'.
    pub fn with_writer(parts: Parts, profile: Profile, writer: DatabaseConnection, writers: usize) -> Self {
        let profile = RwLock::new(Arc::new(profile));
        Self(Arc::new(Inner {
            parts,
            writer,
            profile,
            keyring: RwLock::default(),
            keys_read_at: Mutex::default(),
            reconnected_at: Mutex::default(),
            revocations: Revocations::default(),
            by_revision: KeptByRevision::default(),
            gathered: Gathered::default(),
            followers: Followers::default(),
            told_until: Default::default(),
            tally: Tally::default(),
            write_turns: WriteTurns::for_writers(writers),
            showing: Arc::default(),
        }))
    }

    /// What the shop is, as this process last read it: within a second or so of a change elsewhere.
    pub fn profile(&self) -> Arc<Profile> {
        self.0.profile.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The keys that sign access tokens, as this process last read them.
    pub fn keyring(&self) -> Arc<Keyring> {
        self.0.keyring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on `keyring` is what this process knows.
    pub(crate) fn learn_keys(&self, keyring: Keyring) {
        *self.0.keyring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keyring);
    }

    /// Whether the keys may be read because a token names one that this process does not know: once a second.
    pub(crate) fn may_read_keys(&self) -> bool {
        is_time(&self.0.keys_read_at, KEYS_READ_EVERY)
    }

    /// Whether connections may be closed because the database takes no writes.
    pub(crate) fn may_reconnect(&self) -> bool {
        is_time(&self.0.reconnected_at, RECONNECTED_EVERY)
    }

    /// Which sessions have ended of late, as this process knows it.
    pub fn revocations(&self) -> &Revocations {
        &self.0.revocations
    }

    /// What several ask of the database at the same moment.
    pub(crate) fn gathered(&self) -> &Gathered {
        &self.0.gathered
    }

    /// What this process keeps of what carts and orders are priced by.
    pub(crate) fn by_revision(&self) -> &KeptByRevision {
        &self.0.by_revision
    }

    /// Who follows orders in this process.
    pub(crate) fn followers(&self) -> &Followers {
        &self.0.followers
    }

    /// Whether to tell that a queue, or without one the bus, takes nothing: in a rush that is said once in ten seconds.
    pub(crate) fn tells_of_full(&self, queue: Option<Queue>) -> bool {
        let (of, now) = (queue.map_or(4, |queue| queue as usize), self.now().timestamp());
        let told = self.0.told_until[of].fetch_update(Ordering::Relaxed, Ordering::Relaxed, |until| {
            (now >= until).then_some(now + TOLD_EVERY_SECONDS)
        });
        told.is_ok()
    }

    /// The connections of whoever writes, who has their turn.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.0.writer
    }

    /// In which order this process writes to SQLite.
    pub fn write_turns(&self) -> &WriteTurns {
        &self.0.write_turns
    }

    /// What this process has been asked to find since it last wrote it down.
    pub(crate) fn tally(&self) -> &Tally {
        &self.0.tally
    }

    /// What this process has heard of changes that shoppers may have seen.
    pub fn showing(&self) -> &Arc<Showing> {
        &self.0.showing
    }

    /// From now on `profile` is what this process knows, unless it knows a later one.
    pub(crate) fn learn(&self, profile: Profile) {
        let mut known = self.0.profile.write().unwrap_or_else(PoisonError::into_inner);
        if profile.version > known.version {
            *known = Arc::new(profile);
        }
    }

    /// A handle that does not keep the shop open.
    pub fn downgrade(&self) -> WeakShop {
        WeakShop(Arc::downgrade(&self.0))
    }

    /// In which steps prices in a currency are computed, in minor units: those of the coarsest of the shop's payment providers,
    /// so that each can take them.
    pub fn price_step_minor(&self, currency: Currency) -> i64 {
        let steps = self
            .payment_providers
            .values()
            .map(|provider| provider.step_minor(currency));
        steps.max().unwrap_or(1).max(1)
    }

    pub fn now(&self) -> DateTime<Utc> {
        let now = self.clock.now();
        shown::time_read(now);
        now
    }

    /// The day that it is where the shop is. Unlike with [`now`](Self::now), what comes of it holds until it ends.
    pub fn today(&self) -> NaiveDate {
        let profile = self.profile();
        let today = profile.date(self.clock.now());
        if let Some(tomorrow) = today.succ_opt() {
            shown::day_ends(|| profile.day_begins(tomorrow));
        }
        today
    }

    /// A new id that sorts by time; wrap it in its type: `OrderId(shop.new_id())`.
    pub fn new_id(&self) -> Uuid {
        self.ids.at(self.now())
    }
}

/// Whether it was long enough ago; from now on it was now.
fn is_time(last: &Mutex<Option<Instant>>, every: Duration) -> bool {
    let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
    let is_time = last.is_none_or(|at| at.elapsed() >= every);
    if is_time {
        *last = Some(Instant::now());
    }
    is_time
}

impl WeakShop {
    /// The shop, if it is still open.
    pub fn upgrade(&self) -> Option<Shop> {
        self.0.upgrade().map(Shop)
    }
}

impl Deref for Shop {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}

impl fmt::Debug for Shop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shop")
            .field("name", &self.profile().name)
            .finish_non_exhaustive()
    }
}

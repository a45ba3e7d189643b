//! A provider to try, on either database.

use std::{
    collections::HashMap,
    fmt::Debug,
    io::Write as _,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use uuid::Uuid;
use vitrine_adapters::{
    boot,
    config::{Config, Secret},
    payment::simulated::{SignedWebhook, SimulatedProvider, SimulatedSettings},
};
use vitrine_commerce::{
    money::{Currency, Money},
    ports::{
        Clock, IdSource, PaymentProvider,
        ids::SystemIds,
        payment::{
            Capture, Charge, ChargeLookup, ProviderCharge, ProviderError, ProviderEvent, ProviderRefund, Refund,
            RefundLookup, Void,
        },
    },
};
use vitrine_entity::ids::{PaymentId, RefundId};

/// Makes two tests of each function that takes a [`Bench`].
macro_rules! on_every_database {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::support::Bench::sqlite().await).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(bench) = crate::support::Bench::postgres().await {
                    super::$name(bench).await;
                }
            })*
        }
    };
}
pub(crate) use on_every_database;

pub(crate) struct Bench {
    pub(crate) provider: Arc<SimulatedProvider>,
    pub(crate) db: DatabaseConnection,
    clock: Arc<TestClock>,
    _folder: Option<tempfile::TempDir>,
}

struct TestClock(Mutex<DateTime<Utc>>);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("a clock")
    }
}

impl Bench {
    pub(crate) fn pass(&self, time: TimeDelta) {
        *self.clock.0.lock().expect("a clock") += time;
    }

    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("books.db").display());
        Self::at(&url, Some(folder)).await
    }

    /// `None` without a PostgreSQL.
    pub(crate) async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("VITRINE_TEST_DATABASE_URL") else {
            // Past the capture: a test never skips itself in silence.
            let _ = writeln!(
                std::io::stderr(),
                "VITRINE_TEST_DATABASE_URL is not set: not tried on PostgreSQL"
            );
            return None;
        };
        let name = format!("books_{}", SystemIds::default().unguessable().simple());
        let admin: DatabaseConnection = sea_orm::Database::connect(&server).await.expect("a PostgreSQL");
        admin
            .execute_unprepared(&format!("create database {name}"))
            .await
            .expect("a database");
        let (base, _) = server.rsplit_once('/').expect("a database's name");
        Some(Self::at(&format!("{base}/{name}"), None).await)
    }

    async fn at(url: &str, folder: Option<tempfile::TempDir>) -> Self {
        let mut config = Config::default();
        config.database.url = Secret::new(url);
        boot::migrate(&config).await.expect("a schema");
        let db = boot::open_database(&config).await.expect("a database");
        let clock = Arc::new(TestClock(Mutex::new(start())));
        Self {
            provider: provider(&db, &clock, Duration::from_millis(1)),
            db,
            clock,
            _folder: folder,
        }
    }

    /// The same provider, which takes its time.
    pub(crate) fn slow(self, slow: Duration) -> Self {
        Self {
            provider: provider(&self.db, &self.clock, slow),
            ..self
        }
    }
}

fn provider(db: &DatabaseConnection, clock: &Arc<TestClock>, slow: Duration) -> Arc<SimulatedProvider> {
    let settings = SimulatedSettings {
        public_url: "http://shop.example".to_owned(),
        slow,
        pending: TimeDelta::seconds(3),
        key_hours: 24,
        webhook_secret: b"secret".to_vec(),
    };
    let ids = Arc::new(SystemIds::default());
    Arc::new(SimulatedProvider::new(db.clone(), clock.clone(), ids, settings))
}

/// A new attempt for 49.99 EUR.
pub(crate) fn charge(token: &str, capture: bool) -> Charge {
    let payment = PaymentId(unguessable());
    Charge {
        payment,
        key: payment.to_string(),
        order_number: "1001".to_owned(),
        amount: eur(4999),
        method_token: token.to_owned(),
        capture,
        return_url: "http://shop.example/order".to_owned(),
    }
}

/// A capture of a charge under a key of its own.
pub(crate) fn capture(charge: &ProviderCharge, minor: i64) -> Capture {
    Capture {
        payment: charge.payment,
        reference: charge.reference.clone(),
        key: format!("cap_{}", unguessable().simple()),
        amount: eur(minor),
    }
}

pub(crate) fn void(charge: &ProviderCharge) -> Void {
    Void {
        payment: charge.payment,
        reference: charge.reference.clone(),
        key: format!("{}:void", charge.payment),
    }
}

/// A refund of a charge under a key of its own.
pub(crate) fn refund(charge: &ProviderCharge, minor: i64) -> Refund {
    let refund = RefundId(unguessable());
    Refund {
        refund,
        payment: charge.payment,
        reference: charge.reference.clone(),
        key: refund.to_string(),
        amount: eur(minor),
    }
}

pub(crate) fn by_payment(payment: PaymentId) -> ChargeLookup {
    ChargeLookup {
        payment,
        reference: None,
        sent_after: start(),
        sent_before: None,
    }
}

pub(crate) fn by_refund(refund: &Refund) -> RefundLookup {
    RefundLookup {
        refund: refund.refund,
        payment: refund.payment,
        charge_reference: refund.reference.clone(),
        reference: None,
    }
}

pub(crate) fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// When the bench's clock begins.
pub(crate) fn start() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().expect("a time")
}

pub(crate) fn unguessable() -> Uuid {
    SystemIds::default().unguessable()
}

pub(crate) fn sums(charge: &ProviderCharge) -> (i64, i64, i64) {
    (charge.amount.minor, charge.captured_minor, charge.refunded_minor)
}

pub(crate) fn is_rejected<T: Debug>(outcome: Result<T, ProviderError>) {
    assert!(matches!(outcome, Err(ProviderError::Rejected(_))), "{outcome:?}");
}

pub(crate) fn is_unknown<T: Debug>(outcome: Result<T, ProviderError>) {
    assert!(matches!(outcome, Err(ProviderError::Unknown(_))), "{outcome:?}");
}

impl Bench {
    pub(crate) async fn charge(&self, charge: &Charge) -> ProviderCharge {
        self.provider.charge(charge).await.expect("an answer")
    }

    /// A new charge that this token approves and captures.
    pub(crate) async fn captured(&self, token: &str) -> ProviderCharge {
        self.charge(&charge(token, true)).await
    }

    /// A new charge that this token approves.
    pub(crate) async fn authorized(&self, token: &str) -> ProviderCharge {
        self.charge(&charge(token, false)).await
    }

    /// The provider's record of an attempt, less the number of the answer.
    pub(crate) async fn find(&self, payment: PaymentId) -> Option<ProviderCharge> {
        let found = self.provider.find(&by_payment(payment)).await.expect("an answer");
        found.map(unnumbered)
    }

    pub(crate) async fn require(&self, payment: PaymentId) -> ProviderCharge {
        self.find(payment).await.expect("a charge")
    }

    pub(crate) async fn find_refund(&self, refund: &Refund) -> Option<ProviderRefund> {
        self.provider.find_refund(&by_refund(refund)).await.expect("an answer")
    }

    /// Takes what is due.
    pub(crate) async fn take(&self) -> Vec<SignedWebhook> {
        let due = self.provider.due_webhooks().await.expect("webhooks");
        for webhook in &due {
            self.provider.mark_delivered(&webhook.id).await.expect("no error");
        }
        due
    }

    /// What is due, by kind.
    pub(crate) async fn take_kinds(&self) -> Vec<String> {
        let due = self.take().await;
        due.iter().map(|webhook| self.kind(webhook)).collect()
    }

    pub(crate) fn kind(&self, webhook: &SignedWebhook) -> String {
        match self.read(webhook) {
            ProviderEvent::ChargeChanged { kind, .. }
            | ProviderEvent::Notice { kind, .. }
            | ProviderEvent::Ignored { kind, .. } => kind,
        }
    }

    pub(crate) fn read(&self, webhook: &SignedWebhook) -> ProviderEvent {
        self.provider
            .webhook(&headers(webhook), webhook.body.as_bytes())
            .expect("our own")
    }
}

pub(crate) fn headers(webhook: &SignedWebhook) -> HashMap<String, String> {
    let owned = |(name, value): &(&str, String)| ((*name).to_owned(), value.clone());
    webhook.headers.iter().map(owned).collect()
}

pub(crate) fn unnumbered(charge: ProviderCharge) -> ProviderCharge {
    ProviderCharge {
        request_id: None,
        ..charge
    }
}

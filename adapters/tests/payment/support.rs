//! A provider to try, on either database.

use std::io::Write as _;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use vitrine_adapters::{
    boot,
    config::{Config, Secret},
    payment::simulated::{SimulatedProvider, SimulatedSettings},
};
use vitrine_commerce::{
    money::{Currency, Money},
    ports::{
        Clock, IdSource, PaymentProvider,
        ids::SystemIds,
        payment::{Charge, ProviderCharge},
    },
};
use vitrine_entity::ids::PaymentId;

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
        let clock = Arc::new(TestClock(Mutex::new("2026-03-01T12:00:00Z".parse().expect("a time"))));
        let settings = SimulatedSettings {
            public_url: "http://shop.example".to_owned(),
            slow: Duration::from_millis(1),
            pending: TimeDelta::seconds(3),
            webhook_secret: b"secret".to_vec(),
        };
        let provider = Arc::new(SimulatedProvider::new(
            db,
            clock.clone(),
            Arc::new(SystemIds::default()),
            settings,
        ));
        Self {
            provider,
            clock,
            _folder: folder,
        }
    }
}

pub(crate) fn charge(token: &str, capture: bool) -> Charge {
    Charge {
        payment: PaymentId(SystemIds::default().unguessable()),
        order_number: "1001".to_owned(),
        amount: Money::new(4999, Currency::EUR),
        method_token: token.to_owned(),
        capture,
    }
}

pub(crate) fn sums(charge: &ProviderCharge) -> (i64, i64, i64) {
    (charge.amount.minor, charge.captured_minor, charge.refunded_minor)
}

pub(crate) async fn find(bench: &Bench, payment: PaymentId) -> ProviderCharge {
    bench
        .provider
        .find(payment)
        .await
        .expect("an answer")
        .expect("a charge")
}

//! The providers that the contract runs on.

use std::{
    collections::HashMap,
    env,
    future::Future,
    io::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use uuid::Uuid;
use vitrine_adapters::{
    boot,
    config::{Config, Secret, Stripe},
    payment::{
        manual::{BankTransferProvider, CashOnDeliveryProvider},
        simulated::{self, SimulatedProvider, SimulatedSettings},
        stripe::StripeProvider,
    },
};
use vitrine_commerce::ports::{Clock, PaymentProvider, clock::SystemClock, ids::SystemIds};
use vitrine_entity::ids::InstallationId;
use vitrine_tests::stripe_stand_in::{self, StripeStandIn};

const SIMULATED_SECRET: &str = "the simulated provider's";

/// Who asks, in an account that others may use, too.
const SHOP: InstallationId = InstallationId(Uuid::from_u128(1));
const OTHER_SHOP: InstallationId = InstallationId(Uuid::from_u128(2));

/// A provider, and a hand on its other side where there is one.
#[derive(Clone)]
pub(crate) struct Bench {
    provider: Arc<dyn PaymentProvider>,
    clock: Arc<MovedClock>,
    other_side: OtherSide,
}

#[derive(Clone)]
enum OtherSide {
    Simulated(Arc<SimulatedProvider>),
    StandIn(Arc<StripeStandIn>),
    OutOfReach,
}

/// What the shopper pays with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Means {
    Good,
    WithoutFunds,
    SecondFactor,
    /// Refunds of it are on their way for a while.
    SlowRefunds,
}

pub(crate) async fn on_the_simulated<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    let folder = tempfile::tempdir().unwrap();
    promise(Bench::simulated(&folder).await).await;
}

pub(crate) async fn on_the_stand_in<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    promise(Bench::stand_in().await).await;
}

/// Does nothing where there is none; [`whether_a_real_stripe_is_covered`] tells.
pub(crate) async fn on_a_real_stripe<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    let Some(settings) = real_stripe() else { return };
    // Its rate is limited for all of them together.
    static ONE_AFTER_THE_OTHER: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _turn = ONE_AFTER_THE_OTHER.lock().await;
    promise(Bench::stripe(&settings, SHOP, OtherSide::OutOfReach, Arc::default())).await;
}

pub(crate) async fn on_bank_transfer<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    let provider = BankTransferProvider::new("Please transfer {amount} for {number}.".to_owned());
    promise(Bench::by_staff(Arc::new(provider))).await;
}

pub(crate) async fn on_cash_on_delivery<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    promise(Bench::by_staff(Arc::new(CashOnDeliveryProvider::new()))).await;
}

/// As an adapter needs them for the stand-in.
pub(crate) fn settings(server: &StripeStandIn) -> Stripe {
    Stripe {
        secret_key: Some(Secret::new(StripeStandIn::KEY)),
        webhook_secrets: vec![Secret::new(StripeStandIn::WEBHOOK_SECRET)],
        publishable_key: Some("pk_test_of_the_stand_in".to_owned()),
        api_url: server.url(),
        requests_per_second: 1000,
        ..Stripe::default()
    }
}

/// Never with a key that moves real money.
fn real_stripe() -> Option<Stripe> {
    let given = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let (url, key) = (given("VITRINE_TEST_STRIPE_URL")?, given("VITRINE_TEST_STRIPE_KEY")?);
    assert!(
        key.starts_with("sk_test_") || key.starts_with("rk_test_"),
        "VITRINE_TEST_STRIPE_KEY is no key of a test mode"
    );
    Some(Stripe {
        secret_key: Some(Secret::new(key)),
        api_url: url,
        ..Stripe::default()
    })
}

/// Says it past the capture of the test's output: a check that did not run must not look as if.
#[test]
fn whether_a_real_stripe_is_covered() {
    let covered = match real_stripe() {
        Some(settings) => format!("the payment contract also runs on the Stripe at {}", settings.api_url),
        None => "the payment contract does NOT run on a real Stripe: set VITRINE_TEST_STRIPE_URL and VITRINE_TEST_STRIPE_KEY".to_owned(),
    };
    writeln!(std::io::stderr(), "{covered}").unwrap();
}

impl Bench {
    async fn simulated(folder: &TempDir) -> Self {
        let mut config = Config::default();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("books.db").display());
        config.database.url = Secret::new(url);
        boot::migrate(&config).await.unwrap();
        let db = boot::open_database(&config).await.unwrap();
        let clock = Arc::<MovedClock>::default();
        let settings = SimulatedSettings {
            public_url: "http://shop.example".to_owned(),
            slow: Duration::from_millis(1),
            pending: TimeDelta::seconds(30),
            key_hours: 24,
            webhook_secret: SIMULATED_SECRET.as_bytes().to_vec(),
        };
        let ids = Arc::new(SystemIds::default());
        let provider = Arc::new(SimulatedProvider::new(db, clock.clone(), ids, settings));
        Self {
            provider: provider.clone(),
            clock,
            other_side: OtherSide::Simulated(provider),
        }
    }

    pub(crate) async fn stand_in() -> Self {
        let clock = Arc::<MovedClock>::default();
        let server = Arc::new(StripeStandIn::start(clock.clone()).await.unwrap());
        Self::stripe(&settings(&server), SHOP, OtherSide::StandIn(server), clock)
    }

    fn stripe(settings: &Stripe, shop: InstallationId, other_side: OtherSide, clock: Arc<MovedClock>) -> Self {
        Self {
            provider: Arc::new(StripeProvider::new(settings, shop, clock.clone()).unwrap()),
            clock,
            other_side,
        }
    }

    fn by_staff(provider: Arc<dyn PaymentProvider>) -> Self {
        Self {
            provider,
            clock: Arc::default(),
            other_side: OtherSide::OutOfReach,
        }
    }

    /// The same stand-in behind an adapter with other settings.
    pub(crate) fn with_settings(&self, change: impl FnOnce(&mut Stripe)) -> Self {
        let mut settings = settings(self.server());
        change(&mut settings);
        Self::stripe(&settings, SHOP, self.other_side.clone(), self.clock.clone())
    }

    /// Another shop, with the same account at the same stand-in.
    pub(crate) fn of_another_shop(&self) -> Self {
        let settings = settings(self.server());
        Self::stripe(&settings, OTHER_SHOP, self.other_side.clone(), self.clock.clone())
    }

    /// # Panics
    /// When this is not the stand-in.
    pub(crate) fn server(&self) -> &StripeStandIn {
        match &self.other_side {
            OtherSide::StandIn(server) => server,
            OtherSide::Simulated(_) | OtherSide::OutOfReach => panic!("this is not on the stand-in"),
        }
    }

    pub(crate) fn port(&self) -> &dyn PaymentProvider {
        &*self.provider
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Forward, or back.
    pub(crate) fn move_clock(&self, by: TimeDelta) {
        *self.clock.0.lock().unwrap() += by;
    }

    /// The shopper comes back from their bank.
    pub(crate) async fn answer_second_factor(&self, reference: &str, passed: bool) {
        match &self.other_side {
            OtherSide::Simulated(provider) => drop(provider.complete_second_factor(reference, passed).await.unwrap()),
            OtherSide::StandIn(server) => server.authenticate(reference, passed),
            OtherSide::OutOfReach => panic!("nobody can answer here"),
        }
    }

    /// The webhooks that are due, each with its headers.
    pub(crate) async fn take_webhooks(&self) -> Vec<(HashMap<String, String>, String)> {
        match &self.other_side {
            OtherSide::Simulated(provider) => {
                let due = provider.due_webhooks().await.unwrap().into_iter();
                let owned = |headers: Vec<(&str, String)>| {
                    let headers = headers.into_iter();
                    headers.map(|(name, value)| (name.to_owned(), value)).collect()
                };
                due.map(|webhook| (owned(webhook.headers), webhook.body)).collect()
            }
            OtherSide::StandIn(server) => {
                let events = server.take_events().into_iter().map(|event| event.to_string());
                events.map(|body| (self.sign(&body), body)).collect()
            }
            OtherSide::OutOfReach => panic!("nobody sends webhooks here"),
        }
    }

    /// The headers that the provider would send with this body now.
    pub(crate) fn sign(&self, body: &str) -> HashMap<String, String> {
        let (header, signature) = match &self.other_side {
            OtherSide::Simulated(_) => {
                // Signed as Stripe signs.
                let signature = stripe_stand_in::sign(SIMULATED_SECRET, body, self.now());
                (simulated::SIGNATURE_HEADER, signature)
            }
            OtherSide::StandIn(server) => (stripe_stand_in::SIGNATURE_HEADER, server.signature_of(body)),
            OtherSide::OutOfReach => panic!("nobody signs here"),
        };
        HashMap::from([(header.to_owned(), signature)])
    }

    pub(crate) fn token(&self, means: Means) -> &'static str {
        match (&self.other_side, means) {
            (OtherSide::Simulated(_), Means::Good) => "tok_approve",
            (OtherSide::Simulated(_), Means::WithoutFunds) => "tok_decline_insufficient_funds",
            (OtherSide::Simulated(_), Means::SecondFactor) => "tok_second_factor",
            (OtherSide::Simulated(_), Means::SlowRefunds) => "tok_refund_pending",
            (_, Means::Good) => "pm_card_visa",
            (_, Means::WithoutFunds) => "pm_card_visa_chargeDeclinedInsufficientFunds",
            (_, Means::SecondFactor) => "pm_card_authenticationRequired",
            (_, Means::SlowRefunds) => "pm_card_pendingRefund",
        }
    }
}

/// The machine's time, moved: a real provider's clock runs as well.
#[derive(Default)]
struct MovedClock(Mutex<TimeDelta>);

impl Clock for MovedClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + *self.0.lock().unwrap()
    }
}

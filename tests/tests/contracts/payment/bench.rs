//! The providers that the contract runs on.

use std::{
    collections::HashMap,
    env,
    future::Future,
    io::Write,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use futures::FutureExt;
use sea_orm::DatabaseConnection;
use uuid::Uuid;
use vitrine_adapters::{
    boot,
    config::{Config, PayPal, Secret, Stripe},
    payment::{
        manual::{BankTransferProvider, PromisedProvider},
        paypal::PayPalProvider,
        simulated::{self, SimulatedProvider, SimulatedSettings},
        stripe::StripeProvider,
    },
};
use vitrine_commerce::ports::{Clock, PaymentProvider, clock::SystemClock, ids::SystemIds};
use vitrine_entity::ids::InstallationId;
use vitrine_tests::{
    backend::Backend,
    klarna_stand_in::KlarnaStandIn,
    paypal_stand_in::PayPalStandIn,
    stripe_stand_in::{self, StripeStandIn},
};

const SIMULATED_SECRET: &str = "the simulated provider's";

/// Who asks, in an account that others may use, too.
pub(super) const SHOP: InstallationId = InstallationId(Uuid::from_u128(1));
const OTHER_SHOP: InstallationId = InstallationId(Uuid::from_u128(2));

/// A provider, and a hand on its other side where there is one.
#[derive(Clone)]
pub(crate) struct Bench {
    pub(super) provider: Arc<dyn PaymentProvider>,
    pub(super) clock: Arc<MovedClock>,
    pub(super) other_side: OtherSide,
}

#[derive(Clone)]
pub(super) enum OtherSide {
    /// With its books.
    Simulated(Arc<SimulatedProvider>, DatabaseConnection),
    StandIn(Arc<StripeStandIn>),
    PayPal(Arc<PayPalStandIn>),
    Klarna(Arc<KlarnaStandIn>),
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

/// Its books are on the database that the tests run on.
pub(crate) async fn on_the_simulated<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let backend = Backend::open(&folder).await;
    let mut config = Config::default();
    config.database.url = Secret::new(&backend.database_url);
    boot::migrate(&config).await.unwrap();
    let db = boot::open_database(&config).await.unwrap();
    promise(Bench::simulated(
        db,
        Arc::new(MovedClock::standing()),
        Duration::from_millis(1),
    ))
    .await;
    backend.drop_database().await;
}

pub(crate) async fn on_the_stand_in<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    promise(Bench::stand_in().await).await;
}

pub(crate) async fn on_paypal<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    promise(Bench::paypal().await).await;
}

pub(crate) async fn on_klarna<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    promise(Bench::klarna().await).await;
}

pub(crate) async fn on_bank_transfer<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    let provider = BankTransferProvider::new("Please transfer {amount} for {number}, for {number}.".to_owned());
    promise(Bench::by_staff(Arc::new(provider))).await;
}

pub(crate) async fn on_cash_on_delivery<F: Future<Output = ()>>(promise: impl FnOnce(Bench) -> F) {
    promise(Bench::by_staff(Arc::new(PromisedProvider::cash_on_delivery()))).await;
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

/// A Stripe in test mode that the environment names, and the promises that it broke.
pub(crate) struct RealStripe {
    settings: Option<Stripe>,
    broken: Vec<&'static str>,
}

impl Default for RealStripe {
    /// # Panics
    /// When the environment names half of one, or one that moves real money.
    fn default() -> Self {
        let given = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let settings = match (given("VITRINE_TEST_STRIPE_URL"), given("VITRINE_TEST_STRIPE_KEY")) {
            (Some(api_url), Some(key)) if key.starts_with("sk_test_") || key.starts_with("rk_test_") => Some(Stripe {
                secret_key: Some(Secret::new(key)),
                api_url,
                ..Stripe::default()
            }),
            (None, None) => None,
            _ => {
                panic!("set both VITRINE_TEST_STRIPE_URL and VITRINE_TEST_STRIPE_KEY, a key of a test mode, or neither")
            }
        };
        Self {
            settings,
            broken: Vec::new(),
        }
    }
}

impl RealStripe {
    pub(crate) async fn hold_to<F: Future<Output = ()>>(
        &mut self,
        name: &'static str,
        promise: impl FnOnce(Bench) -> F,
    ) {
        let Some(settings) = &self.settings else { return };
        let bench = Bench::stripe(settings, SHOP, OtherSide::OutOfReach, Arc::default());
        if AssertUnwindSafe(promise(bench)).catch_unwind().await.is_err() {
            self.broken.push(name);
        }
    }

    /// # Panics
    /// When a promise was broken.
    pub(crate) fn finish(self) {
        if self.settings.is_none() {
            // Past the capture of the output: a check that did not run must not look as if.
            let told =
                "not tried: the payment contract on a real Stripe (VITRINE_TEST_STRIPE_URL, VITRINE_TEST_STRIPE_KEY)";
            #[expect(
                clippy::explicit_write,
                reason = "what a test prints by itself is shown only if it fails"
            )]
            writeln!(std::io::stderr(), "{told}").unwrap();
        }
        assert!(self.broken.is_empty(), "broken: {:#?}", self.broken);
    }
}

impl Bench {
    /// Where `tok_slow` takes so long.
    pub(super) fn simulated(db: DatabaseConnection, clock: Arc<MovedClock>, slow: Duration) -> Self {
        let settings = SimulatedSettings {
            public_url: "http://shop.example".to_owned(),
            slow,
            pending: TimeDelta::seconds(30),
            key_hours: 24,
            webhook_secret: SIMULATED_SECRET.as_bytes().to_vec(),
        };
        let ids = Arc::new(SystemIds::default());
        let provider = Arc::new(SimulatedProvider::new(db.clone(), clock.clone(), ids, settings));
        Self {
            provider: provider.clone(),
            clock,
            other_side: OtherSide::Simulated(provider, db),
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

    /// PayPal's adapter over its stand-in.
    pub(crate) async fn paypal() -> Self {
        let clock = Arc::<MovedClock>::default();
        let server = PayPalStandIn::start(clock.clone()).await.unwrap();
        let settings = PayPal {
            client_id: Some(PayPalStandIn::CLIENT_ID.to_owned()),
            client_secret: Some(Secret::new(PayPalStandIn::CLIENT_SECRET)),
            webhook_id: Some(PayPalStandIn::WEBHOOK_ID.to_owned()),
            api_url: server.url(),
            requests_per_second: 1000,
            ..PayPal::default()
        };
        Self {
            provider: Arc::new(PayPalProvider::new(&settings, SHOP, clock.clone()).unwrap()),
            clock,
            other_side: OtherSide::PayPal(Arc::new(server)),
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
            _ => panic!("this is not on Stripe's stand-in"),
        }
    }

    /// # Panics
    /// When this is not PayPal's stand-in.
    pub(crate) fn paypal_server(&self) -> &PayPalStandIn {
        match &self.other_side {
            OtherSide::PayPal(server) => server,
            _ => panic!("this is not on PayPal's stand-in"),
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
        *self.clock.moved.lock().unwrap() += by;
    }

    /// The shopper comes back from their bank.
    pub(crate) async fn answer_second_factor(&self, reference: &str, passed: bool) {
        match &self.other_side {
            OtherSide::Simulated(provider, _) => {
                drop(provider.complete_second_factor(reference, passed).await.unwrap())
            }
            OtherSide::StandIn(server) => server.authenticate(reference, passed),
            OtherSide::PayPal(server) => server.approve(reference, passed),
            OtherSide::Klarna(server) => server.finish(page_of(reference), passed),
            OtherSide::OutOfReach => panic!("nobody can answer here"),
        }
    }

    /// The webhooks that are due, each with its headers.
    pub(crate) async fn take_webhooks(&self) -> Vec<(HashMap<String, String>, String)> {
        match &self.other_side {
            OtherSide::Simulated(provider, _) => {
                let due = provider.due_webhooks().await.unwrap().into_iter();
                due.map(|webhook| (headers(webhook.headers), webhook.body)).collect()
            }
            OtherSide::StandIn(server) => {
                let events = server.take_events().into_iter().map(|event| event.to_string());
                events.map(|body| (self.sign(&body), body)).collect()
            }
            OtherSide::PayPal(server) => {
                let events = server.take_events().into_iter().map(|event| event.to_string());
                events.map(|body| (server.headers_of(&body), body)).collect()
            }
            OtherSide::Klarna(server) => {
                let hints = server.take_hints().into_iter().map(|hint| hint.to_string());
                hints.map(|body| (HashMap::new(), body)).collect()
            }
            OtherSide::OutOfReach => panic!("nobody sends webhooks here"),
        }
    }

    /// The headers that the provider would send with this body now.
    pub(crate) fn sign(&self, body: &str) -> HashMap<String, String> {
        let (header, signature) = match &self.other_side {
            OtherSide::Simulated(..) => {
                // Signed as Stripe signs.
                let signature = stripe_stand_in::sign(SIMULATED_SECRET, body, self.now());
                (simulated::SIGNATURE_HEADER, signature)
            }
            OtherSide::StandIn(server) => (stripe_stand_in::SIGNATURE_HEADER, server.signature_of(body)),
            OtherSide::PayPal(server) => return server.headers_of(body),
            OtherSide::Klarna(_) => return HashMap::new(),
            OtherSide::OutOfReach => panic!("nobody signs here"),
        };
        HashMap::from([(header.to_owned(), signature)])
    }

    pub(crate) fn token(&self, means: Means) -> &'static str {
        match (&self.other_side, means) {
            (OtherSide::Simulated(..), Means::Good) => "tok_approve",
            (OtherSide::Simulated(..), Means::WithoutFunds) => "tok_decline_insufficient_funds",
            (OtherSide::Simulated(..), Means::SecondFactor) => "tok_second_factor",
            (OtherSide::Simulated(..), Means::SlowRefunds) => "tok_refund_pending",
            (_, Means::Good) => "pm_card_visa",
            (_, Means::WithoutFunds) => "pm_card_visa_chargeDeclinedInsufficientFunds",
            (_, Means::SecondFactor) => "pm_card_authenticationRequired",
            (_, Means::SlowRefunds) => "pm_card_pendingRefund",
        }
    }
}

/// The page on which the shopper agrees, of an attempt at Klarna.
fn page_of(reference: &str) -> &str {
    reference.split(':').nth(1).expect("a reference that names a page")
}

pub(super) fn headers(headers: Vec<(&str, String)>) -> HashMap<String, String> {
    let headers = headers.into_iter();
    headers.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A time that is moved: the machine's, since a real provider's clock runs as well, or one that stands.
#[derive(Default)]
pub(super) struct MovedClock {
    standing: Option<DateTime<Utc>>,
    moved: Mutex<TimeDelta>,
}

impl MovedClock {
    fn standing() -> Self {
        Self {
            standing: Some(SystemClock.now().trunc_subsecs(0)),
            moved: Mutex::default(),
        }
    }
}

impl Clock for MovedClock {
    fn now(&self) -> DateTime<Utc> {
        self.standing.unwrap_or_else(|| SystemClock.now()) + *self.moved.lock().unwrap()
    }
}

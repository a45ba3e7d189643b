//! A payment provider between the shop and its own: it loses requests and answers, fails, is slow,
//! and takes its caller with it, as a plan says; and it keeps what it was asked, by which key.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::{
        PaymentProvider,
        payment::{
            Capture, Charge, ChargeLookup, PaymentOffer, ProviderCharge, ProviderError, ProviderEvent, ProviderRefund,
            Refund, RefundLookup, SavedMethods, Settlement, StatementPage, Void, WebhookError,
        },
    },
};
use vitrine_entity::ids::PaymentId;

/// What is asked of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    Charge,
    Capture,
    Void,
    Refund,
    Find,
    FindRefund,
    Statement,
}

impl Verb {
    /// Those that a purchase asks for.
    pub const ALL: [Self; 6] = [
        Self::Charge,
        Self::Capture,
        Self::Void,
        Self::Refund,
        Self::Find,
        Self::FindRefund,
    ];
}

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderFault {
    /// The connection is refused: it was not done.
    Refused,
    /// The request is lost on its way: it was not done, and nobody knows.
    RequestLost,
    /// It is done, and the answer is lost: a time-out, a cut connection, a 500.
    AnswerLost,
    /// Whoever calls dies before the request goes out.
    CallerDiesBefore,
    /// It is done, and whoever called dies before they hear of it.
    CallerDiesAfter,
    /// The rate is limited.
    RateLimited,
    /// It takes a while.
    Slow(Duration),
    /// It takes until [`Calls::release`].
    Held,
}

impl ProviderFault {
    /// Every fault but those that take time.
    pub const ALL: [Self; 6] = [
        Self::Refused,
        Self::RequestLost,
        Self::AnswerLost,
        Self::CallerDiesBefore,
        Self::CallerDiesAfter,
        Self::RateLimited,
    ];
}

/// Says what goes wrong with the `number`th call (from 0) of a verb.
pub type Plan = Arc<dyn Fn(Verb, usize) -> Option<ProviderFault> + Send + Sync>;

/// The provider.
pub struct FaultyProvider {
    inner: Arc<dyn PaymentProvider>,
    plan: Plan,
    calls: Arc<Calls>,
}

/// What a [`FaultyProvider`] was asked.
#[derive(Default)]
pub struct Calls {
    counts: Mutex<HashMap<Verb, usize>>,
    /// Of each object of ours.
    keys: Mutex<BTreeMap<(Verb, String), Sends>>,
    released: CancellationToken,
}

/// Idempotency keys in the order of their first use, with how often each was sent.
type Sends = Vec<(String, usize)>;

impl Calls {
    /// How often a verb was asked for.
    pub fn count(&self, verb: Verb) -> usize {
        let counts = self.counts.lock().expect("nobody panics while they count");
        counts.get(&verb).copied().unwrap_or_default()
    }

    /// Lets every call go on that is held, or would be.
    pub fn release(&self) {
        self.released.cancel();
    }

    /// Objects of ours that were sent under another idempotency key before the one before was tried often.
    pub fn rekeyed(&self) -> Vec<String> {
        let keys = self.keys.lock().expect("nobody panics while they note a key");
        let too_soon = keys.iter().filter(|(_, keys)| match keys.as_slice() {
            [] => false,
            [earlier @ .., _] => earlier.iter().any(|(_, sends)| *sends < TRIED_OFTEN),
        });
        too_soon
            .map(|(subject, keys)| format!("{subject:?}: {keys:?}"))
            .collect()
    }
}

/// The shop changes a key after four sends, of which one may not have come as far as here.
const TRIED_OFTEN: usize = 3;

impl FaultyProvider {
    /// Stands before `inner`.
    pub fn new(inner: Arc<dyn PaymentProvider>, plan: Plan, calls: Arc<Calls>) -> Self {
        Self { inner, plan, calls }
    }

    fn note(&self, verb: Verb, subject: &impl std::fmt::Display, key: &str) {
        let mut keys = self.calls.keys.lock().expect("nobody panics while they note a key");
        let keys = keys.entry((verb, subject.to_string())).or_default();
        match keys.iter_mut().find(|(known, _)| known == key) {
            Some((_, sends)) => *sends += 1,
            None => keys.push((key.to_owned(), 1)),
        }
    }

    async fn through<T>(
        &self,
        verb: Verb,
        call: impl Future<Output = Result<T, ProviderError>>,
    ) -> Result<T, ProviderError> {
        let number = {
            let mut counts = self.calls.counts.lock().expect("nobody panics while they count");
            let count = counts.entry(verb).or_default();
            *count += 1;
            *count - 1
        };
        let unknown = || ProviderError::Unknown("planned".into());
        match (self.plan)(verb, number) {
            None => call.await,
            Some(ProviderFault::Refused) => Err(ProviderError::Unavailable("planned".into())),
            Some(ProviderFault::RequestLost) => Err(unknown()),
            Some(ProviderFault::AnswerLost) => call.await.and(Err(unknown())),
            Some(ProviderFault::CallerDiesBefore) => panic!("planned: the caller dies before {verb:?}"),
            Some(ProviderFault::CallerDiesAfter) => {
                let _ = call.await;
                panic!("planned: the caller dies after {verb:?}")
            }
            Some(ProviderFault::RateLimited) => Err(ProviderError::RateLimited { retry_after_seconds: 2 }),
            Some(ProviderFault::Slow(time)) => {
                tokio::time::sleep(time).await;
                call.await
            }
            Some(ProviderFault::Held) => {
                self.calls.released.cancelled().await;
                call.await
            }
        }
    }
}

#[async_trait]
impl PaymentProvider for FaultyProvider {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn settlement(&self) -> Settlement {
        self.inner.settlement()
    }

    fn offer(&self) -> PaymentOffer {
        self.inner.offer()
    }

    fn is_live(&self) -> bool {
        self.inner.is_live()
    }

    fn step_minor(&self, currency: Currency) -> i64 {
        self.inner.step_minor(currency)
    }

    fn promised(&self, payment: PaymentId, amount: Money) -> Option<String> {
        self.inner.promised(payment, amount)
    }

    fn saved_methods(&self) -> Option<&dyn SavedMethods> {
        self.inner.saved_methods()
    }

    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        self.note(Verb::Charge, &charge.payment, &charge.key);
        self.through(Verb::Charge, self.inner.charge(charge)).await
    }

    async fn capture(&self, capture: &Capture) -> Result<ProviderCharge, ProviderError> {
        // A payment may be captured in parts, each under a key of its own.
        let part = capture.key.split(':').next().unwrap_or_default();
        self.note(Verb::Capture, &part, &capture.key);
        self.through(Verb::Capture, self.inner.capture(capture)).await
    }

    async fn void(&self, void: &Void) -> Result<ProviderCharge, ProviderError> {
        self.note(Verb::Void, &void.payment, &void.key);
        self.through(Verb::Void, self.inner.void(void)).await
    }

    async fn refund(&self, refund: &Refund) -> Result<ProviderRefund, ProviderError> {
        self.note(Verb::Refund, &refund.refund, &refund.key);
        self.through(Verb::Refund, self.inner.refund(refund)).await
    }

    async fn find(&self, lookup: &ChargeLookup) -> Result<Option<ProviderCharge>, ProviderError> {
        self.through(Verb::Find, self.inner.find(lookup)).await
    }

    async fn find_refund(&self, lookup: &RefundLookup) -> Result<Option<ProviderRefund>, ProviderError> {
        self.through(Verb::FindRefund, self.inner.find_refund(lookup)).await
    }

    async fn statement(
        &self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        cursor: Option<&str>,
    ) -> Result<StatementPage, ProviderError> {
        self.through(Verb::Statement, self.inner.statement(since, until, cursor))
            .await
    }

    async fn webhook(&self, headers: &HashMap<String, String>, body: &[u8]) -> Result<ProviderEvent, WebhookError> {
        self.inner.webhook(headers, body).await
    }
}

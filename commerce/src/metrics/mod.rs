//! What this process counts and times as it works, for those who watch the machines: [`register`] is the table. What
//! stands in the database is read when it is asked for ([`gauges`](crate::gauges)).
//!
//! Recording is an addition in memory. What moves money is counted once it is committed (`Tx::count`):
//! a transaction that is tried again counts once, and one that is taken back not at all. Values of labels are words of ours,
//! of the configuration, or of the schema, so that there is a bounded number of them; nothing in it is a person's.
//!
//! What an alert goes by is there from the beginning, as zero: a rate of what was never there is no rate.

mod webhooks;

use std::{borrow::Cow, sync::LazyLock, time::Duration};

use prometheus_client::{
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::Registry,
};
use sea_orm::{ActiveEnum, Iterable};
use vitrine_entity::{outbox::Queue, payment::PaymentStatus, refund::RefundStatus};

pub use self::webhooks::WebhookOutcome;
pub(crate) use self::webhooks::streamed;
use crate::{Error, Result, ports::payment::ProviderError};

pub type Labels = Vec<(&'static str, Cow<'static, str>)>;
pub type Counters = Family<Labels, Counter>;
pub type Timers = Family<Labels, Histogram, fn() -> Histogram>;

/// Upper bounds, in seconds: from a kept row to the longest call of a provider.
const SECONDS: [f64; 14] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 40.0,
];

/// The same for what a shopper waits for beyond an answer: their bank, a webhook, a day.
const LONG_SECONDS: [f64; 10] = [0.1, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 3_600.0, 86_400.0];

/// What came of a call to a payment provider: it answered, be it with a no, or it did not.
const CALL_OUTCOMES: [&str; 7] = [
    "ok",
    "rejected",
    "rate_limited",
    "not_now",
    "unavailable",
    "unknown",
    "misconfigured",
];

static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

struct Metrics {
    checkouts: Counters,
    checkout_seconds: Timers,
    payments: Counters,
    payment_seconds: Timers,
    provider_calls: Counters,
    provider_call_seconds: Timers,
    provider_notices: Counters,
    refunds: Counters,
    jobs: Counters,
    job_seconds: Timers,
    sign_ins: Counters,
    statement_seconds: Timers,
    replica_statement_seconds: Timers,
}

/// What is counted once it is committed.
#[derive(Debug, Clone)]
pub enum Counted {
    OrderPlaced,
    /// A payment has come to stand here, so long after it was begun.
    Payment {
        provider: String,
        status: PaymentStatus,
        after: Duration,
    },
    Refund(RefundStatus),
    /// An event was sent to an endpoint, or was to be, and how long that took.
    Webhook(WebhookOutcome, Duration),
    /// An endpoint is sent nothing any more, for it has taken nothing for days or said that it is gone.
    WebhookDisabled,
    /// A provider tells by itself of something that staff have to see to, such as a dispute.
    Notice {
        provider: String,
        kind: String,
    },
}

/// Whose account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Customer,
    Staff,
}

/// Puts all of it into what is answered to those who watch.
pub fn register(registry: &mut Registry) {
    let all = &*METRICS;
    let help = "Placements of orders, by outcome: placed, replayed (the same key again), refused (sold out, price changed …), failed (ours)";
    registry.register("vitrine_checkouts", help, all.checkouts.clone());
    let help = "Seconds that placing an order took";
    registry.register("vitrine_checkout_seconds", help, all.checkout_seconds.clone());
    let help = "Payments that came to stand somewhere, by provider and status";
    registry.register("vitrine_payments", help, all.payments.clone());
    let help = "Seconds from the beginning of a payment until it was authorized, captured or declined";
    registry.register("vitrine_payment_seconds", help, all.payment_seconds.clone());
    let help = "Calls to payment providers, by outcome";
    registry.register("vitrine_provider_calls", help, all.provider_calls.clone());
    let help = "Seconds that calls to payment providers took";
    registry.register("vitrine_provider_call_seconds", help, all.provider_call_seconds.clone());
    let help = "What providers told by themselves for staff to see to, such as disputes, by the provider's word for it";
    registry.register("vitrine_provider_notices", help, all.provider_notices.clone());
    let help = "Refunds that ended, by status";
    registry.register("vitrine_refunds", help, all.refunds.clone());
    let help = "Runs of jobs, by outcome: done, deferred, outage (what it needs is away), retried, buried";
    registry.register("vitrine_job_runs", help, all.jobs.clone());
    let help = "Seconds that a run of a job took";
    registry.register("vitrine_job_seconds", help, all.job_seconds.clone());
    webhooks::register(registry);
    let help = "Tries to sign in with a password, by whose account it is and by outcome";
    registry.register("vitrine_sign_ins", help, all.sign_ins.clone());
    let help = "Seconds that statements took, without the wait for a connection, by outcome; not those that replicas were asked";
    registry.register(
        "vitrine_database_statement_seconds",
        help,
        all.statement_seconds.clone(),
    );
    let help = "Seconds that statements took on a replica, looks at how far it has followed included, by outcome";
    registry.register(
        "vitrine_database_replica_statement_seconds",
        help,
        all.replica_statement_seconds.clone(),
    );
}

/// Of a provider that this shop has.
pub fn introduce_provider(name: &'static str) {
    let provider = || ("provider", Cow::from(name));
    for outcome in CALL_OUTCOMES {
        touch(&METRICS.provider_calls, vec![provider(), ("outcome", outcome.into())]);
    }
    for status in PaymentStatus::iter() {
        touch(&METRICS.payments, vec![provider(), ("status", label(&status))]);
    }
    drop(METRICS.provider_call_seconds.get_or_create(&vec![provider()]));
    drop(METRICS.payment_seconds.get_or_create(&vec![provider()]));
}

/// How placing an order went, but for those that were placed, which are [counted](Counted::OrderPlaced) by themselves.
/// `replayed` says of a success whether it repeats an earlier one.
pub(crate) fn checkout<T>(outcome: &Result<T>, replayed: impl Fn(&T) -> bool, took: Duration) {
    let outcome = match outcome {
        Ok(placed) if replayed(placed) => "replayed",
        Ok(_) => "placed",
        Err(Error::Refused(_)) => "refused",
        Err(Error::Fault(_)) => "failed",
    };
    let labels = vec![("outcome", Cow::from(outcome))];
    if outcome != "placed" {
        METRICS.checkouts.get_or_create(&labels).inc();
    }
    METRICS
        .checkout_seconds
        .get_or_create(&labels)
        .observe(took.as_secs_f64());
}

/// A call to a provider. Gives its outcome's word.
pub(crate) fn provider_call<T>(
    provider: &'static str,
    outcome: &Result<T, ProviderError>,
    took: Duration,
) -> &'static str {
    let outcome = match outcome {
        Ok(_) => "ok",
        Err(ProviderError::Rejected(_)) => "rejected",
        Err(ProviderError::RateLimited { .. }) => "rate_limited",
        Err(ProviderError::NotNow { .. }) => "not_now",
        Err(ProviderError::Unavailable(_)) => "unavailable",
        Err(ProviderError::Unknown(_)) => "unknown",
        Err(ProviderError::Misconfigured(_)) => "misconfigured",
    };
    let provider = ("provider", Cow::from(provider));
    let labels = vec![provider.clone(), ("outcome", outcome.into())];
    METRICS.provider_calls.get_or_create(&labels).inc();
    let seconds = METRICS.provider_call_seconds.get_or_create(&vec![provider]);
    seconds.observe(took.as_secs_f64());
    outcome
}

/// What came of a run of a job.
pub(crate) fn job(queue: Queue, name: &'static str, outcome: &'static str) {
    let labels = vec![
        ("queue", label(&queue)),
        ("name", name.into()),
        ("outcome", outcome.into()),
    ];
    METRICS.jobs.get_or_create(&labels).inc();
}

/// How long it took.
pub(crate) fn job_took(queue: Queue, took: Duration) {
    let labels = vec![("queue", label(&queue))];
    METRICS.job_seconds.get_or_create(&labels).observe(took.as_secs_f64());
}

/// A try to sign in.
pub(crate) fn sign_in<T>(who: Who, outcome: &Result<T>) {
    let outcome = match outcome {
        Ok(_) => "opened",
        Err(Error::Refused(_)) => "refused",
        Err(Error::Fault(_)) => "failed",
    };
    METRICS.sign_ins.get_or_create(&sign_in_labels(who, outcome)).inc();
}

/// A statement that was run, on no replica.
pub fn statement(took: Duration, failed: bool) {
    let histogram = METRICS.statement_seconds.get_or_create(&statement_labels(failed));
    histogram.observe(took.as_secs_f64());
}

/// One that was run on a replica, by its number.
pub fn replica_statement(replica: usize, took: Duration, failed: bool) {
    let mut labels = vec![("replica", Cow::from(replica.to_string()))];
    labels.extend(statement_labels(failed));
    let histogram = METRICS.replica_statement_seconds.get_or_create(&labels);
    histogram.observe(took.as_secs_f64());
}

impl Counted {
    pub(crate) fn count(self) {
        match self {
            Self::OrderPlaced => {
                let labels = vec![("outcome", Cow::from("placed"))];
                METRICS.checkouts.get_or_create(&labels).inc();
            }
            Self::Payment {
                provider,
                status,
                after,
            } => {
                let provider = ("provider", Cow::from(provider));
                let labels = vec![provider.clone(), ("status", label(&status))];
                METRICS.payments.get_or_create(&labels).inc();
                if is_answer(status) {
                    let seconds = METRICS.payment_seconds.get_or_create(&vec![provider]);
                    seconds.observe(after.as_secs_f64());
                }
            }
            Self::Webhook(outcome, took) => webhooks::sent(outcome, took),
            Self::WebhookDisabled => webhooks::disabled(),
            Self::Refund(status) => {
                METRICS.refunds.get_or_create(&vec![("status", label(&status))]).inc();
            }
            Self::Notice { provider, kind } => {
                let labels = vec![("provider", provider.into()), ("kind", kind.into())];
                METRICS.provider_notices.get_or_create(&labels).inc();
            }
        }
    }
}

/// Whether it is what the shopper waits for.
fn is_answer(status: PaymentStatus) -> bool {
    matches!(
        status,
        PaymentStatus::Authorized | PaymentStatus::Captured | PaymentStatus::Declined
    )
}

impl Metrics {
    fn new() -> Self {
        let timers = || Timers::new_with_constructor(|| Histogram::new(SECONDS));
        let all = Self {
            checkouts: Counters::default(),
            checkout_seconds: timers(),
            payments: Counters::default(),
            payment_seconds: Timers::new_with_constructor(|| Histogram::new(LONG_SECONDS)),
            provider_calls: Counters::default(),
            provider_call_seconds: timers(),
            provider_notices: Counters::default(),
            refunds: Counters::default(),
            jobs: Counters::default(),
            job_seconds: timers(),
            sign_ins: Counters::default(),
            statement_seconds: timers(),
            replica_statement_seconds: timers(),
        };
        for outcome in ["placed", "replayed", "refused", "failed"] {
            touch(&all.checkouts, vec![("outcome", outcome.into())]);
            drop(all.checkout_seconds.get_or_create(&vec![("outcome", outcome.into())]));
        }
        for status in RefundStatus::iter() {
            touch(&all.refunds, vec![("status", label(&status))]);
        }
        for queue in Queue::iter() {
            drop(all.job_seconds.get_or_create(&vec![("queue", label(&queue))]));
        }
        for who in [Who::Customer, Who::Staff] {
            for outcome in ["opened", "refused", "failed"] {
                touch(&all.sign_ins, sign_in_labels(who, outcome));
            }
        }
        for failed in [false, true] {
            drop(all.statement_seconds.get_or_create(&statement_labels(failed)));
        }
        all
    }
}

/// A series, from zero.
fn touch(counters: &Counters, labels: Labels) {
    drop(counters.get_or_create(&labels));
}

fn sign_in_labels(who: Who, outcome: &'static str) -> Labels {
    let who = match who {
        Who::Customer => "customer",
        Who::Staff => "staff",
    };
    vec![("account", who.into()), ("outcome", outcome.into())]
}

fn statement_labels(failed: bool) -> Labels {
    let outcome = if failed { "failed" } else { "ok" };
    vec![("outcome", outcome.into())]
}

/// A stored enum's value, in lower case as labels are.
pub fn label(value: &impl ActiveEnum<Value = String>) -> Cow<'static, str> {
    value.to_value().to_ascii_lowercase().into()
}

#[cfg(test)]
mod tests {
    use prometheus_client::encoding::prometheus_text::encode;

    use super::*;
    use crate::{Context, ErrorCode, Refusal, memory::fixture};

    /// How often a notice of this kind was counted.
    fn notices(kind: &str) -> Option<String> {
        let mut registry = Registry::default();
        register(&mut registry);
        let mut text = String::new();
        encode(&mut text, &registry).unwrap();
        let name = format!("vitrine_provider_notices_total{{provider=\"none\",kind=\"{kind}\"}} ");
        text.lines()
            .find_map(|line| line.strip_prefix(&name).map(str::to_owned))
    }

    #[tokio::test]
    async fn what_is_taken_back_is_not_counted() {
        let fixture = fixture().await;
        let (shop, context) = (&fixture.shop, Context::system(&fixture.shop, "test"));
        let notice = |kind: &str| Counted::Notice {
            provider: "none".to_owned(),
            kind: kind.to_owned(),
        };
        let refused = shop.transact(&context, |tx| async move {
            tx.count(notice("taken_back"));
            Err::<(), _>(Refusal::new(ErrorCode::NotFound, crate::language::messages::wrong_credentials()).into())
        });
        refused.await.unwrap_err();
        let committed = shop.transact(&context, |tx| async move {
            tx.count(notice("committed"));
            Ok(())
        });
        committed.await.unwrap();
        assert_eq!(
            (notices("taken_back"), notices("committed").as_deref()),
            (None, Some("1"))
        );
    }
}

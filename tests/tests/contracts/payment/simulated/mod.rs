//! What is the simulated provider's own: what its tokens do, what it remembers, and how its webhooks come.

mod books;
mod captures;
mod delivery;
mod keys;
mod mishaps;
mod refunds;
mod tokens;
mod webhooks;

use std::{sync::Arc, time::Duration};

use vitrine_adapters::payment::simulated::{SignedWebhook, SimulatedProvider};
use vitrine_commerce::{
    money::{Currency, Money},
    ports::payment::{Capture, Charge, ProviderCharge, ProviderError, ProviderEvent, Refund},
};
use vitrine_entity::ids::PaymentId;

use super::{
    bench::{Bench, Means, OtherSide, headers},
    calls::{new_capture, new_refund},
};

/// Makes a test of each function that takes a [`Bench`].
macro_rules! on_the_simulated {
    ($($name:ident),+ $(,)?) => {
        mod on_the_simulated {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                crate::payment::bench::on_the_simulated(super::$name).await;
            })+
        }
    };
}
use on_the_simulated;

impl Bench {
    fn own(&self) -> &Arc<SimulatedProvider> {
        match &self.other_side {
            OtherSide::Simulated(provider, _) => provider,
            OtherSide::StandIn(_) | OtherSide::PayPal(_) | OtherSide::Klarna(_) | OtherSide::OutOfReach => {
                panic!("this is not the simulated provider")
            }
        }
    }

    fn new_charge_with(&self, token: &str, capture: bool) -> Charge {
        Charge {
            method_token: token.to_owned(),
            ..self.new_charge(Means::Good, capture)
        }
    }

    async fn captured_with(&self, token: &str) -> ProviderCharge {
        self.send(&self.new_charge_with(token, true)).await
    }

    async fn held_with(&self, token: &str) -> ProviderCharge {
        self.send(&self.new_charge_with(token, false)).await
    }

    /// The provider's record of an attempt, less the number of the answer.
    async fn record(&self, payment: PaymentId) -> ProviderCharge {
        unnumbered(self.find_by_id(payment).await.unwrap())
    }

    async fn ledger(&self) -> Vec<ProviderCharge> {
        self.own().ledger().await.unwrap()
    }

    /// The same provider, which takes its time.
    fn slow(self, slow: Duration) -> Self {
        let OtherSide::Simulated(_, db) = &self.other_side else {
            panic!("this is not the simulated provider")
        };
        Self::simulated(db.clone(), self.clock.clone(), slow)
    }

    /// Takes the webhooks that are due.
    async fn take(&self) -> Vec<SignedWebhook> {
        let due = self.own().due_webhooks().await.unwrap();
        for webhook in &due {
            self.own().mark_delivered(&[&webhook.id]).await.unwrap();
        }
        due
    }

    /// As [`take`](Self::take), by kind.
    async fn take_kinds(&self) -> Vec<String> {
        let mut kinds = Vec::new();
        for webhook in self.take().await {
            kinds.push(self.kind(webhook).await);
        }
        kinds
    }

    async fn kind(&self, webhook: SignedWebhook) -> String {
        let headers = headers(webhook.headers);
        let event = self.port().webhook(&headers, webhook.body.as_bytes()).await;
        match event.unwrap() {
            ProviderEvent::ChargeChanged { kind, .. }
            | ProviderEvent::Notice { kind, .. }
            | ProviderEvent::SavedChanged { kind, .. }
            | ProviderEvent::Ignored { kind, .. } => kind,
        }
    }
}

fn unnumbered(charge: ProviderCharge) -> ProviderCharge {
    ProviderCharge {
        request_id: None,
        ..charge
    }
}

/// Captures and refunds that belong to no charge like this: of another currency, of another attempt, of
/// a charge that nobody made, of nothing.
fn misdirected(charge: &ProviderCharge, of_another: &ProviderCharge) -> Vec<(Capture, Refund)> {
    let dollar = Money::new(1, "USD".parse().unwrap());
    let mut both = Vec::new();
    for (payment, reference, amount) in [
        (charge.payment, charge.reference.as_str(), dollar),
        (
            of_another.payment,
            charge.reference.as_str(),
            Money::new(1, Currency::EUR),
        ),
        (charge.payment, "sim_nowhere", Money::new(1, Currency::EUR)),
        (charge.payment, charge.reference.as_str(), Money::new(0, Currency::EUR)),
        (charge.payment, charge.reference.as_str(), Money::new(-1, Currency::EUR)),
    ] {
        let capture = Capture {
            payment,
            reference: reference.to_owned(),
            amount,
            ..new_capture(charge, 1)
        };
        let refund = Refund {
            payment,
            reference: reference.to_owned(),
            amount,
            ..new_refund(charge, 1)
        };
        both.push((capture, refund));
    }
    both
}

fn assert_unknown<T: std::fmt::Debug>(outcome: &Result<T, ProviderError>) {
    assert!(matches!(outcome, Err(ProviderError::Unknown(_))), "{outcome:?}");
}

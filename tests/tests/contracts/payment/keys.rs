//! The same call with the same key acts once.

use futures::future::join_all;
use vitrine_commerce::ports::payment::{Charge, ChargeState, ProviderCharge, ProviderError};
use vitrine_entity::ids::PaymentId;

use super::bench::{Bench, Means};
use super::calls::{AMOUNT, euros, new_capture, new_refund, new_void, sums};
use super::statements::lines_of;

/// Whatever answer told it.
fn record(charge: ProviderCharge) -> ProviderCharge {
    ProviderCharge {
        request_id: None,
        ..charge
    }
}

async fn assert_charged_once(bench: &Bench, payment: PaymentId) {
    assert_eq!(lines_of(bench, &[payment]).await.len(), 1);
}

pub(crate) async fn the_same_charge_twice_acts_once(bench: Bench) {
    for means in [Means::Good, Means::WithoutFunds, Means::SecondFactor] {
        let asked = bench.new_charge(means, true);
        let first = bench.send(&asked).await;
        let second = bench.send(&asked).await;
        assert_eq!(record(first), record(second));
        assert_charged_once(&bench, asked.payment).await;
    }
}

pub(crate) async fn the_same_capture_twice_acts_once(bench: Bench) {
    let held = bench.held().await;
    let capture = new_capture(&held, 2000);
    let first = bench.port().capture(&capture).await.unwrap();
    let second = bench.port().capture(&capture).await.unwrap();
    assert_eq!(record(first), record(second));
    assert_eq!(sums(&bench.again(&held).await), (AMOUNT, 2000, 0));
}

pub(crate) async fn the_same_void_twice_acts_once(bench: Bench) {
    let held = bench.held().await;
    let void = new_void(&held);
    let first = bench.port().void(&void).await.unwrap();
    let second = bench.port().void(&void).await.unwrap();
    assert_eq!(first.state, ChargeState::Voided);
    assert_eq!(record(first), record(second));
}

pub(crate) async fn the_same_refund_twice_acts_once(bench: Bench) {
    let charge = bench.captured().await;
    let refund = new_refund(&charge, 1000);
    let first = bench.port().refund(&refund).await.unwrap();
    let second = bench.port().refund(&refund).await.unwrap();
    assert_eq!((first.reference, first.state), (second.reference, second.state));
    assert_eq!(sums(&bench.again(&charge).await), (AMOUNT, AMOUNT, 1000));
}

/// Whatever has become of it since: only a look-up tells that.
pub(crate) async fn a_replay_answers_as_the_first_time(bench: Bench) {
    let asked = bench.new_charge(Means::Good, false);
    let held = bench.send(&asked).await;
    bench.capture(&held, AMOUNT).await.unwrap();
    assert_eq!(bench.send(&asked).await.state, ChargeState::Authorized);
    assert_eq!(bench.again(&held).await.state, ChargeState::Captured);
}

pub(crate) async fn a_key_is_for_one_request(bench: Bench) {
    let asked = bench.new_charge(Means::Good, true);
    let charge = bench.send(&asked).await;
    let other = Charge {
        amount: euros(AMOUNT + 1),
        ..asked.clone()
    };
    let refused = bench.port().charge(&other).await;
    // Which of them is the provider's own matter; neither acts.
    assert!(
        matches!(refused, Err(ProviderError::Rejected(_) | ProviderError::Unknown(_))),
        "{refused:?}"
    );
    assert_charged_once(&bench, asked.payment).await;
    let refund = new_refund(&charge, 1000);
    bench.port().refund(&refund).await.unwrap();
    let mut other = refund.clone();
    other.amount = euros(2000);
    assert!(bench.port().refund(&other).await.is_err());
    assert_eq!(sums(&bench.again(&charge).await), (AMOUNT, AMOUNT, 1000));
}

/// While the first is under way, the others may be told so; then the outcome is unknown to them.
pub(crate) async fn many_at_once_charge_once(bench: Bench) {
    let asked = bench.new_charge(Means::Good, true);
    let answers = join_all((0..12).map(|_| bench.port().charge(&asked))).await;
    let mut references = Vec::new();
    for answer in answers {
        match answer {
            Ok(charge) => references.push(charge.reference),
            Err(ProviderError::Unknown(_)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(!references.is_empty());
    references.dedup();
    assert_eq!(references.len(), 1, "{references:?}");
    assert_charged_once(&bench, asked.payment).await;
}

/// Nothing but the key protects: this is why a call is never made twice blindly.
pub(crate) async fn another_key_charges_again(bench: Bench) {
    let asked = bench.new_charge(Means::Good, true);
    let first = bench.send(&asked).await;
    let other = Charge {
        key: format!("{}:again", asked.key),
        ..asked.clone()
    };
    let second = bench.send(&other).await;
    assert_ne!(first.reference, second.reference);
    assert_eq!(lines_of(&bench, &[asked.payment]).await.len(), 2);
}

//! What becomes of a charge.

use vitrine_commerce::ports::payment::{Charge, ChargeState};

use super::bench::{Bench, Means};
use super::calls::{AMOUNT, assert_rejected, euros, sums};

pub(crate) async fn a_charge_captures(bench: Bench) {
    let asked = bench.new_charge(Means::Good, true);
    let charge = bench.send(&asked).await;
    assert_eq!(charge.state, ChargeState::Captured);
    assert_eq!(sums(&charge), (AMOUNT, AMOUNT, 0));
    assert_eq!((charge.payment, charge.amount), (asked.payment, asked.amount));
    assert!(!charge.reference.is_empty() && !charge.live);
}

pub(crate) async fn an_authorization_holds(bench: Bench) {
    let charge = bench.held().await;
    assert_eq!(charge.state, ChargeState::Authorized);
    assert_eq!(sums(&charge), (AMOUNT, 0, 0));
    let lapses = charge.capture_before.expect("authorizations do not last for ever");
    assert!(lapses > bench.now(), "{lapses}");
}

pub(crate) async fn a_decline_has_its_code(bench: Bench) {
    for capture in [true, false] {
        let charge = bench.charged(Means::WithoutFunds, capture).await;
        let code = "insufficient_funds".to_owned();
        assert_eq!(charge.state, ChargeState::Declined { code });
        assert_eq!(sums(&charge), (AMOUNT, 0, 0));
        assert_eq!(bench.again(&charge).await.state, charge.state);
    }
}

pub(crate) async fn nothing_cannot_be_charged(bench: Bench) {
    for minor in [0, -1] {
        let nothing = Charge {
            amount: euros(minor),
            ..bench.new_charge(Means::Good, true)
        };
        assert_rejected(&bench.port().charge(&nothing).await);
        assert_eq!(bench.find_by_id(nothing.payment).await, None);
    }
}

pub(crate) async fn an_answer_names_its_request(bench: Bench) {
    let charge = bench.captured().await;
    assert!(charge.request_id.is_some_and(|id| !id.is_empty()));
}

//! A charge that waits for its shopper.

use vitrine_commerce::ports::payment::ChargeState;

use super::bench::{Bench, Means};
use super::calls::{AMOUNT, assert_rejected, sums};

pub(crate) async fn the_shopper_is_asked(bench: Bench) {
    let charge = bench.charged(Means::SecondFactor, true).await;
    assert_eq!(sums(&charge), (AMOUNT, 0, 0));
    let found = bench.again(&charge).await;
    for state in [charge.state, found.state] {
        let ChargeState::ActionRequired { client } = state else {
            panic!("{state:?}");
        };
        // What the shopper's client goes on with, and by which of the ways.
        assert!(client["type"].is_string(), "{client}");
        assert!(
            client["url"].is_string() || client["client_secret"].is_string(),
            "{client}"
        );
    }
}

pub(crate) async fn what_waits_cannot_be_captured(bench: Bench) {
    let charge = bench.charged(Means::SecondFactor, false).await;
    assert_rejected(&bench.capture(&charge, AMOUNT).await);
    assert_rejected(&bench.refund(&charge, AMOUNT).await);
}

pub(crate) async fn what_waits_can_be_given_up(bench: Bench) {
    let charge = bench.charged(Means::SecondFactor, true).await;
    assert_eq!(bench.void(&charge).await.unwrap().state, ChargeState::Voided);
    assert_eq!(bench.again(&charge).await.state, ChargeState::Voided);
}

pub(crate) async fn a_passed_one_captures(bench: Bench) {
    let charge = bench.charged(Means::SecondFactor, true).await;
    bench.answer_second_factor(&charge.reference, true).await;
    let found = bench.again(&charge).await;
    assert_eq!(
        (&found.state, sums(&found)),
        (&ChargeState::Captured, (AMOUNT, AMOUNT, 0))
    );
}

pub(crate) async fn a_passed_one_holds(bench: Bench) {
    let charge = bench.charged(Means::SecondFactor, false).await;
    bench.answer_second_factor(&charge.reference, true).await;
    let found = bench.again(&charge).await;
    assert_eq!((&found.state, sums(&found)), (&ChargeState::Authorized, (AMOUNT, 0, 0)));
    bench.capture(&charge, AMOUNT).await.unwrap();
}

pub(crate) async fn a_failed_one_declines(bench: Bench) {
    let charge = bench.charged(Means::SecondFactor, true).await;
    bench.answer_second_factor(&charge.reference, false).await;
    let found = bench.again(&charge).await;
    assert!(matches!(found.state, ChargeState::Declined { .. }), "{found:?}");
    assert_eq!(sums(&found), (AMOUNT, 0, 0));
}

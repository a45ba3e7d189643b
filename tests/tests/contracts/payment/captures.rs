//! What is held is taken once, wholly or in part, or given up.

use vitrine_commerce::ports::payment::ChargeState;

use super::bench::{Bench, Means};
use super::calls::{AMOUNT, assert_rejected, sums};

pub(crate) async fn all_is_captured(bench: Bench) {
    let held = bench.held().await;
    let captured = bench.capture(&held, AMOUNT).await.unwrap();
    assert_eq!(
        (&captured.state, sums(&captured)),
        (&ChargeState::Captured, (AMOUNT, AMOUNT, 0))
    );
    assert_eq!((captured.reference, captured.payment), (held.reference, held.payment));
}

/// What was held and not taken was never ours: it does not count as paid back.
pub(crate) async fn a_part_is_captured_and_the_rest_released(bench: Bench) {
    let held = bench.held().await;
    let captured = bench.capture(&held, 1999).await.unwrap();
    assert_eq!(
        (&captured.state, sums(&captured)),
        (&ChargeState::Captured, (AMOUNT, 1999, 0))
    );
    let found = bench.again(&held).await;
    assert_eq!(
        (&found.state, sums(&found)),
        (&ChargeState::Captured, (AMOUNT, 1999, 0))
    );
}

pub(crate) async fn above_is_rejected(bench: Bench) {
    let held = bench.held().await;
    assert_rejected(&bench.capture(&held, AMOUNT + 1).await);
    assert_eq!(bench.again(&held).await.state, ChargeState::Authorized);
}

pub(crate) async fn a_second_capture_is_rejected(bench: Bench) {
    let held = bench.held().await;
    bench.capture(&held, 1000).await.unwrap();
    assert_rejected(&bench.capture(&held, 1000).await);
    assert_eq!(sums(&bench.again(&held).await), (AMOUNT, 1000, 0));
}

pub(crate) async fn a_void_releases(bench: Bench) {
    let held = bench.held().await;
    let voided = bench.void(&held).await.unwrap();
    assert_eq!((&voided.state, sums(&voided)), (&ChargeState::Voided, (AMOUNT, 0, 0)));
    let found = bench.again(&held).await;
    assert_eq!((&found.state, sums(&found)), (&ChargeState::Voided, (AMOUNT, 0, 0)));
}

pub(crate) async fn a_void_after_a_capture_is_rejected(bench: Bench) {
    let captured = bench.captured().await;
    assert_rejected(&bench.void(&captured).await);
    assert_eq!(sums(&bench.again(&captured).await), (AMOUNT, AMOUNT, 0));
}

pub(crate) async fn a_capture_after_a_void_is_rejected(bench: Bench) {
    let held = bench.held().await;
    bench.void(&held).await.unwrap();
    assert_rejected(&bench.capture(&held, AMOUNT).await);
    assert_eq!(bench.again(&held).await.state, ChargeState::Voided);
}

pub(crate) async fn a_declined_charge_has_nothing(bench: Bench) {
    let declined = bench.charged(Means::WithoutFunds, false).await;
    assert_rejected(&bench.capture(&declined, AMOUNT).await);
    assert_rejected(&bench.refund(&declined, AMOUNT).await);
}

//! What is paid back, and never above what was captured.

use vitrine_commerce::ports::payment::RefundState;

use super::bench::{Bench, Means};
use super::calls::{AMOUNT, assert_rejected, euros, new_refund, sums};

pub(crate) async fn part_part_and_rest(bench: Bench) {
    let charge = bench.captured().await;
    let mut refunded = 0;
    for part in [1000, 999, AMOUNT - 1999] {
        let refund = bench.refund(&charge, part).await.unwrap();
        assert_eq!((refund.state, refund.amount), (RefundState::Succeeded, euros(part)));
        refunded += part;
        assert_eq!(sums(&bench.again(&charge).await), (AMOUNT, AMOUNT, refunded));
    }
    assert_rejected(&bench.refund(&charge, 1).await);
}

pub(crate) async fn above_is_rejected(bench: Bench) {
    let charge = bench.captured().await;
    assert_rejected(&bench.refund(&charge, AMOUNT + 1).await);
    bench.refund(&charge, 4000).await.unwrap();
    let above = new_refund(&charge, 1000);
    assert_rejected(&bench.port().refund(&above).await);
    assert_eq!(bench.find_refund(&above).await, None);
    assert_eq!(sums(&bench.again(&charge).await), (AMOUNT, AMOUNT, 4000));
}

pub(crate) async fn what_was_released_is_not_paid_back(bench: Bench) {
    let charge = bench.held().await;
    bench.capture(&charge, 2000).await.unwrap();
    assert_rejected(&bench.refund(&charge, 2001).await);
    bench.refund(&charge, 500).await.unwrap();
    assert_eq!(sums(&bench.again(&charge).await), (AMOUNT, 2000, 500));
    assert_rejected(&bench.refund(&charge, 1501).await);
    bench.refund(&charge, 1500).await.unwrap();
    assert_eq!(sums(&bench.again(&charge).await), (AMOUNT, 2000, 2000));
}

pub(crate) async fn the_uncaptured_is_not_paid_back(bench: Bench) {
    let held = bench.held().await;
    assert_rejected(&bench.refund(&held, 1).await);
    bench.void(&held).await.unwrap();
    assert_rejected(&bench.refund(&held, 1).await);
}

/// It counts as paid back, so that nobody pays it back again.
pub(crate) async fn a_refund_may_be_pending(bench: Bench) {
    let charge = bench.charged(Means::SlowRefunds, true).await;
    let refund = bench.refund(&charge, AMOUNT).await.unwrap();
    assert_eq!((refund.state, refund.amount), (RefundState::Pending, euros(AMOUNT)));
    assert_eq!(sums(&bench.again(&charge).await), (AMOUNT, AMOUNT, AMOUNT));
    assert_rejected(&bench.refund(&charge, 1).await);
}

//! Refunds that are slow, that fail, and that come at once.

use chrono::TimeDelta;
use futures::future::join_all;
use vitrine_commerce::ports::payment::{ProviderError, RefundState};

use super::on_the_simulated;
use crate::payment::{
    bench::Bench,
    calls::{AMOUNT, assert_rejected, new_refund, sums},
};

on_the_simulated![
    refunds_at_once_do_not_exceed_the_capture,
    a_refund_is_on_its_way_and_arrives,
    a_refund_fails,
];

async fn refunds_at_once_do_not_exceed_the_capture(bench: Bench) {
    let captured = bench.captured().await;
    let calls = (0..12).map(|_| {
        let (bench, refund) = (bench.clone(), new_refund(&captured, 1000));
        tokio::spawn(async move { bench.port().refund(&refund).await })
    });
    let mut refunded = 0;
    for call in join_all(calls).await {
        match call.unwrap() {
            Ok(_) => refunded += 1,
            Err(error) => assert!(matches!(error, ProviderError::Rejected(_)), "{error:?}"),
        }
    }
    assert_eq!(refunded, 4);
    assert_eq!(sums(&bench.record(captured.payment).await), (AMOUNT, AMOUNT, 4000));
}

async fn a_refund_is_on_its_way_and_arrives(bench: Bench) {
    let captured = bench.captured_with("tok_refund_pending").await;
    let refund = new_refund(&captured, 2000);
    let answer = bench.port().refund(&refund).await.unwrap();
    assert_eq!(answer.state, RefundState::Pending);
    assert_eq!(bench.take_kinds().await, ["charge.captured", "charge.refunded"]);
    let state = async || bench.find_refund(&refund).await.unwrap().state;
    bench.move_clock(TimeDelta::seconds(29));
    assert_eq!(state().await, RefundState::Pending);
    bench.move_clock(TimeDelta::seconds(1));
    assert_eq!(state().await, RefundState::Succeeded);
    assert_eq!(bench.take_kinds().await, ["refund.updated"]);
    assert_eq!(sums(&bench.record(captured.payment).await), (AMOUNT, AMOUNT, 2000));
    let again = bench.port().refund(&refund).await.unwrap();
    assert_eq!(again, answer, "the first answer, whatever has become of it");
}

async fn a_refund_fails(bench: Bench) {
    let captured = bench.captured_with("tok_refund_fails").await;
    assert_rejected(&bench.refund(&captured, AMOUNT + 1).await);
    let refund = new_refund(&captured, AMOUNT);
    let answer = bench.port().refund(&refund).await.unwrap();
    let reason = "expired_or_canceled_card".to_owned();
    assert_eq!(answer.state, RefundState::Failed { reason });
    assert_eq!(sums(&bench.record(captured.payment).await), (AMOUNT, AMOUNT, 0));
    let found = bench.find_refund(&refund).await.unwrap();
    assert_eq!((found.reference, found.state), (answer.reference, answer.state));
    assert_eq!(bench.take_kinds().await, ["charge.captured", "refund.updated"]);
}

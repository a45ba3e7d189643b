//! Calls that fail, whose requests get lost on their way, or whose answers do.

use std::time::Duration;

use vitrine_commerce::ports::payment::{ChargeState, ProviderError, RefundState};

use super::{assert_unknown, on_the_simulated, unnumbered};
use crate::payment::{
    bench::Bench,
    calls::{AMOUNT, new_capture, new_refund, new_void, sums},
};

on_the_simulated![
    failures_before_the_charge_leave_nothing,
    a_lost_answer_is_found,
    a_lost_capture_is_found,
    a_lost_void_is_found,
    a_lost_refund_is_found,
    lost_requests_leave_nothing,
    a_webhook_overtakes_the_answer,
];

async fn failures_before_the_charge_leave_nothing(bench: Bench) {
    for (token, times) in [
        ("tok_unavailable", 2),
        ("tok_rate_limited", 2),
        ("tok_timeout_before", 1),
    ] {
        let charge = bench.new_charge_with(token, true);
        for _ in 0..times {
            let outcome = bench.port().charge(&charge).await;
            let as_said = match token {
                "tok_unavailable" => matches!(outcome, Err(ProviderError::Unavailable(_))),
                "tok_rate_limited" => matches!(outcome, Err(ProviderError::RateLimited { retry_after_seconds: 1 })),
                _ => matches!(outcome, Err(ProviderError::Unknown(_))),
            };
            assert!(as_said, "{token}: {outcome:?}");
            assert_eq!(bench.find_by_id(charge.payment).await, None, "{token}");
        }
        assert_eq!(bench.send(&charge).await.state, ChargeState::Captured, "{token}");
    }
    assert_eq!(bench.take_kinds().await, ["charge.captured"; 3]);
}

async fn a_lost_answer_is_found(bench: Bench) {
    for token in ["tok_timeout_after", "tok_error_after"] {
        let charge = bench.new_charge_with(token, true);
        assert_unknown(&bench.port().charge(&charge).await);
        let found = bench.record(charge.payment).await;
        assert_eq!(sums(&found), (AMOUNT, AMOUNT, 0));
        assert_eq!(unnumbered(bench.send(&charge).await), found, "the second time");
    }
    assert_eq!(bench.ledger().await.len(), 2);
}

async fn a_lost_capture_is_found(bench: Bench) {
    let charge = bench.held_with("tok_capture_timeout_after").await;
    let capture = new_capture(&charge, 1000);
    assert_unknown(&bench.port().capture(&capture).await);
    let found = bench.record(charge.payment).await;
    assert_eq!(
        (&found.state, sums(&found)),
        (&ChargeState::Captured, (AMOUNT, 1000, 0))
    );
    let answer = bench.port().capture(&capture).await.unwrap();
    assert_eq!(unnumbered(answer), found);
}

async fn a_lost_void_is_found(bench: Bench) {
    let charge = bench.held_with("tok_void_timeout_after").await;
    assert_unknown(&bench.port().void(&new_void(&charge)).await);
    let found = bench.record(charge.payment).await;
    assert_eq!(found.state, ChargeState::Voided);
    let answer = bench.port().void(&new_void(&charge)).await.unwrap();
    assert_eq!(unnumbered(answer), found);
}

async fn a_lost_refund_is_found(bench: Bench) {
    let charge = bench.captured_with("tok_refund_timeout_after").await;
    let refund = new_refund(&charge, AMOUNT);
    assert_unknown(&bench.port().refund(&refund).await);
    let found = bench.find_refund(&refund).await.unwrap();
    assert_eq!((&found.state, found.amount), (&RefundState::Succeeded, refund.amount));
    let answer = bench.port().refund(&refund).await.unwrap();
    assert_eq!((answer.reference, answer.state), (found.reference, found.state));
    assert_eq!(sums(&bench.record(charge.payment).await), (AMOUNT, AMOUNT, AMOUNT));
}

async fn lost_requests_leave_nothing(bench: Bench) {
    let provider = bench.port();
    let charge = bench.held_with("tok_capture_timeout_before").await;
    let part = new_capture(&charge, 1000);
    assert_unknown(&provider.capture(&part).await);
    assert_eq!(bench.record(charge.payment).await.state, ChargeState::Authorized);
    assert_eq!(provider.capture(&part).await.unwrap().captured_minor, 1000);

    let charge = bench.held_with("tok_void_timeout_before").await;
    assert_unknown(&provider.void(&new_void(&charge)).await);
    assert_eq!(bench.record(charge.payment).await.state, ChargeState::Authorized);
    assert_eq!(
        provider.void(&new_void(&charge)).await.unwrap().state,
        ChargeState::Voided
    );

    let charge = bench.captured_with("tok_refund_timeout_before").await;
    let refund = new_refund(&charge, 1000);
    assert_unknown(&provider.refund(&refund).await);
    assert_eq!(bench.find_refund(&refund).await, None);
    assert_eq!(sums(&bench.record(charge.payment).await), (AMOUNT, AMOUNT, 0));
    assert_eq!(provider.refund(&refund).await.unwrap().state, RefundState::Succeeded);
}

/// Only the answer waits: the money has moved, and the webhook says so.
async fn a_webhook_overtakes_the_answer(bench: Bench) {
    let bench = bench.slow(Duration::from_secs(600));
    let charge = bench.new_charge_with("tok_webhook_early", true);
    let call = tokio::spawn({
        let (bench, charge) = (bench.clone(), charge.clone());
        async move { bench.port().charge(&charge).await }
    });
    let webhook = loop {
        if let Some(webhook) = bench.take().await.pop() {
            break webhook;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(bench.kind(webhook).await, "charge.captured");
    assert_eq!(bench.record(charge.payment).await.state, ChargeState::Captured);
    assert!(!call.is_finished(), "the answer takes its time");
    call.abort();
}

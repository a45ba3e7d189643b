//! Calls that fail, whose requests get lost on their way, or whose answers do.

use std::time::Duration;

use vitrine_commerce::ports::{
    PaymentProvider,
    payment::{ChargeState, ProviderError, RefundState},
};

use crate::support::{Bench, capture, charge, is_unknown, on_every_database, refund, sums, unnumbered, void};

on_every_database![
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
        let charge = charge(token, true);
        for _ in 0..times {
            let outcome = bench.provider.charge(&charge).await;
            let as_said = match token {
                "tok_unavailable" => matches!(outcome, Err(ProviderError::Unavailable(_))),
                "tok_rate_limited" => matches!(outcome, Err(ProviderError::RateLimited { retry_after_seconds: 1 })),
                _ => matches!(outcome, Err(ProviderError::Unknown(_))),
            };
            assert!(as_said, "{token}: {outcome:?}");
            assert_eq!(bench.find(charge.payment).await, None, "{token}");
        }
        assert_eq!(bench.charge(&charge).await.state, ChargeState::Captured, "{token}");
    }
    assert_eq!(bench.take_kinds().await, ["charge.captured"; 3]);
}

async fn a_lost_answer_is_found(bench: Bench) {
    for token in ["tok_timeout_after", "tok_error_after"] {
        let charge = charge(token, true);
        is_unknown(bench.provider.charge(&charge).await);
        let found = bench.require(charge.payment).await;
        assert_eq!(sums(&found), (4999, 4999, 0));
        assert_eq!(unnumbered(bench.charge(&charge).await), found, "the second time");
    }
    assert_eq!(bench.provider.ledger().await.expect("a ledger").len(), 2);
}

async fn a_lost_capture_is_found(bench: Bench) {
    let charge = bench.authorized("tok_capture_timeout_after").await;
    let capture = capture(&charge, 1000);
    is_unknown(bench.provider.capture(&capture).await);
    let found = bench.require(charge.payment).await;
    assert_eq!((&found.state, sums(&found)), (&ChargeState::Captured, (4999, 1000, 0)));
    let answer = bench.provider.capture(&capture).await.expect("the second time");
    assert_eq!(unnumbered(answer), found);
}

async fn a_lost_void_is_found(bench: Bench) {
    let charge = bench.authorized("tok_void_timeout_after").await;
    is_unknown(bench.provider.void(&void(&charge)).await);
    let found = bench.require(charge.payment).await;
    assert_eq!(found.state, ChargeState::Voided);
    let answer = bench.provider.void(&void(&charge)).await.expect("the second time");
    assert_eq!(unnumbered(answer), found);
}

async fn a_lost_refund_is_found(bench: Bench) {
    let charge = bench.captured("tok_refund_timeout_after").await;
    let refund = refund(&charge, 4999);
    is_unknown(bench.provider.refund(&refund).await);
    let found = bench.find_refund(&refund).await.expect("a refund");
    assert_eq!((&found.state, found.amount), (&RefundState::Succeeded, refund.amount));
    let answer = bench.provider.refund(&refund).await.expect("the second time");
    assert_eq!((answer.reference, answer.state), (found.reference, found.state));
    assert_eq!(sums(&bench.require(charge.payment).await), (4999, 4999, 4999));
}

async fn lost_requests_leave_nothing(bench: Bench) {
    let provider = &bench.provider;
    let charge = bench.authorized("tok_capture_timeout_before").await;
    let part = capture(&charge, 1000);
    is_unknown(provider.capture(&part).await);
    assert_eq!(bench.require(charge.payment).await.state, ChargeState::Authorized);
    assert_eq!(provider.capture(&part).await.expect("captured").captured_minor, 1000);

    let charge = bench.authorized("tok_void_timeout_before").await;
    is_unknown(provider.void(&void(&charge)).await);
    assert_eq!(bench.require(charge.payment).await.state, ChargeState::Authorized);
    assert_eq!(
        provider.void(&void(&charge)).await.expect("voided").state,
        ChargeState::Voided
    );

    let charge = bench.captured("tok_refund_timeout_before").await;
    let refund = refund(&charge, 1000);
    is_unknown(provider.refund(&refund).await);
    assert_eq!(bench.find_refund(&refund).await, None);
    assert_eq!(sums(&bench.require(charge.payment).await), (4999, 4999, 0));
    assert_eq!(
        provider.refund(&refund).await.expect("refunded").state,
        RefundState::Succeeded
    );
}

/// Only the answer waits: the money has moved, and the webhook says so.
async fn a_webhook_overtakes_the_answer(bench: Bench) {
    let bench = bench.slow(Duration::from_secs(600));
    let charge = charge("tok_webhook_early", true);
    let call = tokio::spawn({
        let (provider, charge) = (bench.provider.clone(), charge.clone());
        async move { provider.charge(&charge).await }
    });
    let webhook = loop {
        if let Some(webhook) = bench.take().await.pop() {
            break webhook;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(bench.kind(&webhook), "charge.captured");
    assert_eq!(bench.require(charge.payment).await.state, ChargeState::Captured);
    assert!(!call.is_finished(), "the answer takes its time");
    call.abort();
}

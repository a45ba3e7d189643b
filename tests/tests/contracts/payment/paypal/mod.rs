//! What is PayPal's own, over the stand-in: the shopper agrees first, tokens end, and webhooks are verified by asking.

mod agreement;
mod webhooks;

use chrono::TimeDelta;
use vitrine_commerce::ports::payment::ProviderError;
use vitrine_tests::paypal_stand_in::Fault;

use super::bench::{Bench, Means};

const TOKENS: &str = "POST /v1/oauth2/token";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_kept_until_it_ends() {
    let bench = Bench::paypal().await;
    bench.captured().await;
    bench.captured().await;
    let asked = || bench.paypal_server().requests_to(TOKENS).len();
    assert_eq!(asked(), 1);
    bench.move_clock(TimeDelta::hours(10));
    bench.captured().await;
    assert_eq!(asked(), 2);
    // Withdrawn before its time, another is asked for, once.
    bench.paypal_server().withdraw_tokens();
    bench.captured().await;
    assert_eq!(asked(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_gets_no_token_has_done_nothing() {
    let bench = Bench::paypal().await;
    let asked = bench.new_charge(Means::Good, true);
    for fault in [Fault::CutAfterActing, Fault::ErrorBeforeActing, Fault::ErrorAfterActing] {
        bench.paypal_server().fail(TOKENS, 1, fault);
        let error = bench.port().charge(&asked).await.unwrap_err();
        assert!(matches!(error, ProviderError::Unavailable(_)), "{fault:?}: {error:?}");
    }
    bench.paypal_server().fail(TOKENS, 1, Fault::RateLimited);
    let error = bench.port().charge(&asked).await.unwrap_err();
    assert!(matches!(error, ProviderError::RateLimited { .. }), "{error:?}");
    assert!(bench.paypal_server().orders().is_empty());
    bench
        .paypal_server()
        .fail("POST /v2/checkout/orders", 1, Fault::Forbidden);
    let error = bench.port().charge(&asked).await.unwrap_err();
    assert!(matches!(error, ProviderError::Misconfigured(_)), "{error:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_is_read_page_after_page() {
    let bench = Bench::paypal().await;
    let mut payments = Vec::new();
    for _ in 0..21 {
        payments.push(bench.captured().await.payment);
    }
    // Held, and not taken: no money was moved.
    bench.held().await;
    let lines = super::statements::lines_of(&bench, &payments).await;
    assert_eq!(lines.len(), payments.len(), "{lines:#?}");
    let orders = bench.paypal_server().orders();
    let is_order = |reference: &str| orders.iter().any(|order| order["id"] == reference);
    assert!(lines.iter().all(|line| is_order(&line.reference)), "{lines:#?}");
}

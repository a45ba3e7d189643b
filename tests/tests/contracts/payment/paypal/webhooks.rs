//! Webhooks, which PayPal is asked about, each with its bytes.

use std::collections::HashMap;

use vitrine_commerce::ports::payment::{ProviderEvent, Subject, WebhookError};
use vitrine_tests::paypal_stand_in::Fault;

use crate::payment::{
    bench::Bench,
    calls::{AMOUNT, euros},
};

const VERIFY: &str = "POST /v1/notifications/verify-webhook-signature";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_happens_is_told() {
    let bench = Bench::paypal().await;
    let charge = bench.captured().await;
    bench.refund(&charge, 1000).await.unwrap();
    let mut kinds = Vec::new();
    for (headers, body) in bench.take_webhooks().await {
        match bench.port().webhook(&headers, body.as_bytes()).await.unwrap() {
            ProviderEvent::ChargeChanged {
                kind,
                subject,
                reference,
                amount,
                live,
                ..
            } => {
                assert_eq!((subject, live), (Subject::Payment(charge.payment), false), "{body}");
                assert!(
                    reference.is_none_or(|reference| reference == charge.reference),
                    "{body}"
                );
                assert!(amount.is_none_or(|amount| amount == euros(AMOUNT)), "{body}");
                kinds.push(kind);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(
        kinds,
        [
            "CHECKOUT.ORDER.APPROVED",
            "PAYMENT.CAPTURE.COMPLETED",
            "PAYMENT.CAPTURE.REFUNDED"
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_paypal_did_not_send_is_refused() {
    let bench = Bench::paypal().await;
    bench.captured().await;
    let (headers, body) = bench.take_webhooks().await.remove(0);
    let changed = [
        body.replace("49.99", "0.01"),
        format!("{body} "),
        body.replace(':', ": "),
    ];
    for changed in changed {
        let refused = bench.port().webhook(&headers, changed.as_bytes()).await;
        assert!(
            matches!(refused, Err(WebhookError::Signature)),
            "{changed}: {refused:?}"
        );
    }
    let asked = bench.paypal_server().requests_to(VERIFY).len();
    let without = |name: &str| {
        let mut headers = headers.clone();
        headers.remove(name);
        headers
    };
    let mut elsewhere = headers.clone();
    elsewhere.insert("paypal-cert-url".to_owned(), "https://paypal.example/cert".to_owned());
    for headers in [HashMap::new(), without("paypal-transmission-sig"), elsewhere] {
        let refused = bench.port().webhook(&headers, body.as_bytes()).await;
        assert!(matches!(refused, Err(WebhookError::Signature)), "{refused:?}");
    }
    let asked_since = bench.paypal_server().requests_to(VERIFY).len() - asked;
    assert_eq!(asked_since, 0, "PayPal is not asked about what cannot be its own");
}

/// While nobody knows whether it is PayPal's, it is neither believed nor refused: it comes again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_verified_comes_again() {
    let bench = Bench::paypal().await;
    bench.captured().await;
    let (headers, body) = bench.take_webhooks().await.remove(0);
    for fault in [Fault::ErrorBeforeActing, Fault::CutAfterActing, Fault::RateLimited] {
        bench.paypal_server().fail(VERIFY, 1, fault);
        let refused = bench.port().webhook(&headers, body.as_bytes()).await;
        assert!(
            matches!(refused, Err(WebhookError::Unverified(_))),
            "{fault:?}: {refused:?}"
        );
    }
    assert!(bench.port().webhook(&headers, body.as_bytes()).await.is_ok());
}

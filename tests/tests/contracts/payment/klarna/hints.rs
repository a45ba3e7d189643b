//! What Klarna tells unsigned: it is read again, and only that counts.

use std::collections::HashMap;

use serde_json::json;
use vitrine_commerce::ports::payment::{ProviderEvent, Subject, WebhookError};
use vitrine_tests::klarna_stand_in::Fault;

use crate::payment::{
    bench::{Bench, Means},
    calls::{AMOUNT, euros},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_agreed_to_and_what_is_decided_is_told() {
    let bench = Bench::klarna().await;
    bench.klarna_server().look_at_orders();
    let charge = bench.charged(Means::Good, false).await;
    bench.klarna_server().decide(&charge.reference, true);
    let mut kinds = Vec::new();
    for (headers, body) in bench.take_webhooks().await {
        match bench.port().webhook(&headers, body.as_bytes()).await.unwrap() {
            ProviderEvent::ChargeChanged {
                kind,
                subject,
                amount,
                live,
                ..
            } => {
                assert_eq!((subject, live), (Subject::Payment(charge.payment), false), "{body}");
                assert_eq!(amount, Some(euros(AMOUNT)), "{body}");
                kinds.push(kind);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(kinds, ["session.completed", "order.accepted"]);
    // Nothing is to be learned of a page on which nobody has agreed.
    bench.charged(Means::WithoutFunds, false).await;
    let (headers, body) = bench.take_webhooks().await.remove(0);
    let ignored = bench.port().webhook(&headers, body.as_bytes()).await;
    assert!(matches!(ignored, Ok(ProviderEvent::Ignored { .. })), "{ignored:?}");
}

/// What a hint says is not believed: whatever it says, the same event comes of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_made_up_tells_nothing() {
    let bench = Bench::klarna().await;
    let unknown = [
        json!({ "event_id": "e", "session": { "session_id": "nobody-has-this", "status": "COMPLETED" } }),
        json!({ "order_id": "nobody-has-this", "event_type": "FRAUD_RISK_ACCEPTED" }),
        json!({}),
    ];
    for hint in unknown {
        let refused = bench.port().webhook(&HashMap::new(), hint.to_string().as_bytes()).await;
        assert!(matches!(refused, Err(WebhookError::Signature)), "{hint}: {refused:?}");
    }
    bench.held().await;
    let (_, body) = bench.take_webhooks().await.remove(0);
    let other = body.replace("COMPLETED", "FAILED");
    let mut ids = Vec::new();
    for body in [body, other] {
        match bench.port().webhook(&HashMap::new(), body.as_bytes()).await.unwrap() {
            ProviderEvent::ChargeChanged { event_id, kind, .. } => ids.push((event_id, kind)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_comes_again() {
    let bench = Bench::klarna().await;
    bench.held().await;
    let (headers, body) = bench.take_webhooks().await.remove(0);
    for fault in [Fault::ErrorBeforeActing, Fault::CutAfterActing, Fault::RateLimited] {
        bench.klarna_server().fail("GET /hpp/v1/sessions/*", 1, fault);
        let refused = bench.port().webhook(&headers, body.as_bytes()).await;
        assert!(
            matches!(refused, Err(WebhookError::Unverified(_))),
            "{fault:?}: {refused:?}"
        );
    }
    assert!(bench.port().webhook(&headers, body.as_bytes()).await.is_ok());
}

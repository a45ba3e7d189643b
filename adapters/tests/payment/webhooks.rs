//! Webhooks: what they tell, in whatever number and order, and believed only with their signature.

use std::collections::HashMap;

use chrono::TimeDelta;
use vitrine_adapters::payment::simulated::SIGNATURE_HEADER;
use vitrine_commerce::ports::{
    PaymentProvider,
    payment::{ProviderEvent, Subject, WebhookError},
};

use crate::support::{Bench, capture, headers, on_every_database, refund, void};

on_every_database![
    every_change_is_told,
    webhooks_come_as_often_as_the_token_says,
    webhooks_come_out_of_order,
    a_webhook_of_a_refund_tells_its_charge,
    a_webhook_is_believed_only_with_its_signature,
];

async fn every_change_is_told(bench: Bench) {
    let provider = &bench.provider;
    let kept = bench.authorized("tok_approve").await;
    assert_eq!(bench.take_kinds().await, ["charge.authorized"]);
    provider.capture(&capture(&kept, 4999)).await.expect("captured");
    provider.refund(&refund(&kept, 1)).await.expect("refunded");
    assert_eq!(bench.take_kinds().await, ["charge.captured", "charge.refunded"]);
    let given_up = bench.authorized("tok_approve").await;
    provider.void(&void(&given_up)).await.expect("voided");
    provider.void(&void(&given_up)).await.expect("repeated");
    assert_eq!(bench.take_kinds().await, ["charge.authorized", "charge.voided"]);

    bench.captured("tok_decline").await;
    let waiting = bench.captured("tok_second_factor").await;
    assert_eq!(bench.take_kinds().await, ["charge.declined", "charge.action_required"]);
    let approved = provider.complete_second_factor(&waiting.reference, true).await;
    approved.expect("approved");
    assert_eq!(bench.take_kinds().await, ["charge.captured"]);

    bench.captured("tok_pending").await;
    assert_eq!(bench.take_kinds().await, ["charge.pending"]);
    bench.pass(TimeDelta::seconds(3));
    assert_eq!(bench.take_kinds().await, ["charge.captured"]);
    assert!(bench.take_kinds().await.is_empty());
}

async fn webhooks_come_as_often_as_the_token_says(bench: Bench) {
    for (token, times) in [
        ("tok_webhook_never", 0),
        ("tok_approve", 1),
        ("tok_webhook_twice", 2),
        ("tok_webhook_thrice_at_once", 3),
    ] {
        let charge = bench.captured(token).await;
        let charged = bench.take().await;
        assert_eq!(charged.len(), times, "{token}");
        assert!(
            charged.iter().all(|webhook| webhook.body == charged[0].body),
            "the same event"
        );
        bench.provider.refund(&refund(&charge, 1)).await.expect("refunded");
        assert_eq!(bench.take().await.len(), times, "{token}");
    }
}

async fn webhooks_come_out_of_order(bench: Bench) {
    bench.captured("tok_webhook_out_of_order").await;
    let mut order = bench.take_kinds().await;
    bench.pass(TimeDelta::seconds(1));
    order.extend(bench.take_kinds().await);
    assert_eq!(order, ["charge.captured", "charge.pending"]);
}

async fn a_webhook_of_a_refund_tells_its_charge(bench: Bench) {
    let charge = bench.captured("tok_approve").await;
    bench.take().await;
    let refund = refund(&charge, 7);
    let answer = bench.provider.refund(&refund).await.expect("refunded");
    let webhook = bench.take().await.remove(0);
    let ProviderEvent::ChargeChanged { subject, amount, .. } = bench.read(&webhook) else {
        panic!("{}", webhook.body)
    };
    assert_eq!(
        (subject, amount),
        (Subject::Payment(charge.payment), Some(charge.amount))
    );
    let body: serde_json::Value = serde_json::from_str(&webhook.body).expect("JSON");
    assert_eq!(body["live"], false);
    assert_eq!(body["data"]["reference"], charge.reference);
    let told = &body["data"]["refund"];
    assert_eq!(told["refund"], refund.refund.to_string());
    assert_eq!(
        (&told["reference"], &told["amount_minor"]),
        (&answer.reference.into(), &7.into())
    );
}

async fn a_webhook_is_believed_only_with_its_signature(bench: Bench) {
    let charge = bench.captured("tok_approve").await;
    let webhook = bench.take().await.remove(0);
    let headers = headers(&webhook);
    let body = webhook.body.as_bytes();
    let verify = |headers: &HashMap<String, String>, body: &[u8]| bench.provider.webhook(headers, body);

    match verify(&headers, body).expect("our own") {
        ProviderEvent::ChargeChanged {
            subject,
            amount,
            event_id,
            live,
            ..
        } => {
            assert_eq!(
                (subject, amount),
                (Subject::Payment(charge.payment), Some(charge.amount))
            );
            assert!(!live);
            assert!(event_id.starts_with("evt_"));
        }
        other => panic!("{other:?}"),
    }

    let spaced = webhook.body.replace(':', ": ");
    assert!(
        matches!(verify(&headers, spaced.as_bytes()), Err(WebhookError::Signature)),
        "written anew"
    );
    assert!(
        matches!(verify(&HashMap::new(), body), Err(WebhookError::Signature)),
        "unsigned"
    );
    let signature = &headers[SIGNATURE_HEADER];
    let (_, v1) = signature.split_once(",v1=").expect("a signature");
    for forged in [
        "",
        "t=1,v1=",
        "v1=00",
        &signature.replace("t=", "t=1"),
        &format!("{signature}0"),
        &format!("t=x,v1={v1}"),
    ] {
        let headers = HashMap::from([(SIGNATURE_HEADER.to_owned(), forged.to_owned())]);
        assert!(
            matches!(verify(&headers, body), Err(WebhookError::Signature)),
            "{forged}"
        );
    }

    bench.pass(TimeDelta::seconds(300));
    assert!(verify(&headers, body).is_ok(), "five minutes old");
    bench.pass(TimeDelta::seconds(1));
    assert!(matches!(verify(&headers, body), Err(WebhookError::Timestamp)), "older");
    bench.pass(TimeDelta::seconds(-301 - 61));
    assert!(
        matches!(verify(&headers, body), Err(WebhookError::Timestamp)),
        "from the future"
    );
}

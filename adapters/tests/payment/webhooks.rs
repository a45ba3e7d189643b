//! Webhooks: until they are taken, in whatever order, and believed only with their signature.

use std::{collections::HashMap, sync::Mutex};

use chrono::TimeDelta;
use vitrine_adapters::payment::simulated::{SIGNATURE_HEADER, SignedWebhook};
use vitrine_commerce::ports::{
    IdSource, PaymentProvider,
    ids::SystemIds,
    payment::{ProviderEvent, WebhookError},
};
use vitrine_entity::ids::RefundId;

use crate::support::{Bench, charge, on_every_database};

on_every_database![
    webhooks_come_until_they_are_taken,
    webhooks_come_twice_and_out_of_order,
    a_webhook_is_believed_only_with_its_signature,
];

async fn webhooks_come_until_they_are_taken(bench: Bench) {
    let charge = charge("tok_approve", false);
    let reference = bench.provider.charge(&charge).await.expect("an answer").reference;
    let refusing = Mutex::new(Vec::new());
    let refused = bench
        .provider
        .deliver_due(|webhook| async {
            refusing.lock().expect("a list").push(webhook);
            false
        })
        .await;
    assert_eq!(refused.expect("no error"), 0);
    assert_eq!(take(&bench).await.len(), 0, "not before the pause is over");
    bench.pass(TimeDelta::seconds(2));
    let again = take(&bench).await;
    let refused = refusing.into_inner().expect("a list");
    assert_eq!((again.len(), &again[0].body), (1, &refused[0].body));
    assert_eq!((refused[0].attempt, again[0].attempt), (1, 2));
    bench.pass(TimeDelta::hours(1));
    assert_eq!(take(&bench).await.len(), 0, "what was taken does not come again");

    bench
        .provider
        .capture(&reference, charge.payment, 4999)
        .await
        .expect("captured");
    bench
        .provider
        .refund(&reference, RefundId(SystemIds::default().unguessable()), 1)
        .await
        .expect("refunded");
    assert_eq!(
        kinds(&bench, &take(&bench).await),
        ["charge.captured", "charge.refunded"]
    );

    // Taken by a process that then dies.
    bench
        .provider
        .void(&reference, charge.payment)
        .await
        .expect_err("captured already");
    bench
        .provider
        .charge(&self::charge("tok_approve", true))
        .await
        .expect("an answer");
    assert_eq!(bench.provider.due_webhooks().await.expect("webhooks").len(), 1);
    assert_eq!(take(&bench).await.len(), 0);
    bench.pass(TimeDelta::seconds(31));
    assert_eq!(take(&bench).await.len(), 1);
}

async fn webhooks_come_twice_and_out_of_order(bench: Bench) {
    bench
        .provider
        .charge(&charge("tok_webhook_twice", true))
        .await
        .expect("an answer");
    let twice = take(&bench).await;
    assert_eq!(twice.len(), 2);
    assert_eq!(twice[0].body, twice[1].body, "the same event");

    bench
        .provider
        .charge(&charge("tok_webhook_out_of_order", true))
        .await
        .expect("an answer");
    let mut order = take(&bench).await;
    bench.pass(TimeDelta::seconds(1));
    order.extend(take(&bench).await);
    assert_eq!(kinds(&bench, &order), ["charge.captured", "charge.pending"]);

    let pending = charge("tok_pending", true);
    bench.provider.charge(&pending).await.expect("an answer");
    assert_eq!(kinds(&bench, &take(&bench).await), ["charge.pending"]);
    bench.pass(TimeDelta::seconds(3));
    assert_eq!(kinds(&bench, &take(&bench).await), ["charge.captured"]);
}

async fn a_webhook_is_believed_only_with_its_signature(bench: Bench) {
    let charge = charge("tok_approve", true);
    bench.provider.charge(&charge).await.expect("an answer");
    let webhook = take(&bench).await.remove(0);
    let headers: HashMap<String, String> = webhook
        .headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    let body = webhook.body.as_bytes();
    let verify = |headers: &HashMap<String, String>, body: &[u8]| bench.provider.webhook(headers, body);

    match verify(&headers, body).expect("our own") {
        ProviderEvent::ChargeChanged {
            payment,
            amount,
            event_id,
            ..
        } => {
            assert_eq!((payment, amount), (charge.payment, charge.amount));
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

/// Takes what is due.
async fn take(bench: &Bench) -> Vec<SignedWebhook> {
    let due = bench.provider.due_webhooks().await.expect("webhooks");
    for webhook in &due {
        bench.provider.mark_delivered(&webhook.id).await.expect("no error");
    }
    due
}

fn kinds(bench: &Bench, webhooks: &[SignedWebhook]) -> Vec<String> {
    let kind = |webhook: &SignedWebhook| {
        let headers = webhook
            .headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        // Late ones are told by their bodies: their signatures are as old as they are.
        match bench
            .provider
            .webhook(&headers, webhook.body.as_bytes())
            .expect("our own")
        {
            ProviderEvent::ChargeChanged { kind, .. } | ProviderEvent::Ignored { kind, .. } => kind,
        }
    };
    webhooks.iter().map(kind).collect()
}

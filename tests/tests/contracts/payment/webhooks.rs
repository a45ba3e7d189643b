//! Webhooks: signed over the raw body, now.

use std::collections::HashMap;

use chrono::TimeDelta;
use vitrine_commerce::ports::payment::{ProviderCharge, ProviderEvent, Subject, WebhookError};

use super::bench::Bench;
use super::calls::{AMOUNT, euros};

type Webhook = (HashMap<String, String>, String);

fn is_about(charge: &ProviderCharge, subject: &Subject) -> bool {
    match subject {
        Subject::Payment(payment) => *payment == charge.payment,
        Subject::Reference(reference) => *reference == charge.reference,
    }
}

/// The kinds of changes of this charge that these webhooks tell.
async fn changes(bench: &Bench, webhooks: &[Webhook], charge: &ProviderCharge) -> Vec<String> {
    let mut kinds = Vec::new();
    for (headers, body) in webhooks {
        match bench.port().webhook(headers, body.as_bytes()).await.unwrap() {
            ProviderEvent::ChargeChanged {
                event_id,
                kind,
                subject,
                reference,
                amount,
                live,
                captured: _,
            } => {
                assert!(is_about(charge, &subject), "{body}");
                assert_eq!(reference.as_ref(), Some(&charge.reference), "{body}");
                assert!(!event_id.is_empty() && !live, "{body}");
                assert!(amount.is_none_or(|amount| amount == euros(AMOUNT)), "{body}");
                kinds.push(kind);
            }
            ProviderEvent::Ignored { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    kinds
}

/// A charge, and one of its webhooks that counts.
async fn told(bench: &Bench) -> Webhook {
    let charge = bench.captured().await;
    for webhook in bench.take_webhooks().await {
        if !changes(bench, std::slice::from_ref(&webhook), &charge).await.is_empty() {
            return webhook;
        }
    }
    panic!("no webhook tells of {charge:?}");
}

pub(crate) async fn a_charge_is_told(bench: Bench) {
    let charge = bench.captured().await;
    let webhooks = bench.take_webhooks().await;
    assert!(!changes(&bench, &webhooks, &charge).await.is_empty());
    let mut amounts = 0;
    for (headers, body) in &webhooks {
        let event = bench.port().webhook(headers, body.as_bytes()).await.unwrap();
        if let ProviderEvent::ChargeChanged { amount: Some(_), .. } = event {
            amounts += 1;
        }
    }
    assert!(amounts > 0, "some event tells the amount, to be compared with ours");
}

pub(crate) async fn a_refund_is_told(bench: Bench) {
    let charge = bench.captured().await;
    bench.take_webhooks().await;
    bench.refund(&charge, 1000).await.unwrap();
    let webhooks = bench.take_webhooks().await;
    assert!(!changes(&bench, &webhooks, &charge).await.is_empty());
}

pub(crate) async fn tampered_is_refused(bench: Bench) {
    let (headers, body) = told(&bench).await;
    let amount = AMOUNT.to_string();
    assert!(body.contains(&amount));
    let written_anew = body.replace(':', ": ");
    for changed in [
        body.replace(&amount, "1"),
        format!("{body} "),
        written_anew,
        String::new(),
    ] {
        let refused = bench.port().webhook(&headers, changed.as_bytes()).await;
        assert!(matches!(refused, Err(WebhookError::Signature)), "{refused:?}");
    }
}

pub(crate) async fn unsigned_is_refused(bench: Bench) {
    let (headers, body) = told(&bench).await;
    let each = |change: &dyn Fn(&str) -> String| {
        let changed = headers.iter().map(|(name, value)| (name.clone(), change(value)));
        changed.collect::<HashMap<_, _>>()
    };
    let without_signature = each(&|value| {
        let time = value.split_once("v1=").map(|(time, _)| time);
        time.map_or_else(String::new, |time| format!("{time}v1="))
    });
    for unsigned in [
        HashMap::new(),
        each(&|_| String::new()),
        each(&|value| value.replace("v1=", "v0=")),
        without_signature,
        each(&|value| format!("{value}0")),
        // Another time than was signed, and none.
        each(&|value| value.replacen("t=", "t=1", 1)),
        each(&|value| value.replacen("t=", "t=x", 1)),
    ] {
        let refused = bench.port().webhook(&unsigned, body.as_bytes()).await;
        assert!(
            matches!(refused, Err(WebhookError::Signature)),
            "{unsigned:?}: {refused:?}"
        );
    }
}

pub(crate) async fn stale_is_refused(bench: Bench) {
    let (headers, body) = told(&bench).await;
    bench.move_clock(TimeDelta::seconds(280));
    assert!(bench.port().webhook(&headers, body.as_bytes()).await.is_ok());
    bench.move_clock(TimeDelta::seconds(30));
    let refused = bench.port().webhook(&headers, body.as_bytes()).await;
    assert!(matches!(refused, Err(WebhookError::Timestamp)), "{refused:?}");
}

pub(crate) async fn the_future_is_refused(bench: Bench) {
    bench.move_clock(TimeDelta::seconds(120));
    let (headers, body) = told(&bench).await;
    bench.move_clock(TimeDelta::seconds(-80));
    let refused = bench.port().webhook(&headers, body.as_bytes()).await;
    assert!(matches!(refused, Err(WebhookError::Timestamp)), "{refused:?}");
    bench.move_clock(TimeDelta::seconds(30));
    assert!(bench.port().webhook(&headers, body.as_bytes()).await.is_ok());
}

pub(crate) async fn the_unknown_is_ignored(bench: Bench) {
    let body =
        r#"{"id":"evt_1","object":"event","type":"comet.seen","livemode":false,"data":{"object":{"id":"com_1"}}}"#;
    let event = bench.port().webhook(&bench.sign(body), body.as_bytes()).await;
    let event = event.unwrap();
    let ProviderEvent::Ignored { event_id, kind } = event else {
        panic!("{event:?}");
    };
    assert_eq!((event_id.as_str(), kind.as_str()), ("evt_1", "comet.seen"));
}

pub(crate) async fn nonsense_is_malformed(bench: Bench) {
    for body in ["", "{", "[]", r#"{"type":"charge.refunded"}"#, "\u{0}"] {
        let refused = bench.port().webhook(&bench.sign(body), body.as_bytes()).await;
        assert!(
            matches!(refused, Err(WebhookError::Malformed(_))),
            "{body}: {refused:?}"
        );
    }
}

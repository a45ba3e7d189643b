use serde_json::json;
use vitrine_commerce::money::Currency;

use super::*;
use crate::payment::stripe::testing::{PAYMENT, SHOP, told};

fn event(kind: &str, object: Value) -> ProviderEvent {
    let event = json!({
        "id": "evt_1", "object": "event", "api_version": "2020-08-27", "created": 1_790_000_000,
        "livemode": true, "pending_webhooks": 1, "request": { "id": null }, "type": kind,
        "data": { "object": object, "previous_attributes": {} },
    });
    translate(event.to_string().as_bytes(), SHOP).unwrap()
}

fn changed(kind: &str, object: Value) -> Option<(Subject, Option<Money>, bool)> {
    match event(kind, object) {
        ProviderEvent::ChargeChanged {
            event_id,
            kind: told,
            subject,
            reference,
            amount,
            live,
            captured,
        } => {
            assert_eq!(captured, kind == "payment_intent.succeeded");
            assert_eq!((event_id.as_str(), told.as_str()), ("evt_1", kind));
            // Whatever it is about, the intent is the charge that it belongs to.
            assert_eq!(reference.as_deref(), Some("pi_3Q1"), "{kind}");
            Some((subject, amount, live))
        }
        ProviderEvent::Ignored { .. } => None,
        other => panic!("{other:?}"),
    }
}

fn named(metadata: bool) -> Value {
    let metadata = if metadata {
        json!({ "vitrine_shop": SHOP, "vitrine_payment": PAYMENT.to_string() })
    } else {
        json!({})
    };
    json!({ "id": "x_1", "amount": 700, "currency": "eur", "metadata": metadata, "payment_intent": "pi_3Q1" })
}

#[test]
fn an_intent_tells_the_attempt_and_the_amount() {
    for kind in [
        "payment_intent.succeeded",
        "payment_intent.canceled",
        "payment_intent.of_tomorrow",
    ] {
        let amount = Some(Money::new(4999, Currency::EUR));
        assert_eq!(
            changed(kind, told(json!({}))),
            Some((Subject::Payment(PAYMENT), amount, true))
        );
    }
    let foreign = told(json!({ "metadata": null, "currency": "usdc" }));
    assert_eq!(changed("payment_intent.succeeded", foreign), None);
}

#[test]
fn what_is_another_shops_is_ignored() {
    let named = |metadata: Value| json!({ "id": "x_1", "amount": 700, "currency": "eur", "metadata": metadata, "payment_intent": "pi_3Q1" });
    let payment = PAYMENT.to_string();
    let anothers = json!({ "vitrine_shop": "inst_2", "vitrine_payment": payment });
    for kind in ["payment_intent.succeeded", "charge.succeeded", "refund.failed"] {
        assert_eq!(changed(kind, named(anothers.clone())), None, "{kind}");
    }
    let nobodys = json!({ "vitrine_payment": payment });
    let intent = told(json!({ "metadata": nobodys }));
    assert_eq!(changed("payment_intent.succeeded", intent), None);
    // Its intent may be one of ours, and is looked for by that.
    let by_reference = Some((Subject::Reference("pi_3Q1".to_owned()), None, true));
    assert_eq!(changed("refund.failed", named(nobodys)), by_reference);
}

#[test]
fn charges_and_refunds_tell_the_attempt_only() {
    for kind in [
        "charge.succeeded",
        "charge.refunded",
        "charge.refund.updated",
        "refund.created",
        "refund.failed",
    ] {
        assert_eq!(
            changed(kind, named(true)),
            Some((Subject::Payment(PAYMENT), None, true)),
            "{kind}"
        );
        let by_reference = Subject::Reference("pi_3Q1".to_owned());
        assert_eq!(changed(kind, named(false)), Some((by_reference, None, true)), "{kind}");
    }
    assert_eq!(
        changed("charge.succeeded", json!({ "id": "ch_1", "payment_intent": null })),
        None
    );
}

#[test]
fn a_dispute_is_told_in_a_sentence() {
    let message = |kind: &str| {
        let dispute = json!({
            "id": "dp_1", "object": "dispute", "amount": 4999, "currency": "eur", "metadata": {},
            "payment_intent": "pi_3Q1", "reason": "fraudulent", "status": "lost",
        });
        match event(kind, dispute) {
            ProviderEvent::Notice { subject, message, .. } => {
                assert_eq!(subject, Subject::Reference("pi_3Q1".to_owned()));
                message
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        message("charge.dispute.created"),
        "The shopper disputes 49.99 EUR of this payment (fraudulent): answer it in Stripe's dashboard."
    );
    assert!(message("charge.dispute.funds_withdrawn").contains("has withdrawn 49.99 EUR"));
    assert!(message("charge.dispute.funds_reinstated").contains("has given back 49.99 EUR"));
    assert!(message("charge.dispute.closed").ends_with("has ended: lost."));
}

#[test]
fn what_is_kept_is_told_by_its_id() {
    let saved = |kind: &str, object: Value| match event(kind, object) {
        ProviderEvent::SavedChanged { subject, .. } => Some(subject),
        ProviderEvent::Ignored { .. } => None,
        other => panic!("{other:?}"),
    };
    let card = json!({ "id": "pm_1", "object": "payment_method", "customer": null, "metadata": {}, "card": {} });
    for kind in ["detached", "updated", "automatically_updated"] {
        let told = saved(&format!("payment_method.{kind}"), card.clone());
        assert_eq!(told, Some(SavedSubject::Method("pm_1".to_owned())), "{kind}");
    }
    assert_eq!(saved("payment_method.attached", card), None);
    let deleted = |shop: &str| json!({ "id": "cus_1", "metadata": { "vitrine_shop": shop } });
    let ours = Some(SavedSubject::Customer("cus_1".to_owned()));
    assert_eq!(saved("customer.deleted", deleted(SHOP)), ours);
    assert_eq!(saved("customer.deleted", deleted("inst_2")), None);
}

#[test]
fn everything_else_is_ignored() {
    for kind in [
        "customer.created",
        "charge.dispute.updated",
        "invoice.paid",
        "balance.available",
    ] {
        assert_eq!(
            changed(kind, json!({ "amount": "of another shape", "metadata": 7 })),
            None,
            "{kind}"
        );
    }
}

#[test]
fn an_event_that_does_not_tell_its_object_is_ignored() {
    for body in [
        r#"{"id":"evt_1","type":"charge.failed"}"#,
        r#"{"id":"evt_1","type":"payment_intent.succeeded","data":null}"#,
        r#"{"id":"evt_1","type":"refund.failed","data":{}}"#,
        r#"{"id":"evt_1","type":"charge.failed","data":{"object":null}}"#,
        r#"{"id":"evt_1","object":"v2.core.event","type":"v1.billing.meter.no_meter_found","livemode":false,"related_object":null,"data":{"developer_message_summary":"x"}}"#,
    ] {
        let event = translate(body.as_bytes(), SHOP).unwrap();
        assert!(
            matches!(&event, ProviderEvent::Ignored { event_id, .. } if event_id == "evt_1"),
            "{event:?}"
        );
    }
}

#[test]
fn what_is_no_event_is_refused() {
    for body in [
        "",
        "[]",
        "{}",
        r#"{"type":"charge.failed","data":{"object":{}}}"#,
        r#"{"id":"evt_1"}"#,
        r#"{"id":1,"type":"a","data":{"object":{}}}"#,
    ] {
        assert!(
            matches!(translate(body.as_bytes(), SHOP), Err(WebhookError::Malformed(_))),
            "{body}"
        );
    }
    let unreadable = json!({ "id": "evt_1", "type": "payment_intent.succeeded", "data": { "object": told(json!({ "currency": "eu" })) } });
    assert!(matches!(
        translate(unreadable.to_string().as_bytes(), SHOP),
        Err(WebhookError::Malformed(_))
    ));
}

//! Stripe's events in our words. They are hints: what is applied is the answer to a look-up.

use serde::Deserialize;
use serde_json::Value;
use vitrine_commerce::{
    money::Money,
    ports::payment::{ProviderEvent, SavedSubject, Subject, WebhookError},
};

use super::{amount, object::Metadata};

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    livemode: bool,
    data: Option<Value>,
}

impl Event {
    /// What it is about; of which kind that is, the event's type says. Stripe's thin events name it
    /// elsewhere, and do not tell it.
    fn object(&mut self) -> Option<Value> {
        let object = self.data.as_mut()?.get_mut("object")?.take();
        (!object.is_null()).then_some(object)
    }
}

/// What we follow: kinds of events by what they are about.
#[derive(Clone, Copy, PartialEq)]
enum Family {
    Intent,
    Charge,
    Refund,
    Dispute,
    /// A card that is kept.
    Method,
    Customer,
}

/// What an intent, a charge, a refund or a dispute has of this.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Object {
    id: Option<String>,
    amount: Option<i64>,
    currency: Option<String>,
    /// A charge has a copy of its intent's, a refund has what we gave it, a dispute has none.
    metadata: Metadata,
    /// Which intent it belongs to, unless it is one.
    payment_intent: Option<String>,
    /// Why a shopper disputes, and how it ended.
    reason: Option<String>,
    status: Option<String>,
}

/// Reads a body whose signature was verified. What is told of another shop's charges is ignored.
pub(super) fn translate(body: &[u8], shop: &str) -> Result<ProviderEvent, WebhookError> {
    let malformed = |error: serde_json::Error| WebhookError::Malformed(error.to_string());
    let mut event: Event = serde_json::from_slice(body).map_err(malformed)?;
    let object = event.object();
    let (event_id, kind) = (event.id, event.kind);
    let (Some(family), Some(object)) = (Family::of(&kind), object) else {
        return Ok(ProviderEvent::Ignored { event_id, kind });
    };
    let object: Object = serde_json::from_value(object).map_err(malformed)?;
    if let Family::Method | Family::Customer = family {
        return Ok(match object.saved(family, shop) {
            Some(subject) => ProviderEvent::SavedChanged {
                event_id,
                kind,
                subject,
            },
            None => ProviderEvent::Ignored { event_id, kind },
        });
    }
    let Some(subject) = object.subject(shop) else {
        return Ok(ProviderEvent::Ignored { event_id, kind });
    };
    if family == Family::Dispute {
        let message = object.dispute(&kind);
        return Ok(ProviderEvent::Notice {
            event_id,
            kind,
            subject,
            message,
        });
    }
    Ok(ProviderEvent::ChargeChanged {
        captured: kind == "payment_intent.succeeded",
        event_id,
        kind,
        subject,
        reference: match family {
            Family::Intent => object.id.clone(),
            _ => object.payment_intent.clone(),
        },
        amount: if family == Family::Intent {
            object.money()?
        } else {
            None
        },
        live: event.livemode,
    })
}

impl Family {
    /// `None` for what is not followed.
    fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "charge.refund.updated" => Self::Refund,
            "charge.dispute.created"
            | "charge.dispute.closed"
            | "charge.dispute.funds_withdrawn"
            | "charge.dispute.funds_reinstated" => Self::Dispute,
            "payment_method.detached"
            | "payment_method.updated"
            | "payment_method.automatically_updated"
            // What that was called before.
            | "payment_method.card_automatically_updated" => Self::Method,
            "customer.deleted" => Self::Customer,
            _ if kind.starts_with("charge.dispute.") => return None,
            _ if kind.starts_with("payment_intent.") => Self::Intent,
            _ if kind.starts_with("charge.") => Self::Charge,
            _ if kind.starts_with("refund.") => Self::Refund,
            _ => return None,
        })
    }
}

impl Object {
    /// Our attempt, or else the intent: a refund that staff made in Stripe's dashboard names
    /// nothing of ours. `None` for what is not ours.
    fn subject(&self, shop: &str) -> Option<Subject> {
        if self.metadata.shop().is_some_and(|named| named != shop) {
            return None;
        }
        let ours = self.metadata.payment_of(shop).map(Subject::Payment);
        ours.or_else(|| self.payment_intent.clone().map(Subject::Reference))
    }

    /// What is kept. A card names no shop: whose it is, our own books say.
    fn saved(self, family: Family, shop: &str) -> Option<SavedSubject> {
        if self.metadata.shop().is_some_and(|named| named != shop) {
            return None;
        }
        let id = self.id?;
        Some(match family {
            Family::Customer => SavedSubject::Customer(id),
            _ => SavedSubject::Method(id),
        })
    }

    fn money(&self) -> Result<Option<Money>, WebhookError> {
        let (Some(amount), Some(currency)) = (self.amount, &self.currency) else {
            return Ok(None);
        };
        let money = amount::from_stripe(amount, currency);
        money
            .map(Some)
            .map_err(|fault| WebhookError::Malformed(fault.to_string()))
    }

    /// A sentence for staff.
    fn dispute(&self, kind: &str) -> String {
        let sum = match self.money() {
            Ok(Some(money)) => money.to_string(),
            Ok(None) | Err(_) => "an unknown amount".to_owned(),
        };
        let reason = self.reason.as_deref().unwrap_or("no reason given");
        match kind {
            "charge.dispute.created" => {
                format!("The shopper disputes {sum} of this payment ({reason}): answer it in Stripe's dashboard.")
            }
            "charge.dispute.funds_withdrawn" => {
                format!("Stripe has withdrawn {sum}, which the shopper disputes ({reason}).")
            }
            "charge.dispute.funds_reinstated" => {
                format!("Stripe has given back {sum}, which the shopper had disputed ({reason}).")
            }
            _ => {
                let end = self.status.as_deref().unwrap_or("closed");
                format!("The dispute about {sum} of this payment has ended: {end}.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
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
}

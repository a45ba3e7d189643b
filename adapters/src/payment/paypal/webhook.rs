//! PayPal's events in our words, once PayPal has said that they are its own. They are hints: what is applied is the answer
//! to a look-up.

use std::{collections::HashMap, time::Duration};

use reqwest::Url;
use serde::Deserialize;
use serde_json::{Value, json};
use vitrine_commerce::ports::payment::{ProviderEvent, Subject, WebhookError};

use super::{
    PayPalProvider,
    amount::Amount,
    names::Named,
    object::{PurchaseUnit, Supplementary, Verification},
};

/// How long PayPal may take to say whether it has signed: it sends again what is not taken.
const VERIFIED_WITHIN: Duration = Duration::from_secs(10);

/// What of a webhook's headers it wants to see, and what it calls them.
const HEADERS: [(&str, &str); 5] = [
    ("auth_algo", "paypal-auth-algo"),
    ("cert_url", "paypal-cert-url"),
    ("transmission_id", "paypal-transmission-id"),
    ("transmission_sig", "paypal-transmission-sig"),
    ("transmission_time", "paypal-transmission-time"),
];

#[derive(Debug, Deserialize)]
pub(super) struct Event {
    id: String,
    event_type: String,
    #[serde(default)]
    resource: Value,
}

/// What an order, an authorization, a capture, a refund or a dispute has of this.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Resource {
    id: Option<String>,
    custom_id: Option<String>,
    purchase_units: Vec<PurchaseUnit>,
    supplementary_data: Supplementary,
    disputed_transactions: Vec<Disputed>,
    dispute_amount: Option<Amount>,
    /// Why a shopper disputes, and how it ended.
    reason: Option<String>,
    dispute_outcome: Option<Outcome>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Disputed {
    /// The `custom_id` of what is disputed.
    custom: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Outcome {
    outcome_code: Option<String>,
}

/// What we follow: kinds of events by what they are about.
#[derive(Clone, Copy, PartialEq)]
enum Family {
    Order,
    /// An authorization or a capture, which names its order.
    Taken,
    /// Which names none.
    Refund,
    Dispute,
}

impl PayPalProvider {
    /// Whether PayPal says that it has sent this.
    pub(super) async fn verify(&self, headers: &HashMap<String, String>, body: &[u8]) -> Result<(), WebhookError> {
        let webhook_id = self.webhook_id.as_deref().ok_or(WebhookError::Signature)?;
        let mut asked = json!({ "webhook_id": webhook_id });
        for (name, header) in HEADERS {
            let mut found = headers.iter().filter(|(given, _)| given.eq_ignore_ascii_case(header));
            let (_, value) = found.next().ok_or(WebhookError::Signature)?;
            asked[name] = json!(value);
        }
        if !asked["cert_url"].as_str().is_some_and(is_paypals) {
            return Err(WebhookError::Signature);
        }
        // Its bytes were signed: written anew, they would be others. It was read, so that it is one whole value.
        let mut text = asked.to_string().into_bytes();
        text.pop();
        text.extend_from_slice(b",\"webhook_event\":");
        text.extend_from_slice(body);
        text.push(b'}');
        let path = ["v1", "notifications", "verify-webhook-signature"];
        match self.client.ask::<Verification>(&path, text, VERIFIED_WITHIN).await {
            Ok(answer) if answer.body.verification_status == "SUCCESS" => Ok(()),
            Ok(_) => Err(WebhookError::Signature),
            Err(fault) if fault.is_refused_for_good() => Err(WebhookError::Signature),
            Err(fault) => Err(WebhookError::Unverified(Box::new(fault))),
        }
    }
}

/// Whether a certificate lies where PayPal's do: nobody else's is worth the question.
fn is_paypals(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    url.scheme() == "https" && url.host_str().is_some_and(|host| host.ends_with(".paypal.com"))
}

impl Event {
    pub(super) fn read(body: &[u8]) -> Result<Self, WebhookError> {
        serde_json::from_slice(body).map_err(malformed)
    }

    /// What is told of another shop's payments is ignored.
    pub(super) fn translate(self, shop: &str, live: bool) -> Result<ProviderEvent, WebhookError> {
        let (event_id, kind) = (self.id, self.event_type);
        let Some(family) = Family::of(&kind).filter(|_| self.resource.is_object()) else {
            return Ok(ProviderEvent::Ignored { event_id, kind });
        };
        let resource: Resource = serde_json::from_value(self.resource).map_err(malformed)?;
        let reference = resource.order(family).map(str::to_owned);
        let named = resource.custom_id(family);
        let subject = match (Named::of(named, shop), Named::read(named), &reference) {
            (Some(ours), ..) => Subject::Payment(ours.payment),
            // What staff did in PayPal's own pages may name nothing.
            (None, None, Some(reference)) => Subject::Reference(reference.clone()),
            _ => return Ok(ProviderEvent::Ignored { event_id, kind }),
        };
        if family == Family::Dispute {
            let message = resource.dispute(&kind);
            return Ok(ProviderEvent::Notice {
                event_id,
                kind,
                subject,
                message,
            });
        }
        // Of an authorization a part may be taken: only an order tells what was to be charged.
        let amount = resource.purchase_units.first().and_then(|unit| unit.amount.as_ref());
        let amount = amount.map(Amount::money).transpose();
        Ok(ProviderEvent::ChargeChanged {
            captured: kind == "PAYMENT.CAPTURE.COMPLETED",
            event_id,
            kind,
            subject,
            reference,
            amount: amount.map_err(|fault| WebhookError::Malformed(fault.to_string()))?,
            live,
        })
    }
}

fn malformed(error: serde_json::Error) -> WebhookError {
    WebhookError::Malformed(error.to_string())
}

impl Family {
    /// `None` for what is not followed.
    fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "PAYMENT.CAPTURE.REFUNDED" | "PAYMENT.CAPTURE.REVERSED" => Self::Refund,
            "CUSTOMER.DISPUTE.CREATED" | "CUSTOMER.DISPUTE.RESOLVED" => Self::Dispute,
            _ if kind.starts_with("CHECKOUT.ORDER.") => Self::Order,
            _ if kind.starts_with("PAYMENT.CAPTURE.") => Self::Taken,
            _ if kind.starts_with("PAYMENT.AUTHORIZATION.") => Self::Taken,
            _ if kind.starts_with("PAYMENT.REFUND.") => Self::Refund,
            _ => return None,
        })
    }
}

impl Resource {
    /// Which order it is, or belongs to, where it is told.
    fn order(&self, family: Family) -> Option<&str> {
        match family {
            Family::Order => self.id.as_deref(),
            Family::Taken => self.supplementary_data.related_ids.order_id.as_deref(),
            Family::Refund | Family::Dispute => None,
        }
    }

    fn custom_id(&self, family: Family) -> Option<&str> {
        match family {
            Family::Order => self.purchase_units.first()?.custom_id.as_deref(),
            Family::Taken | Family::Refund => self.custom_id.as_deref(),
            Family::Dispute => self.disputed_transactions.first()?.custom.as_deref(),
        }
    }

    /// A sentence for staff.
    fn dispute(&self, kind: &str) -> String {
        let sum = match self.dispute_amount.as_ref().map(Amount::money) {
            Some(Ok(money)) => money.to_string(),
            Some(Err(_)) | None => "an unknown amount".to_owned(),
        };
        let plain = |word: &str| word.to_ascii_lowercase().replace('_', " ");
        if kind == "CUSTOMER.DISPUTE.CREATED" {
            let reason = self
                .reason
                .as_deref()
                .map_or_else(|| "no reason given".to_owned(), plain);
            return format!(
                "The shopper disputes {sum} of this payment ({reason}): answer it in PayPal's resolution centre."
            );
        }
        let outcome = self.dispute_outcome.as_ref();
        let end = outcome.and_then(|outcome| outcome.outcome_code.as_deref());
        let end = end.map_or_else(|| "closed".to_owned(), plain);
        format!("The dispute about {sum} of this payment has ended: {end}.")
    }
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::money::{Currency, Money};

    use super::*;
    use crate::payment::paypal::testing::{PAYMENT, SHOP, told};

    fn event(kind: &str, resource: Value) -> ProviderEvent {
        let event = json!({ "id": "WH-1", "event_version": "1.0", "resource_type": "x", "event_type": kind,
            "summary": "s", "resource": resource, "links": [] });
        let event = Event::read(event.to_string().as_bytes()).unwrap();
        event.translate(SHOP, true).unwrap()
    }

    fn changed(kind: &str, resource: Value) -> Option<(Subject, Option<String>, Option<Money>)> {
        match event(kind, resource) {
            ProviderEvent::ChargeChanged {
                event_id,
                kind: told,
                subject,
                reference,
                amount,
                live,
                captured,
            } => {
                assert_eq!((event_id.as_str(), told.as_str(), live), ("WH-1", kind, true));
                assert_eq!(captured, kind == "PAYMENT.CAPTURE.COMPLETED");
                Some((subject, reference, amount))
            }
            ProviderEvent::Ignored { .. } => None,
            other => panic!("{other:?}"),
        }
    }

    fn taken(custom_id: Value) -> Value {
        json!({ "id": "3C6", "status": "COMPLETED", "amount": { "currency_code": "EUR", "value": "7.00" },
            "custom_id": custom_id, "supplementary_data": { "related_ids": { "order_id": "5O1" } } })
    }

    #[test]
    fn an_order_tells_the_attempt_and_the_amount() {
        for kind in ["CHECKOUT.ORDER.APPROVED", "CHECKOUT.ORDER.COMPLETED"] {
            let amount = Some(Money::new(4999, Currency::EUR));
            let order = Some("5O190127TN364715T".to_owned());
            let read = changed(kind, told("APPROVED", Value::Null));
            assert_eq!(read, Some((Subject::Payment(PAYMENT), order, amount)));
        }
    }

    #[test]
    fn what_was_taken_or_paid_back_tells_the_attempt_only() {
        let ours = json!(format!("{SHOP}:{PAYMENT}"));
        let order = Some("5O1".to_owned());
        for kind in [
            "PAYMENT.CAPTURE.COMPLETED",
            "PAYMENT.CAPTURE.DENIED",
            "PAYMENT.CAPTURE.PENDING",
            "PAYMENT.AUTHORIZATION.CREATED",
            "PAYMENT.AUTHORIZATION.VOIDED",
        ] {
            let read = changed(kind, taken(ours.clone()));
            assert_eq!(read, Some((Subject::Payment(PAYMENT), order.clone(), None)), "{kind}");
            let read = changed(kind, taken(Value::Null));
            let by_reference = Subject::Reference("5O1".to_owned());
            assert_eq!(read, Some((by_reference, order.clone(), None)), "{kind}");
        }
        for kind in [
            "PAYMENT.CAPTURE.REFUNDED",
            "PAYMENT.CAPTURE.REVERSED",
            "PAYMENT.REFUND.FAILED",
        ] {
            let read = changed(kind, taken(ours.clone()));
            assert_eq!(read, Some((Subject::Payment(PAYMENT), None, None)), "{kind}");
            assert_eq!(changed(kind, taken(Value::Null)), None, "{kind}");
        }
    }

    #[test]
    fn what_is_another_shops_and_what_is_not_followed_is_ignored() {
        let theirs = json!(format!("inst_2:{PAYMENT}"));
        assert_eq!(changed("PAYMENT.CAPTURE.COMPLETED", taken(theirs)), None);
        for kind in [
            "BILLING.PLAN.CREATED",
            "CUSTOMER.DISPUTE.UPDATED",
            "VAULT.PAYMENT-TOKEN.CREATED",
        ] {
            assert_eq!(changed(kind, json!({ "custom_id": 7 })), None, "{kind}");
        }
        assert_eq!(changed("PAYMENT.CAPTURE.COMPLETED", Value::Null), None);
    }

    #[test]
    fn a_dispute_is_told_in_a_sentence() {
        let message = |kind: &str| {
            let dispute = json!({ "dispute_id": "PP-D-1", "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
                "dispute_amount": { "currency_code": "EUR", "value": "49.99" },
                "dispute_outcome": { "outcome_code": "RESOLVED_SELLER_FAVOUR" },
                "disputed_transactions": [{ "seller_transaction_id": "3C6", "custom": format!("{SHOP}:{PAYMENT}") }] });
            match event(kind, dispute) {
                ProviderEvent::Notice { subject, message, .. } => {
                    assert_eq!(subject, Subject::Payment(PAYMENT));
                    message
                }
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(
            message("CUSTOMER.DISPUTE.CREATED"),
            "The shopper disputes 49.99 EUR of this payment (merchandise or service not received): answer it in \
             PayPal's resolution centre."
        );
        assert!(message("CUSTOMER.DISPUTE.RESOLVED").ends_with("has ended: resolved seller favour."));
    }

    #[test]
    fn what_is_no_event_is_refused() {
        for body in ["", "[]", "{}", "{", r#"{"id":"WH-1"}"#, r#"{"id":1,"event_type":"a"}"#] {
            assert!(
                matches!(Event::read(body.as_bytes()), Err(WebhookError::Malformed(_))),
                "{body}"
            );
        }
    }

    #[test]
    fn certificates_lie_at_paypal() {
        assert!(is_paypals(
            "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1"
        ));
        for elsewhere in [
            "http://api.paypal.com/cert",
            "https://paypal.com.example/cert",
            "https://notpaypal.com/cert",
            "cert",
        ] {
            assert!(!is_paypals(elsewhere), "{elsewhere}");
        }
    }
}

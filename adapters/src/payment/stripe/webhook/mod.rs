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
mod tests;

//! Events in Stripe's envelope, and their signature.

use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{books::Books, render::Expand};

/// The header that carries a webhook's signature.
pub const SIGNATURE_HEADER: &str = "stripe-signature";

impl Books {
    pub(super) fn tell_intent(&mut self, kind: &str, place: usize, now: DateTime<Utc>) {
        let object = self.intent_json(&self.intents[place], Expand::Nothing);
        self.tell(kind, object, now);
    }

    pub(super) fn tell_charge(&mut self, kind: &str, place: usize, now: DateTime<Utc>) {
        let intent = &self.intents[place];
        if let Some(charge) = &intent.charge {
            let object = self.charge_json(intent, charge);
            self.tell(kind, object, now);
        }
    }

    pub(super) fn tell_refund(&mut self, kind: &str, place: usize, now: DateTime<Utc>) {
        let object = Self::refund_json(&self.refunds[place]);
        self.tell(kind, object, now);
    }

    /// Of a card that is kept, or of its customer.
    pub(super) fn tell_saved(&mut self, kind: &str, object: Value, now: DateTime<Utc>) {
        self.tell(kind, object, now);
    }

    /// Of an intent's id, amount and currency.
    pub(super) fn tell_dispute(&mut self, id: &str, charge: &str, intent: (&str, i64, &str), now: DateTime<Utc>) {
        let (intent, amount, currency) = intent;
        let object = json!({
            "id": id, "object": "dispute", "amount": amount, "charge": charge, "created": now.timestamp(),
            "currency": currency, "livemode": false, "metadata": {}, "payment_intent": intent,
            "reason": "fraudulent", "status": "needs_response",
        });
        self.tell("charge.dispute.created", object, now);
    }

    fn tell(&mut self, kind: &str, object: Value, now: DateTime<Utc>) {
        let id = self.id("evt");
        let (request, key) = self.cause.clone().map_or((None, None), |(id, key)| (Some(id), key));
        self.events.push(json!({
            "id": id,
            "object": "event",
            "api_version": "2025-03-31.basil",
            "created": now.timestamp(),
            "data": { "object": object },
            "livemode": false,
            "pending_webhooks": 1,
            "request": { "id": request, "idempotency_key": key },
            "type": kind,
        }));
    }
}

/// `t=<unix seconds>,v1=<HMAC-SHA-256 in hex of the time, a dot and the body>`.
pub fn sign(secret: &str, body: &str, now: DateTime<Utc>) -> String {
    let time = now.timestamp();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(format!("{time}.{body}").as_bytes());
    let signature = mac.finalize().into_bytes();
    let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={time},v1={hex}")
}

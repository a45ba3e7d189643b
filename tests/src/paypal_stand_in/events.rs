//! Events in PayPal's envelope, and what says that they are its own.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{books::Books, render, state::WEBHOOK_ID};

const SECRET: &[u8] = b"what the stand-in signs with";

impl Books {
    pub(super) fn tell_order(&mut self, kind: &str, order: &str, now: DateTime<Utc>) {
        let resource = self.order(order).ok().map(|order| render::order(order));
        self.tell(kind, resource, now);
    }

    pub(super) fn tell_capture(&mut self, kind: &str, order: &str, now: DateTime<Utc>) {
        let resource = self.order(order).ok().and_then(|order| render::capture(order));
        self.tell(kind, resource, now);
    }

    pub(super) fn tell_authorization(&mut self, kind: &str, order: &str, now: DateTime<Utc>) {
        let resource = self.order(order).ok().and_then(|order| render::authorization(order));
        self.tell(kind, resource, now);
    }

    /// Of the newest refund of an order.
    pub(super) fn tell_refund(&mut self, kind: &str, order: &str, now: DateTime<Utc>) {
        let resource = self
            .order(order)
            .ok()
            .and_then(|order| order.refunds.last().map(render::refund));
        self.tell(kind, resource, now);
    }

    fn tell(&mut self, kind: &str, resource: Option<Value>, now: DateTime<Utc>) {
        let id = self.id();
        self.events.push(json!({
            "id": format!("WH-{id}"), "event_version": "1.0", "resource_version": "2.0", "event_type": kind,
            "create_time": now.to_rfc3339_opts(SecondsFormat::Secs, true), "summary": "Something happened.",
            "resource": resource, "links": [],
        }));
    }
}

/// As PayPal sends them.
pub(super) fn headers(body: &str, now: DateTime<Utc>) -> HashMap<String, String> {
    let (id, time) = ("b2a1-of-the-stand-in", now.to_rfc3339_opts(SecondsFormat::Secs, true));
    let cert_url = "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42";
    let signature = sign(id, &time, body);
    let headers = [
        ("paypal-auth-algo", "SHA256withRSA"),
        ("paypal-cert-url", cert_url),
        ("paypal-transmission-id", id),
        ("paypal-transmission-sig", signature.as_str()),
        ("paypal-transmission-time", time.as_str()),
    ];
    headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// Whether a question names a webhook that was signed here, byte by byte.
pub(super) fn verify(question: &str) -> bool {
    let Ok(asked) = serde_json::from_str::<Value>(question) else {
        return false;
    };
    let Some((_, event)) = question.split_once("\"webhook_event\":") else {
        return false;
    };
    let text = |name: &str| asked[name].as_str().unwrap_or_default();
    let event = event.strip_suffix('}').unwrap_or_default();
    let signature = sign(text("transmission_id"), text("transmission_time"), event);
    text("webhook_id") == WEBHOOK_ID && text("transmission_sig") == signature
}

fn sign(id: &str, time: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET).expect("HMAC takes keys of any length");
    mac.update(format!("{id}|{time}|{WEBHOOK_ID}|{body}").as_bytes());
    let signature = mac.finalize().into_bytes();
    signature.iter().map(|byte| format!("{byte:02x}")).collect()
}

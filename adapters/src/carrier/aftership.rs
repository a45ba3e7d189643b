//! AfterShip, which follows parcels of a thousand carriers: its webhook `tracking_update`, with all checkpoints of a parcel
//! each time. It signs the body, which says when it was made; a checkpoint that was told before is known by what it says.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use vitrine_commerce::ports::{Carrier, carrier::CarrierEvent, payment::WebhookError};
use vitrine_entity::shipment_event::ShipmentEventKind;

const SIGNATURE_HEADER: &str = "aftership-hmac-sha256";

/// Tags that say what happened. Of an exception, the one that says that the parcel went back.
const RETURNED: &str = "Exception_011";

/// How old a message may be: it is sent again and again, for six days, while nobody takes it.
const AGE_MAX: TimeDelta = TimeDelta::days(7);

/// How far ahead its clock may be.
const AHEAD_MAX: TimeDelta = TimeDelta::minutes(5);

/// AfterShip, or who sends what it sends.
#[derive(Debug)]
pub struct AfterShip {
    name: String,
    /// Several while one is replaced.
    secrets: Vec<Vec<u8>>,
}

impl AfterShip {
    pub fn new(name: &str, secrets: Vec<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            secrets,
        }
    }
}

impl Carrier for AfterShip {
    fn name(&self) -> &str {
        &self.name
    }

    fn webhook(
        &self,
        headers: &HashMap<String, String>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Vec<CarrierEvent>, WebhookError> {
        let signed = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(SIGNATURE_HEADER));
        let signature = signed.and_then(|(_, value)| STANDARD.decode(value.trim()).ok());
        let signature = signature.ok_or(WebhookError::Signature)?;
        let is_signed = self.secrets.iter().any(|secret| {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
            mac.update(body);
            mac.verify_slice(&signature).is_ok()
        });
        match is_signed {
            true => translate(body, now),
            false => Err(WebhookError::Signature),
        }
    }
}

#[derive(Deserialize)]
struct Body {
    event: String,
    /// When it was made, in seconds since 1970. Earlier versions of its API do not say it.
    ts: Option<i64>,
    msg: Tracking,
}

#[derive(Deserialize)]
struct Tracking {
    #[serde(default)]
    tracking_number: String,
    #[serde(default)]
    checkpoints: Vec<Checkpoint>,
}

#[derive(Deserialize)]
struct Checkpoint {
    #[serde(default)]
    tag: String,
    #[serde(default)]
    subtag: String,
    checkpoint_time: Option<String>,
    created_at: Option<String>,
    message: Option<String>,
    location: Option<String>,
}

fn translate(body: &[u8], now: DateTime<Utc>) -> Result<Vec<CarrierEvent>, WebhookError> {
    let body: Body = serde_json::from_slice(body).map_err(|error| WebhookError::Malformed(error.to_string()))?;
    let made_at = body.ts.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    if made_at.is_some_and(|made_at| !(now - AGE_MAX..=now + AHEAD_MAX).contains(&made_at)) {
        return Err(WebhookError::Timestamp);
    }
    if body.event != "tracking_update" {
        return Ok(Vec::new());
    }
    let number = body.msg.tracking_number;
    let events = body.msg.checkpoints.into_iter().filter_map(|checkpoint| {
        let kind = kind_of(&checkpoint)?;
        let told = checkpoint
            .checkpoint_time
            .as_deref()
            .or(checkpoint.created_at.as_deref())?;
        Some(CarrierEvent {
            key: key_of(&number, told, &checkpoint),
            number: number.clone(),
            kind,
            happened_at: time(told)?,
            message: checkpoint.message,
            place: checkpoint.location,
        })
    });
    Ok(events.collect())
}

fn kind_of(checkpoint: &Checkpoint) -> Option<ShipmentEventKind> {
    Some(match checkpoint.tag.as_str() {
        "InfoReceived" => ShipmentEventKind::LabelMade,
        "InTransit" => ShipmentEventKind::InTransit,
        // It waits where the shopper fetches it.
        "OutForDelivery" | "AvailableForPickup" => ShipmentEventKind::OutForDelivery,
        "AttemptFail" => ShipmentEventKind::DeliveryFailed,
        "Delivered" => ShipmentEventKind::Delivered,
        "Exception" if checkpoint.subtag == RETURNED => ShipmentEventKind::Returned,
        _ => return None,
    })
}

/// A checkpoint has no id.
fn key_of(number: &str, told: &str, checkpoint: &Checkpoint) -> String {
    let mut hasher = Sha256::new();
    for part in [
        number,
        told,
        &checkpoint.tag,
        &checkpoint.subtag,
        checkpoint.message.as_deref().unwrap_or_default(),
    ] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// With an offset, or without, as some carriers tell it: then it is taken as UTC.
fn time(text: &str) -> Option<DateTime<Utc>> {
    let with_offset = DateTime::parse_from_rfc3339(text).map(|time| time.to_utc());
    let without = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").map(|time| time.and_utc());
    with_offset.or_else(|_| without()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As its documentation shows it, shortened.
    const BODY: &str = r#"{"event": "tracking_update", "event_id": "e", "ts": 1693000000, "msg": {
        "tracking_number": "1Z 9", "slug": "ups", "tag": "Delivered", "checkpoints": [
        {"slug": "ups", "tag": "InfoReceived", "subtag": "InfoReceived_001", "checkpoint_time": "2026-11-28T08:00:00",
         "message": "Order Processed", "location": null},
        {"slug": "ups", "tag": "Exception", "subtag": "Exception_004", "checkpoint_time": "2026-11-28T09:00:00"},
        {"slug": "ups", "tag": "Delivered", "subtag": "Delivered_001", "checkpoint_time": "2026-11-29T16:00:00-05:00",
         "message": "Delivered, Front Door", "location": "Boston"}]}}"#;

    fn send(body: &str, secret: &[u8]) -> Result<Vec<CarrierEvent>, WebhookError> {
        send_at(body, secret, 1_693_000_000)
    }

    fn send_at(body: &str, secret: &[u8], now: i64) -> Result<Vec<CarrierEvent>, WebhookError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(body.as_bytes());
        let signed = STANDARD.encode(mac.finalize().into_bytes());
        let headers = HashMap::from([("Aftership-Hmac-Sha256".to_owned(), signed)]);
        AfterShip::new("aftership", vec![b"whs".to_vec()]).webhook(
            &headers,
            body.as_bytes(),
            DateTime::from_timestamp(now, 0).unwrap(),
        )
    }

    #[test]
    fn what_was_made_long_ago_or_will_be_is_refused() {
        let day = 24 * 60 * 60;
        for (now, is_taken) in [
            (0, true),
            (7 * day, true),
            (7 * day + 1, false),
            (-300, true),
            (-301, false),
        ] {
            let told = send_at(BODY, b"whs", 1_693_000_000 + now);
            assert_eq!(told.is_ok(), is_taken, "{now}: {told:?}");
            assert!(told.is_ok() || matches!(told, Err(WebhookError::Timestamp)));
        }
    }

    #[test]
    fn its_checkpoints_are_events_and_each_is_known_again() {
        let events = send(BODY, b"whs").unwrap();
        let kinds: Vec<_> = events.iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [ShipmentEventKind::LabelMade, ShipmentEventKind::Delivered]);
        assert_eq!(events[1].happened_at.to_rfc3339(), "2026-11-29T21:00:00+00:00");
        assert_ne!(events[0].key, events[1].key);
        assert_eq!(send(BODY, b"whs").unwrap(), events);
    }

    #[test]
    fn what_it_did_not_sign_is_refused_and_what_is_none_of_ours_is_left_out() {
        assert!(matches!(send(BODY, b"other"), Err(WebhookError::Signature)));
        let carrier = AfterShip::new("aftership", vec![b"whs".to_vec()]);
        let unsigned = carrier.webhook(&HashMap::new(), BODY.as_bytes(), DateTime::UNIX_EPOCH);
        assert!(matches!(unsigned, Err(WebhookError::Signature)));
        assert_eq!(send(r#"{"event": "other", "msg": {}}"#, b"whs").unwrap(), []);
        assert!(matches!(send("{", b"whs"), Err(WebhookError::Malformed(_))));
    }
}

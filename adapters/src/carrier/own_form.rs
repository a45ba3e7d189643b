//! The shop's own form, for whoever can send what they like: signed as every webhook here is, by HMAC-SHA-256 over time and
//! body, and bounded in time. `docs/parcels.md` tells it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use vitrine_commerce::ports::{Carrier, carrier::CarrierEvent, payment::WebhookError};
use vitrine_entity::shipment_event::ShipmentEventKind;

use crate::payment::signature;

/// What carries the signature: `t=<unix seconds>,v1=<hex>`.
pub const SIGNATURE_HEADER: &str = "vitrine-signature";

/// A carrier that speaks the shop's own form.
#[derive(Debug)]
pub struct OwnForm {
    name: String,
    /// Several while one is replaced.
    secrets: Vec<Vec<u8>>,
}

impl OwnForm {
    pub fn new(name: &str, secrets: Vec<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            secrets,
        }
    }
}

impl Carrier for OwnForm {
    fn name(&self) -> &str {
        &self.name
    }

    fn webhook(
        &self,
        headers: &HashMap<String, String>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Vec<CarrierEvent>, WebhookError> {
        let secrets = self.secrets.iter().map(Vec::as_slice);
        signature::verify(secrets, headers, SIGNATURE_HEADER, body, now)?;
        translate(body)
    }
}

#[derive(Deserialize)]
struct Body {
    events: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    id: String,
    tracking_number: String,
    status: String,
    happened_at: DateTime<Utc>,
    message: Option<String>,
    place: Option<String>,
}

fn translate(body: &[u8]) -> Result<Vec<CarrierEvent>, WebhookError> {
    let body: Body = serde_json::from_slice(body).map_err(|error| WebhookError::Malformed(error.to_string()))?;
    let events = body.events.into_iter().map(|told| {
        let kind = kind_of(&told.status);
        let kind = kind.ok_or_else(|| WebhookError::Malformed(format!("`status` cannot be `{}`", told.status)))?;
        Ok(CarrierEvent {
            key: told.id,
            number: told.tracking_number,
            kind,
            happened_at: told.happened_at,
            message: told.message,
            place: told.place,
        })
    });
    events.collect()
}

fn kind_of(status: &str) -> Option<ShipmentEventKind> {
    Some(match status {
        "LABEL_MADE" => ShipmentEventKind::LabelMade,
        "IN_TRANSIT" => ShipmentEventKind::InTransit,
        "OUT_FOR_DELIVERY" => ShipmentEventKind::OutForDelivery,
        "DELIVERY_FAILED" => ShipmentEventKind::DeliveryFailed,
        "DELIVERED" => ShipmentEventKind::Delivered,
        "RETURNED" => ShipmentEventKind::Returned,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_790_000_000;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn send(body: &str, secret: &[u8], sent_at: i64) -> Result<Vec<CarrierEvent>, WebhookError> {
        let signed = signature::sign(secret, body.as_bytes(), at(sent_at));
        let headers = HashMap::from([("Vitrine-Signature".to_owned(), signed)]);
        let carrier = OwnForm::new("courier", vec![b"new".to_vec(), b"old".to_vec()]);
        carrier.webhook(&headers, body.as_bytes(), at(NOW))
    }

    const BODY: &str = r#"{"events": [{"id": "1", "trackingNumber": "0034 1", "status": "DELIVERED",
        "happenedAt": "2026-11-30T10:00:00+01:00", "place": "Porto", "more": true}]}"#;

    #[test]
    fn a_signed_event_is_read() {
        for secret in [b"new", b"old"] {
            let events = send(BODY, secret, NOW).unwrap();
            assert_eq!(events[0].kind, ShipmentEventKind::Delivered);
            assert_eq!(events[0].happened_at.to_rfc3339(), "2026-11-30T09:00:00+00:00");
            assert_eq!(events[0].place.as_deref(), Some("Porto"));
        }
    }

    #[test]
    fn nobody_else_tells_anything_and_no_one_again_later() {
        assert!(matches!(send(BODY, b"other", NOW), Err(WebhookError::Signature)));
        assert!(matches!(send(BODY, b"new", NOW - 301), Err(WebhookError::Timestamp)));
        for wrong in ["{}", r#"{"events": [{"id": "1"}]}"#, &BODY.replace("DELIVERED", "LOST")] {
            assert!(
                matches!(send(wrong, b"new", NOW), Err(WebhookError::Malformed(_))),
                "{wrong}"
            );
        }
    }
}

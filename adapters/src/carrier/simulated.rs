//! A carrier for the demo and for tests: it speaks the shop's own form, and signs what it is told to tell.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use vitrine_commerce::ports::{Carrier, carrier::CarrierEvent, payment::WebhookError};
use vitrine_entity::shipment_event::ShipmentEventKind;

use super::own_form::{OwnForm, SIGNATURE_HEADER};
use crate::payment::signature;

const NAME: &str = "simulated";

/// The simulated carrier.
#[derive(Debug)]
pub struct SimulatedCarrier {
    secret: Vec<u8>,
    form: OwnForm,
}

impl SimulatedCarrier {
    pub fn new(secret: Vec<u8>) -> Self {
        let form = OwnForm::new(NAME, vec![secret.clone()]);
        Self { secret, form }
    }

    /// The headers and the body of a webhook that tells all of `events`, sent `now`.
    pub fn tell(&self, events: &[CarrierEvent], now: DateTime<Utc>) -> (HashMap<String, String>, Vec<u8>) {
        let events = events.iter().map(|event| {
            json!({
                "id": event.key,
                "trackingNumber": event.number,
                "status": status_of(event.kind),
                "happenedAt": event.happened_at,
                "message": event.message,
                "place": event.place,
            })
        });
        let body = json!({ "events": events.collect::<Vec<_>>() }).to_string().into_bytes();
        let signed = signature::sign(&self.secret, &body, now);
        (HashMap::from([(SIGNATURE_HEADER.to_owned(), signed)]), body)
    }
}

fn status_of(kind: ShipmentEventKind) -> &'static str {
    match kind {
        ShipmentEventKind::LabelMade => "LABEL_MADE",
        ShipmentEventKind::InTransit => "IN_TRANSIT",
        ShipmentEventKind::OutForDelivery => "OUT_FOR_DELIVERY",
        ShipmentEventKind::DeliveryFailed => "DELIVERY_FAILED",
        ShipmentEventKind::Delivered => "DELIVERED",
        ShipmentEventKind::Returned => "RETURNED",
    }
}

impl Carrier for SimulatedCarrier {
    fn name(&self) -> &str {
        NAME
    }

    fn webhook(
        &self,
        headers: &HashMap<String, String>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Vec<CarrierEvent>, WebhookError> {
        self.form.webhook(headers, body, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_tells_is_read_back() {
        let carrier = SimulatedCarrier::new(b"a secret".to_vec());
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let events: Vec<_> = <ShipmentEventKind as sea_orm::Iterable>::iter()
            .map(|kind| CarrierEvent {
                key: format!("{kind:?}"),
                number: "SIM 1".to_owned(),
                kind,
                happened_at: now,
                message: Some("Sorted".to_owned()),
                place: None,
            })
            .collect();
        let (headers, body) = carrier.tell(&events, now);
        assert_eq!(carrier.webhook(&headers, &body, now).unwrap(), events);
    }
}

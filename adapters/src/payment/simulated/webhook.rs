//! Webhooks as our side verifies and reads them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use vitrine_commerce::{
    money::{Currency, Money},
    ports::payment::{ProviderEvent, Subject, WebhookError},
};
use vitrine_entity::ids::PaymentId;

use super::{
    SIGNATURE_HEADER,
    event::{CHARGE_CAPTURED, Event},
};
use crate::payment::signature;

/// Verifies and reads a webhook.
pub(super) fn verify(
    secret: &[u8],
    headers: &HashMap<String, String>,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<ProviderEvent, WebhookError> {
    signature::verify([secret].into_iter(), headers, SIGNATURE_HEADER, body, now)?;
    translate(body)
}

fn translate(body: &[u8]) -> Result<ProviderEvent, WebhookError> {
    let malformed = |error: &dyn std::error::Error| WebhookError::Malformed(error.to_string());
    let value: serde_json::Value = serde_json::from_slice(body).map_err(|error| malformed(&error))?;
    let text = |key: &str| value.get(key).and_then(|value| value.as_str()).map(str::to_owned);
    let missing = |key: &str| WebhookError::Malformed(format!("`{key}` is missing"));
    let event_id = text("id").ok_or_else(|| missing("id"))?;
    let kind = text("type").ok_or_else(|| missing("type"))?;
    if !kind.starts_with("charge.") && !kind.starts_with("refund.") {
        return Ok(ProviderEvent::Ignored { event_id, kind });
    }
    let event: Event = serde_json::from_value(value).map_err(|error| malformed(&error))?;
    let payment: PaymentId = event.data.payment.parse().map_err(|error| malformed(&error))?;
    let currency: Currency = event.data.currency.parse().map_err(|error| malformed(&error))?;
    Ok(ProviderEvent::ChargeChanged {
        captured: kind == CHARGE_CAPTURED,
        event_id,
        kind,
        subject: Subject::Payment(payment),
        reference: Some(event.data.reference),
        amount: Some(Money::new(event.data.amount_minor, currency)),
        live: event.live,
    })
}

//! Webhooks as our side verifies and reads them, and how they are signed.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::payment::{ProviderEvent, Subject, WebhookError},
};
use vitrine_entity::ids::PaymentId;

use super::{SIGNATURE_HEADER, event::Event, hex};

/// How old a signature may be, and how far in the future, when clocks differ.
const AGE_MAX: TimeDelta = TimeDelta::seconds(300);
const AHEAD_MAX: TimeDelta = TimeDelta::seconds(60);

/// The signature header of a body that is sent now.
pub(super) fn sign(secret: &[u8], body: &str, now: DateTime<Utc>) -> String {
    let time = now.timestamp();
    let signature = mac(secret, &time.to_string(), body.as_bytes()).finalize().into_bytes();
    format!("t={time},v1={}", hex(&signature))
}

pub(super) fn verify(
    secret: &[u8],
    headers: &HashMap<String, String>,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<ProviderEvent, WebhookError> {
    let header = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(SIGNATURE_HEADER))
        .map(|(_, value)| value.as_str())
        .ok_or(WebhookError::Signature)?;
    let parts: Vec<(&str, &str)> = header
        .split(',')
        .filter_map(|part| part.trim().split_once('='))
        .collect();
    let (_, time) = parts
        .iter()
        .find(|(name, _)| *name == "t")
        .ok_or(WebhookError::Signature)?;
    // More than one while a secret is changed. `verify_slice` takes the same time for every answer.
    let is_ours =
        |signature: &str| unhex(signature).is_some_and(|bytes| mac(secret, time, body).verify_slice(&bytes).is_ok());
    if !parts
        .iter()
        .any(|(name, signature)| *name == "v1" && is_ours(signature))
    {
        return Err(WebhookError::Signature);
    }
    let sent_at = time
        .parse()
        .ok()
        .and_then(|time| DateTime::from_timestamp(time, 0))
        .ok_or(WebhookError::Timestamp)?;
    if now - sent_at > AGE_MAX || sent_at - now > AHEAD_MAX {
        return Err(WebhookError::Timestamp);
    }
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
        event_id,
        kind,
        subject: Subject::Payment(payment),
        amount: Some(Money::new(event.data.amount_minor, currency)),
        live: event.live,
    })
}

fn mac(secret: &[u8], time: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let bytes = text.as_bytes();
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    bytes
        .chunks(2)
        .map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok())
        .collect()
}

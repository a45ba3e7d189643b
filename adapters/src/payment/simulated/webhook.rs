//! Webhooks as the provider writes and signs them, and as our side verifies them.

use std::{collections::HashMap, sync::atomic::Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, Mac};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::payment::{ProviderError, ProviderEvent, WebhookError},
};
use vitrine_entity::ids::{PaymentId, encode_base32};

use super::{
    SIGNATURE_HEADER, SimulatedProvider, hex,
    ledger::{Row, Status, change},
    token::{Behaviour, Webhooks},
    unknown,
};

/// How old a signature may be, and how far in the future, when clocks differ.
const AGE_MAX: TimeDelta = TimeDelta::seconds(300);
const AHEAD_MAX: TimeDelta = TimeDelta::seconds(60);

/// How much later an older webhook comes than the newer one.
const OUT_OF_ORDER_BY: TimeDelta = TimeDelta::seconds(1);

#[derive(Serialize, Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    /// Seconds since 1970.
    created: i64,
    data: EventData,
}

#[derive(Serialize, Deserialize)]
struct EventData {
    payment: String,
    reference: String,
    amount_minor: i64,
    currency: String,
    status: String,
}

impl SimulatedProvider {
    /// Writes down what is to be told of a charge's present state, in the transaction that made it so.
    pub(super) async fn owe_webhooks(&self, tx: &DatabaseTransaction, row: &Row) -> Result<(), ProviderError> {
        let now = self.clock.now();
        let body = self.event(row, &row.status)?;
        match Behaviour::of(&row.token).webhooks {
            Webhooks::Once => self.owe(tx, &body, now).await,
            Webhooks::Twice => {
                self.owe(tx, &body, now).await?;
                self.owe(tx, &body, now).await
            }
            Webhooks::OutOfOrder => {
                let older = self.event(row, Status::Pending.text())?;
                self.owe(tx, &body, now).await?;
                self.owe(tx, &older, now + OUT_OF_ORDER_BY).await
            }
        }
    }

    fn event(&self, row: &Row, status: &str) -> Result<Event, ProviderError> {
        let now = self.clock.now();
        let refunded = row.refunded_minor > 0 && row.status()? == Status::Captured;
        let kind = if refunded {
            "refunded".to_owned()
        } else {
            status.to_lowercase()
        };
        Ok(Event {
            id: format!("evt_{}", encode_base32(self.ids.at(now))),
            kind: format!("charge.{kind}"),
            created: now.timestamp(),
            data: EventData {
                payment: row.id.clone(),
                reference: row.reference.clone(),
                amount_minor: row.amount_minor,
                currency: row.currency.clone(),
                status: status.to_owned(),
            },
        })
    }

    async fn owe(
        &self,
        tx: &DatabaseTransaction,
        event: &Event,
        deliver_at: DateTime<Utc>,
    ) -> Result<(), ProviderError> {
        let sql = "insert into simulated_webhook (id, event_id, body, deliver_at, delivered_at, attempts) \
                   values ($1, $2, $3, $4, null, 0)";
        let number = self.webhooks.fetch_add(1, Ordering::Relaxed);
        let id = format!("whd_{number:012}_{}", encode_base32(self.ids.unguessable()));
        let body = serde_json::to_string(event).map_err(unknown)?;
        change(
            tx,
            sql,
            [id.into(), event.id.clone().into(), body.into(), deliver_at.into()],
        )
        .await
        .map(|_| ())
    }
}

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
    if !kind.starts_with("charge.") {
        return Ok(ProviderEvent::Ignored { event_id, kind });
    }
    let event: Event = serde_json::from_value(value).map_err(|error| malformed(&error))?;
    let payment: PaymentId = event.data.payment.parse().map_err(|error| malformed(&error))?;
    let currency: Currency = event.data.currency.parse().map_err(|error| malformed(&error))?;
    Ok(ProviderEvent::ChargeChanged {
        event_id,
        kind,
        payment,
        amount: Money::new(event.data.amount_minor, currency),
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

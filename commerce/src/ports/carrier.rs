//! A carrier, or a service that speaks for many, in our words: what it tells of parcels by itself.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use vitrine_entity::shipment_event::ShipmentEventKind;

use super::payment::WebhookError;

/// Something that happened to a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierEvent {
    /// The carrier's own id of it; told twice, it is the same.
    pub key: String,
    /// By which the carrier knows the parcel.
    pub number: String,
    pub kind: ShipmentEventKind,
    pub happened_at: DateTime<Utc>,
    /// In the carrier's words.
    pub message: Option<String>,
    pub place: Option<String>,
}

/// Tells of parcels.
pub trait Carrier: Send + Sync {
    /// Its name in the configuration and in the webhook's path.
    fn name(&self) -> &str;

    /// Verifies the signature over the raw body and translates it. What is none of the kinds that are followed is left out.
    fn webhook(
        &self,
        headers: &HashMap<String, String>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Vec<CarrierEvent>, WebhookError>;
}

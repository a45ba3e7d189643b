//! An event as others get it: the same by webhook and by stream.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value as Json;
use vitrine_entity::{event, ids::EventId};

/// What others get of an event.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// The same however often it is sent: by it a repeated one is known.
    pub id: EventId,
    #[serde(rename = "type")]
    pub kind: String,
    pub version: i32,
    pub occurred_at: DateTime<Utc>,
    pub subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
    pub data: Json,
}

/// The event for others. The customer's id stands in its column alone until now, so that erasing them is forgetting that.
pub fn envelope(row: event::Model) -> Envelope {
    let mut data = row.data;
    if let (Some(customer), Some(fields)) = (row.customer_id, data.as_object_mut()) {
        fields.insert("customerId".to_owned(), customer.to_string().into());
    }
    Envelope {
        id: row.id,
        kind: row.kind,
        version: row.version,
        occurred_at: row.occurred_at,
        subject: row.subject,
        sequence: row.sequence,
        data,
    }
}

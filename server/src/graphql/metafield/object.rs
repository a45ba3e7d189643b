use async_graphql::{Enum, Json, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::metafield;

use crate::graphql::shared::{connection, int};

/// What a metafield's value is. Values go in and out as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::metafield::MetafieldKind")]
pub enum MetafieldKind {
    /// One line of at most 1,000 characters.
    Text,
    /// Text of at most 64 KiB.
    Paragraph,
    /// A whole number of 64 bits.
    Integer,
    /// A decimal number, exactly.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// A date, `2026-01-31`.
    Date,
    /// A time, `2026-01-31T12:00:00Z`.
    DateTime,
    /// A colour, `#rrggbb`.
    Colour,
    /// An address that begins with `https://` or `http://`.
    Url,
    /// JSON of at most 64 KiB.
    Json,
}

/// What an app keeps with a thing of the shop.
#[derive(Debug, Clone)]
pub struct Metafield(pub metafield::Model);

connection! { MetafieldConnection, MetafieldEdge, Metafield }

/// What an app keeps with a thing of the shop. The shop shows it and makes nothing of it.
#[Object]
impl Metafield {
    /// Whose it is among the apps, as in `reviews`.
    async fn namespace(&self) -> &str {
        &self.0.namespace
    }

    /// What it is called there, as in `rating`.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What its value is.
    async fn kind(&self) -> MetafieldKind {
        self.0.kind.into()
    }

    /// The value as text.
    async fn value(&self) -> &str {
        &self.0.value
    }

    /// The value as JSON: a number, a boolean or a structure where it is one, else text.
    async fn json_value(&self) -> Json<serde_json::Value> {
        use vitrine_entity::metafield::MetafieldKind as Kind;
        let is_json = matches!(self.0.kind, Kind::Json | Kind::Boolean | Kind::Integer);
        let read = is_json.then(|| serde_json::from_str(&self.0.value).ok()).flatten();
        Json(read.unwrap_or_else(|| serde_json::Value::from(self.0.value.as_str())))
    }

    /// Whether shoppers see it.
    async fn public(&self) -> bool {
        self.0.public
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was first set.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

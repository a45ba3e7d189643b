//! What stands on a parcel's label, for whoever prints it or has a carrier fetch the parcel.

use async_trait::async_trait;
use serde::Serialize;
use vitrine_entity::{address::Address, ids::ShipmentId};

/// A parcel, as whoever labels it needs to know it. Weights are in grams, lengths in millimetres, amounts in minor units.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ParcelLabel {
    pub parcel: ShipmentId,
    pub order_number: String,
    /// How the shopper had it sent.
    pub shipping_method: String,
    pub carrier: Option<String>,
    pub tracking_numbers: Vec<String>,
    /// The location's; none where it leaves from several, or from one without an address.
    pub from: Option<Place>,
    pub to: Place,
    pub email: String,
    /// As it was weighed; else what its goods weigh together.
    pub weight_grams: i64,
    pub length_mm: Option<i32>,
    pub width_mm: Option<i32>,
    pub height_mm: Option<i32>,
    pub currency: String,
    pub contents: Vec<Content>,
}

/// A postal address, as it stands on a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    pub name: String,
    pub company: Option<String>,
    pub line1: String,
    pub line2: Option<String>,
    pub postal_code: String,
    pub city: String,
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: String,
    pub phone: Option<String>,
}

impl From<Address> for Place {
    fn from(address: Address) -> Self {
        Self {
            name: address.name,
            company: address.company,
            line1: address.line1,
            line2: address.line2,
            postal_code: address.postal_code,
            city: address.city,
            region: address.region,
            country_code: address.country,
            phone: address.phone,
        }
    }
}

/// Goods of one kind in a parcel: what a customs declaration asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    pub sku: String,
    pub title: String,
    pub quantity: i64,
    pub unit_weight_grams: i32,
    /// What was paid for all of them, after discounts and with the tax.
    pub paid_minor: i64,
}

/// Why it was not taken, or taken away.
#[derive(Debug, thiserror::Error)]
#[error("the parcel's label was not taken, or not taken away")]
pub struct LabelError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Takes what stands on labels.
#[async_trait]
pub trait ParcelLabels: Send + Sync {
    /// The same parcel again takes the place of what was told of it before.
    async fn hand_over(&self, label: &ParcelLabel) -> Result<(), LabelError>;

    /// Forgets what it was told of a parcel, or of one that it was told nothing of.
    async fn remove(&self, parcel: ShipmentId) -> Result<(), LabelError>;
}

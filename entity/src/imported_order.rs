//! An order of another shop system, as its export tells of it: history, which nothing here is paid or sent for.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    address::Address,
    currency::Currency,
    ids::{CustomerId, ImportedOrderId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "imported_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportedOrderId,
    pub source: ImportSource,
    /// What names it there; its number where the file has nothing else.
    pub source_id: String,
    /// As shoppers know it.
    pub number: String,
    /// As it is looked for.
    pub number_key: String,
    /// `None` where there was none, and once its person was erased.
    pub email: Option<String>,
    pub customer_id: Option<CustomerId>,
    pub currency: Currency,
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub shipping_minor: i64,
    pub tax_minor: i64,
    pub total_minor: i64,
    pub refunded_minor: i64,
    /// In the other system's words, as those that follow.
    pub status: Option<String>,
    pub payment_status: Option<String>,
    pub fulfilment_status: Option<String>,
    pub placed_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "JsonBinary")]
    pub details: ImportedDetails,
    /// What it is found by, in small letters.
    pub search: String,
    pub imported_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// Since when its person is to be erased as soon as the law's time is over.
    pub erasure_asked_at: Option<DateTimeUtc>,
    pub erased_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What the shopper noted, as far as that is known: Shopify has one note of both.
    pub fn shopper_note(&self) -> Option<&str> {
        match self.source {
            ImportSource::Shopify => None,
            ImportSource::Woocommerce | ImportSource::Medusa => self.details.note.as_deref(),
        }
    }

    /// What staff noted, or may have.
    pub fn staff_note(&self) -> Option<&str> {
        let of_either = match self.source {
            ImportSource::Shopify => self.details.note.as_deref(),
            ImportSource::Woocommerce | ImportSource::Medusa => None,
        };
        self.details.staff_note.as_deref().or(of_either)
    }
}

/// Whose export it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ImportSource {
    Shopify,
    Woocommerce,
    Medusa,
}

impl ImportSource {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shopify => "Shopify",
            Self::Woocommerce => "WooCommerce",
            Self::Medusa => "Medusa",
        }
    }
}

/// What is shown of an order besides its sums.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct ImportedDetails {
    #[serde(default)]
    pub lines: Vec<ImportedLine>,
    pub shipping_address: Option<Address>,
    pub billing_address: Option<Address>,
    pub shipping_method: Option<String>,
    pub payment_method: Option<String>,
    pub discount_code: Option<String>,
    /// What the shopper noted; of Shopify, in what was imported before the two were told apart, what either did.
    pub note: Option<String>,
    /// What staff there noted, or may have: nothing for shoppers.
    pub staff_note: Option<String>,
}

/// Goods of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportedLine {
    pub sku: Option<String>,
    pub title: String,
    pub quantity: i64,
    pub unit_price_minor: i64,
}

//! An order as it was placed, and as it was after each change before it was sent.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    address::Address,
    ids::{OrderId, OrderLineId, OrderVersionId, RefundId, VariantId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderVersionId,
    pub order_id: OrderId,
    /// Which of the order's it is; 1 is how it was placed.
    pub number: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub content: VersionContent,
    /// `None`: it was erased with whoever ordered.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub shipping_address: Option<Address>,
    pub total_minor: i64,
    /// Against the version before.
    pub difference_minor: i64,
    /// What was to be paid more by then, in all.
    pub unpaid_minor: i64,
    /// What went back by it.
    pub refunded_minor: i64,
    pub refund_id: Option<RefundId>,
    /// Whether an invoice of the version before says something else.
    pub changes_invoice: bool,
    pub by_shopper: bool,
    /// As staff gave it; the shopper reads it.
    pub reason: Option<String>,
    pub actor: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a version sold, and for how much; in minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct VersionContent {
    pub lines: Vec<VersionLine>,
    pub discounts: Vec<VersionDiscount>,
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub fee_minor: i64,
    pub shipping_minor: i64,
    pub shipping_method_name: String,
    pub tax_minor: i64,
    /// What the total was worth in the shop's own currency, as the order says it; not of earlier versions of Vitrine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_total_minor: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLine {
    pub line: OrderLineId,
    pub variant: VariantId,
    pub sku: String,
    pub title: String,
    pub variant_title: String,
    pub quantity: i32,
    pub unit_price_minor: i64,
    pub discount_minor: i64,
    pub tax_minor: i64,
    pub total_minor: i64,
}

/// What was taken off, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionDiscount {
    pub code: String,
    pub label: String,
    pub amount_minor: i64,
}

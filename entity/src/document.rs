//! Invoices, credit notes and delivery notes. A row never changes; only its content is forgotten once it was kept for as long as
//! it had to be.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

use crate::{
    currency::Currency,
    ids::{DocumentId, OrderId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DocumentId,
    pub kind: DocumentKind,
    /// As people read it: `R-2026-00017`.
    pub number: String,
    /// 0: one series for all years.
    pub series_year: i32,
    pub series_number: i64,
    pub order_id: OrderId,
    pub order_number: String,
    /// What it is of: the order, a refund, a parcel, the invoice that was cancelled, or the credit note that another part of the
    /// same refund follows.
    pub subject_id: Uuid,
    /// The invoice that a credit note takes from.
    pub corrects_id: Option<DocumentId>,
    /// In the shop's own time zone.
    pub issued_on: Date,
    pub currency: Currency,
    pub tax_minor: i64,
    pub total_minor: i64,
    pub content_sha256: Vec<u8>,
    /// JSON: see `vitrine_commerce::documents::content`. `None`: forgotten.
    pub content: Option<String>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DocumentKind {
    Invoice,
    CreditNote,
    DeliveryNote,
}

//! How the shop makes documents, and what the seller says of itself on them: one row, or none where nobody has said.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_settings")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub only_row: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub seller: Seller,
    pub invoice_at: InvoiceAt,
    /// Whether a parcel that is dispatched gets a delivery note.
    pub delivery_notes: bool,
    /// Whether invoices and credit notes are sent by mail.
    pub mailed: bool,
    pub invoice_prefix: String,
    pub credit_note_prefix: String,
    pub delivery_note_prefix: String,
    pub numbered_by_year: bool,
    /// How many years after the one in which a document was made its content is kept.
    pub kept_years: i32,
    /// Since when invoices are made by themselves: no order from before gets one.
    pub automatic_since: Option<DateTimeUtc>,
    pub version: i64,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// When an order gets its invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InvoiceAt {
    /// When staff ask for it.
    Asked,
    /// When it is paid, or placed on account.
    Payment,
    /// When it is dispatched, picked up, or complete.
    Dispatch,
}

/// What the law wants of the seller on an invoice, beside the shop's own address and VAT number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Seller {
    /// As a register has it; the shop's own name where it is not given.
    pub legal_name: Option<String>,
    /// Its number at the tax office, which is no VAT number.
    pub tax_number: Option<String>,
    /// Where it is registered, as in `Amtsgericht Berlin`.
    pub register: Option<String>,
    /// As in `HRB 12345`.
    pub registration_number: Option<String>,
    /// Who represents it.
    pub managers: Option<String>,
    pub phone: Option<String>,
    /// To whom invoices are paid.
    pub bank_name: Option<String>,
    /// Without spaces.
    pub iban: Option<String>,
    pub bic: Option<String>,
    /// Why goods bear no tax where their rate is 0, as a small business says it.
    pub zero_tax_reason: Option<String>,
    /// At the foot of every page.
    pub footer: Option<String>,
}

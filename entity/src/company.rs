//! Companies that buy on terms of their own.

use sea_orm::entity::prelude::*;

use crate::{address::Address, ids::CompanyId, tax_record::TaxId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "company")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CompanyId,
    pub name: String,
    /// The number by which it buys without tax, where that is due elsewhere, and what is known of it.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub tax_id: Option<TaxId>,
    /// In a register of companies.
    pub registration_number: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub billing_address: Option<Address>,
    /// Where its reminders go, beside whoever ordered.
    pub email: Option<String>,
    /// For staff alone.
    pub note: Option<String>,
    /// On account: due so many days after the order was placed.
    pub payment_terms_days: i32,
    /// How much it may owe, in the shop's own currency; without one it does not buy on account.
    pub credit_limit_minor: Option<i64>,
    /// How much it owes.
    pub open_minor: i64,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A placed order. It keeps copies of what it sold: it never changes with the catalogue.

use sea_orm::entity::prelude::*;

use crate::{
    address::Address,
    attribute::Attributes,
    currency::Currency,
    delivery_record::DeliveryRecord,
    ids::{CustomerId, OrderId},
    tax_record::TaxRecord,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderId,
    /// What people read and say: `V-7K3M-9QXT`.
    pub number: String,
    pub customer_id: Option<CustomerId>,
    pub email: String,
    pub locale: String,
    pub status: OrderStatus,
    pub currency: Currency,
    pub subtotal_minor: i64,
    /// What was taken off, of goods and of shipping.
    pub discount_minor: i64,
    /// What was put on, on goods and on shipping.
    pub fee_minor: i64,
    /// Before its own discount and fee.
    pub shipping_minor: i64,
    pub tax_minor: i64,
    pub total_minor: i64,
    /// How much of the total gift cards and store credit pay; the rest is to be paid.
    pub credit_minor: i64,
    /// Whether the prices of its lines and of its shipping contain the tax.
    pub prices_include_tax: bool,
    #[sea_orm(column_type = "JsonBinary")]
    pub shipping_address: Address,
    #[sea_orm(column_type = "JsonBinary")]
    pub billing_address: Address,
    pub shipping_method_name: String,
    pub note: Option<String>,
    /// SHA-256 of the token that opens it to a guest.
    pub access_token_hash: Vec<u8>,
    /// How many timeline entries it has: the next one's number, less one.
    pub event_count: i64,
    pub placed_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// `None` for orders of earlier versions.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub tax: Option<TaxRecord>,
    /// `None` where nothing is sent, and for orders of earlier versions.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub delivery: Option<DeliveryRecord>,
    /// Whether anything of it is sent. Where not, the shipping address is the billing address, or empty
    /// but for its country.
    pub ships: bool,
    #[sea_orm(column_type = "JsonBinary")]
    pub attributes: Attributes,
    pub gift_message: Option<String>,
    /// What the total is worth in the shop's own currency, at the rate when it was placed. `None` where it is in that, and for
    /// orders of earlier versions.
    pub base_total_minor: Option<i64>,
    /// What a change has put on the total and nobody has paid yet.
    pub unpaid_minor: i64,
}

impl Model {
    /// What orders of different currencies are sorted by.
    pub fn comparable_total_minor(&self) -> i64 {
        self.base_total_minor.unwrap_or(self.total_minor)
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// See `vitrine_commerce::orders::state` for which may follow which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderStatus {
    Created,
    PaymentPending,
    PaymentSuccess,
    PaymentFailed,
    Confirmed,
    Dispatched,
    Completed,
    Cancelled,
}

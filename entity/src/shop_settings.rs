//! What the shop is: one row.

use sea_orm::entity::prelude::*;

use crate::{address::Address, currency::Currency};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shop_settings")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub only_row: i32,
    pub version: i64,
    pub kind: ShopKind,
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub currency: Currency,
    /// BCP 47; the first is the default.
    #[sea_orm(column_type = "JsonBinary")]
    pub languages: Json,
    pub prices_include_tax: bool,
    /// A name of the IANA's database, as in `Europe/Berlin`.
    pub time_zone: String,
    /// ISO 8601: 1 is Monday, 7 is Sunday.
    #[sea_orm(column_type = "JsonBinary")]
    pub working_days: Json,
    /// Dates.
    #[sea_orm(column_type = "JsonBinary")]
    pub closed_on: Json,
    pub shipping_tax: ShippingTax,
    pub tax_abroad: TaxAbroad,
    pub contact_email: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub address: Option<Address>,
    pub vat_number: Option<String>,
    /// How long a gift card can be used beyond the year in which it was issued; `None`: for ever.
    pub gift_card_months: Option<i32>,
    /// How many days before a gift card's or store credit's time is over its owner is reminded; `None`: not at all.
    pub credit_reminder_days: Option<i32>,
    /// Whether a refund goes to gift cards and store credit before it goes to the means of payment.
    pub credit_refunded_first: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whose goods the shop sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShopKind {
    /// Nobody has said yet.
    New,
    /// Those of the demo.
    Demo,
    /// A merchant's own.
    Own,
}

/// Which rate shipping is taxed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShippingTax {
    /// The standard rate of the country that it goes to.
    OwnRate,
    /// The rates of the goods, in proportion to their worth.
    Proportional,
    /// The highest rate among the goods.
    Highest,
}

/// What becomes of a price that includes tax where the shop's tax is not due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TaxAbroad {
    /// The shopper pays what is shown.
    Keep,
    /// The tax comes off.
    Remove,
}

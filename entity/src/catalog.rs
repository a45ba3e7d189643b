//! What groups of customers and companies pay, and which goods they are sold.

use sea_orm::entity::prelude::*;

use crate::{currency::Currency, ids::CatalogId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CatalogId,
    pub name: String,
    /// For staff alone.
    pub note: Option<String>,
    /// Of the shop's prices, where none is fixed: hundredths of a percent, negative for less.
    pub adjustment_basis_points: i32,
    /// Whether its prices are shown without the tax.
    pub net_prices: bool,
    pub goods: CatalogGoods,
    /// Where its prices count; wherever the shop sells if it names none.
    pub currency: Option<Currency>,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Which goods a catalog sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CatalogGoods {
    /// All that the shop sells.
    All,
    /// Those that stand in it.
    Listed,
}

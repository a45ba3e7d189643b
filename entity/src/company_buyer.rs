//! Who buys for which company.

use sea_orm::entity::prelude::*;

use crate::ids::{CompanyId, CustomerId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "company_buyer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: CompanyId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: CustomerId,
    pub role: BuyerRole,
    /// Whether they buy for it at present, rather than for themselves or for another.
    pub chosen: bool,
    pub added_at: DateTimeUtc,
    /// Above which amount, in the shop's own currency, what they buy needs a manager's approval; 0: whatever it is. `None`:
    /// nothing does.
    pub approval_above_minor: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a buyer sees of their company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BuyerRole {
    /// What they ordered for it themselves.
    Buyer,
    /// All orders of the company.
    Manager,
}

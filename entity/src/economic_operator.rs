//! Who makes products, or answers for them in the EU (Regulation 2023/988).

use sea_orm::entity::prelude::*;

use crate::ids::EconomicOperatorId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "economic_operator")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EconomicOperatorId,
    pub name: String,
    /// As it stands on a letter, lines and all.
    pub postal_address: String,
    /// A mail address, or one of the web.
    pub electronic_address: String,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! What a variant costs in one currency.

use sea_orm::entity::prelude::*;

use crate::{currency::Currency, ids::VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "price")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    pub amount_minor: i64,
    /// The former price, shown crossed out.
    pub compare_at_minor: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A product that a search rule pins or hides.

use sea_orm::entity::prelude::*;

use crate::ids::{ProductId, SearchRuleId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_rule_product")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub rule_id: SearchRuleId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    /// Where it stands among the hits, from 1; hidden where there is none.
    pub position: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Which units a claim is about.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderClaimId, OrderLineId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_claim_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub claim_id: OrderClaimId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_line_id: OrderLineId,
    pub quantity: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

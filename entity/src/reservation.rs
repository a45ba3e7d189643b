//! Units held for an order until they are deducted, released, or expire.

use sea_orm::entity::prelude::*;

use crate::ids::{LocationId, OrderId, ReservationId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reservation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReservationId,
    pub order_id: OrderId,
    pub variant_id: VariantId,
    pub location_id: LocationId,
    pub quantity: i64,
    pub state: ReservationState,
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReservationState {
    Held,
    Deducted,
    Released,
    PutBack,
}

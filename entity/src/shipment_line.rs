//! What a parcel holds.

use sea_orm::entity::prelude::*;

use crate::ids::{LocationId, OrderLineId, ShipmentId, ShipmentLineId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shipment_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShipmentLineId,
    pub shipment_id: ShipmentId,
    pub order_line_id: OrderLineId,
    pub quantity: i32,
    /// From where they leave. `None` for parcels of earlier versions, and where none of its goods are stocked.
    pub location_id: Option<LocationId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A number by which a carrier knows a parcel.

use sea_orm::entity::prelude::*;

use crate::ids::ShipmentId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shipment_tracking")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub shipment_id: ShipmentId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub carrier: Option<String>,
    pub number: String,
    /// The number without what people put between its characters, in capitals.
    pub number_key: String,
    pub url: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Countries that ship alike.

use sea_orm::entity::prelude::*;

use crate::ids::ShippingZoneId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shipping_zone")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShippingZoneId,
    pub name: String,
    /// ISO 3166-1 alpha-2 codes; `*` stands for every country that no other zone names.
    #[sea_orm(column_type = "JsonBinary")]
    pub countries: Json,
    pub position: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A way to ship within a zone, at a flat price.

use sea_orm::entity::prelude::*;

use crate::{
    currency::Currency,
    ids::{ShippingMethodId, ShippingZoneId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shipping_method")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShippingMethodId,
    pub zone_id: ShippingZoneId,
    pub name: String,
    pub description: String,
    pub currency: Currency,
    pub amount_minor: i64,
    /// From this subtotal on it is free.
    pub free_from_minor: Option<i64>,
    pub position: i32,
    pub active: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! What an order sold, as it was.

use sea_orm::entity::prelude::*;

use crate::{
    attribute::Attributes,
    ids::{OrderId, OrderLineId, ProductId, VariantId},
    variant::UnitMeasurement,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderLineId,
    pub order_id: OrderId,
    pub position: i32,
    pub product_id: ProductId,
    pub variant_id: VariantId,
    pub sku: String,
    pub title: String,
    pub variant_title: String,
    pub picture_source: Option<String>,
    pub quantity: i32,
    pub unit_price_minor: i64,
    /// What its price per unit is computed from, where the variant had that.
    pub unit_measurement: Option<UnitMeasurement>,
    /// What one unit weighed; `None` of orders that earlier versions placed.
    pub weight_grams: Option<i32>,
    /// Unit price times quantity, before its discount.
    pub subtotal_minor: i64,
    /// What was taken off: its own discounts, and its part in those of the whole order.
    pub discount_minor: i64,
    pub tax_basis_points: i32,
    pub tax_minor: i64,
    pub total_minor: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub attributes: Attributes,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

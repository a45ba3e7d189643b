//! A parcel of an order.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, ShipmentId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shipment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShipmentId,
    pub order_id: OrderId,
    pub status: ShipmentStatus,
    pub carrier: Option<String>,
    /// The first of its numbers, as in `shipment_tracking`.
    pub tracking_number: Option<String>,
    pub tracking_url: Option<String>,
    pub created_at: DateTimeUtc,
    pub weight_grams: Option<i32>,
    pub length_mm: Option<i32>,
    pub width_mm: Option<i32>,
    pub height_mm: Option<i32>,
    /// When the carrier had it get where it is; `None` while only the shop has told of it.
    pub status_at: Option<DateTimeUtc>,
    pub dispatched_at: Option<DateTimeUtc>,
    pub delivered_at: Option<DateTimeUtc>,
    /// When it was last heard of.
    pub heard_at: Option<DateTimeUtc>,
    /// Grows with every change.
    pub version: i64,
    /// Whether what stands on its label is still to be handed over.
    pub label_due: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// See `vitrine_commerce::fulfilment` for which may follow which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShipmentStatus {
    /// It stands ready, and has not left.
    Packed,
    /// It has left the house.
    Dispatched,
    InTransit,
    OutForDelivery,
    /// An attempt to deliver it failed.
    DeliveryFailed,
    Delivered,
    /// It went back to the shop.
    Returned,
    /// It was given up before it left.
    Cancelled,
}

//! What was told of a parcel, by its carrier or by staff. Whatever was told stays.

use sea_orm::entity::prelude::*;

use crate::ids::{ShipmentEventId, ShipmentId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shipment_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShipmentEventId,
    /// Who told it: the name of a carrier's webhook, or `staff`.
    pub source: String,
    /// The source's own id of it: an event is kept once.
    pub event_key: String,
    /// `None` while no parcel has its number.
    pub shipment_id: Option<ShipmentId>,
    pub number_key: Option<String>,
    pub kind: ShipmentEventKind,
    /// In the words of whoever told it.
    pub message: Option<String>,
    pub place: Option<String>,
    /// Whether the parcel moved by it.
    pub applied: bool,
    pub actor: String,
    pub happened_at: DateTimeUtc,
    pub received_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShipmentEventKind {
    LabelMade,
    InTransit,
    OutForDelivery,
    DeliveryFailed,
    Delivered,
    /// It went back to the sender.
    Returned,
}

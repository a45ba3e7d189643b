//! An entry of an order's timeline. The number is gapless within its order: the subscription's cursor.

use sea_orm::entity::prelude::*;

use crate::{ids::OrderId, order::OrderStatus};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub kind: OrderEventKind,
    /// Whether the shopper may see it.
    pub public: bool,
    /// The order's status once this had happened.
    pub status: OrderStatus,
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    pub actor: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderEventKind {
    Created,
    PaymentPending,
    PaymentActionRequired,
    PaymentInstructions,
    PaymentSucceeded,
    PaymentFailed,
    PaymentCaptured,
    PaymentVoided,
    Confirmed,
    Dispatched,
    Completed,
    Cancelled,
    RefundRequested,
    Refunded,
    ContactUpdated,
    ShippingAddressUpdated,
    DownloadsRenewed,
    /// A parcel stands ready.
    ParcelPacked,
    /// A part has left: the whole is `Dispatched`.
    ParcelDispatched,
    /// Its carrier has it, or whoever delivers it has.
    ParcelMoved,
    ParcelDelivered,
    ParcelDeliveryFailed,
    ParcelReturned,
    /// How it is followed is another now.
    ParcelUpdated,
    ParcelCancelled,
    ReturnRequested,
    ReturnApproved,
    ReturnRefused,
    ReturnCancelled,
    ReturnReceived,
    ReturnClosed,
    ClaimSettled,
    /// Lines, prices or the address are others now.
    Edited,
    WithdrawalReceived,
    WithdrawalAccepted,
    WithdrawalRefused,
    Alert,
}

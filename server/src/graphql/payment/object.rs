use async_graphql::Enum;
use vitrine_entity::payment;

use crate::graphql::shared::connection;

/// Where an attempt to be paid stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::payment::PaymentStatus")]
pub enum PaymentStatus {
    /// It was recorded and will be sent to the provider.
    Created,
    /// It was sent and its outcome is not known yet: it is being looked up.
    Unknown,
    /// The shopper must confirm it, or send the money: see `action`.
    ActionRequired,
    /// The provider is still at it.
    Pending,
    /// The money is held for the shop.
    Authorized,
    /// The money is the shop's.
    Captured,
    /// The provider or the shopper's bank said no: see `declineMessage`.
    Declined,
    /// It was given up before any money moved.
    Voided,
    /// All of the money was paid back.
    Refunded,
}

/// When the money of a payment is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::payment::CaptureMode")]
pub enum PaymentCaptureMode {
    /// With the order.
    AtOnce,
    /// When the goods go on their way; until then it is held.
    OnDispatch,
    /// When staff say with `paymentCapture` that it has come: a transfer, or cash.
    ByStaff,
}

/// An attempt to be paid for an order.
#[derive(Debug, Clone)]
pub struct Payment(pub payment::Model);

connection! { PaymentConnection, PaymentEdge, Payment }

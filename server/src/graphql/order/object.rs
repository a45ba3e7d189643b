use async_graphql::Enum;
use vitrine_entity::order;

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order::OrderStatus")]
pub enum OrderStatus {
    /// It was just placed.
    Created,
    /// The payment is under way.
    PaymentPending,
    /// The payment has arrived.
    PaymentSuccess,
    /// The payment did not go through: try another with `orderPaymentRetry` while the goods are held.
    PaymentFailed,
    /// The goods are the shopper's and will be packed.
    Confirmed,
    /// It is on its way.
    Dispatched,
    /// It has arrived. Nothing follows.
    Completed,
    /// It was given up; what was paid is paid back.
    Cancelled,
}

/// A placed order.
#[derive(Debug, Clone)]
pub struct Order(pub order::Model);

//! Which message goes out for which entry of an order's timeline: by mail, and in the shop.

use vitrine_entity::order_event::OrderEventKind;

pub mod in_app;

/// A mail about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailKind {
    OrderReceived,
    OrderConfirmed,
    PaymentInstructions,
    PaymentFailed,
    OrderDispatched,
    OrderCancelled,
    OrderRefunded,
}

/// The mail that tells of `kind`, where one does. Kinds without a mail are steps within the shop,
/// or are told by the mail of the step that follows within seconds.
pub fn mail_for(kind: OrderEventKind) -> Option<MailKind> {
    match kind {
        OrderEventKind::Created => Some(MailKind::OrderReceived),
        OrderEventKind::Confirmed => Some(MailKind::OrderConfirmed),
        OrderEventKind::PaymentInstructions => Some(MailKind::PaymentInstructions),
        OrderEventKind::PaymentFailed => Some(MailKind::PaymentFailed),
        OrderEventKind::Dispatched => Some(MailKind::OrderDispatched),
        OrderEventKind::Cancelled => Some(MailKind::OrderCancelled),
        OrderEventKind::Refunded => Some(MailKind::OrderRefunded),
        OrderEventKind::PaymentPending
        | OrderEventKind::PaymentActionRequired
        | OrderEventKind::PaymentSucceeded
        | OrderEventKind::PaymentCaptured
        | OrderEventKind::PaymentVoided
        | OrderEventKind::Completed
        | OrderEventKind::RefundRequested
        | OrderEventKind::Alert => None,
    }
}

/// Whether a signed-in customer is told of `kind` in the shop. What they did themselves a moment
/// ago (placing the order) they need not be told.
pub fn in_app_for(kind: OrderEventKind) -> bool {
    match kind {
        OrderEventKind::PaymentActionRequired
        | OrderEventKind::PaymentInstructions
        | OrderEventKind::PaymentFailed
        | OrderEventKind::Confirmed
        | OrderEventKind::Dispatched
        | OrderEventKind::Completed
        | OrderEventKind::Cancelled
        | OrderEventKind::Refunded => true,
        OrderEventKind::Created
        | OrderEventKind::PaymentPending
        | OrderEventKind::PaymentSucceeded
        | OrderEventKind::PaymentCaptured
        | OrderEventKind::PaymentVoided
        | OrderEventKind::RefundRequested
        | OrderEventKind::Alert => false,
    }
}

//! Which message follows from what: by mail, and in the shop. What a mail says stands in
//! [`mail`](crate::mail), what a message in the shop says in [`in_app`].

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{
    ids::{CreditAccountId, StaffInvitationId, StaffPasswordResetId, StockAlertId, VariantId},
    notification::NotificationKind,
    order,
    order_event::OrderEventKind,
    order_mail_resend,
    stock_alert::{self, StockAlertState},
};

use crate::{
    Result, Tx,
    jobs::{Job, MailKind},
    sql,
};

pub mod in_app;

/// Tells of entry `number` of the order's timeline, in the transaction that writes it.
pub async fn tell_of_entry(tx: &Tx, order: &order::Model, number: i64, kind: OrderEventKind) -> Result<()> {
    if mail_for(kind).is_some() {
        let (order, event) = (order.id, number);
        tx.enqueue(order, Job::SendOrderMail { order, event });
    }
    if let (Some(customer), Some(kind)) = (order.customer_id, in_app_for(kind)) {
        in_app::notify(tx, customer, order.id, kind).await?;
    }
    Ok(())
}

/// Tells the shop itself that little is left of a variant.
pub fn tell_of_low_stock(tx: &Tx, variant: VariantId) {
    let mail = MailKind::LowStock { variant };
    tx.enqueue(None, Job::SendMail { mail });
}

/// Sends a mail about an order again.
pub fn tell_again(tx: &Tx, resend: &order_mail_resend::Model) {
    let mail = MailKind::OrderMail { resend: resend.id };
    tx.enqueue(resend.order_id, Job::SendMail { mail });
}

/// Tells those who wait for variants of which there was nothing at a location before this change, if anybody does.
/// Each variant comes with what is available now, and what became of it.
pub async fn tell_of_levels(tx: &Tx, levels: impl IntoIterator<Item = (VariantId, i64, i64)>) -> Result<()> {
    let is_back = |(_, available, change): &(VariantId, i64, i64)| *available > 0 && available - change <= 0;
    let back: Vec<VariantId> = levels
        .into_iter()
        .filter(is_back)
        .map(|(variant, _, _)| variant)
        .collect();
    if back.is_empty() {
        return Ok(());
    }
    let waited_for = stock_alert::Entity::find()
        .select_only()
        .column(stock_alert::Column::VariantId)
        .distinct()
        .filter(sql::among(tx.db(), stock_alert::Column::VariantId, back))
        .filter(stock_alert::Column::State.eq(StockAlertState::Waiting));
    for variant in waited_for.into_tuple().all(tx.db()).await? {
        tx.enqueue(None, Job::TellBackInStock { variant });
    }
    Ok(())
}

/// Tells somebody that what they wait for is back in stock.
pub fn tell_of_stock(tx: &Tx, alert: StockAlertId) {
    let mail = MailKind::BackInStock { alert };
    tx.enqueue(None, Job::SendMail { mail });
}

/// Sends a mail about an account.
pub(crate) fn tell(tx: &Tx, mail: MailKind) {
    tx.enqueue(None, Job::SendMail { mail });
}

/// Sends a gift card to its recipient, after `delay`.
pub fn tell_of_gift_card(tx: &Tx, card: CreditAccountId, delay: TimeDelta) {
    let mail = MailKind::GiftCard { card };
    tx.enqueue_after(None, Job::SendMail { mail }, delay.max(TimeDelta::zero()));
}

/// Asks somebody to work here.
pub fn tell_of_staff_invitation(tx: &Tx, invitation: StaffInvitationId) {
    let mail = MailKind::StaffInvitation { invitation };
    tx.enqueue(None, Job::SendMail { mail });
}

/// Sends a member of staff the link to a new password.
pub fn tell_of_staff_password_reset(tx: &Tx, reset: StaffPasswordResetId) {
    let mail = MailKind::StaffPasswordReset { reset };
    tx.enqueue(None, Job::SendMail { mail });
}

/// A mail that tells of an entry of an order's timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderMail {
    OrderReceived,
    OrderConfirmed,
    PaymentInstructions,
    PaymentFailed,
    OrderDispatched,
    OrderCancelled,
    OrderRefunded,
    OrderDownloads,
}

/// The mail that tells of `kind`, where one does. Kinds without a mail are steps within the shop,
/// or are told by the mail of the step that follows within seconds.
pub fn mail_for(kind: OrderEventKind) -> Option<OrderMail> {
    match kind {
        OrderEventKind::Created => Some(OrderMail::OrderReceived),
        OrderEventKind::Confirmed => Some(OrderMail::OrderConfirmed),
        OrderEventKind::PaymentInstructions => Some(OrderMail::PaymentInstructions),
        OrderEventKind::PaymentFailed => Some(OrderMail::PaymentFailed),
        OrderEventKind::Dispatched => Some(OrderMail::OrderDispatched),
        OrderEventKind::Cancelled => Some(OrderMail::OrderCancelled),
        OrderEventKind::Refunded => Some(OrderMail::OrderRefunded),
        OrderEventKind::DownloadsRenewed => Some(OrderMail::OrderDownloads),
        OrderEventKind::PaymentPending
        | OrderEventKind::PaymentActionRequired
        | OrderEventKind::PaymentSucceeded
        | OrderEventKind::PaymentCaptured
        | OrderEventKind::PaymentVoided
        | OrderEventKind::Completed
        | OrderEventKind::RefundRequested
        | OrderEventKind::ContactUpdated
        | OrderEventKind::ShippingAddressUpdated
        | OrderEventKind::Alert => None,
    }
}

/// What a signed-in customer is told of `kind` in the shop. What they did themselves a moment ago
/// (placing the order) they need not be told.
pub fn in_app_for(kind: OrderEventKind) -> Option<NotificationKind> {
    match kind {
        OrderEventKind::PaymentActionRequired => Some(NotificationKind::PaymentActionRequired),
        OrderEventKind::PaymentInstructions => Some(NotificationKind::PaymentInstructions),
        OrderEventKind::PaymentFailed => Some(NotificationKind::PaymentFailed),
        OrderEventKind::Confirmed => Some(NotificationKind::Confirmed),
        OrderEventKind::Dispatched => Some(NotificationKind::Dispatched),
        OrderEventKind::Completed => Some(NotificationKind::Completed),
        OrderEventKind::Cancelled => Some(NotificationKind::Cancelled),
        OrderEventKind::Refunded => Some(NotificationKind::Refunded),
        OrderEventKind::Created
        | OrderEventKind::PaymentPending
        | OrderEventKind::PaymentSucceeded
        | OrderEventKind::PaymentCaptured
        | OrderEventKind::PaymentVoided
        | OrderEventKind::RefundRequested
        | OrderEventKind::ContactUpdated
        | OrderEventKind::ShippingAddressUpdated
        | OrderEventKind::DownloadsRenewed
        | OrderEventKind::Alert => None,
    }
}

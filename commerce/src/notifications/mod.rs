//! Which message follows from what: by mail, by text message, in the browser, and in the shop. What a mail says stands in
//! [`mail`](crate::mail), what a message in the shop says in [`in_app`].

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::Value as Json;
use vitrine_entity::{
    ids::{
        CreditAccountId, CustomerId, DocumentId, ImportedOrderId, OrderId, StaffInvitationId, StaffPasswordResetId,
        StockAlertId, VariantId, WebhookEndpointId,
    },
    notification::NotificationKind,
    order,
    order_event::OrderEventKind,
    order_mail_resend,
    stock_alert::{self, StockAlertState},
};

use crate::{
    Result, Tx,
    jobs::{Job, MailKind},
    profile::{Documents, InvoiceAt},
    sql,
};

mod by_push;
mod by_sms;
pub mod in_app;
mod occasion;
mod requested;

pub(crate) use self::occasion::Occasion;

/// Tells of entry `number` of the order's timeline, with its particulars, in the transaction that writes it.
pub async fn tell_of_entry(
    tx: &Tx,
    order: &order::Model,
    number: i64,
    (kind, data): (OrderEventKind, &Json),
) -> Result<()> {
    if mail_for(kind).is_some() {
        let (order, event) = (order.id, number);
        requested::of_entry(tx, order, kind);
        tx.enqueue(order, Job::SendOrderMail { order, event });
    }
    by_sms::tell_of_entry(tx, order.id, number, (kind, data)).await?;
    by_push::tell_of_entry(tx, order.id, number, (kind, data)).await?;
    if may_lead_to_documents(tx.shop().profile().documents, kind) {
        tx.enqueue(order.id, Job::MakeDocuments { order: order.id });
    }
    if let (Some(customer), Some(told)) = (order.customer_id, in_app_for(kind, data))
        && !is_own_edit(tx, customer, kind)
    {
        in_app::notify(tx, customer, order.id, told).await?;
    }
    Ok(())
}

/// Whether whoever is to be told of the change has just made it.
fn is_own_edit(tx: &Tx, customer: CustomerId, kind: OrderEventKind) -> bool {
    kind == OrderEventKind::Edited && tx.context().viewer.customer() == Some(customer)
}

/// Whether a document of the order's may be due: a credit note may follow an invoice that staff asked for.
fn may_lead_to_documents(documents: Documents, kind: OrderEventKind) -> bool {
    match kind {
        OrderEventKind::Confirmed => documents.invoice_at == InvoiceAt::Payment,
        OrderEventKind::Dispatched | OrderEventKind::Completed => {
            documents.invoice_at != InvoiceAt::Asked || documents.delivery_notes
        }
        OrderEventKind::ParcelDispatched => documents.delivery_notes,
        OrderEventKind::Cancelled | OrderEventKind::Refunded | OrderEventKind::Edited => documents.has_invoices,
        _ => false,
    }
}

/// Sends whoever ordered an invoice or a credit note.
pub fn tell_of_document(tx: &Tx, order: OrderId, document: DocumentId) {
    let mail = MailKind::Document { document };
    send(tx, Some(order), mail);
}

/// Tells the shop itself that little is left of a variant.
pub fn tell_of_low_stock(tx: &Tx, variant: VariantId) {
    send(tx, None, MailKind::LowStock { variant });
}

/// Sends a mail about an order again.
pub fn tell_again(tx: &Tx, resend: &order_mail_resend::Model) {
    send(tx, Some(resend.order_id), MailKind::OrderMail { resend: resend.id });
}

/// Sends a text message about an order again: of which entry of its timeline, and what it tells.
pub(crate) fn tell_by_sms(tx: &Tx, order: OrderId, event: i64, occasion: &Occasion) {
    by_sms::tell(tx, order, event, occasion);
}

/// Sends the link to an order, as somebody asked for it.
pub fn tell_link(tx: &Tx, order: OrderId) {
    send(tx, None, MailKind::OrderLink { order });
}

/// Sends what an order of another shop system was, as somebody asked for it.
pub fn tell_imported_order(tx: &Tx, order: ImportedOrderId) {
    send(tx, None, MailKind::ImportedOrder { order });
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
    send(tx, None, MailKind::BackInStock { alert });
}

/// Sends a mail about an account.
pub(crate) fn tell(tx: &Tx, mail: MailKind) {
    send(tx, None, mail);
}

/// Has a mail sent that does not follow from an order's timeline; `order` is the one that it is about, where it is about one.
pub(crate) fn send(tx: &Tx, order: Option<OrderId>, mail: MailKind) {
    requested::of_mail(tx, order, mail);
    tx.enqueue(order, Job::SendMail { mail });
}

/// Tells the shop itself that nothing is sent to an endpoint of webhooks any more.
pub(crate) fn tell_of_webhook_disabled(tx: &Tx, endpoint: WebhookEndpointId) {
    send(tx, None, MailKind::WebhookDisabled { endpoint });
}

/// Sends a gift card to its recipient, after `delay`.
pub fn tell_of_gift_card(tx: &Tx, card: CreditAccountId, delay: TimeDelta) {
    let mail = MailKind::GiftCard { card };
    requested::of_mail(tx, None, mail);
    tx.enqueue_after(None, Job::SendMail { mail }, delay.max(TimeDelta::zero()));
}

/// Reminds whoever has a gift card or store credit that its time is over soon.
pub(crate) fn tell_of_credit_that_expires(tx: &Tx, account: CreditAccountId) {
    tell(tx, MailKind::CreditExpires { account });
}

/// Asks somebody to work here.
pub fn tell_of_staff_invitation(tx: &Tx, invitation: StaffInvitationId) {
    send(tx, None, MailKind::StaffInvitation { invitation });
}

/// Sends a member of staff the link to a new password.
pub fn tell_of_staff_password_reset(tx: &Tx, reset: StaffPasswordResetId) {
    send(tx, None, MailKind::StaffPasswordReset { reset });
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
    OrderReturn,
    OrderEdited,
}

/// The mail that tells of `kind`, where one does. Kinds without a mail are steps within the shop,
/// or are told by the mail of the step that follows within seconds.
pub fn mail_for(kind: OrderEventKind) -> Option<OrderMail> {
    match kind {
        OrderEventKind::Created => Some(OrderMail::OrderReceived),
        OrderEventKind::Confirmed => Some(OrderMail::OrderConfirmed),
        OrderEventKind::PaymentInstructions => Some(OrderMail::PaymentInstructions),
        OrderEventKind::PaymentFailed => Some(OrderMail::PaymentFailed),
        OrderEventKind::Dispatched | OrderEventKind::ParcelDispatched => Some(OrderMail::OrderDispatched),
        OrderEventKind::Cancelled => Some(OrderMail::OrderCancelled),
        OrderEventKind::Refunded => Some(OrderMail::OrderRefunded),
        OrderEventKind::DownloadsRenewed => Some(OrderMail::OrderDownloads),
        OrderEventKind::ReturnRequested
        | OrderEventKind::ReturnApproved
        | OrderEventKind::ReturnRefused
        | OrderEventKind::ReturnReceived => Some(OrderMail::OrderReturn),
        OrderEventKind::Edited => Some(OrderMail::OrderEdited),
        OrderEventKind::PaymentPending
        | OrderEventKind::PaymentActionRequired
        | OrderEventKind::PaymentSucceeded
        | OrderEventKind::PaymentCaptured
        | OrderEventKind::PaymentVoided
        | OrderEventKind::Completed
        | OrderEventKind::RefundRequested
        | OrderEventKind::ContactUpdated
        | OrderEventKind::ShippingAddressUpdated
        | OrderEventKind::ParcelPacked
        | OrderEventKind::ParcelMoved
        | OrderEventKind::ParcelDelivered
        | OrderEventKind::ParcelDeliveryFailed
        | OrderEventKind::ParcelReturned
        | OrderEventKind::ParcelUpdated
        | OrderEventKind::ParcelCancelled
        | OrderEventKind::ReturnCancelled
        | OrderEventKind::ReturnClosed
        | OrderEventKind::ClaimSettled
        | OrderEventKind::WithdrawalReceived
        | OrderEventKind::WithdrawalAccepted
        | OrderEventKind::WithdrawalRefused
        | OrderEventKind::Alert => None,
    }
}

/// What a signed-in customer is told of an entry of `kind`, with its particulars, in the shop. What they did themselves a moment
/// ago (placing the order) they need not be told.
pub fn in_app_for(kind: OrderEventKind, data: &Json) -> Option<NotificationKind> {
    match kind {
        OrderEventKind::PaymentActionRequired => Some(NotificationKind::PaymentActionRequired),
        OrderEventKind::PaymentInstructions => Some(NotificationKind::PaymentInstructions),
        OrderEventKind::PaymentFailed => Some(NotificationKind::PaymentFailed),
        OrderEventKind::Confirmed => Some(NotificationKind::Confirmed),
        OrderEventKind::Dispatched => Some(NotificationKind::Dispatched),
        OrderEventKind::ParcelDispatched => Some(NotificationKind::ParcelDispatched),
        OrderEventKind::ParcelDelivered => Some(NotificationKind::ParcelDelivered),
        OrderEventKind::ParcelDeliveryFailed => Some(NotificationKind::ParcelDeliveryFailed),
        OrderEventKind::Completed => Some(NotificationKind::Completed),
        OrderEventKind::Cancelled => Some(NotificationKind::Cancelled),
        OrderEventKind::Refunded => Some(match data.get("to").and_then(Json::as_str) {
            Some("OWED") => NotificationKind::OwedLess,
            Some("EXCHANGE") => NotificationKind::Exchanged,
            _ => NotificationKind::Refunded,
        }),
        OrderEventKind::ReturnApproved => Some(NotificationKind::ReturnApproved),
        OrderEventKind::ReturnRefused => Some(NotificationKind::ReturnRefused),
        OrderEventKind::ReturnReceived => Some(NotificationKind::ReturnReceived),
        OrderEventKind::Edited => Some(NotificationKind::Edited),
        OrderEventKind::Created
        | OrderEventKind::PaymentPending
        | OrderEventKind::PaymentSucceeded
        | OrderEventKind::PaymentCaptured
        | OrderEventKind::PaymentVoided
        | OrderEventKind::RefundRequested
        | OrderEventKind::ContactUpdated
        | OrderEventKind::ShippingAddressUpdated
        | OrderEventKind::DownloadsRenewed
        | OrderEventKind::ParcelPacked
        | OrderEventKind::ParcelMoved
        | OrderEventKind::ParcelReturned
        | OrderEventKind::ParcelUpdated
        | OrderEventKind::ParcelCancelled
        | OrderEventKind::ReturnRequested
        | OrderEventKind::ReturnCancelled
        | OrderEventKind::ReturnClosed
        | OrderEventKind::ClaimSettled
        | OrderEventKind::WithdrawalReceived
        | OrderEventKind::WithdrawalAccepted
        | OrderEventKind::WithdrawalRefused
        | OrderEventKind::Alert => None,
    }
}

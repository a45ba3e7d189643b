//! What others are told of a message that was asked for: its channel, its name and what it is about. Mails that open an account,
//! or are for those who work here, are told to nobody.

use vitrine_entity::{ids::OrderId, notification::NotificationKind, order_event::OrderEventKind};

use super::{OrderMail, mail_for, occasion::Occasion};
use crate::{
    Tx,
    events::{self, Channel},
    jobs::MailKind,
};

/// Tells of the mail that follows from an entry of an order's timeline.
pub(super) fn of_entry(tx: &Tx, order: OrderId, kind: OrderEventKind) {
    if let Some(mail) = mail_for(kind) {
        of_order(tx, Channel::Email, name(mail), order);
    }
}

/// Tells of a text message about an order.
pub(super) fn of_sms(tx: &Tx, order: OrderId, occasion: &Occasion) {
    of_order(tx, Channel::Sms, occasion.name(), order);
}

/// Tells of a message to the browsers that are told of an order, once for all of them.
pub(super) fn of_push(tx: &Tx, order: OrderId, told: NotificationKind) {
    of_order(tx, Channel::Push, in_browser(told), order);
}

fn of_order(tx: &Tx, channel: Channel, name: &str, order: OrderId) {
    events::notification(tx, channel, name, (order.to_string().as_str(), Some(order)));
}

/// Tells of any other mail.
pub(super) fn of_mail(tx: &Tx, order: Option<OrderId>, mail: MailKind) {
    let (name, subject, order) = match mail {
        MailKind::OrderMail { resend } => ("order_mail_again", resend.to_string(), order),
        MailKind::OrderLink { order } => ("order_link", order.to_string(), Some(order)),
        MailKind::ImportedOrder { order } => ("imported_order", order.to_string(), None),
        MailKind::AccountOverdue { order } => ("account_overdue", order.to_string(), Some(order)),
        MailKind::Document { document } => ("document", document.to_string(), order),
        MailKind::BackInStock { alert } => ("back_in_stock", alert.to_string(), None),
        MailKind::GiftCard { card } => ("gift_card", card.to_string(), None),
        MailKind::CreditExpires { account } => ("credit_expires", account.to_string(), None),
        MailKind::PurchaseRequested { request, .. } => ("purchase_requested", request.to_string(), None),
        MailKind::PurchaseDecided { request } => ("purchase_decided", request.to_string(), None),
        MailKind::WithdrawalReceived { withdrawal } => ("withdrawal_received", withdrawal.to_string(), order),
        MailKind::WithdrawalDecided { withdrawal } => ("withdrawal_decided", withdrawal.to_string(), order),
        MailKind::DraftOrder { draft } => ("draft_order", draft.to_string(), None),
        MailKind::LowStock { .. }
        | MailKind::StaffInvitation { .. }
        | MailKind::StaffPasswordReset { .. }
        | MailKind::PersonErasure { .. }
        | MailKind::CustomerSignUp { .. }
        | MailKind::CustomerPasswordReset { .. }
        | MailKind::CustomerEmailChange { .. }
        | MailKind::CustomerNotice { .. }
        | MailKind::WithdrawalForStaff { .. }
        | MailKind::WebhookDisabled { .. } => return,
    };
    events::notification(tx, Channel::Email, name, (subject.as_str(), order));
}

fn name(mail: OrderMail) -> &'static str {
    match mail {
        OrderMail::OrderReceived => "order_received",
        OrderMail::OrderConfirmed => "order_confirmed",
        OrderMail::PaymentInstructions => "payment_instructions",
        OrderMail::PaymentFailed => "payment_failed",
        OrderMail::OrderDispatched => "order_dispatched",
        OrderMail::OrderCancelled => "order_cancelled",
        OrderMail::OrderRefunded => "order_refunded",
        OrderMail::OrderDownloads => "order_downloads",
        OrderMail::OrderReturn => "order_return",
        OrderMail::OrderEdited => "order_edited",
    }
}

/// In the words of the mails, where one tells the same.
fn in_browser(told: NotificationKind) -> &'static str {
    match told {
        NotificationKind::PaymentActionRequired => "payment_action_required",
        NotificationKind::PaymentInstructions => "payment_instructions",
        NotificationKind::PaymentFailed => "payment_failed",
        NotificationKind::Confirmed => "order_confirmed",
        NotificationKind::Dispatched | NotificationKind::ParcelDispatched => "order_dispatched",
        NotificationKind::ParcelDelivered => "parcel_delivered",
        NotificationKind::ParcelDeliveryFailed => "parcel_delivery_failed",
        NotificationKind::Completed => "order_completed",
        NotificationKind::Cancelled => "order_cancelled",
        NotificationKind::Refunded | NotificationKind::OwedLess | NotificationKind::Exchanged => "order_refunded",
        NotificationKind::ReturnApproved | NotificationKind::ReturnRefused | NotificationKind::ReturnReceived => {
            "order_return"
        }
        NotificationKind::Edited => "order_edited",
    }
}

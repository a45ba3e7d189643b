//! What others are told of a mail that was asked for: its name and what it is about. Mails that open an account, or are for
//! those who work here, are told to nobody.

use vitrine_entity::{ids::OrderId, order_event::OrderEventKind};

use super::{OrderMail, mail_for};
use crate::{Tx, events, jobs::MailKind};

/// Tells of the mail that follows from an entry of an order's timeline.
pub(super) fn of_entry(tx: &Tx, order: OrderId, kind: OrderEventKind) {
    if let Some(mail) = mail_for(kind) {
        events::notification(tx, name(mail), &order.to_string(), Some(order));
    }
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
    events::notification(tx, name, &subject, order);
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

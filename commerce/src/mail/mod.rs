//! Mails: one mail, one recipient, one job, one folder.
//!
//! A mail's folder holds what it shows and how that is loaded (`mod.rs`), and its templates
//! `subject.txt`, `body.txt` and `body.html`; what the mails about an order share lies in `layout`. To
//! add one that tells of an entry of an order's timeline: its folder, a variant of [`OrderMail`] with the
//! entry that it follows, and its line in `of_entry`. To add one about anything else: its folder,
//! a variant of [`MailKind`], its line in [`run`], and a function in [`notifications`] that asks for it.

mod account_overdue;
mod back_in_stock;
mod credit_expires;
mod customer_account;
mod deliver;
mod document;
mod draft_order;
mod gift_card;
mod imported_order;
mod layout;
mod low_stock;
mod of_order;
mod order_cancelled;
mod order_confirmed;
mod order_dispatched;
mod order_downloads;
mod order_edited;
mod order_link;
mod order_received;
mod order_refunded;
mod order_return;
mod payment_failed;
mod payment_instructions;
mod purchase_request;
mod render;
mod resend;
mod staff_invitation;
mod staff_password_reset;
mod webhook_disabled;
mod withdrawal;
mod words;

use vitrine_entity::ids::OrderId;

pub use self::resend::{Resend, resend};
use self::{deliver::deliver, layout::Entry};
use crate::{
    Fault, Shop,
    jobs::{JobError, MailKind},
    notifications::{self, OrderMail},
    outbox::Lease,
    ports::mailer::Mail,
};

/// Job: sends the mail that tells of entry `event` of the order's timeline.
pub async fn run_for_entry(shop: &Shop, lease: &Lease, order: OrderId, event: i64) -> Result<(), JobError> {
    let entry = Entry::find(shop, order, event).await?;
    let mail = of_entry(shop, &entry).await?;
    deliver(shop, lease, mail, entry.event.created_at).await
}

/// The mail that tells of an entry; `None` where it has nothing to tell any more.
async fn of_entry(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let no_mail = || JobError::Bury(Fault::Other(format!("no mail tells of {:?}", entry.event.kind), None).into());
    match notifications::mail_for(entry.event.kind).ok_or_else(no_mail)? {
        OrderMail::OrderReceived => order_received::load(shop, entry).await,
        OrderMail::OrderConfirmed => order_confirmed::load(shop, entry).await,
        OrderMail::PaymentInstructions => payment_instructions::load(shop, entry).await,
        OrderMail::PaymentFailed => payment_failed::load(shop, entry).await,
        OrderMail::OrderDispatched => order_dispatched::load(shop, entry).await,
        OrderMail::OrderCancelled => order_cancelled::load(shop, entry).await,
        OrderMail::OrderRefunded => order_refunded::load(shop, entry).await,
        OrderMail::OrderDownloads => order_downloads::load(shop, entry).await,
        OrderMail::OrderReturn => order_return::load(shop, entry).await,
        OrderMail::OrderEdited => order_edited::load(shop, entry).await,
    }
}

/// Job: sends any other mail.
pub async fn run(shop: &Shop, lease: &Lease, mail: MailKind) -> Result<(), JobError> {
    let mail = match mail {
        MailKind::LowStock { variant } => low_stock::load(shop, lease, variant).await,
        MailKind::CreditExpires { account } => credit_expires::load(shop, lease, account).await,
        MailKind::StaffInvitation { invitation } => staff_invitation::load(shop, lease, invitation).await,
        MailKind::StaffPasswordReset { reset } => staff_password_reset::load(shop, lease, reset).await,
        MailKind::OrderMail { resend } => resend::load(shop, resend).await,
        MailKind::BackInStock { alert } => back_in_stock::load(shop, lease, alert).await,
        MailKind::CustomerSignUp { sign_up } => customer_account::load_sign_up(shop, lease, sign_up).await,
        MailKind::CustomerPasswordReset { reset } => customer_account::load_reset(shop, lease, reset).await,
        MailKind::CustomerEmailChange { change } => customer_account::load_email_change(shop, lease, change).await,
        MailKind::PersonErasure { erasure } => customer_account::load_erasure(shop, lease, erasure).await,
        MailKind::AccountOverdue { order } => account_overdue::load(shop, lease, order).await,
        MailKind::PurchaseRequested { request, manager } => {
            purchase_request::load_asked(shop, lease, request, manager).await
        }
        MailKind::PurchaseDecided { request } => purchase_request::load_decided(shop, lease, request).await,
        MailKind::OrderLink { order } => order_link::load(shop, lease, order).await,
        MailKind::ImportedOrder { order } => imported_order::load(shop, lease, order).await,
        MailKind::Document { document } => document::load(shop, lease, document).await,
        MailKind::DraftOrder { draft } => draft_order::load(shop, lease, draft).await,
        MailKind::CustomerNotice { notice } => customer_account::load_notice(shop, lease, notice).await,
        MailKind::WithdrawalForStaff { withdrawal } => withdrawal::load_for_staff(shop, lease, withdrawal).await,
        MailKind::WithdrawalDecided { withdrawal } => withdrawal::load_decided(shop, lease, withdrawal).await,
        MailKind::WebhookDisabled { endpoint } => webhook_disabled::load(shop, lease, endpoint).await,
        MailKind::WithdrawalReceived { withdrawal } => return withdrawal::run_receipt(shop, lease, withdrawal).await,
        MailKind::GiftCard { card } => return gift_card::run(shop, lease, card).await,
    };
    deliver(shop, lease, mail?, lease.created_at).await
}

#[cfg(test)]
mod tests;

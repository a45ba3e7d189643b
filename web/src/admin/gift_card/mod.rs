//! `/admin/gift-cards/{id}`: what came to a card and went from it, and what staff do with it.

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminGiftCard, AdminGiftCardActivate, AdminGiftCardAdjust, AdminGiftCardDeactivate, AdminGiftCardSend,
        admin_gift_card as document, admin_gift_card_activate as activate_document,
        admin_gift_card_adjust as adjust_document, admin_gift_card_deactivate as deactivate_document,
        admin_gift_card_send as send_document,
    },
    problem::Problem,
    shown::value,
    visit::Form,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told.done, None).await
}

/// `POST /admin/gift-cards/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Refunds)?;
    let refusals = run(&staff, id.clone(), &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, id, "", Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/gift-cards/{id}?done={deed}"))),
    }
}

async fn run(staff: &Staff, id: String, deed: &str, form: &Form) -> Outcome {
    let expected_version = form.text("expectedVersion").parse().ok();
    match deed {
        "adjust" => {
            let input = adjust_document::CreditAdjustInput {
                amount: form.amount("amount").unwrap_or_default(),
                expected_version,
                id,
                reason: form.text("reason").to_owned(),
            };
            deed::run(staff, AdminGiftCardAdjust, adjust_document::Variables { input }).await
        }
        "deactivate" => {
            let input = deactivate_document::GiftCardDeactivateInput { expected_version, id };
            deed::run(staff, AdminGiftCardDeactivate, deactivate_document::Variables { input }).await
        }
        "activate" => {
            let input = activate_document::GiftCardActivateInput { expected_version, id };
            deed::run(staff, AdminGiftCardActivate, activate_document::Variables { input }).await
        }
        "send" => {
            let input = send_document::GiftCardSendInput {
                id,
                recipient_email: form.some("recipientEmail"),
            };
            deed::run(staff, AdminGiftCardSend, send_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn page(staff: Staff, id: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Refunds)?;
    let query = Form::from(staff.visit.uri.query().unwrap_or_default());
    let variables = document::Variables {
        id,
        after: query.some("after"),
    };
    let data = staff.visit.ask(AdminGiftCard, variables).await?;
    let card = data.gift_card.as_ref().ok_or(Problem::NotFound)?;
    let done = deed::done(&staff, "admin.gift_cards.done", done);
    let shown = context! { card => value(card), done, refused => value(&refused) };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/gift_card/page.html", shown)
}

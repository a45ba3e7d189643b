//! `/admin/gift-cards`: the cards, and issuing one by hand.

use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminGiftCardCreate, AdminGiftCards, admin_gift_card_create as create_document, admin_gift_cards as document,
        admin_gift_cards::GiftCardState,
    },
    problem::Problem,
    refusals::refusals,
    shown::value,
};

const STATES: [(&str, GiftCardState); 4] = [
    ("ACTIVE", GiftCardState::Active),
    ("EMPTY", GiftCardState::Empty),
    ("EXPIRED", GiftCardState::Expired),
    ("DISABLED", GiftCardState::Disabled),
];

const ASKED: [&str; 2] = ["q", "state"];

/// A card that was issued just now, with its code, which is shown this once.
#[derive(serde::Serialize)]
struct Issued {
    id: String,
    code: String,
}

pub async fn show(staff: Staff) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, None, None).await
}

/// `POST /admin/gift-cards`.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Refunds)?;
    let input = create_document::GiftCardCreateInput {
        amount: form.amount("amount").unwrap_or_default(),
        currency_code: None,
        deliver_at: None,
        expires_at: None,
        locale: None,
        message: form.some("message"),
        note: form.some("note"),
        recipient_email: form.some("recipientEmail"),
        recipient_name: form.some("recipientName"),
        sender_name: form.some("senderName"),
    };
    let data = staff
        .visit
        .ask(AdminGiftCardCreate, create_document::Variables { input })
        .await?;
    let answered = data.gift_card_create.ok_or(Problem::Broken)?;
    let asked = Asked::of("/admin/gift-cards", "", &ASKED);
    match (answered.gift_card, answered.code) {
        (Some(card), Some(code)) => list(staff, &asked, None, Some(Issued { id: card.id, code })).await,
        _ => {
            let refused = Refused::of(&staff, "create", &form, &refusals(&answered.user_errors));
            list(staff, &asked, Some(refused), None).await
        }
    }
}

async fn list(staff: Staff, asked: &Asked, refused: Option<Refused>, issued: Option<Issued>) -> Answer {
    staff.require(Permission::Refunds)?;
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::GiftCardWhere {
            query: asked.some("q"),
            state: asked.kind("state", &STATES),
        }),
    };
    let data = staff.visit.ask(AdminGiftCards, variables).await?;
    let cards = data.gift_cards.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        cards => value(cards),
        currency => data.shop.currency_code,
        states => value(&STATES.map(|(name, _)| name)),
        asked => asked.shown(),
        refused => value(&refused),
        issued => value(&issued),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/gift_cards/page.html", shown)
}

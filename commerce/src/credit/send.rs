//! A gift card is sent to its recipient: asked for with the card, or once more by staff.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    credit_account::{self, CreditKind},
    ids::CreditAccountId,
};

use super::{
    account::{CreditState, lock},
    code::Code,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::{Message, messages},
    notifications, sql,
    staff::{Permission, audit, permission},
    text,
};

/// Which card, and to whom.
#[derive(Debug, Clone)]
pub struct SendGiftCard {
    pub card: CreditAccountId,
    /// Another address than it was sent to; the same where it is not given.
    pub recipient_email: Option<String>,
}

/// Sends a card again, now: its code is made again of what the shop knows.
///
/// # Errors
/// Refuses whoever may not, a card that has no recipient or pays nothing, and one whose code was made with a secret that the
/// shop no longer has.
pub async fn send(shop: &Shop, context: &Context, input: SendGiftCard) -> Result<credit_account::Model> {
    permission::require_or_system(context, Permission::Refunds)?;
    let email = input.recipient_email.as_deref();
    let email = &email.map(|email| text::email(&["recipientEmail"], email)).transpose()?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let card = lock(&tx, input.card, CreditKind::GiftCard).await?;
        let now = tx.shop().now();
        let card = credit_account::Model {
            recipient_email: email.clone().or(card.recipient_email),
            deliver_at: Some(now),
            version: card.version + 1,
            updated_at: now,
            ..card
        };
        check(shop, &card)?;
        let card = card.into_active_model().reset_all().update(tx.db()).await?;
        audit(
            &tx,
            "gift_card.send",
            card.id.to_string(),
            json!({ "lastFour": card.last_four }),
        )
        .await?;
        ask_for_mail(&tx, &card);
        Ok(card)
    })
    .await
}

fn check(shop: &Shop, card: &credit_account::Model) -> Result<(), Refusal> {
    let refuse = |message: Message, field: &str| Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]));
    if CreditState::of(card, shop.now()) != CreditState::Active {
        return refuse(messages::gift_card_pays_nothing(), "id");
    }
    if card.recipient_email.is_none() {
        return refuse(messages::gift_card_to_whom(), "recipientEmail");
    }
    match code(shop, card) {
        Some(_) => Ok(()),
        None => refuse(messages::gift_card_secret_gone(), "id"),
    }
}

fn code(shop: &Shop, card: &credit_account::Model) -> Option<String> {
    let hash = card.code_hash.as_ref()?;
    Some(Code::again(shop, card.id, hash)?.written())
}

/// Records the job that sends a card that has a recipient, when its mail is due.
pub(super) fn ask_for_mail(tx: &Tx, card: &credit_account::Model) {
    if let (Some(_), Some(due)) = (&card.recipient_email, card.deliver_at) {
        notifications::tell_of_gift_card(tx, card.id, due - tx.shop().now());
    }
}

/// The card with its code, for whoever sends it; `None` where it is not to be sent any more.
///
/// # Errors
/// When the database fails.
pub(crate) async fn to_be_mailed(shop: &Shop, id: CreditAccountId) -> Result<Option<(credit_account::Model, String)>> {
    let card = credit_account::Entity::find_by_id(id).one(&shop.db).await?;
    let pays = |card: &credit_account::Model| CreditState::of(card, shop.now()) == CreditState::Active;
    let card = card.filter(|card| pays(card) && card.recipient_email.is_some());
    Ok(card.and_then(|card| code(shop, &card).map(|code| (card, code))))
}

/// Notes that a card was sent.
///
/// # Errors
/// When the database fails.
pub(crate) async fn note_mailed(tx: &Tx, id: CreditAccountId) -> Result<()> {
    let sql = "update credit_account set mailed_at = $2 where id = $1";
    sql::execute(tx.db(), sql, [id.into(), tx.shop().now().into()]).await?;
    Ok(())
}

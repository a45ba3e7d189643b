//! Somebody is given a gift card.

use vitrine_entity::{credit_account, ids::CreditAccountId};

use super::deliver::hand_over;
use crate::{
    Context, Shop, credit,
    jobs::JobError,
    language::{Language, Message, Value, messages},
    mail::{
        render::{Letter, render, templates},
        words::one_line,
    },
    money::Money,
    outbox::Lease,
    ports::mailer::Mail,
};

/// A card with its code. Every text but the message is a single line.
pub(super) struct GiftCard {
    pub(super) shop_name: String,
    pub(super) sender: Option<String>,
    pub(super) amount: Money,
    pub(super) code: String,
    /// What the giver writes.
    pub(super) message: Option<String>,
    pub(super) expires: Option<Value>,
    pub(super) link: String,
}

templates! { GiftCard: "gift_card/body.txt", "gift_card/body.html" }

impl Letter for GiftCard {
    fn subject(&self) -> Message {
        messages::mail_gift_card_subject(&self.shop_name)
    }

    fn heading(&self) -> Message {
        messages::mail_gift_card_heading()
    }
}

impl GiftCard {
    fn text(&self) -> Message {
        match &self.sender {
            Some(sender) => messages::mail_gift_card_text_from(sender, self.amount, &self.shop_name),
            None => messages::mail_gift_card_text(self.amount, &self.shop_name),
        }
    }
}

/// Job: sends a card to its recipient, and notes that it was sent in the transaction that finishes the job.
pub(super) async fn run(shop: &Shop, lease: &Lease, id: CreditAccountId) -> Result<(), JobError> {
    let Some((card, code)) = credit::to_be_mailed(shop, id).await? else {
        tracing::info!(id = %lease.id, "a gift card has nobody to be sent to any more");
        return Ok(lease.finish_alone(shop).await?);
    };
    let mail = letter(shop, lease, &card, code)?;
    // It was asked for perhaps long before it was due.
    let since = card
        .deliver_at
        .map_or(lease.created_at, |due| due.max(lease.created_at));
    if let Some(mail) = mail {
        hand_over(shop, lease, &mail, since).await?;
    }
    let context = Context::system(shop, lease.id.to_string());
    shop.transact(&context, |tx| async move {
        credit::note_mailed(&tx, id).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

fn letter(shop: &Shop, lease: &Lease, card: &credit_account::Model, code: String) -> Result<Option<Mail>, JobError> {
    let Some(to) = &card.recipient_email else {
        return Ok(None);
    };
    let profile = shop.profile();
    let shown = GiftCard {
        shop_name: one_line(&profile.name),
        sender: card.sender_name.as_deref().map(one_line),
        amount: Money::new(card.balance_minor, card.currency),
        code,
        message: card.message.clone(),
        expires: card.expires_at.map(|at| (at, profile.time_zone).into()),
        link: shop.settings.public_url.clone(),
    };
    let language = Language::of(&card.locale, &profile.country);
    Ok(Some(render(&shown, &language, lease.id.to_string(), to)?))
}

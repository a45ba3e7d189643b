use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::credit::{self, Adjust, Grant, IssueGiftCard, SendGiftCard};

use super::{gift_card::GiftCard, store_credit::StoreCredit};
use crate::{
    graphql::shared::{ContextExt, CurrencyCode, Decimal, LanguageCode, Result, UserError, outcome, payload},
    ids,
};

/// A gift card to be issued.
#[derive(Debug, InputObject)]
pub struct GiftCardCreateInput {
    /// What is on it: more than nothing.
    pub amount: Decimal,
    /// One that the shop sells in; its own unless given.
    pub currency_code: Option<CurrencyCode>,
    /// Where its mail goes; nobody is sent one unless given.
    pub recipient_email: Option<String>,
    /// Whom it is for: at most 100 characters.
    pub recipient_name: Option<String>,
    /// Whom it is from: at most 100 characters.
    pub sender_name: Option<String>,
    /// What the giver writes: at most 1000 characters.
    pub message: Option<String>,
    /// When its mail is sent; at once unless given.
    pub deliver_at: Option<DateTime<Utc>>,
    /// From when it pays nothing; by `shop.giftCardMonths` unless given.
    pub expires_at: Option<DateTime<Utc>>,
    /// For staff: at most 200 characters.
    pub note: Option<String>,
    /// The language of its mail; that of the request unless given.
    pub locale: Option<LanguageCode>,
}

/// Which balance changes, by how much, and why.
#[derive(Debug, InputObject)]
pub struct CreditAdjustInput {
    /// The id of the gift card or the store credit.
    pub id: ID,
    /// The version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What comes or, with a minus, goes: no more than is there.
    pub amount: Decimal,
    /// Why: at most 200 characters. The customer sees it of store credit.
    pub reason: String,
}

/// Which gift card, as it was seen.
#[derive(Debug, InputObject)]
pub struct GiftCardDeactivateInput {
    /// The card's id.
    pub id: ID,
    /// The card's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Which gift card, as it was seen.
#[derive(Debug, InputObject)]
pub struct GiftCardActivateInput {
    /// The card's id.
    pub id: ID,
    /// The card's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Which gift card is sent again, and to whom.
#[derive(Debug, InputObject)]
pub struct GiftCardSendInput {
    /// The card's id.
    pub id: ID,
    /// Another address than it was sent to; the same unless given.
    pub recipient_email: Option<String>,
}

/// Who is given store credit.
#[derive(Debug, InputObject)]
pub struct StoreCreditGrantInput {
    /// The customer's id.
    pub customer_id: ID,
    /// How much: more than nothing.
    pub amount: Decimal,
    /// One that the shop sells in; its own unless given.
    pub currency_code: Option<CurrencyCode>,
    /// Why, as the customer sees it: at most 200 characters.
    pub reason: String,
}

/// What `giftCardCreate` answers.
#[derive(Debug, SimpleObject)]
pub struct GiftCardCreatePayload {
    /// The card.
    pub gift_card: Option<GiftCard>,
    /// Its code. It is told here, and in the recipient's mail, and nowhere else: the shop keeps no code.
    pub code: Option<String>,
    /// Why nothing was done; empty when it was done.
    pub user_errors: Vec<UserError>,
}

payload! {
    /// What `giftCardDeactivate` answers.
    GiftCardDeactivatePayload {
        /// The card as it is now.
        gift_card: GiftCard,
    }
}
payload! {
    /// What `giftCardActivate` answers.
    GiftCardActivatePayload {
        /// The card as it is now.
        gift_card: GiftCard,
    }
}
payload! {
    /// What `giftCardSend` answers.
    GiftCardSendPayload {
        /// The card as it is now. Its mail follows.
        gift_card: GiftCard,
    }
}
payload! {
    /// What `giftCardAdjust` answers.
    GiftCardAdjustPayload {
        /// The card as it is now.
        gift_card: GiftCard,
    }
}
payload! {
    /// What `storeCreditAdjust` answers.
    StoreCreditAdjustPayload {
        /// The store credit as it is now.
        store_credit: StoreCredit,
    }
}
payload! {
    /// What `storeCreditGrant` answers.
    StoreCreditGrantPayload {
        /// What the customer has in this currency.
        store_credit: StoreCredit,
    }
}

#[derive(Debug, Default)]
pub struct CreditMutation;

#[Object]
impl CreditMutation {
    /// Issues a gift card. The answer tells its code, once. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn gift_card_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The card.")] input: GiftCardCreateInput,
    ) -> Result<Option<GiftCardCreatePayload>> {
        let card = IssueGiftCard {
            amount: input.amount.0,
            currency: input.currency_code.map(|code| code.0),
            recipient_email: input.recipient_email,
            recipient_name: input.recipient_name,
            sender_name: input.sender_name,
            message: input.message,
            deliver_at: input.deliver_at,
            expires_at: input.expires_at,
            note: input.note,
            locale: input.locale.map(|tag| tag.0),
        };
        let (issued, user_errors) = outcome(credit::issue(ctx.shop(), ctx.caller(), card).await)?;
        let (gift_card, code) = issued.map(|issued| (GiftCard(issued.account), issued.code)).unzip();
        Ok(Some(GiftCardCreatePayload {
            gift_card,
            code,
            user_errors,
        }))
    }

    /// Corrects what is on a gift card. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn gift_card_adjust(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card, and by how much.")] input: CreditAdjustInput,
    ) -> Result<Option<GiftCardAdjustPayload>> {
        GiftCardAdjustPayload::of(adjust(ctx, input).await.map(GiftCard))
    }

    /// Has a gift card that was lost pay nothing. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn gift_card_deactivate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card.")] input: GiftCardDeactivateInput,
    ) -> Result<Option<GiftCardDeactivatePayload>> {
        GiftCardDeactivatePayload::of(set_active(ctx, &input.id, input.expected_version, false).await)
    }

    /// Has a gift card that was shut pay again what is on it. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn gift_card_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card.")] input: GiftCardActivateInput,
    ) -> Result<Option<GiftCardActivatePayload>> {
        GiftCardActivatePayload::of(set_active(ctx, &input.id, input.expected_version, true).await)
    }

    /// Sends a gift card to its recipient again, now. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn gift_card_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card, and to whom.")] input: GiftCardSendInput,
    ) -> Result<Option<GiftCardSendPayload>> {
        GiftCardSendPayload::of(send(ctx, input).await)
    }

    /// Gives a customer store credit. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn store_credit_grant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To whom, and how much.")] input: StoreCreditGrantInput,
    ) -> Result<Option<StoreCreditGrantPayload>> {
        StoreCreditGrantPayload::of(grant(ctx, input).await)
    }

    /// Corrects a customer's store credit. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn store_credit_adjust(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which store credit, and by how much.")] input: CreditAdjustInput,
    ) -> Result<Option<StoreCreditAdjustPayload>> {
        StoreCreditAdjustPayload::of(adjust(ctx, input).await.map(StoreCredit))
    }
}

async fn adjust(
    ctx: &Context<'_>,
    input: CreditAdjustInput,
) -> vitrine_commerce::Result<vitrine_entity::credit_account::Model> {
    let change = Adjust {
        account: ids::input(&input.id, "gift card", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        amount: input.amount.0,
        reason: input.reason,
    };
    credit::adjust(ctx.shop(), ctx.caller(), change).await
}

async fn set_active(
    ctx: &Context<'_>,
    id: &ID,
    expected_version: Option<i32>,
    active: bool,
) -> vitrine_commerce::Result<GiftCard> {
    let id = ids::input(id, "gift card", &["id"])?;
    let expected = expected_version.map(i64::from);
    Ok(GiftCard(
        credit::set_active(ctx.shop(), ctx.caller(), id, expected, active).await?,
    ))
}

async fn send(ctx: &Context<'_>, input: GiftCardSendInput) -> vitrine_commerce::Result<GiftCard> {
    let which = SendGiftCard {
        card: ids::input(&input.id, "gift card", &["id"])?,
        recipient_email: input.recipient_email,
    };
    Ok(GiftCard(credit::send(ctx.shop(), ctx.caller(), which).await?))
}

async fn grant(ctx: &Context<'_>, input: StoreCreditGrantInput) -> vitrine_commerce::Result<StoreCredit> {
    let given = Grant {
        customer: ids::input(&input.customer_id, "customer", &["customerId"])?,
        amount: input.amount.0,
        currency: input.currency_code.map(|code| code.0),
        reason: input.reason,
    };
    Ok(StoreCredit(credit::grant(ctx.shop(), ctx.caller(), given).await?))
}

use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::credit::{self, CreditFilter};
use vitrine_entity::credit_account::CreditKind;

use super::{
    balance::{GiftCardBalance, GiftCardBalanceAnswer},
    difference::CreditDifference,
    gift_card::{GiftCard, GiftCardConnection, GiftCardState},
};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, outcome, page},
    ids,
};

/// Which gift cards. Everything given must hold.
#[derive(Debug, Default, InputObject)]
pub struct GiftCardWhere {
    /// The last four characters of a code, or a part of the recipient's address or name, or of the note: at most 100
    /// characters.
    pub query: Option<String>,
    /// Whether they pay.
    pub state: Option<GiftCardState>,
}

#[derive(Debug, Default)]
pub struct CreditQuery;

#[Object]
impl CreditQuery {
    /// What is left on the gift card with this code. A code that there is not and one that was shut are answered alike, and
    /// whoever asks is counted as if they signed in: too often is `RATE_LIMITED`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn gift_card_balance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As it stands on the card, however it is typed.")] code: String,
    ) -> Result<Option<GiftCardBalanceAnswer>> {
        let (found, user_errors) = outcome(credit::balance(ctx.shop(), &code).await)?;
        Ok(Some(GiftCardBalanceAnswer {
            gift_card: found.map(GiftCardBalance::from),
            user_errors,
        }))
    }

    /// A gift card. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn gift_card(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<GiftCard>> {
        let id = ids::input(&id, "gift card", &["id"])?;
        let found = credit::account(ctx.shop(), ctx.caller(), id).await?;
        Ok(found
            .filter(|account| account.kind == CreditKind::GiftCard)
            .map(GiftCard))
    }

    /// What in the books of gift cards and store credit does not agree: balances that are not the sum of their entries, and
    /// orders that were paid or paid back otherwise than their entries say. There should be none; the shop looks by itself once
    /// a day, and what it finds is one of `creditFindings`. At most 100 of each kind. For staff with the permission `PAYMENTS`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn credit_differences(&self, ctx: &Context<'_>) -> Result<Option<Vec<CreditDifference>>> {
        let found = credit::differences(ctx.shop(), ctx.caller()).await?;
        Ok(Some(found.into_iter().map(CreditDifference::from).collect()))
    }

    /// Gift cards, the newest first. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn gift_cards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which cards.")] filter: Option<GiftCardWhere>,
    ) -> Result<Option<GiftCardConnection>> {
        let filter = filter.unwrap_or_default();
        let filter = CreditFilter {
            query: filter.query,
            state: filter.state.map(Into::into),
        };
        let asked = page(first, after, last, before);
        let found = credit::accounts(ctx.shop(), ctx.caller(), &filter, &asked).await?;
        Ok(Some(GiftCardConnection {
            page: map(found, GiftCard),
            context: (),
        }))
    }
}

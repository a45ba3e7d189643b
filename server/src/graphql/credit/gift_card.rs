use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::credit::CreditState;
use vitrine_entity::credit_account;

use super::entry::{CreditEntryConnection, entries_of};
use crate::{
    graphql::{
        order::{object::Order, questions::OrderById},
        shared::{ContextExt, LanguageCode, Money, Result, connection, cost, int},
    },
    ids,
};

/// Whether a gift card pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::credit::CreditState")]
pub enum GiftCardState {
    /// It pays.
    Active,
    /// Nothing is left on it.
    Empty,
    /// Its time is over.
    Expired,
    /// Staff have shut it.
    Disabled,
}

/// A gift card, as staff see it. Its code is in the recipient's mail and nowhere else.
#[derive(Debug, Clone)]
pub struct GiftCard(pub credit_account::Model);

connection! { GiftCardConnection, GiftCardEdge, GiftCard }

/// A gift card, as staff see it. Its code is in the recipient's mail and nowhere else.
#[Object]
impl GiftCard {
    /// Names the card.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The last four characters of its code.
    async fn last_four(&self) -> &str {
        self.0.last_four.as_deref().unwrap_or_default()
    }

    /// What is left on it.
    async fn balance(&self) -> Money {
        Money::new(self.0.balance_minor, self.0.currency)
    }

    /// Whether it pays.
    async fn state(&self, ctx: &Context<'_>) -> GiftCardState {
        CreditState::of(&self.0, ctx.shop().now()).into()
    }

    /// From when it pays nothing; null: never.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// Since when it is shut.
    async fn disabled_at(&self) -> Option<DateTime<Utc>> {
        self.0.disabled_at
    }

    /// Where its mail goes; null where nobody is sent one.
    async fn recipient_email(&self) -> Option<&str> {
        self.0.recipient_email.as_deref()
    }

    /// Whom it is for.
    async fn recipient_name(&self) -> Option<&str> {
        self.0.recipient_name.as_deref()
    }

    /// Whom it is from.
    async fn sender_name(&self) -> Option<&str> {
        self.0.sender_name.as_deref()
    }

    /// What the giver writes.
    async fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The language of its mail.
    async fn locale(&self) -> LanguageCode {
        LanguageCode(self.0.locale.clone())
    }

    /// When its mail is due.
    async fn deliver_at(&self) -> Option<DateTime<Utc>> {
        self.0.deliver_at
    }

    /// When its mail was sent last.
    async fn mailed_at(&self) -> Option<DateTime<Utc>> {
        self.0.mailed_at
    }

    /// What staff note of it.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The order by which it was bought.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        match self.0.order_id {
            Some(id) => Ok(ctx.load(OrderById(id)).await?.map(Order)),
            None => Ok(None),
        }
    }

    /// Each change of its balance, the latest first.
    #[graphql(complexity = "cost(Some(first), None, child_complexity)")]
    async fn entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many entries after `after`, 1 to 100.")] first: i32,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
    ) -> Result<Option<CreditEntryConnection>> {
        entries_of(ctx, &self.0, first, after).await
    }

    /// Grows with every change, of the balance too: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was issued.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

use async_graphql::{Context, Enum, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{credit, money::Currency, staff::Permission};
use vitrine_entity::{credit_account, credit_entry};

use crate::graphql::{
    order::{object::Order, questions::OrderById},
    shared::{ContextExt, Money, Result, connection, int, map, page},
};

/// Why a balance changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::credit_entry::CreditEntryKind")]
pub enum CreditEntryKind {
    /// A gift card was bought, or given by staff; store credit was given by staff.
    Issued,
    /// It paid an order, or a part of one.
    Redeemed,
    /// The order that it paid was cancelled.
    GivenBack,
    /// Money was paid back to it.
    Refunded,
    /// Staff corrected it.
    Adjusted,
    /// Its time was over.
    Expired,
    /// What was paid for a card was paid back, wholly or in part.
    Withdrawn,
}

/// A change of the balance of a gift card or of store credit. None is ever changed or taken away: the balance is their sum.
#[derive(Debug, Clone)]
pub struct CreditEntry {
    pub row: credit_entry::Model,
    /// The account's.
    pub currency: Currency,
}

connection! { CreditEntryConnection, CreditEntryEdge, CreditEntry }

/// A change of the balance of a gift card or of store credit. None is ever changed or taken away: the balance is their sum.
#[Object]
impl CreditEntry {
    /// Counts the account's entries, from 1, without gaps.
    async fn number(&self) -> i32 {
        int(self.row.number)
    }

    /// Why the balance changed.
    async fn kind(&self) -> CreditEntryKind {
        self.row.kind.into()
    }

    /// What came or, with a minus, went.
    async fn amount(&self) -> Money {
        Money::new(self.row.amount_minor, self.currency)
    }

    /// What was there afterwards.
    async fn balance(&self) -> Money {
        Money::new(self.row.balance_minor, self.currency)
    }

    /// What staff wrote. Of gift cards, for staff alone.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// The order that it paid, or whose money it is. For its customer, and for staff with the permission `ORDERS`; null for
    /// others.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        let Some(id) = self.row.order_id else {
            return Ok(None);
        };
        let order = ctx.load(OrderById(id)).await?;
        let caller = ctx.caller();
        let opens = |customer: Option<_>| customer.is_some() && customer == caller.viewer.customer();
        let may_see = ctx.require(Permission::Orders).is_ok();
        Ok(order.filter(|order| may_see || opens(order.customer_id)).map(Order))
    }

    /// When it was.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }
}

/// The entries of an account, the latest first.
pub async fn entries_of(
    ctx: &Context<'_>,
    account: &credit_account::Model,
    first: i32,
    after: Option<String>,
) -> Result<Option<CreditEntryConnection>> {
    let asked = page(Some(first), after, None, None);
    let entries = credit::entries(ctx.shop(), ctx.caller(), account, &asked).await?;
    let currency = account.currency;
    Ok(Some(CreditEntryConnection {
        page: map(entries, |row| CreditEntry { row, currency }),
        context: (),
    }))
}

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    ErrorCode, Refusal,
    payments::{
        self, PaymentFilter,
        ledger::{self, EntryFilter},
    },
};

use super::{
    entry::{PaymentEntry, PaymentEntryConnection, PaymentEntryKind},
    object::{Payment, PaymentConnection, PaymentStatus},
    provider::PaymentProviderStatus,
};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

/// Restricts a list of payments. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct PaymentWhere {
    /// Where they stand.
    pub status: Option<PaymentStatus>,
    /// Who takes them, as in `stripe`.
    pub provider: Option<String>,
    /// The order that they are to pay for.
    pub order_id: Option<ID>,
    /// Money is held, and is released by itself at this time or before: what to capture first.
    pub capturable_before: Option<DateTime<Utc>>,
}

/// Restricts a list of entries of the payment ledger. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct PaymentEntryWhere {
    /// The order that they are about.
    pub order_id: Option<ID>,
    /// The attempt that they are about.
    pub payment_id: Option<ID>,
    /// What they record.
    pub kind: Option<PaymentEntryKind>,
    /// From this time on.
    pub since: Option<DateTime<Utc>>,
    /// Before this time.
    pub until: Option<DateTime<Utc>>,
}

#[derive(Debug, Default)]
pub struct PaymentQuery;

#[Object]
impl PaymentQuery {
    /// All attempts to be paid, newest first. For staff with the permission `PAYMENTS`; an order's
    /// own are `order.payments`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn payments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which payments.")] filter: Option<PaymentWhere>,
    ) -> Result<Option<PaymentConnection>> {
        let filter = filter.unwrap_or_default();
        let filter = PaymentFilter {
            status: filter.status.map(Into::into),
            provider: filter.provider,
            order: named(filter.order_id, "order", "orderId")?,
            capturable_before: filter.capturable_before,
        };
        let page = payments::list(ctx.shop(), ctx.caller(), &filter, &page(first, after, last, before)).await?;
        Ok(Some(PaymentConnection {
            page: map(page, Payment),
            context: (),
        }))
    }

    /// The payment ledger, newest first. For staff with the permission `PAYMENTS`. As a table, it
    /// is at `/api/payments/ledger.csv`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn payment_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which entries.")] filter: Option<PaymentEntryWhere>,
    ) -> Result<Option<PaymentEntryConnection>> {
        let filter = filter.unwrap_or_default();
        let filter = EntryFilter {
            order: named(filter.order_id, "order", "orderId")?,
            payment: named(filter.payment_id, "payment", "paymentId")?,
            kind: filter.kind.map(Into::into),
            since: filter.since,
            until: filter.until,
        };
        let page = ledger::entries(ctx.shop(), ctx.caller(), &filter, &page(first, after, last, before)).await?;
        Ok(Some(PaymentEntryConnection {
            page: map(page, PaymentEntry),
            context: (),
        }))
    }

    /// How each payment provider of the shop is doing. For staff with the permission `PAYMENTS`.
    #[graphql(complexity = "3 * child_complexity")]
    async fn payment_providers(&self, ctx: &Context<'_>) -> Result<Option<Vec<PaymentProviderStatus>>> {
        let providers = payments::providers(ctx.shop(), ctx.caller()).await?;
        Ok(Some(providers.into_iter().map(PaymentProviderStatus).collect()))
    }
}

/// An id in a filter: one that is ill-formed would otherwise find everything, or nothing unseen.
fn named<T: std::str::FromStr>(id: Option<ID>, what: &str, field: &str) -> Result<Option<T>> {
    let Some(id) = id else { return Ok(None) };
    let refused = || Refusal::new(ErrorCode::Invalid, format!("This is not the id of a {what}.")).at(&["where", field]);
    Ok(Some(ids::find(&id).ok_or_else(refused)?))
}

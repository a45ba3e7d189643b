use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use vitrine_commerce::{
    Refusal,
    money::Money as Amount,
    orders,
    payments::{self, RefundOrder},
};

use super::refund::Refund;
use crate::{
    graphql::{
        cart::credit::CreditKind,
        order::object::Order,
        shared::{ContextExt, Decimal, Money, Result, UserError, outcome},
    },
    ids,
};

/// Where money of an order goes that is paid back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::payments::RefundTo")]
pub enum RefundTo {
    /// To what the order was paid with: first to the means of payment, then to gift cards and store credit, or the other way
    /// round where `shop.creditRefundedFirst` is set.
    Original,
    /// Onto the store credit of the order's customer. A guest has none.
    StoreCredit,
}

/// Which order's money to pay back, how much of it, where to, and why.
#[derive(Debug, InputObject)]
pub struct OrderRefundInput {
    /// The order's id.
    pub order_id: ID,
    /// In the order's currency; all that was paid and is not back where it is left out.
    pub amount: Option<Decimal>,
    /// Where the money goes; to what the order was paid with unless given.
    pub to: Option<RefundTo>,
    /// Shown to the shopper, at most 200 characters.
    pub reason: Option<String>,
    /// Made by the client, once for each refund that it means to make. Sent again with the same
    /// input, it gives the same refund again. It belongs to the member of staff. At most 255
    /// characters.
    pub idempotency_key: String,
}

/// A part of a refund that is on a gift card or store credit.
#[derive(Debug, SimpleObject)]
pub struct CreditRefund {
    /// Which of the two.
    pub kind: CreditKind,
    /// The last four characters of a gift card's code; null of store credit.
    pub last_four: Option<String>,
    /// How much.
    pub amount: Money,
}

/// What `orderRefund` answers.
#[derive(Debug, SimpleObject)]
pub struct OrderRefundPayload {
    /// The order as it is now.
    pub order: Option<Order>,
    /// The part that is paid back to the means of payment. It is under way: follow the order with `orderUpdates`. Null where
    /// there is none.
    pub refund: Option<Refund>,
    /// The parts that are on gift cards and store credit by now.
    pub credits: Vec<CreditRefund>,
    /// Why nothing was done; empty when it was done.
    pub user_errors: Vec<UserError>,
}

#[derive(Debug, Default)]
pub struct OrderRefundMutation;

#[Object]
impl OrderRefundMutation {
    /// Pays back money of an order, wholly or in part, as often as something is left: what was captured, and what gift cards
    /// and store credit paid. Never more goes back to any of them than it paid. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_refund(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order's money to pay back, how much of it, where to, and why.")]
        input: OrderRefundInput,
    ) -> Result<Option<OrderRefundPayload>> {
        let (paid, user_errors) = outcome(refund(ctx, input).await)?;
        let (order, refund, credits) = paid.map_or((None, None, Vec::new()), |paid| paid);
        Ok(Some(OrderRefundPayload {
            order,
            refund,
            credits,
            user_errors,
        }))
    }
}

type Paid = (Option<Order>, Option<Refund>, Vec<CreditRefund>);

async fn refund(ctx: &Context<'_>, input: OrderRefundInput) -> vitrine_commerce::Result<Paid> {
    let asked = RefundOrder {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        amount: input.amount.map(|amount| amount.0),
        to: input.to.map(Into::into).unwrap_or_default(),
        reason: input.reason,
        idempotency_key: input.idempotency_key,
    };
    let paid = payments::refund_order(ctx.shop(), ctx.caller(), asked).await?;
    let order = orders::find(ctx.shop(), ctx.caller(), paid.order, None).await?;
    let order = order.ok_or_else(|| Refusal::not_found("order"))?;
    let currency = order.currency;
    let credits = paid.credits.into_iter().map(|(entry, account)| CreditRefund {
        kind: account.kind.into(),
        last_four: account.last_four,
        amount: Amount::new(entry.amount_minor, currency).into(),
    });
    let credits = credits.collect();
    let refund = paid.refund.map(|row| Refund { row, currency });
    Ok((Some(Order(order)), refund, credits))
}

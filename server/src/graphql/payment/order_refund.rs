use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use vitrine_commerce::{
    Refusal, orders,
    payments::{self, RefundOrder, RefundShipping},
};

use super::{
    mutation::RefundLineInput,
    refund::{Refund, RefundLine},
};
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
#[graphql(remote = "vitrine_entity::order_refund::RefundTo")]
pub enum RefundTo {
    /// To what the order was paid with: first to the means of payment, then to gift cards and store credit, or the other way
    /// round where `shop.creditRefundedFirst` is set.
    Original,
    /// Onto the store credit of the order's customer. A guest has none.
    StoreCredit,
}

/// How much of what was paid for shipping goes back.
#[derive(Debug, InputObject)]
pub struct RefundShippingInput {
    /// In the order's currency, with the tax; all that was paid for shipping and is not back or on its way where it is left
    /// out.
    pub amount: Option<Decimal>,
}

/// Which order's money to pay back, how much of it, where to, and why.
#[derive(Debug, InputObject)]
pub struct OrderRefundInput {
    /// The order's id.
    pub order_id: ID,
    /// In the order's currency; all that was paid and is not back where neither it nor `lines` nor `shipping` is given.
    pub amount: Option<Decimal>,
    /// For what it is, at most 100 lines, in place of an amount: what was paid for these units goes back, after discounts and
    /// with the tax, and the last unit of a line takes what is left of it. A unit is paid back once, whatever it was paid with.
    #[graphql(default)]
    pub lines: Vec<RefundLineInput>,
    /// Pays back shipping, too, in place of an amount.
    pub shipping: Option<RefundShippingInput>,
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
#[derive(Debug, Default, SimpleObject)]
pub struct OrderRefundPayload {
    /// The order as it is now.
    pub order: Option<Order>,
    /// How much is paid back in all; null where nothing was done.
    pub amount: Option<Money>,
    /// Which units of which lines it is for, where the input said so.
    pub lines: Vec<RefundLine>,
    /// How much of it is for shipping, where the input said so; null otherwise.
    pub shipping: Option<Money>,
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
        let paid = paid.unwrap_or_default();
        Ok(Some(OrderRefundPayload { user_errors, ..paid }))
    }
}

async fn refund(ctx: &Context<'_>, input: OrderRefundInput) -> vitrine_commerce::Result<OrderRefundPayload> {
    let asked = RefundOrder {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        amount: input.amount.map(|amount| amount.0),
        lines: RefundLineInput::read(input.lines)?,
        shipping: input.shipping.map(|shipping| match shipping.amount {
            Some(amount) => RefundShipping::Amount(amount.0),
            None => RefundShipping::Rest,
        }),
        to: input.to.map(Into::into).unwrap_or_default(),
        reason: input.reason,
        idempotency_key: input.idempotency_key,
    };
    let paid = payments::refund_order(ctx.shop(), ctx.caller(), asked).await?;
    let order = orders::find(ctx.shop(), ctx.caller(), paid.row.order_id, None).await?;
    let order = order.ok_or_else(|| Refusal::not_found("order"))?;
    let currency = order.currency;
    let money = |minor| Money::new(minor, currency);
    let credits = paid.credits.into_iter().map(|(entry, account)| CreditRefund {
        kind: account.kind.into(),
        last_four: account.last_four,
        amount: money(entry.amount_minor),
    });
    Ok(OrderRefundPayload {
        order: Some(Order(order)),
        amount: Some(money(paid.row.amount_minor)),
        lines: RefundLine::of(paid.lines, currency),
        shipping: (paid.row.shipping_minor > 0).then(|| money(paid.row.shipping_minor)),
        refund: paid.refund.map(|row| Refund { row, currency }),
        credits: credits.collect(),
        user_errors: Vec::new(),
    })
}

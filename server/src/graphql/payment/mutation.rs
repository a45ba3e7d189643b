use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    Fault, Refusal, orders,
    payments::{self, CapturePayment, RefundLine, RefundPayment},
};
use vitrine_entity::refund;

use super::refund::Refund;
use crate::{
    graphql::{
        order::object::Order,
        shared::{ContextExt, Decimal, Result, payload},
    },
    ids,
};

/// Which order's money to take, and how much of it.
#[derive(Debug, InputObject)]
pub struct PaymentCaptureInput {
    /// The order's id.
    pub order_id: ID,
    /// In the order's currency; all that is held where it is left out. What is not taken is
    /// released to the shopper: a payment is captured once.
    pub amount: Option<Decimal>,
    /// Made by the client, once for each capture that it means to make. Sent again with the same
    /// input, nothing is taken twice. It belongs to the member of staff. At most 255 characters.
    pub idempotency_key: String,
}

/// Which order's money to pay back, how much of it, and why.
#[derive(Debug, InputObject)]
pub struct PaymentRefundInput {
    /// The order's id.
    pub order_id: ID,
    /// In the order's currency; all that is left of what was captured where it is left out.
    pub amount: Option<Decimal>,
    /// For what it is, at most 100 lines, in place of an amount: what was paid for these units goes back, after discounts and
    /// with the tax, and the last unit of a line takes what is left of it.
    #[graphql(default)]
    pub lines: Vec<RefundLineInput>,
    /// Shown to the shopper, at most 200 characters.
    pub reason: Option<String>,
    /// Made by the client, once for each refund that it means to make. Sent again with the same
    /// input, it gives the same refund again. It belongs to the member of staff. At most 255
    /// characters.
    pub idempotency_key: String,
}

/// Units of a line that are paid back.
#[derive(Debug, InputObject)]
pub struct RefundLineInput {
    /// The line's id, of the order.
    pub line_id: ID,
    /// How many units, of those that are not back or on their way.
    pub quantity: i32,
    /// How much is paid back for them, in the order's currency, where the shop keeps a part of what was paid; all of it
    /// where it is left out.
    pub amount: Option<Decimal>,
}

impl RefundLineInput {
    /// As commerce takes them.
    pub fn read(lines: Vec<Self>) -> std::result::Result<Vec<RefundLine>, Refusal> {
        let line = |(place, line): (usize, Self)| {
            let field = ["lines", &place.to_string(), "lineId"];
            Ok(RefundLine {
                line: ids::input(&line.line_id, "line of this order", &field)?,
                quantity: line.quantity,
                amount: line.amount.map(|amount| amount.0),
            })
        };
        lines.into_iter().enumerate().map(line).collect()
    }
}

/// Which refund has been paid by hand.
#[derive(Debug, InputObject)]
pub struct RefundConfirmInput {
    /// The refund's id.
    pub refund_id: ID,
}

payload! {
    /// What `paymentCapture` answers.
    PaymentCapturePayload {
        /// The order, with a capture under way: see `payment.captures`.
        order: Order,
    }
}
payload! {
    /// What `paymentRefund` answers.
    PaymentRefundPayload {
        /// The refund. It is under way: follow the order with `orderUpdates`.
        refund: Refund,
    }
}
payload! {
    /// What `refundConfirm` answers.
    RefundConfirmPayload {
        /// The refund, which has succeeded.
        refund: Refund,
    }
}

#[derive(Debug, Default)]
pub struct PaymentMutation;

#[Object]
impl PaymentMutation {
    /// Takes the money that is held for an order. For a bank transfer and cash on delivery it says
    /// that the money has come. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn payment_capture(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order's money to take, and how much of it.")] input: PaymentCaptureInput,
    ) -> Result<Option<PaymentCapturePayload>> {
        PaymentCapturePayload::of(capture(ctx, input).await)
    }

    /// Pays back what was captured for an order, wholly or in part, as often as something is left.
    /// For staff with the permission `REFUNDS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn payment_refund(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order's money to pay back, how much of it, and why.")] input: PaymentRefundInput,
    ) -> Result<Option<PaymentRefundPayload>> {
        PaymentRefundPayload::of(refund(ctx, input).await)
    }

    /// Says that a refund has been paid by hand, where nobody else can know: of a bank transfer,
    /// and of cash. Said again, it answers the same. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn refund_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which refund has been paid by hand.")] input: RefundConfirmInput,
    ) -> Result<Option<RefundConfirmPayload>> {
        RefundConfirmPayload::of(confirm(ctx, input).await)
    }
}

async fn capture(ctx: &Context<'_>, input: PaymentCaptureInput) -> vitrine_commerce::Result<Order> {
    let capture = CapturePayment {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        amount: input.amount.map(|amount| amount.0),
        idempotency_key: input.idempotency_key,
    };
    let capture = payments::capture(ctx.shop(), ctx.caller(), capture).await?;
    let order = orders::find(ctx.shop(), ctx.caller(), capture.order_id, None).await?;
    Ok(Order(order.ok_or_else(|| Refusal::not_found("order"))?))
}

async fn refund(ctx: &Context<'_>, input: PaymentRefundInput) -> vitrine_commerce::Result<Refund> {
    let refund = RefundPayment {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        lines: RefundLineInput::read(input.lines)?,
        amount: input.amount.map(|amount| amount.0),
        reason: input.reason,
        idempotency_key: input.idempotency_key,
    };
    read(ctx, payments::refund(ctx.shop(), ctx.caller(), refund).await?).await
}

async fn confirm(ctx: &Context<'_>, input: RefundConfirmInput) -> vitrine_commerce::Result<Refund> {
    let id = ids::input(&input.refund_id, "refund", &["refundId"])?;
    read(ctx, payments::confirm_refund(ctx.shop(), ctx.caller(), id).await?).await
}

/// A refund is in its payment's currency.
async fn read(ctx: &Context<'_>, row: refund::Model) -> vitrine_commerce::Result<Refund> {
    let payment = payments::by_id(ctx.shop(), &[row.payment_id])
        .await?
        .remove(&row.payment_id);
    let missing = || Fault::Corrupt {
        table: "refund",
        column: "payment_id",
        id: row.id.to_string(),
    };
    let currency = payment.ok_or_else(missing)?.currency;
    Ok(Refund { row, currency })
}

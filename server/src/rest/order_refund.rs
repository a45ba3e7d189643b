//! `POST /api/orders/{order_id}/refund`: staff pay back over all that an order was paid with.

use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vitrine_commerce::{
    ErrorCode, Refusal,
    money::Currency,
    orders::{self, load},
    payments::{self, OrderRefund, RefundOrder, RefundShipping},
};
use vitrine_entity::{
    order_refund::RefundTo,
    refund::{self, RefundStatus},
    refund_line,
};

use super::{
    extract::{Json, OrderInPath, RestRequest},
    orders::WAIT_SECONDS,
    payments::{RefundLineBody, answer, lines, refused_by_provider},
    problem::{details::Problem, responses},
    state::Rest,
    view::{MoneyView, payment::RefundView, status},
};

/// How much to pay back, for what, where to, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = OrderRefundRequest)]
pub(super) struct OrderRefundBody {
    /// A decimal in the order's currency; all that is left where neither it nor `lines` nor `shipping` is given.
    #[schema(example = "12.30")]
    amount: Option<String>,
    /// The units that go back, instead of an amount: what was paid for them is paid back to the minor unit. Each line
    /// once.
    lines: Option<Vec<RefundLineBody>>,
    /// Pays back shipping, too, instead of an amount.
    shipping: Option<ShippingBody>,
    /// `ORIGINAL`: to what the order was paid with. `STORE_CREDIT`: onto the store credit of its customer.
    #[schema(example = "ORIGINAL")]
    to: Option<String>,
    /// Shown to the shopper.
    #[schema(max_length = 200)]
    reason: Option<String>,
    /// How long to wait until it is done, in seconds.
    #[schema(minimum = 0, maximum = 25, default = 10)]
    wait_seconds: Option<u64>,
}

/// How much of what was paid for shipping goes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RefundShipping)]
pub(super) struct ShippingBody {
    /// A decimal in the order's currency; all that is neither back nor on its way where it is not given.
    #[schema(example = "4.90")]
    amount: Option<String>,
}

/// What a refund came to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderRefund)]
pub(super) struct OrderRefunded {
    /// Names the refund.
    #[schema(example = "rfd_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// How much goes back in all.
    amount: MoneyView,
    /// How much of it is for shipping. Left out where the request said nothing of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    shipping: Option<MoneyView>,
    /// Which units it is for, where the request said so.
    lines: Vec<RefundedLine>,
    /// The part that is paid back to the means of payment. Left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    refund: Option<RefundView>,
    /// The parts that are on gift cards and store credit by now.
    credits: Vec<CreditRefunded>,
}

/// Units of a line that go back.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RefundedLine {
    /// The order's line.
    line_id: String,
    /// How many units.
    quantity: i32,
    /// How much of the refund is for them.
    amount: MoneyView,
}

/// A part of a refund that is on a gift card or store credit.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreditRefunded {
    /// `GIFT_CARD` or `STORE_CREDIT`.
    #[schema(example = "GIFT_CARD")]
    kind: String,
    /// The last four characters of a gift card's code. Left out of store credit.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_four: Option<String>,
    /// How much.
    amount: MoneyView,
}

/// Pay an order's money back
///
/// Pays back what was captured and what gift cards and store credit paid, by an amount or by units of lines and shipping, as
/// often as something is left. Never more goes back to any of them than it paid, and a unit goes back once. For staff with the
/// permission `REFUNDS`.
#[utoipa::path(
    post,
    path = "/api/orders/{order_id}/refund",
    tag = "payments",
    params(
        ("order_id" = String, Path, description = "The order's id."),
        ("Idempotency-Key" = String, Header, min_length = 1, max_length = 255, description = "Made by the client, once for each refund that it means to make. It belongs to the member of staff. At most 255 characters."),
    ),
    request_body = OrderRefundBody,
    responses(
        (status = 200, description = "The money is back.", body = OrderRefunded),
        (status = 202, description = "It is under way. Look at `Location`, or ask again with the same key. What staff pay back by hand stays under way until they confirm it.", body = OrderRefunded, headers(
            ("Location" = String, description = "The path of the order."),
            ("Retry-After" = u32, description = "When to ask again, in seconds."),
        )),
        responses::OrderRefund,
    ),
    security(("staff" = []))
)]
pub(super) async fn refund(
    State(rest): State<Rest>,
    request: RestRequest,
    OrderInPath(id): OrderInPath,
    Json(body): Json<OrderRefundBody>,
) -> Result<Response, Problem> {
    let within = orders::wait_within(body.wait_seconds.unwrap_or(WAIT_SECONDS))?;
    let asked = RefundOrder {
        order: id,
        amount: body.amount,
        lines: lines(&body.lines.unwrap_or_default())?,
        shipping: body.shipping.map(|shipping| match shipping.amount {
            Some(amount) => RefundShipping::Amount(amount),
            None => RefundShipping::Rest,
        }),
        to: destination(body.to.as_deref())?,
        reason: body.reason,
        idempotency_key: request.key()?,
    };
    let mut paid = payments::refund_order(&rest.shop, &request.context, asked).await?;
    if let Some(asked_for) = paid.refund.as_ref().map(|refund| refund.id) {
        let read = async || {
            let mut refunds = load::refunds_of(&rest.shop, &[id]).await?;
            let refunds = refunds.remove(&id).unwrap_or_default();
            Ok(refunds.into_iter().find(|refund| refund.id == asked_for))
        };
        let is_done = |read: &Option<refund::Model>| {
            read.as_ref()
                .is_none_or(|refund| refund.status != RefundStatus::Requested)
        };
        paid.refund = orders::wait(&rest.shop, id, within, rest.drain.begun(), read, is_done).await?;
    }
    if let Some(failed) = paid
        .refund
        .as_ref()
        .filter(|refund| refund.status == RefundStatus::Failed)
    {
        return Err(refused_by_provider(failed.failure.clone()));
    }
    let order = load::orders(&rest.shop, &[id]).await?.remove(&id);
    let order = order.ok_or_else(|| Refusal::not_found("order"))?;
    let is_done = paid
        .refund
        .as_ref()
        .is_none_or(|refund| refund.status == RefundStatus::Succeeded);
    Ok(answer(id, is_done, OrderRefunded::new(paid, order.currency)))
}

fn destination(asked: Option<&str>) -> Result<RefundTo, Refusal> {
    match asked {
        None | Some("ORIGINAL") => Ok(RefundTo::Original),
        Some("STORE_CREDIT") => Ok(RefundTo::StoreCredit),
        Some(_) => Err(Refusal::new(ErrorCode::Invalid, "`to` is `ORIGINAL` or `STORE_CREDIT`.").at(&["to"])),
    }
}

impl OrderRefunded {
    fn new(paid: OrderRefund, currency: Currency) -> Self {
        let money = |minor| MoneyView::new(minor, currency);
        let line = |row: refund_line::Model| RefundedLine {
            line_id: row.order_line_id.to_string(),
            quantity: row.quantity,
            amount: money(row.amount_minor),
        };
        let credits = paid.credits.into_iter().map(|(entry, account)| CreditRefunded {
            kind: status(&account.kind),
            last_four: account.last_four,
            amount: money(entry.amount_minor),
        });
        Self {
            id: paid.row.id.to_string(),
            amount: money(paid.row.amount_minor),
            shipping: (paid.row.shipping_minor > 0).then(|| money(paid.row.shipping_minor)),
            lines: paid.lines.into_iter().map(line).collect(),
            refund: paid.refund.map(|row| RefundView::new(&row, currency)),
            credits: credits.collect(),
        }
    }
}

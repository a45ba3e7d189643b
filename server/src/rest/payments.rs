//! `POST /api/payments/{order_id}/capture` and `…/refund`: what staff do with an order's money.

use axum::{
    Json as Written,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vitrine_commerce::{
    Refusal, Result as Outcome,
    orders::{self, load},
    payments::{self, CapturePayment, RefundLine, RefundPayment},
};
use vitrine_entity::{
    capture::{self, CaptureStatus},
    ids::{CaptureId, OrderId},
    payment,
    refund::{self, RefundStatus},
};

use super::{
    extract::{Json, OrderInPath, RestRequest},
    orders::{RETRY_AFTER, WAIT_SECONDS},
    problem::{
        details::{Problem, fault_problem},
        kind, responses,
    },
    state::Rest,
    view::{
        order::read_payment,
        payment::{CaptureView, PaymentView, RefundView},
    },
};

/// How much to take of what is held.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CaptureRequest)]
pub(super) struct CaptureBody {
    /// A decimal in the order's currency; all that is held where it is not given. What is not taken
    /// is released.
    #[schema(example = "12.30")]
    amount: Option<String>,
    /// How long to wait until it is done, in seconds.
    #[schema(minimum = 0, maximum = 25, default = 10)]
    wait_seconds: Option<u64>,
}

/// How much to pay back, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RefundRequest)]
pub(super) struct RefundBody {
    /// A decimal in the order's currency; all that is left where neither it nor `lines` is given.
    #[schema(example = "12.30")]
    amount: Option<String>,
    /// The units that go back, instead of an amount: what was paid for them is paid back to the minor unit. Each line
    /// once.
    lines: Option<Vec<RefundLineBody>>,
    /// Shown to the shopper.
    #[schema(max_length = 200)]
    reason: Option<String>,
    /// How long to wait until it is done, in seconds.
    #[schema(minimum = 0, maximum = 25, default = 10)]
    wait_seconds: Option<u64>,
}

/// Units of a line that go back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RefundLineRequest)]
pub(super) struct RefundLineBody {
    /// The order's line: `lines[].id` of the order.
    #[schema(example = "oline_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    line_id: String,
    /// How many units: 1, up to as many as are neither back nor on their way.
    #[schema(minimum = 1)]
    quantity: i32,
    /// A decimal in the order's currency, where the shop keeps a part of what was paid for them; all of it where it is not
    /// given.
    amount: Option<String>,
}

/// A capture, and the payment as it stands with it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Captured {
    /// The payment.
    payment: PaymentView,
    /// The capture.
    capture: CaptureView,
}

/// A refund, and the payment as it stands with it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Refunded {
    /// The payment.
    payment: PaymentView,
    /// The refund.
    refund: RefundView,
}

/// Capture a payment
///
/// Takes the money that is held for an order, wholly or in part, once. For a bank transfer or cash
/// on delivery it says that the money has come. For staff with the permission `ORDERS`.
#[utoipa::path(
    post,
    path = "/api/payments/{order_id}/capture",
    tag = "payments",
    params(
        ("order_id" = String, Path, description = "The order's id."),
        ("Idempotency-Key" = String, Header, min_length = 1, max_length = 255, description = "Made by the client, once for each capture that it means to make. It belongs to the member of staff. At most 255 characters."),
    ),
    request_body = CaptureBody,
    responses(
        (status = 200, description = "The money is the shop's.", body = Captured),
        (status = 202, description = "It is under way. Look at `Location`, or ask again with the same key.", body = Captured, headers(
            ("Location" = String, description = "The path of the order."),
            ("Retry-After" = u32, description = "When to ask again, in seconds."),
        )),
        responses::Capture,
    ),
    security(("staff" = []))
)]
pub(super) async fn capture(
    State(rest): State<Rest>,
    request: RestRequest,
    OrderInPath(id): OrderInPath,
    Json(body): Json<CaptureBody>,
) -> Result<Response, Problem> {
    let within = orders::wait_within(body.wait_seconds.unwrap_or(WAIT_SECONDS))?;
    let capture = CapturePayment {
        order: id,
        amount: body.amount,
        idempotency_key: request.key()?,
    };
    let asked_for = payments::capture(&rest.shop, &request.context, capture).await?.id;
    let is_done = |read: &Option<(payment::Model, capture::Model)>| {
        read.as_ref()
            .is_none_or(|(_, capture)| capture.status != CaptureStatus::Requested)
    };
    let (stop, read) = (rest.drain.begun(), || find_capture(&rest, id, asked_for));
    let read = orders::wait(&rest.shop, id, within, stop, read, is_done).await?;
    let (payment, capture) = read.ok_or_else(fault_problem)?;
    if capture.status == CaptureStatus::Failed {
        return Err(refused_by_provider(capture.failure));
    }
    let body = Captured {
        payment: read_payment(&rest.shop, &request.context, &payment).await?,
        capture: CaptureView::new(&capture, payment.currency),
    };
    Ok(answer(id, capture.status == CaptureStatus::Succeeded, body))
}

/// Pay money back
///
/// Pays back what was captured, wholly or in part, as often as something is left. For staff with
/// the permission `REFUNDS`.
#[utoipa::path(
    post,
    path = "/api/payments/{order_id}/refund",
    tag = "payments",
    params(
        ("order_id" = String, Path, description = "The order's id."),
        ("Idempotency-Key" = String, Header, min_length = 1, max_length = 255, description = "Made by the client, once for each refund that it means to make. It belongs to the member of staff. At most 255 characters."),
    ),
    request_body = RefundBody,
    responses(
        (status = 200, description = "The money is back.", body = Refunded),
        (status = 202, description = "It is under way. Look at `Location`, or ask again with the same key. What staff pay back by hand stays under way until they confirm it.", body = Refunded, headers(
            ("Location" = String, description = "The path of the order."),
            ("Retry-After" = u32, description = "When to ask again, in seconds."),
        )),
        responses::Refund,
    ),
    security(("staff" = []))
)]
pub(super) async fn refund(
    State(rest): State<Rest>,
    request: RestRequest,
    OrderInPath(id): OrderInPath,
    Json(body): Json<RefundBody>,
) -> Result<Response, Problem> {
    let within = orders::wait_within(body.wait_seconds.unwrap_or(WAIT_SECONDS))?;
    let refund = RefundPayment {
        order: id,
        amount: body.amount,
        lines: lines(&body.lines.unwrap_or_default())?,
        reason: body.reason,
        idempotency_key: request.key()?,
    };
    let asked_for = payments::refund(&rest.shop, &request.context, refund).await?;
    let is_done = |read: &Option<(payment::Model, refund::Model)>| {
        read.as_ref()
            .is_none_or(|(_, refund)| refund.status != RefundStatus::Requested)
    };
    let (stop, read) = (rest.drain.begun(), || this_refund(&rest, &asked_for));
    let read = orders::wait(&rest.shop, id, within, stop, read, is_done).await?;
    let (payment, refund) = read.ok_or_else(fault_problem)?;
    if refund.status == RefundStatus::Failed {
        return Err(refused_by_provider(refund.failure));
    }
    let body = Refunded {
        payment: read_payment(&rest.shop, &request.context, &payment).await?,
        refund: RefundView::new(&refund, payment.currency),
    };
    Ok(answer(id, refund.status == RefundStatus::Succeeded, body))
}

pub(super) fn lines(asked: &[RefundLineBody]) -> Outcome<Vec<RefundLine>> {
    let line = |(index, asked): (usize, &RefundLineBody)| {
        let missing = || Refusal::not_found("line of this order").at(&["lines", &index.to_string(), "lineId"]);
        Ok(RefundLine {
            line: asked.line_id.parse().map_err(|_| missing())?,
            quantity: asked.quantity,
            amount: asked.amount.clone(),
        })
    };
    asked.iter().enumerate().map(line).collect()
}

async fn payments_of(rest: &Rest, order: OrderId) -> Outcome<Vec<payment::Model>> {
    let mut found = load::payments_of(&rest.shop, &[order]).await?;
    Ok(found.remove(&order).unwrap_or_default())
}

/// A capture of the order, with its payment. The payment is read last, so that it counts a capture that is done.
async fn find_capture(rest: &Rest, order: OrderId, id: CaptureId) -> Outcome<Option<(payment::Model, capture::Model)>> {
    let ids: Vec<_> = payments_of(rest, order)
        .await?
        .iter()
        .map(|payment| payment.id)
        .collect();
    let captures = load::captures_of(&rest.shop, &ids).await?;
    let Some(capture) = captures.into_values().flatten().find(|capture| capture.id == id) else {
        return Ok(None);
    };
    let mut payments = payments_of(rest, order).await?.into_iter();
    let payment = payments.find(|payment| payment.id == capture.payment_id);
    Ok(payment.map(|payment| (payment, capture)))
}

/// The refund as it stands, with its payment. The payment is read last, so that it counts a refund that is done.
async fn this_refund(rest: &Rest, refund: &refund::Model) -> Outcome<Option<(payment::Model, refund::Model)>> {
    let order = refund.order_id;
    let refunds = load::refunds_of(&rest.shop, &[order])
        .await?
        .remove(&order)
        .unwrap_or_default();
    let mut payments = payments_of(rest, order).await?.into_iter();
    let payment = payments.find(|payment| payment.id == refund.payment_id);
    Ok(payment.zip(refunds.into_iter().find(|row| row.id == refund.id)))
}

pub(super) fn refused_by_provider(failure: Option<String>) -> Problem {
    let reason = failure.unwrap_or_else(|| "it gave no reason".to_owned());
    Problem::new(
        kind::PAYMENT_STATE,
        format!("The payment provider refused it: {reason}"),
    )
}

pub(super) fn answer(order: OrderId, is_done: bool, body: impl Serialize) -> Response {
    if is_done {
        return Written(body).into_response();
    }
    let headers = [(header::LOCATION, format!("/api/orders/{order}"))];
    let mut response = (StatusCode::ACCEPTED, headers, Written(body)).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    response
}

//! `POST /api/orders/{id}/process-payment`.

use axum::{
    Json as Written,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;
use vitrine_commerce::{
    Context, Error, ErrorCode,
    orders::{self, state},
    payments::{self, Outcome, PaymentProblemCode, Retry},
};
use vitrine_entity::order::{self, OrderStatus};

use super::{RETRY_AFTER, WAIT_SECONDS};
use crate::rest::{
    checkout::PaymentMethodBody,
    extract::{Json, OrderInPath, RestRequest, missing_order},
    problem::{
        details::{PaymentParticulars, Problem},
        kind, responses,
    },
    state::Rest,
    view::{
        action::ActionView,
        order::{OrderView, path},
    },
};

/// How to go on with a payment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::rest) struct ProcessPayment {
    /// How the shopper pays, if the payment has failed. Without it nothing is tried again. While a
    /// payment is under way, it is not looked at.
    payment_method: Option<PaymentMethodBody>,
    /// How long to wait for the outcome, in seconds. The answer comes as soon as it is known.
    #[schema(minimum = 0, maximum = 25, default = 10)]
    wait_seconds: Option<u64>,
}

/// Process an order's payment
///
/// Waits for the outcome of the order's payment, and answers as soon as it is known. With a payment
/// method, a payment that has failed is tried again first; no second payment ever opens beside one
/// that may still succeed.
#[utoipa::path(
    post,
    path = "/api/orders/{order_id}/process-payment",
    tag = "orders",
    params(
        ("order_id" = String, Path, description = "The order's id."),
        ("Idempotency-Key" = Option<String>, Header, description = "Needed with a payment method: made by the client, once for each attempt that it means to make. At most 255 characters."),
    ),
    request_body = ProcessPayment,
    responses(
        (status = 200, description = "The order is paid, or its money is held.", body = OrderView),
        (status = 202, description = "The outcome is not known yet. Ask again, here or at `Location`.", body = OrderView, headers(
            ("Location" = String, description = "The path of the order."),
            ("Retry-After" = u32, description = "When to ask again, in seconds."),
        )),
        responses::ProcessPayment,
    ),
    security(("customer" = []), ("staff" = []), ("order" = []))
)]
pub(in crate::rest) async fn process_payment(
    State(rest): State<Rest>,
    request: RestRequest,
    OrderInPath(id): OrderInPath,
    Json(body): Json<ProcessPayment>,
) -> Result<Response, Problem> {
    let within = orders::wait_within(body.wait_seconds.unwrap_or(WAIT_SECONDS))?;
    if let Some(method) = body.payment_method {
        let retry = Retry {
            order: id,
            access_token: request.access_token.clone(),
            method: method.try_into()?,
        };
        try_again(&rest, &request, retry).await?;
    }
    let (token, stop) = (request.access_token.as_deref(), rest.drain.begun());
    let outcome = payments::outcome(&rest.shop, &request.context, id, token, within, stop).await?;
    answer(&rest, &request.context, outcome).await
}

/// Where the payment has not failed, there is nothing to try again: its outcome says how it stands.
async fn try_again(rest: &Rest, request: &RestRequest, retry: Retry) -> Result<(), Problem> {
    match payments::retry_once(&rest.shop, &request.context, retry, &request.key()?).await {
        Err(Error::Refused(refusals)) if refusals.iter().all(|refusal| tells_how_it_stands(refusal.code)) => Ok(()),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(()),
    }
}

fn tells_how_it_stands(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::PaymentInProgress | ErrorCode::OrderState)
}

async fn answer(rest: &Rest, context: &Context, outcome: Outcome) -> Result<Response, Problem> {
    let order = &outcome.order;
    if let Some(problem) = obstacle(&outcome) {
        let location = HeaderValue::try_from(path(order)).map_err(|_| missing_order())?;
        return Err(problem.with_header(header::LOCATION, location));
    }
    let view = Written(OrderView::load(&rest.shop, context, order).await?);
    if is_paid(order) {
        return Ok(view.into_response());
    }
    let headers = [(header::LOCATION, path(order))];
    let mut response = (StatusCode::ACCEPTED, headers, view).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    Ok(response)
}

fn is_paid(order: &order::Model) -> bool {
    state::is_paid(order.status)
}

/// What stands in the way of the order's being paid.
fn obstacle(outcome: &Outcome) -> Option<Problem> {
    let order = &outcome.order;
    if order.status == OrderStatus::Cancelled {
        let detail = "The order was cancelled: it is not paid for any more.";
        return Some(Problem::new(kind::ORDER_STATE, detail));
    }
    let payment = outcome.payment.as_ref().filter(|_| !is_paid(order))?;
    // What is under way needs nothing but time.
    let problem = payments::problem(payment).filter(|problem| problem.code != PaymentProblemCode::PaymentPending)?;
    let particulars = PaymentParticulars {
        decline_code: payment.decline_code.clone(),
        action: ActionView::of(payment),
    };
    Some(Problem::new(problem.code.into(), problem.message).with_payment(particulars))
}

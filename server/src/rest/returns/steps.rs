//! What is done with a return. Each answers a repeat with the state; under an `Idempotency-Key` it is done once.

use std::future::Future;

use axum::{
    Json as Written,
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use vitrine_commerce::{Result as Outcome, returns, staff::Permission};
use vitrine_entity::order_return;

use super::{
    ReturnInPath,
    bodies::{ApproveBody, InspectBody, ReceiveBody, RefundBody, RefuseBody, VersionBody},
    view::ReturnView,
};
use crate::rest::{
    extract::{Json, RestRequest},
    keyed,
    problem::{details::Problem, responses},
    state::Rest,
};

/// Does `step`, which its name, the return and the body tell from any other, once under the request's key.
async fn once<Body: Serialize>(
    rest: &Rest,
    request: &RestRequest,
    (name, ReturnInPath(id)): (&str, &ReturnInPath),
    body: &Body,
    step: impl Future<Output = Outcome<order_return::Model>> + Send + 'static,
) -> Result<Response, Problem> {
    let told = serde_json::to_vec(body).unwrap_or_default();
    let shop = rest.shop.clone();
    let work = async move {
        let view = ReturnView::load(&shop, step.await?).await?;
        Ok::<_, Problem>(Written(view).into_response())
    };
    keyed::once(
        rest,
        request,
        &[name.as_bytes(), id.to_string().as_bytes(), &told],
        work,
    )
    .await
}

/// Approve a return
///
/// The shopper is told where to send the goods. For staff with the permission `ORDERS`.
#[utoipa::path(
    post,
    path = "/api/returns/{return_id}/approve",
    operation_id = "approve_return",
    tag = "returns",
    params(("return_id" = String, Path, description = "The return's id.")),
    request_body = ApproveBody,
    responses((status = 200, description = "The return.", body = ReturnView), responses::ReturnStep),
    security(("staff" = []))
)]
pub(in crate::rest) async fn approve(
    State(rest): State<Rest>,
    request: RestRequest,
    id: ReturnInPath,
    Json(body): Json<ApproveBody>,
) -> Result<Response, Problem> {
    request.require(Permission::Orders)?;
    let (shop, context) = (rest.shop.clone(), request.context.clone());
    let told = serde_json::to_value(&body).unwrap_or_default();
    let asked = body.read(id.0)?;
    let step = async move { returns::approve(&shop, &context, asked).await };
    once(&rest, &request, ("approve", &id), &told, step).await
}

/// Refuse a return
///
/// The shopper is told why. For staff with the permission `ORDERS`.
#[utoipa::path(
    post,
    path = "/api/returns/{return_id}/refuse",
    operation_id = "refuse_return",
    tag = "returns",
    params(("return_id" = String, Path, description = "The return's id.")),
    request_body = RefuseBody,
    responses((status = 200, description = "The return.", body = ReturnView), responses::ReturnStep),
    security(("staff" = []))
)]
pub(in crate::rest) async fn refuse(
    State(rest): State<Rest>,
    request: RestRequest,
    id: ReturnInPath,
    Json(body): Json<RefuseBody>,
) -> Result<Response, Problem> {
    request.require(Permission::Orders)?;
    let (shop, context, return_id) = (rest.shop.clone(), request.context.clone(), id.0);
    let (version, reason) = (body.expected_version, body.reason.clone());
    let step = async move { returns::refuse(&shop, &context, return_id, version, &reason).await };
    once(&rest, &request, ("refuse", &id), &body, step).await
}

/// Give a return up
///
/// Before any of it came. For the order's customer, a guest with its token, and staff with the permission `ORDERS`.
#[utoipa::path(
    post,
    path = "/api/returns/{return_id}/cancel",
    operation_id = "cancel_return",
    tag = "returns",
    params(("return_id" = String, Path, description = "The return's id.")),
    responses((status = 200, description = "The return.", body = ReturnView), responses::ReturnStep),
    security(("customer" = []), ("staff" = []), ("order" = []))
)]
pub(in crate::rest) async fn cancel(
    State(rest): State<Rest>,
    request: RestRequest,
    ReturnInPath(id): ReturnInPath,
) -> Result<Written<ReturnView>, Problem> {
    // No key is taken up: a repeat is answered with the state, and another's return is told from a missing one by nothing.
    let row = returns::cancel(&rest.shop, &request.context, id, request.access_token.as_deref()).await?;
    Ok(Written(ReturnView::load(&rest.shop, row).await?))
}

/// Receive goods of a return
///
/// All that was still to come, or what is named. For staff with the permission `ORDERS`.
#[utoipa::path(
    post,
    path = "/api/returns/{return_id}/receive",
    operation_id = "receive_return",
    tag = "returns",
    params(("return_id" = String, Path, description = "The return's id.")),
    request_body = ReceiveBody,
    responses((status = 200, description = "The return.", body = ReturnView), responses::ReturnStep),
    security(("staff" = []))
)]
pub(in crate::rest) async fn receive(
    State(rest): State<Rest>,
    request: RestRequest,
    id: ReturnInPath,
    Json(body): Json<ReceiveBody>,
) -> Result<Response, Problem> {
    request.require(Permission::Orders)?;
    let (shop, context) = (rest.shop.clone(), request.context.clone());
    let told = serde_json::to_value(&body).unwrap_or_default();
    let asked = body.read(id.0)?;
    let step = async move { returns::receive(&shop, &context, asked).await };
    once(&rest, &request, ("receive", &id), &told, step).await
}

/// Inspect what came of a return
///
/// Units are put back in stock, or written off. For staff with the permission `ORDERS`.
#[utoipa::path(
    post,
    path = "/api/returns/{return_id}/inspect",
    operation_id = "inspect_return",
    tag = "returns",
    params(("return_id" = String, Path, description = "The return's id.")),
    request_body = InspectBody,
    responses((status = 200, description = "The return.", body = ReturnView), responses::ReturnStep),
    security(("staff" = []))
)]
pub(in crate::rest) async fn inspect(
    State(rest): State<Rest>,
    request: RestRequest,
    id: ReturnInPath,
    Json(body): Json<InspectBody>,
) -> Result<Response, Problem> {
    request.require(Permission::Orders)?;
    let (shop, context) = (rest.shop.clone(), request.context.clone());
    let told = serde_json::to_value(&body).unwrap_or_default();
    let asked = body.read(id.0)?;
    let step = async move { returns::inspect(&shop, &context, asked).await };
    once(&rest, &request, ("inspect", &id), &told, step).await
}

/// Pay back what came of a return
///
/// What was paid for the units, with their discounts and tax, less a fee. For staff with the permission `REFUNDS`.
#[utoipa::path(
    post,
    path = "/api/returns/{return_id}/refund",
    operation_id = "refund_return",
    tag = "returns",
    params(
        ("return_id" = String, Path, description = "The return's id."),
        ("Idempotency-Key" = String, Header, min_length = 1, max_length = 255, description = "Made by the client, once for each refund that it means to make. It belongs to the member of staff. At most 255 characters."),
    ),
    request_body = RefundBody,
    responses((status = 200, description = "The return. The money is on its way.", body = ReturnView), responses::ReturnRefund),
    security(("staff" = []))
)]
pub(in crate::rest) async fn refund(
    State(rest): State<Rest>,
    request: RestRequest,
    ReturnInPath(id): ReturnInPath,
    Json(body): Json<RefundBody>,
) -> Result<Written<ReturnView>, Problem> {
    request.require(Permission::Refunds)?;
    let asked = body.read(id, request.key()?)?;
    let row = returns::refund(&rest.shop, &request.context, asked).await?;
    Ok(Written(ReturnView::load(&rest.shop, row).await?))
}

/// Close a return
///
/// What has not come is not awaited any more. For staff with the permission `ORDERS`.
#[utoipa::path(
    post,
    path = "/api/returns/{return_id}/close",
    operation_id = "close_return",
    tag = "returns",
    params(("return_id" = String, Path, description = "The return's id.")),
    request_body = VersionBody,
    responses((status = 200, description = "The return.", body = ReturnView), responses::ReturnStep),
    security(("staff" = []))
)]
pub(in crate::rest) async fn close(
    State(rest): State<Rest>,
    request: RestRequest,
    id: ReturnInPath,
    Json(body): Json<VersionBody>,
) -> Result<Response, Problem> {
    request.require(Permission::Orders)?;
    let (shop, context, return_id) = (rest.shop.clone(), request.context.clone(), id.0);
    let version = body.expected_version;
    let step = async move { returns::close(&shop, &context, return_id, version).await };
    once(&rest, &request, ("close", &id), &body, step).await
}

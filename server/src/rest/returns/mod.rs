//! Goods that come back: `/api/returns`, and those of an order.

mod bodies;
pub(super) mod pictures;
pub(super) mod steps;
mod view;

use axum::{
    Json as Written,
    extract::{FromRequestParts, Path, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vitrine_commerce::{
    ErrorCode, Refusal, orders,
    paging::PageRequest,
    returns::{self, ReturnFilter},
    staff::Permission,
};
use vitrine_entity::{ids::ReturnId, order_return::ReturnStatus};

pub(super) use self::steps::{approve, cancel, close, inspect, receive, refund, refuse};
use self::{bodies::RequestBody, view::ReturnView};
use super::{
    extract::{Json, OrderInPath, Query, RestRequest, listed, missing_order},
    problem::{details::Problem, kind, responses},
    state::Rest,
};

/// Which returns. Everything given must hold.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ReturnsQuery {
    /// How many, 1 to 100; 20 where it is left out.
    #[param(minimum = 1, maximum = 100)]
    first: Option<i32>,
    /// The `nextCursor` of the page before.
    after: Option<String>,
    /// Where they stand.
    status: Option<String>,
}

/// A page of returns, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReturnPage {
    /// The returns.
    items: Vec<ReturnView>,
    /// Send it as `after` for the page that follows. Null on the last one.
    next_cursor: Option<String>,
}

/// The return that the path names. One that is no return's id answers as a missing return does.
pub(super) struct ReturnInPath(ReturnId);

impl FromRequestParts<Rest> for ReturnInPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, rest: &Rest) -> Result<Self, Problem> {
        let id: Option<ReturnId> = match Path::<String>::from_request_parts(parts, rest).await {
            Ok(Path(id)) => id.parse().ok(),
            Err(_) => None,
        };
        id.map(Self).ok_or_else(missing)
    }
}

fn missing() -> Problem {
    Problem::new(kind::NOT_FOUND, Refusal::not_found("return").message)
}

/// List returns
///
/// For staff with the permission `ORDERS`. Newest first.
#[utoipa::path(
    get,
    path = "/api/returns",
    operation_id = "returns",
    tag = "returns",
    params(ReturnsQuery),
    responses((status = 200, description = "A page of returns.", body = ReturnPage), responses::List),
    security(("staff" = []))
)]
pub(super) async fn list(
    State(rest): State<Rest>,
    request: RestRequest,
    query: Query<ReturnsQuery>,
) -> Result<Written<ReturnPage>, Problem> {
    request.require(Permission::Orders)?;
    let (filter, page) = query.read()?.read()?;
    let page = listed(returns::list(&rest.shop, &request.context, &filter, &page).await)?;
    let next_cursor = page.next_cursor();
    let rows: Vec<_> = page.rows.into_iter().map(|(_, row)| row).collect();
    Ok(Written(ReturnPage {
        items: ReturnView::load_all(&rest.shop, rows).await?,
        next_cursor,
    }))
}

/// Read a return
#[utoipa::path(
    get,
    path = "/api/returns/{return_id}",
    operation_id = "return",
    tag = "returns",
    params(("return_id" = String, Path, description = "The return's id.")),
    responses((status = 200, description = "The return.", body = ReturnView), responses::Order),
    security(("customer" = []), ("staff" = []), ("order" = []))
)]
pub(super) async fn read(
    State(rest): State<Rest>,
    request: RestRequest,
    ReturnInPath(id): ReturnInPath,
) -> Result<Written<ReturnView>, Problem> {
    let row = returns::by_id(&rest.shop, &request.context, id, request.access_token.as_deref()).await?;
    Ok(Written(ReturnView::load(&rest.shop, row.ok_or_else(missing)?).await?))
}

/// Read an order's returns
///
/// Oldest first.
#[utoipa::path(
    get,
    path = "/api/orders/{order_id}/returns",
    operation_id = "returns_of_order",
    tag = "returns",
    params(("order_id" = String, Path, description = "The order's id.")),
    responses((status = 200, description = "Its returns.", body = Vec<ReturnView>), responses::Order),
    security(("customer" = []), ("staff" = []), ("order" = []))
)]
pub(super) async fn of_order(
    State(rest): State<Rest>,
    request: RestRequest,
    OrderInPath(id): OrderInPath,
) -> Result<Written<Vec<ReturnView>>, Problem> {
    let order = orders::find(&rest.shop, &request.context, id, request.access_token.as_deref()).await?;
    let order = order.ok_or_else(missing_order)?;
    let mut rows = returns::of_orders(&rest.shop, &[order.id]).await?;
    let rows = rows.remove(&order.id).unwrap_or_default();
    Ok(Written(ReturnView::load_all(&rest.shop, rows).await?))
}

/// Ask to send goods back
///
/// For the order's customer, a guest with its token, and staff with the permission `ORDERS`, who may make an exception of
/// deadlines and of goods that are not taken back.
#[utoipa::path(
    post,
    path = "/api/orders/{order_id}/returns",
    operation_id = "request_return",
    tag = "returns",
    params(
        ("order_id" = String, Path, description = "The order's id."),
        ("Idempotency-Key" = String, Header, min_length = 1, max_length = 255, description = "Made by the client, once for each return that it means to ask for. At most 255 characters."),
    ),
    request_body = RequestBody,
    responses(
        (status = 201, description = "The return.", body = ReturnView, headers(("Location" = String, description = "Its path."))),
        responses::ReturnRequest,
    ),
    security(("customer" = []), ("staff" = []), ("order" = []))
)]
pub(super) async fn request(
    State(rest): State<Rest>,
    request: RestRequest,
    OrderInPath(id): OrderInPath,
    Json(body): Json<RequestBody>,
) -> Result<Response, Problem> {
    let asked = body.read(id, request.access_token.clone(), request.key()?)?;
    let row = returns::request(&rest.shop, &request.context, asked).await?;
    let path = format!("/api/returns/{}", row.id);
    let view = ReturnView::load(&rest.shop, row).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, path)], Written(view)).into_response())
}

impl ReturnsQuery {
    fn read(self) -> Result<(ReturnFilter, PageRequest), Refusal> {
        let status = self.status.map(|status| {
            ReturnStatus::try_from_value(&status).map_err(|_| {
                let message = format!("There is no status `{}`.", status.escape_default());
                Refusal::new(ErrorCode::Invalid, message).at(&["status"])
            })
        });
        let filter = ReturnFilter {
            statuses: status.transpose()?.into_iter().collect(),
            order: None,
        };
        Ok((filter, PageRequest::of(self.first, self.after)))
    }
}

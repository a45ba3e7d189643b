//! `GET /api/orders` and `GET /api/orders/{id}`.

use axum::{Json as Written, extract::State};
use chrono::{DateTime, Utc};
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vitrine_commerce::{
    ErrorCode, Refusal, Viewer,
    orders::{
        self,
        desk::{self, OrderFilter, OrderSort},
    },
    paging::PageRequest,
    staff::Permission,
};
use vitrine_entity::order::OrderStatus;

use crate::rest::{
    extract::{OrderInPath, Query, RestRequest, listed, missing_order},
    problem::{details::Problem, responses},
    state::Rest,
    view::order::{OrderStatusName, OrderView},
};

/// Which orders. Everything given must hold.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(in crate::rest) struct OrdersQuery {
    /// How many, 1 to 100; 20 where it is left out.
    #[param(minimum = 1, maximum = 100)]
    first: Option<i32>,
    /// The `nextCursor` of the page before.
    after: Option<String>,
    /// Where they stand. For staff, as all that follows.
    #[param(value_type = Option<OrderStatusName>, inline)]
    status: Option<String>,
    /// The whole mail address that was given with them.
    email: Option<String>,
    /// Parts of number, mail address, names, SKUs and titles.
    query: Option<String>,
    /// A whole SKU of theirs.
    sku: Option<String>,
    /// A tag that staff gave them.
    tag: Option<String>,
    /// Placed from this time on (RFC 3339).
    #[param(example = "2026-01-01T00:00:00Z")]
    placed_since: Option<DateTime<Utc>>,
    /// Placed before this time (RFC 3339).
    #[param(example = "2026-02-01T00:00:00Z")]
    placed_until: Option<DateTime<Utc>>,
}

/// A page of orders, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::rest) struct OrderPage {
    /// The orders.
    items: Vec<OrderView>,
    /// Send it as `after` for the page that follows. Null on the last one.
    next_cursor: Option<String>,
}

/// List orders
///
/// A signed-in customer's own; for staff with the permission `ORDERS`, all. Newest first.
#[utoipa::path(
    get,
    path = "/api/orders",
    tag = "orders",
    params(OrdersQuery),
    responses((status = 200, description = "A page of orders.", body = OrderPage), responses::List),
    security(("customer" = []), ("staff" = []))
)]
pub(in crate::rest) async fn orders(
    State(rest): State<Rest>,
    request: RestRequest,
    query: Query<OrdersQuery>,
) -> Result<Written<OrderPage>, Problem> {
    let (shop, context) = (&rest.shop, &request.context);
    let page = match context.viewer {
        // Refused, before anything else of the request is looked at.
        Viewer::Guest => orders::mine(shop, context, &PageRequest::first(1)).await,
        Viewer::Customer(_) => {
            let (filter, page) = query.read()?.read()?;
            // What is looked for is staff's to look for: it is refused to others, and not ignored.
            if filter != OrderFilter::default() {
                request.require(Permission::Orders)?;
            }
            orders::mine(shop, context, &page).await
        }
        _ => {
            request.require(Permission::Orders)?;
            let (filter, page) = query.read()?.read()?;
            desk::list(shop, context, &filter, OrderSort::default(), &page).await
        }
    };
    let page = listed(page)?;
    let next_cursor = page.next_cursor();
    let rows: Vec<_> = page.rows.into_iter().map(|(_, order)| order).collect();
    Ok(Written(OrderPage {
        items: OrderView::load_all(shop, context, &rows).await?,
        next_cursor,
    }))
}

impl OrdersQuery {
    fn read(self) -> Result<(OrderFilter, PageRequest), Refusal> {
        let status = self.status.map(|status| {
            OrderStatus::try_from_value(&status).map_err(|_| {
                let message = format!("There is no status `{}`.", status.escape_default());
                Refusal::new(ErrorCode::Invalid, message).at(&["status"])
            })
        });
        let filter = OrderFilter {
            status: status.transpose()?,
            email: self.email,
            query: self.query,
            sku: self.sku,
            tag: self.tag,
            placed_since: self.placed_since,
            placed_until: self.placed_until,
            ..OrderFilter::default()
        };
        Ok((filter, PageRequest::of(self.first, self.after)))
    }
}

/// Read an order
#[utoipa::path(
    get,
    path = "/api/orders/{order_id}",
    tag = "orders",
    params(("order_id" = String, Path, description = "The order's id.")),
    responses((status = 200, description = "The order.", body = OrderView), responses::Order),
    security(("customer" = []), ("staff" = []), ("order" = []))
)]
pub(in crate::rest) async fn order(
    State(rest): State<Rest>,
    request: RestRequest,
    OrderInPath(id): OrderInPath,
) -> Result<Written<OrderView>, Problem> {
    let order = orders::find(&rest.shop, &request.context, id, request.access_token.as_deref()).await?;
    let order = order.ok_or_else(missing_order)?;
    Ok(Written(OrderView::load(&rest.shop, &request.context, &order).await?))
}

//! `GET /api/notifications` and `POST /api/notifications/read`.

use std::collections::HashMap;

use axum::{Json as Written, extract::State};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vitrine_commerce::{
    ErrorCode, Refusal, Result as Outcome, Shop,
    language::Language,
    notifications::in_app,
    orders::load,
    paging::{PAGE_MAX, PageRequest},
};
use vitrine_entity::{
    ids::{NotificationId, OrderId},
    notification, order,
    subject::Subject,
};

use super::{
    extract::{Json, Query, RestRequest, listed},
    problem::{details::Problem, responses},
    state::Rest,
    view::{notification_kind, status},
};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct NotificationsQuery {
    /// How many, 1 to 100; 20 where it is left out.
    #[param(minimum = 1, maximum = 100)]
    first: Option<i32>,
    /// The `nextCursor` of the page before.
    after: Option<String>,
}

/// A page of messages, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct NotificationPage {
    /// The messages.
    items: Vec<NotificationView>,
    /// Send it as `after` for the page that follows. Null on the last one.
    next_cursor: Option<String>,
    /// How many of all of them are unread.
    unread_count: u64,
}

/// A message to the signed-in customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Notification)]
pub(super) struct NotificationView {
    /// Names the message.
    #[schema(example = "ntf_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    #[schema(schema_with = notification_kind)]
    kind: String,
    /// What it says, in a sentence.
    title: String,
    /// The order that it is about.
    order_id: Option<String>,
    /// When it was read; null while it is not.
    read_at: Option<DateTime<Utc>>,
    /// When it was sent.
    created_at: DateTime<Utc>,
}

/// Which messages were read: either some, or all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkRead {
    /// Their ids. One that is not yours is passed over.
    #[schema(max_items = 100)]
    ids: Option<Vec<String>>,
    /// `true`, in place of `ids`: all of yours.
    all: Option<bool>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct MarkedRead {
    /// How many were unread until now.
    marked_count: u64,
    /// How many still are.
    unread_count: u64,
}

/// List notifications
///
/// What the shop told the signed-in customer, newest first.
#[utoipa::path(
    get,
    path = "/api/notifications",
    tag = "notifications",
    params(NotificationsQuery),
    responses((status = 200, description = "A page of messages.", body = NotificationPage), responses::Own),
    security(("customer" = []))
)]
pub(super) async fn notifications(
    State(rest): State<Rest>,
    request: RestRequest,
    query: Query<NotificationsQuery>,
) -> Result<Written<NotificationPage>, Problem> {
    let (shop, context) = (&rest.shop, &request.context);
    // Who is not signed in has none, whatever they ask.
    let unread_count = in_app::unread_count(shop, context).await?;
    let query = query.read()?;
    let page = listed(in_app::list(shop, context, &PageRequest::of(query.first, query.after)).await)?;
    let next_cursor = page.next_cursor();
    let rows: Vec<_> = page.rows.into_iter().map(|(_, row)| row).collect();
    Ok(Written(NotificationPage {
        items: views(shop, rows, &context.messages()).await?,
        next_cursor,
        unread_count,
    }))
}

/// Mark notifications read
#[utoipa::path(
    post,
    path = "/api/notifications/read",
    tag = "notifications",
    request_body = MarkRead,
    responses((status = 200, description = "They are read.", body = MarkedRead), responses::OwnChange),
    security(("customer" = []))
)]
pub(super) async fn mark_read(
    State(rest): State<Rest>,
    request: RestRequest,
    Json(body): Json<MarkRead>,
) -> Result<Written<MarkedRead>, Problem> {
    let (shop, context) = (&rest.shop, &request.context);
    let marked_count = match (body.ids, body.all) {
        (Some(ids), None) => in_app::mark_read(shop, context, &read_ids(&ids)?).await?,
        (None, Some(true)) => in_app::mark_all_read(shop, context).await?,
        _ => {
            return Err(Refusal::new(ErrorCode::Invalid, "Give either `ids` or `all: true`.")
                .at(&["ids"])
                .into());
        }
    };
    Ok(Written(MarkedRead {
        marked_count,
        unread_count: in_app::unread_count(shop, context).await?,
    }))
}

/// An id that is none is nobody's, and passed over as another's is.
fn read_ids(ids: &[String]) -> Result<Vec<NotificationId>, Refusal> {
    if ids.len() as u64 > PAGE_MAX {
        let message = format!("At most {PAGE_MAX} notifications can be marked at once.");
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["ids"]));
    }
    Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
}

async fn views(shop: &Shop, rows: Vec<notification::Model>, language: &Language) -> Outcome<Vec<NotificationView>> {
    let ids: Vec<_> = rows.iter().filter_map(order_of).collect();
    let orders = load::orders(shop, &ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| NotificationView::new(row, &orders, language))
        .collect())
}

fn order_of(row: &notification::Model) -> Option<OrderId> {
    in_app::subject(row).and_then(Subject::order)
}

impl NotificationView {
    fn new(row: notification::Model, orders: &HashMap<OrderId, order::Model>, language: &Language) -> Self {
        let order = order_of(&row).and_then(|id| orders.get(&id));
        Self {
            id: row.id.to_string(),
            kind: status(&row.kind),
            title: language.say(&in_app::title(row.kind, order.map_or("", |order| &order.number))),
            order_id: order.map(|order| order.id.to_string()),
            read_at: row.read_at,
            created_at: row.created_at,
        }
    }
}

//! `GET /api/analytics/orders`: how much was ordered.

use axum::{Json as Written, extract::State};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vitrine_commerce::{
    money::Currency,
    orders::analytics::{self, Analytics, Figures, Period},
    staff::Permission,
};

use super::{
    extract::{Query, RestRequest},
    problem::{details::Problem, responses},
    state::Rest,
    view::{MoneyView, order::order_status, status},
};

/// Which period, of at most 366 days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct AnalyticsQuery {
    /// The first day, in the shop's time zone.
    #[param(example = "2026-01-01")]
    from: NaiveDate,
    /// The last day; it counts.
    #[param(example = "2026-01-31")]
    to: NaiveDate,
    /// In which currency by status and by day; the shop's own unless given.
    #[param(example = "USD")]
    currency_code: Option<String>,
}

/// What was ordered in a period, in one currency, by the day on which it was ordered.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrderAnalytics {
    /// Its first day.
    from: NaiveDate,
    /// Its last day.
    to: NaiveDate,
    /// Of the whole period.
    total: FiguresView,
    /// Of every status, as the orders stand now.
    by_status: Vec<FiguresOfStatus>,
    /// Of every day of the period, those without an order too.
    by_day: Vec<FiguresOfDay>,
    /// Of every currency that was ordered in, in the order of their codes.
    by_currency: Vec<FiguresView>,
}

/// Of some orders.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderFigures)]
pub(super) struct FiguresView {
    /// How many were placed.
    order_count: i64,
    /// What those come to that are paid for, or whose money is held: tax and shipping included, what was cancelled
    /// left out.
    revenue: MoneyView,
    /// What was paid back of any of them, until now.
    refunded: MoneyView,
}

/// Of the orders that stand in one status.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderFiguresOfStatus)]
pub(super) struct FiguresOfStatus {
    #[schema(schema_with = order_status)]
    status: String,
    /// Of its orders.
    figures: FiguresView,
}

/// Of the orders of one day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderFiguresOfDay)]
pub(super) struct FiguresOfDay {
    /// The day, in the shop's time zone.
    day: NaiveDate,
    /// Of its orders.
    figures: FiguresView,
}

/// Count orders
///
/// How many were placed in a period and what they come to, by status and by day. For staff with the permission
/// `ORDERS`.
#[utoipa::path(
    get,
    path = "/api/analytics/orders",
    tag = "analytics",
    params(AnalyticsQuery),
    responses((status = 200, description = "The figures of the period.", body = OrderAnalytics), responses::List),
    security(("staff" = []))
)]
pub(super) async fn orders(
    State(rest): State<Rest>,
    request: RestRequest,
    query: Query<AnalyticsQuery>,
) -> Result<Written<OrderAnalytics>, Problem> {
    request.require(Permission::Orders)?;
    let query = query.read()?;
    let period = Period {
        from: query.from,
        to: query.to,
    };
    let analytics = analytics::analytics(&rest.shop, &request.context, period, query.currency_code.as_deref()).await?;
    Ok(Written(analytics.into()))
}

impl From<Analytics> for OrderAnalytics {
    fn from(analytics: Analytics) -> Self {
        let currency = analytics.currency;
        let by_status = analytics.by_status.into_iter().map(|(of, figures)| FiguresOfStatus {
            status: status(&of),
            figures: FiguresView::new(figures, currency),
        });
        let by_day = analytics.by_day.into_iter().map(|(day, figures)| FiguresOfDay {
            day,
            figures: FiguresView::new(figures, currency),
        });
        let by_currency = analytics.by_currency.into_iter();
        let by_currency = by_currency.map(|(currency, figures)| FiguresView::new(figures, currency));
        Self {
            from: analytics.period.from,
            to: analytics.period.to,
            total: FiguresView::new(analytics.total, currency),
            by_status: by_status.collect(),
            by_day: by_day.collect(),
            by_currency: by_currency.collect(),
        }
    }
}

impl FiguresView {
    fn new(figures: Figures, currency: Currency) -> Self {
        Self {
            order_count: figures.orders,
            revenue: MoneyView::new(figures.revenue_minor, currency),
            refunded: MoneyView::new(figures.refunded_minor, currency),
        }
    }
}

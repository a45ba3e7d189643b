//! `/admin/orders`: the orders, by words and filters that are addresses.

use minijinja::context;

use super::{
    asked::{Asked, is_day},
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminOrders, admin_orders as document,
        admin_orders::{OrderSort, OrderStatus},
    },
    problem::Problem,
    shown::value,
};

/// As the API writes them, in the order in which orders pass through them.
const STATUSES: [(&str, OrderStatus); 8] = [
    ("CREATED", OrderStatus::Created),
    ("PAYMENT_PENDING", OrderStatus::PaymentPending),
    ("PAYMENT_FAILED", OrderStatus::PaymentFailed),
    ("PAYMENT_SUCCESS", OrderStatus::PaymentSuccess),
    ("CONFIRMED", OrderStatus::Confirmed),
    ("DISPATCHED", OrderStatus::Dispatched),
    ("COMPLETED", OrderStatus::Completed),
    ("CANCELLED", OrderStatus::Cancelled),
];

const SORTS: [(&str, OrderSort); 4] = [
    ("NEWEST_FIRST", OrderSort::NewestFirst),
    ("OLDEST_FIRST", OrderSort::OldestFirst),
    ("HIGHEST_TOTAL_FIRST", OrderSort::HighestTotalFirst),
    ("LOWEST_TOTAL_FIRST", OrderSort::LowestTotalFirst),
];

const ASKED: [&str; 7] = ["q", "status", "sort", "tag", "from", "to", "customer"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Orders)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        sort: asked.kind("sort", &SORTS),
        where_: Some(filter(&asked)),
    };
    let data = staff.visit.ask(AdminOrders, variables).await?;
    let orders = data.orders.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        orders => value(orders),
        statuses => value(&STATUSES.map(|(name, _)| name)),
        sorts => value(&SORTS.map(|(name, _)| name)),
        asked => asked.shown(),
    };
    staff.show("admin/orders/page.html", shown)
}

/// Days are whole ones, in UTC.
fn filter(asked: &Asked) -> document::OrderWhere {
    let at = |name: &str, time: &str| {
        let day = asked.some(name).filter(|day| is_day(day))?;
        Some(format!("{day}T{time}Z"))
    };
    document::OrderWhere {
        customer_id: asked.some("customer"),
        email: None,
        placed_from: at("from", "00:00:00"),
        placed_to: at("to", "23:59:59.999"),
        query: asked.some("q"),
        sku: None,
        status: asked.kind("status", &STATUSES),
        tag: asked.some("tag"),
        total_max: None,
        total_min: None,
    }
}

//! `/admin`: what needs somebody, and how much was sold in the last weeks.

pub mod chart;
mod tour;

use minijinja::context;

pub use tour::dismiss;

use super::staff::{Permission, Staff};
use crate::{
    answer::Answer,
    documents::{AdminHome, admin_home as document},
    shown::value,
};

/// How many days of sales are shown; today is the last.
const DAYS: u32 = 28;

pub async fn show(staff: Staff) -> Answer {
    let api = staff.visit.site.api();
    let variables = document::Variables {
        from: api.day(DAYS - 1),
        to: api.day(0),
        orders: staff.may(Permission::Orders),
        payments: staff.may(Permission::Payments),
        inventory: staff.may(Permission::Inventory),
        jobs: staff.may(Permission::Jobs),
        settings: staff.may(Permission::Settings),
    };
    let data = staff.visit.ask(AdminHome, variables).await?;
    let days = data.order_analytics.as_ref().map(|sales| sales.by_day.as_slice());
    let revenue: Vec<_> = days.unwrap_or_default().iter().map(amount).collect();
    let most = chart::highest(&revenue).and_then(|index| days?.get(index));
    let shown = context! {
        bars => value(&chart::bars(&revenue)),
        most => value(&most.map(|day| &day.figures.revenue)),
        steps => value(&tour::steps(&staff).await?),
    };
    staff.show("admin/home/page.html", context! { ..shown, ..value(&data) })
}

fn amount(day: &document::AdminHomeOrderAnalyticsByDay) -> (&str, &str) {
    (&day.day, &day.figures.revenue.amount)
}

use async_graphql::SimpleObject;
use vitrine_commerce::{
    money::Currency,
    orders::analytics::{Analytics, Figures},
};

use super::object::OrderStatus;
use crate::graphql::shared::{Date, Money, int};

/// What was ordered in a period, in one currency, by the day on which it was ordered.
#[derive(Debug, SimpleObject)]
pub struct OrderAnalytics {
    /// Its first day.
    from: Date,
    /// Its last day.
    to: Date,
    /// Of the whole period.
    total: OrderFigures,
    /// Of every status, as the orders stand now.
    by_status: Vec<OrderFiguresOfStatus>,
    /// Of every day of the period, those without an order too.
    by_day: Vec<OrderFiguresOfDay>,
    /// Of every currency that was ordered in, in the order of their codes: sums of different currencies are never added.
    by_currency: Vec<OrderFigures>,
}

/// Of some orders.
#[derive(Debug, SimpleObject)]
pub struct OrderFigures {
    /// How many were placed.
    order_count: i32,
    /// What those come to that are paid for, or whose money is held: tax and shipping included, what was cancelled
    /// left out.
    revenue: Money,
    /// What was paid back of any of them, until now.
    refunded: Money,
}

/// Of the orders that stand in one status.
#[derive(Debug, SimpleObject)]
pub struct OrderFiguresOfStatus {
    /// The status.
    status: OrderStatus,
    /// Of its orders.
    figures: OrderFigures,
}

/// Of the orders of one day.
#[derive(Debug, SimpleObject)]
pub struct OrderFiguresOfDay {
    /// The day, in the shop's time zone.
    day: Date,
    /// Of its orders.
    figures: OrderFigures,
}

impl From<Analytics> for OrderAnalytics {
    fn from(analytics: Analytics) -> Self {
        let currency = analytics.currency;
        let by_status = analytics
            .by_status
            .into_iter()
            .map(|(status, of)| OrderFiguresOfStatus {
                status: status.into(),
                figures: OrderFigures::new(of, currency),
            });
        let by_day = analytics.by_day.into_iter().map(|(day, of)| OrderFiguresOfDay {
            day: Date(day),
            figures: OrderFigures::new(of, currency),
        });
        let by_currency = analytics.by_currency.into_iter();
        let by_currency = by_currency.map(|(currency, of)| OrderFigures::new(of, currency));
        Self {
            from: Date(analytics.period.from),
            to: Date(analytics.period.to),
            total: OrderFigures::new(analytics.total, currency),
            by_status: by_status.collect(),
            by_day: by_day.collect(),
            by_currency: by_currency.collect(),
        }
    }
}

impl OrderFigures {
    fn new(figures: Figures, currency: Currency) -> Self {
        Self {
            order_count: int(figures.orders),
            revenue: Money::new(figures.revenue_minor, currency),
            refunded: Money::new(figures.refunded_minor, currency),
        }
    }
}

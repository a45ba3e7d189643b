//! How much was ordered in a period: by status, and by day. For staff.

use std::{
    collections::BTreeMap,
    ops::{AddAssign, RangeInclusive},
};

use chrono::{Datelike, NaiveDate};
use sea_orm::{FromQueryResult, Value};
use vitrine_entity::{currency::Currency, order::OrderStatus};

use super::{load::TAKEN_OFF, state::is_paid};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    sql,
    staff::{Permission, permission},
};

/// The most days of one period.
pub const DAYS_MAX: usize = 366;

/// Of which both databases know what time it is.
const YEARS: RangeInclusive<i32> = 1970..=9998;

/// Days of the shop's own calendar, both of them included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// What was ordered in a period, in one currency, by the day on which it was ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analytics {
    pub period: Period,
    pub currency: Currency,
    pub total: Figures,
    /// Every status, in the order in which orders pass through them.
    pub by_status: Vec<(OrderStatus, Figures)>,
    /// Every day of the period, in its order.
    pub by_day: Vec<(NaiveDate, Figures)>,
    /// Every currency that was ordered in, in the order of their codes.
    pub by_currency: Vec<(Currency, Figures)>,
}

/// Of some orders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many were placed.
    pub orders: i64,
    /// What those of them come to that are paid, or whose money is held, tax and shipping included. Not those
    /// that were cancelled.
    pub revenue_minor: i64,
    /// What was paid back of any of them, until now.
    pub refunded_minor: i64,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.orders += other.orders;
        self.revenue_minor += other.revenue_minor;
        self.refunded_minor += other.refunded_minor;
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    currency: Currency,
    day: i64,
    status: OrderStatus,
    orders: i64,
    total_minor: i64,
    refunded_minor: i64,
}

impl Row {
    fn figures(&self) -> Figures {
        Figures {
            orders: self.orders,
            revenue_minor: if is_paid(self.status) { self.total_minor } else { 0 },
            refunded_minor: self.refunded_minor,
        }
    }
}

/// What was ordered in `period`: in all in each currency, and by day and by status in the one of `code`, the shop's own where
/// there is none. For staff.
///
/// # Errors
/// Refuses whoever may not see orders, a period that ends before it begins or has more than [`DAYS_MAX`] days, and what is no
/// currency.
pub async fn analytics(shop: &Shop, context: &Context, period: Period, code: Option<&str>) -> Result<Analytics> {
    permission::require(context, Permission::Orders)?;
    let days = days(period)?;
    let currency = code.map_or(Ok(context.currency), currency)?;
    let mut by_currency: BTreeMap<&str, (Currency, Figures)> = BTreeMap::new();
    let mut by_day = vec![Figures::default(); days.len()];
    let mut by_status: BTreeMap<usize, Figures> = BTreeMap::new();
    let mut total = Figures::default();
    for row in read(shop, &days).await? {
        let figures = row.figures();
        let of_currency = by_currency.entry(row.currency.code());
        of_currency.or_insert((row.currency, Figures::default())).1 += figures;
        if row.currency != currency {
            continue;
        }
        total += figures;
        *by_status.entry(place_of(row.status)).or_default() += figures;
        if let Some(day) = usize::try_from(row.day).ok().and_then(|day| by_day.get_mut(day)) {
            *day += figures;
        }
    }
    let by_status = STATUSES.iter().enumerate().map(|(place, status)| {
        let figures = by_status.get(&place).copied().unwrap_or_default();
        (*status, figures)
    });
    Ok(Analytics {
        period,
        currency,
        total,
        by_status: by_status.collect(),
        by_day: days.into_iter().zip(by_day).collect(),
        by_currency: by_currency.into_values().collect(),
    })
}

/// Orders may be in one that the shop does not sell in any more.
fn currency(code: &str) -> Result<Currency, Refusal> {
    let code = crate::text::code(code).to_ascii_uppercase();
    code.parse().map_err(|_| {
        let message = messages::currency_form();
        Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"])
    })
}

/// In the order in which orders pass through them.
pub(super) const STATUSES: [OrderStatus; 8] = [
    OrderStatus::Created,
    OrderStatus::PaymentPending,
    OrderStatus::PaymentFailed,
    OrderStatus::PaymentSuccess,
    OrderStatus::Confirmed,
    OrderStatus::Dispatched,
    OrderStatus::Completed,
    OrderStatus::Cancelled,
];

fn place_of(status: OrderStatus) -> usize {
    STATUSES.iter().position(|known| *known == status).unwrap_or_default()
}

pub(super) fn days(period: Period) -> Result<Vec<NaiveDate>, Refusal> {
    let Period { from, to } = period;
    for (day, field) in [(from, "from"), (to, "to")] {
        if !YEARS.contains(&day.year()) {
            let message = messages::day_years();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]));
        }
    }
    if to < from {
        return Err(Refusal::new(ErrorCode::Invalid, messages::to_before_from()).at(&["to"]));
    }
    let days: Vec<_> = from
        .iter_days()
        .take_while(|day| *day <= to)
        .take(DAYS_MAX + 1)
        .collect();
    if days.len() > DAYS_MAX {
        let message = messages::period_days_max(DAYS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["to"]));
    }
    Ok(days)
}

/// What is back of an order because it was changed: its total is less by as much already.
const EDIT_REFUNDED: &str = "(select sum(s.amount_minor) from order_version v \
    join refund_share s on s.order_refund_id = v.refund_id left join refund r on r.id = s.refund_id \
    where v.order_id = o.id and coalesce(r.status, 'SUCCEEDED') = 'SUCCEEDED')";

/// Goods that are sent again are no sale. One statement: each day reads its own part of the orders by their time. Where a day begins is the calendar's to
/// say, for which databases have no function in common.
async fn read(shop: &Shop, days: &[NaiveDate]) -> Result<Vec<Row>> {
    let mut values: Vec<Value> = Vec::new();
    let places = places(shop, days, &mut values);
    // PostgreSQL sums bigints to a numeric.
    let sql = format!(
        "with days (day, begins, ends) as (values {places}) \
         select o.currency as currency, d.day as day, o.status as status, count(*) as orders, \
         cast(sum(o.total_minor) - coalesce(sum(case when exists (select 1 from variant where gift_card) \
         then (select sum(l.total_minor) from order_line l join variant v on v.id = l.variant_id \
         where l.order_id = o.id and v.gift_card) end), 0) as bigint) as total_minor, \
         cast(coalesce(sum((select sum(p.refunded_minor + p.credited_minor) from payment p where p.order_id = o.id)), 0) \
         + coalesce(sum((select sum(c.returned_minor) from order_credit c where c.order_id = o.id)), 0) \
         + coalesce(sum({TAKEN_OFF}), 0) - coalesce(sum({EDIT_REFUNDED}), 0) as bigint) as refunded_minor \
         from days d join orders o on o.placed_at >= d.begins and o.placed_at < d.ends \
         where not exists (select 1 from order_claim c where c.replacement_id = o.id) \
         group by o.currency, d.day, o.status"
    );
    Ok(sql::all(&shop.db, &sql, values).await?)
}

/// A row for each day, for `values`: its number, and the times from and until which it is. Their values follow those that
/// the statement has.
pub(super) fn places(shop: &Shop, days: &[NaiveDate], values: &mut Vec<Value>) -> String {
    let profile = shop.profile();
    let mut places = Vec::with_capacity(days.len());
    for (number, day) in (0_i64..).zip(days) {
        let Some(next) = day.succ_opt() else { break };
        let first = values.len() + 1;
        places.push(format!("(${first}, ${}, ${})", first + 1, first + 2));
        values.extend([
            number.into(),
            profile.day_begins(*day).into(),
            profile.day_begins(next).into(),
        ]);
    }
    places.join(", ")
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn every_status_has_a_place() {
        let places: Vec<_> = OrderStatus::iter().map(place_of).collect();
        let mut each = places.clone();
        each.sort_unstable();
        each.dedup();
        assert_eq!(each.len(), STATUSES.len(), "{places:?}");
    }

    #[test]
    fn a_period_has_its_days_and_a_bound() {
        let count = |from: &str, to: &str| {
            days(Period {
                from: day(from),
                to: day(to),
            })
            .map(|days| days.len())
            .map_err(|refusal| refusal.field)
        };
        assert_eq!(count("2028-02-28", "2028-03-01"), Ok(3));
        assert_eq!(count("2028-01-01", "2028-12-31"), Ok(366));
        assert_eq!(count("2028-01-01", "2029-01-01"), Err(vec!["to".to_owned()]));
        assert_eq!(count("2028-01-02", "2028-01-01"), Err(vec!["to".to_owned()]));
        let last = NaiveDate::MAX.to_string();
        assert_eq!(count(&last, &last), Err(vec!["from".to_owned()]));
    }
}

//! What the shop's discounts did in a period: how many orders had them, what those came to, and what was given away.
//! For staff.
//!
//! An order counts on the day on which it was placed, and as it stands now. One that has two discounts counts for each of
//! them, and once in all.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveEnum, FromQueryResult, Value};
use vitrine_entity::{
    currency::Currency,
    ids::{DiscountCodeId, DiscountId},
};

use super::{
    analytics::{Period, STATUSES, days, places},
    state::is_paid,
};
use crate::{
    Context, Result, Shop, sql,
    staff::{Permission, permission},
};

/// How many codes are told: those that are used most.
const CODES_MAX: i64 = 100;

/// Which figures.
#[derive(Debug, Clone, Copy)]
pub struct ReportInput {
    pub period: Period,
    /// The caller's, where it is not given.
    pub currency: Option<Currency>,
    /// Of one discount alone.
    pub discount: Option<DiscountId>,
}

/// Of a period, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscountReport {
    pub period: Period,
    pub currency: Currency,
    /// In which discounted orders were placed in the period, by their codes.
    pub currencies: Vec<Currency>,
    pub total: Figures,
    /// Every day of the period, in its order.
    pub by_day: Vec<(NaiveDate, Figures)>,
    /// Those that were used, the most used first.
    pub by_discount: Vec<(DiscountId, Figures)>,
    /// Those that were used most, the most used first.
    pub by_code: Vec<(CodeUse, Figures)>,
}

/// A code, and the discount that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeUse {
    pub id: DiscountCodeId,
    pub code: String,
    pub discount: DiscountId,
}

/// Of some orders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many have the discount.
    pub orders: i64,
    /// How many had it and were cancelled, or never paid.
    pub cancelled: i64,
    /// What those come to that are paid, or whose money is held; tax and shipping included.
    pub turnover_minor: i64,
    /// What was taken off the same orders.
    pub given_minor: i64,
}

#[derive(FromQueryResult)]
struct Row {
    orders: i64,
    cancelled: i64,
    turnover_minor: i64,
    given_minor: i64,
}

impl From<Row> for Figures {
    fn from(row: Row) -> Self {
        let Row {
            orders,
            cancelled,
            turnover_minor,
            given_minor,
        } = row;
        Self {
            orders,
            cancelled,
            turnover_minor,
            given_minor,
        }
    }
}

/// What discounts did in a period. For staff.
///
/// # Errors
/// Refuses whoever may not see discounts, and a period that ends before it begins or is too long.
pub async fn discount_report(shop: &Shop, context: &Context, input: ReportInput) -> Result<DiscountReport> {
    permission::require(context, Permission::Catalog)?;
    let days = days(input.period)?;
    let asked = Asked::of(shop, &days, input.currency.unwrap_or(context.currency), input.discount);
    let by_day = asked.by_day(shop, &days).await?;
    let mut total = Figures::default();
    for (_, of) in &by_day {
        total.orders += of.orders;
        total.cancelled += of.cancelled;
        total.turnover_minor += of.turnover_minor;
        total.given_minor += of.given_minor;
    }
    Ok(DiscountReport {
        period: input.period,
        currency: asked.currency,
        currencies: asked.currencies(shop).await?,
        total,
        by_day,
        by_discount: asked.by_discount(shop).await?,
        by_code: asked.by_code(shop).await?,
    })
}

/// What is asked for, as every statement has it: `$1` to `$4`.
struct Asked {
    begins: DateTime<Utc>,
    ends: DateTime<Utc>,
    currency: Currency,
    discount: Option<DiscountId>,
}

impl Asked {
    fn of(shop: &Shop, days: &[NaiveDate], currency: Currency, discount: Option<DiscountId>) -> Self {
        let profile = shop.profile();
        let (first, last) = (days.first().copied(), days.last().copied());
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        Self {
            begins: profile.day_begins(first),
            ends: profile.day_begins(last.succ_opt().unwrap_or(last)),
            currency,
            discount,
        }
    }

    fn values(&self) -> Vec<Value> {
        let mut values: Vec<Value> = vec![self.begins.into(), self.ends.into(), self.currency.into()];
        values.extend(self.discount.map(Value::from));
        values
    }

    /// Which redemptions count.
    fn condition(&self) -> &'static str {
        match self.discount {
            Some(_) => "r.redeemed_at >= $1 and r.redeemed_at < $2 and r.currency = $3 and r.discount_id = $4",
            None => "r.redeemed_at >= $1 and r.redeemed_at < $2 and r.currency = $3",
        }
    }

    async fn by_day(&self, shop: &Shop, days: &[NaiveDate]) -> Result<Vec<(NaiveDate, Figures)>> {
        let mut values = self.values();
        let places = places(shop, days, &mut values);
        let sql = format!(
            "with days (day, begins, ends) as (values {places}), \
             held (order_id, redeemed_at, amount_minor, released_at) as (select r.order_id, min(r.redeemed_at), \
             cast(sum(r.amount_minor) as bigint), max(r.released_at) from discount_redemption r where {} \
             group by r.order_id) \
             select d.day as day, {} from held r join orders o on o.id = r.order_id \
             join days d on r.redeemed_at >= d.begins and r.redeemed_at < d.ends group by d.day",
            self.condition(),
            figures()
        );
        let mut by_day: Vec<_> = days.iter().map(|day| (*day, Figures::default())).collect();
        for row in sql::rows(&shop.db, &sql, values).await? {
            let day: i64 = row.try_get("", "day")?;
            if let Some((_, of)) = usize::try_from(day).ok().and_then(|day| by_day.get_mut(day)) {
                *of = Row::from_query_result(&row, "")?.into();
            }
        }
        Ok(by_day)
    }

    async fn by_discount(&self, shop: &Shop) -> Result<Vec<(DiscountId, Figures)>> {
        let sql = format!(
            "select r.discount_id as discount_id, {} from discount_redemption r join orders o on o.id = r.order_id \
             where {} group by r.discount_id order by orders desc, r.discount_id",
            figures(),
            self.condition()
        );
        let rows = sql::rows(&shop.db, &sql, self.values()).await?;
        let read = rows
            .iter()
            .map(|row| Ok((row.try_get("", "discount_id")?, Row::from_query_result(row, "")?.into())));
        read.collect()
    }

    async fn by_code(&self, shop: &Shop) -> Result<Vec<(CodeUse, Figures)>> {
        let sql = format!(
            "select r.discount_code_id as id, c.code as code, c.discount_id as discount_id, {} \
             from discount_redemption r join orders o on o.id = r.order_id \
             join discount_code c on c.id = r.discount_code_id where {} \
             group by r.discount_code_id, c.code, c.discount_id order by orders desc, c.code limit {CODES_MAX}",
            figures(),
            self.condition()
        );
        let rows = sql::rows(&shop.db, &sql, self.values()).await?;
        let read = rows.iter().map(|row| {
            let code = CodeUse {
                id: row.try_get("", "id")?,
                code: row.try_get("", "code")?,
                discount: row.try_get("", "discount_id")?,
            };
            Ok((code, Row::from_query_result(row, "")?.into()))
        });
        read.collect()
    }

    async fn currencies(&self, shop: &Shop) -> Result<Vec<Currency>> {
        let sql = "select distinct r.currency from discount_redemption r \
                   where r.redeemed_at >= $1 and r.redeemed_at < $2 order by r.currency";
        let values: [Value; 2] = [self.begins.into(), self.ends.into()];
        Ok(sql::column(&shop.db, sql, values).await?)
    }
}

/// The figures of redemptions `r` and their orders `o`. PostgreSQL sums bigints to a numeric.
fn figures() -> String {
    let paid = STATUSES.iter().filter(|status| is_paid(**status));
    let paid: Vec<_> = paid.map(|status| format!("'{}'", status.to_value())).collect();
    let paid = format!("r.released_at is null and o.status in ({})", paid.join(", "));
    let sum = |what: &str, when: &str| format!("cast(sum(case when {when} then {what} else 0 end) as bigint)");
    format!(
        "{} as orders, {} as cancelled, {} as turnover_minor, {} as given_minor",
        sum("1", "r.released_at is null"),
        sum("1", "r.released_at is not null"),
        sum("o.total_minor", &paid),
        sum("r.amount_minor", &paid)
    )
}

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use vitrine_commerce::{
    ErrorCode, Refusal,
    money::Currency,
    orders::{
        analytics::Period,
        discount_report::{self, Figures, ReportInput, discount_report},
    },
};
use vitrine_entity::ids::DiscountId;

use super::{object::Discount, questions::DiscountById};
use crate::{
    graphql::shared::{ContextExt, CurrencyCode, Date, Money, Result, int},
    ids,
};

/// What discounts did in a period, in one currency. An order counts on the day on which it was placed, and as it stands
/// now.
#[derive(Debug, SimpleObject)]
pub struct DiscountReport {
    /// Its first day.
    from: Date,
    /// Its last day.
    to: Date,
    /// What its amounts are in.
    currency_code: CurrencyCode,
    /// In which orders with discounts were placed in the period, whichever was asked for.
    currencies: Vec<CurrencyCode>,
    /// Of the whole period: an order with several discounts counts once.
    total: DiscountFigures,
    /// Of every day of the period, those without such an order too.
    by_day: Vec<DiscountFiguresOfDay>,
    /// Of every discount that was used, the most used first: an order with several counts for each.
    by_discount: Vec<DiscountFiguresOfDiscount>,
    /// Of the hundred codes that were used most, the most used first.
    by_code: Vec<DiscountFiguresOfCode>,
}

/// Of some orders with discounts.
#[derive(Debug, SimpleObject)]
pub struct DiscountFigures {
    /// How many orders have it; those that were cancelled, or never paid, left out.
    order_count: i32,
    /// How many orders had it and were cancelled, or never paid.
    cancelled_count: i32,
    /// What those come to that are paid for, or whose money is held: tax and shipping included.
    turnover: Money,
    /// What was taken off the same orders.
    given_away: Money,
}

/// Of the orders of one day.
#[derive(Debug, SimpleObject)]
pub struct DiscountFiguresOfDay {
    /// The day, in the shop's time zone.
    day: Date,
    /// Of its orders.
    figures: DiscountFigures,
}

/// Of the orders that have one discount.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct DiscountFiguresOfDiscount {
    #[graphql(skip)]
    id: DiscountId,
    /// Of its orders.
    figures: DiscountFigures,
}

#[ComplexObject]
impl DiscountFiguresOfDiscount {
    /// The discount; it may have been deleted since.
    #[graphql(complexity = "1 + child_complexity")]
    async fn discount(&self, ctx: &Context<'_>) -> Result<Option<Discount>> {
        Ok(ctx.load(DiscountById(self.id)).await?.map(Discount))
    }
}

/// Of the orders that have one code.
#[derive(Debug, SimpleObject)]
pub struct DiscountFiguresOfCode {
    /// Names the code.
    code_id: ID,
    /// The code.
    code: String,
    /// The discount that it is of.
    discount_id: ID,
    /// Of its orders.
    figures: DiscountFigures,
}

impl From<discount_report::DiscountReport> for DiscountReport {
    fn from(report: discount_report::DiscountReport) -> Self {
        let currency = report.currency;
        let figures = |of| DiscountFigures::new(of, currency);
        let by_day = report.by_day.into_iter().map(|(day, of)| DiscountFiguresOfDay {
            day: Date(day),
            figures: figures(of),
        });
        let by_discount = report.by_discount.into_iter();
        let by_discount = by_discount.map(|(id, of)| DiscountFiguresOfDiscount {
            id,
            figures: figures(of),
        });
        let by_code = report.by_code.into_iter().map(|(code, of)| DiscountFiguresOfCode {
            code_id: ids::public(code.id),
            code: code.code,
            discount_id: ids::public(code.discount),
            figures: figures(of),
        });
        let code = |currency: &Currency| CurrencyCode(currency.code().to_owned());
        Self {
            from: Date(report.period.from),
            to: Date(report.period.to),
            currency_code: code(&currency),
            currencies: report.currencies.iter().map(code).collect(),
            total: figures(report.total),
            by_day: by_day.collect(),
            by_discount: by_discount.collect(),
            by_code: by_code.collect(),
        }
    }
}

impl DiscountFigures {
    fn new(figures: Figures, currency: Currency) -> Self {
        Self {
            order_count: int(figures.orders),
            cancelled_count: int(figures.cancelled),
            turnover: Money::new(figures.turnover_minor, currency),
            given_away: Money::new(figures.given_minor, currency),
        }
    }
}

#[derive(Debug, Default)]
pub struct DiscountReportQuery;

#[Object]
impl DiscountReportQuery {
    /// What discounts did in a period of at most 366 days, in one currency: how many orders had them, what those came
    /// to, and what was given away; by day, by discount and by code. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn discount_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day, in the shop's time zone.")] from: Date,
        #[graphql(desc = "The last day; it counts.")] to: Date,
        #[graphql(desc = "Of orders in this currency; the caller's where it is left out.")] currency_code: Option<
            CurrencyCode,
        >,
        #[graphql(desc = "Of one discount alone.")] discount_id: Option<ID>,
    ) -> Result<Option<DiscountReport>> {
        let discount = match discount_id {
            Some(id) => Some(ids::input(&id, "discount", &["discountId"])?),
            None => None,
        };
        let input = ReportInput {
            period: Period { from: from.0, to: to.0 },
            currency: currency_code.map(|code| currency(&code.0)).transpose()?,
            discount,
        };
        let report = discount_report(ctx.shop(), ctx.caller(), input).await?;
        Ok(Some(report.into()))
    }
}

fn currency(code: &str) -> std::result::Result<Currency, Refusal> {
    let unknown = |_| {
        let message = "Write a currency by its three letters, such as EUR.";
        Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"])
    };
    code.to_uppercase().parse().map_err(unknown)
}

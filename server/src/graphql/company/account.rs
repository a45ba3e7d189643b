use async_graphql::{Context, Enum, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::companies::account::{self, AccountState, Credit};
use vitrine_entity::order;

use super::{
    object::Company,
    questions::{CompanyById, CompanyOfOrder},
};
use crate::graphql::shared::{ContextExt, Date, Money, Result};

/// What a company may buy on account at this moment.
#[derive(Debug, SimpleObject)]
pub struct OnAccount {
    /// Send it as the `method` of `PaymentMethodInput`.
    pub method: &'static str,
    /// How much it may owe in all.
    pub limit: Money,
    /// How much more it may owe.
    pub left: Money,
    /// When what is ordered now is due.
    pub due_on: Date,
}

impl From<Credit> for OnAccount {
    fn from(credit: Credit) -> Self {
        Self {
            method: vitrine_commerce::companies::account::METHOD,
            limit: credit.limit.into(),
            left: credit.left.into(),
            due_on: Date(credit.due_on),
        }
    }
}

/// Where what a company buys on account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "AccountState")]
pub enum OnAccountState {
    /// To be paid, and not late.
    Due,
    /// To be paid, and late.
    Overdue,
    /// Paid.
    Paid,
    /// Nothing is to be paid any more: what came back, or a change of the order, took all of it off.
    Credited,
    /// Not owed any more, as the order is cancelled.
    GivenUp,
}

/// What a company has to do with an order.
#[derive(Debug, SimpleObject)]
pub struct OrderOfCompany {
    /// For which company it was placed.
    pub company: Company,
    /// What it owes of the order, or owed; null where it was paid otherwise.
    pub on_account: Option<Money>,
    /// When that is due.
    pub due_on: Option<Date>,
    /// Due so many days after it was ordered, as the company's terms were then.
    pub terms_days: Option<i32>,
    /// By which number the company knows its purchase.
    pub purchase_order_number: Option<String>,
    /// Where that stands; null where it was paid otherwise.
    pub state: Option<OnAccountState>,
    /// When the company was last reminded of it.
    pub reminded_at: Option<DateTime<Utc>>,
    /// Since when it is not owed any more: paid, taken off, or given up.
    pub closed_at: Option<DateTime<Utc>>,
    /// Whether it is owed, and late.
    pub overdue: bool,
}

impl OrderOfCompany {
    /// Of an order that was placed for a company.
    pub async fn find(ctx: &Context<'_>, order: &order::Model) -> Result<Option<Self>> {
        let shop = ctx.shop();
        if !shop.profile().trade.has_companies {
            return Ok(None);
        }
        let Some(row) = ctx.load(CompanyOfOrder(order.id)).await? else {
            return Ok(None);
        };
        let Some(company) = ctx.load(CompanyById(row.company_id)).await? else {
            return Ok(None);
        };
        let today = shop.profile().date(shop.now());
        let currency = shop.profile().currency;
        let state = account::state(&row, order.status, today);
        Ok(Some(Self {
            company: Company(company),
            on_account: row.account_minor.map(|minor| Money::new(minor, currency)),
            due_on: row.due_on.map(Date),
            terms_days: row.terms_days,
            purchase_order_number: row.purchase_order_number,
            state: state.map(OnAccountState::from),
            reminded_at: row.second_reminded_at.or(row.reminded_at),
            closed_at: row.closed_at,
            overdue: state == Some(AccountState::Overdue),
        }))
    }
}

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use vitrine_commerce::companies::account::Credit;

use super::object::Company;
use crate::graphql::shared::{Date, Money};

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

/// What a company has to do with an order.
#[derive(Debug, SimpleObject)]
pub struct OrderOfCompany {
    /// For which company it was placed.
    pub company: Company,
    /// What it owes of the order, or owed; null where it was paid otherwise.
    pub on_account: Option<Money>,
    /// When that is due.
    pub due_on: Option<Date>,
    /// Since when it is not owed any more: paid, or given up.
    pub closed_at: Option<DateTime<Utc>>,
    /// Whether it is owed, and late.
    pub overdue: bool,
}

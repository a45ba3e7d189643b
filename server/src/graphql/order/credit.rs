use async_graphql::SimpleObject;
use vitrine_commerce::money::Currency;
use vitrine_entity::{credit_account, order_credit};

use crate::graphql::{cart::credit::CreditKind, shared::Money};

/// What a gift card or store credit has paid of an order.
#[derive(Debug, SimpleObject)]
pub struct OrderCredit {
    /// Which of the two.
    pub kind: CreditKind,
    /// The last four characters of a gift card's code; null of store credit.
    pub last_four: Option<String>,
    /// What it paid.
    pub amount: Money,
    /// How much of that has gone back.
    pub returned: Money,
}

impl OrderCredit {
    pub fn new((paid, account): (order_credit::Model, credit_account::Model), currency: Currency) -> Self {
        Self {
            kind: account.kind.into(),
            last_four: account.last_four,
            amount: Money::new(paid.amount_minor, currency),
            returned: Money::new(paid.returned_minor, currency),
        }
    }
}

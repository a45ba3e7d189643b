use async_graphql::{Context, SimpleObject};
use vitrine_commerce::money::Currency;
use vitrine_entity::{credit_account, order, order_credit};

use crate::graphql::{
    cart::credit::CreditKind,
    credit::questions::CreditsOfOrder,
    shared::{ContextExt, Money, Result},
};

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
    pub async fn of(ctx: &Context<'_>, order: &order::Model) -> Result<Vec<Self>> {
        if order.credit_minor == 0 {
            return Ok(Vec::new());
        }
        let rows = ctx.load(CreditsOfOrder(order.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| Self::new(row, order.currency)).collect())
    }

    fn new((paid, account): (order_credit::Model, credit_account::Model), currency: Currency) -> Self {
        Self {
            kind: account.kind.into(),
            last_four: account.last_four,
            amount: Money::new(paid.amount_minor, currency),
            returned: Money::new(paid.returned_minor, currency),
        }
    }
}

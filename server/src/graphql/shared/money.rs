use async_graphql::SimpleObject;
use vitrine_commerce::money::{self, Currency};

use super::scalars::{CurrencyCode, Decimal};

/// An amount of money.
#[derive(Debug, SimpleObject)]
pub struct Money {
    /// The amount, with all the decimals of its currency: `"49.90"`. Compute with a decimal
    /// library, never with floating point; better, ask the shop, which sums for you.
    pub amount: Decimal,
    /// Its currency.
    pub currency_code: CurrencyCode,
}

impl Money {
    /// An amount in minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        money::Money::new(minor, currency).into()
    }
}

impl From<money::Money> for Money {
    fn from(money: money::Money) -> Self {
        Self {
            amount: Decimal(money.decimal()),
            currency_code: CurrencyCode(money.currency.code().to_owned()),
        }
    }
}

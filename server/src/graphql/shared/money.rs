use async_graphql::SimpleObject;

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

impl From<vitrine_commerce::money::Money> for Money {
    fn from(money: vitrine_commerce::money::Money) -> Self {
        Self {
            amount: Decimal(money.decimal()),
            currency_code: CurrencyCode(money.currency.code().to_owned()),
        }
    }
}

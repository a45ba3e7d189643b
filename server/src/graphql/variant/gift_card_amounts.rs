use async_graphql::{InputObject, SimpleObject};
use vitrine_commerce::{
    Refusal,
    catalog::own_amount::GiftCardAmountsFields,
    money::{Currency, Money as Amount},
};
use vitrine_entity::variant;

use crate::graphql::shared::{Decimal, Money};

/// Between which amounts the buyer of a gift card may choose.
#[derive(Debug, SimpleObject)]
pub struct GiftCardAmounts {
    /// The least.
    pub minimum: Money,
    /// The greatest.
    pub maximum: Money,
    /// Every so much from the least on.
    pub step: Money,
}

impl GiftCardAmounts {
    /// Those of a variant.
    pub fn show(row: &variant::GiftCardAmounts) -> Self {
        let money = |minor| Money::new(minor, row.currency);
        Self {
            minimum: money(row.minimum_minor),
            maximum: money(row.maximum_minor),
            step: money(row.step_minor),
        }
    }
}

/// Between which amounts the buyer of a gift card may choose, in the shop's currency.
#[derive(Debug, InputObject)]
pub struct GiftCardAmountsInput {
    /// The least, more than nothing.
    pub minimum: Decimal,
    /// The greatest, more than the least.
    pub maximum: Decimal,
    /// Every so much from the least on, which leads to the greatest; any amount between the two unless given.
    pub step: Option<Decimal>,
}

impl GiftCardAmountsInput {
    /// # Errors
    /// When an amount is none.
    pub fn read(self, index: usize, currency: Currency) -> Result<GiftCardAmountsFields, Refusal> {
        let money = |amount: &Decimal, name: &str| {
            let field = ["variants", &index.to_string(), "giftCardAmounts", name];
            Amount::parse(&amount.0, currency).map_err(|error| Refusal::from(error).at(&field))
        };
        Ok(GiftCardAmountsFields {
            minimum: money(&self.minimum, "minimum")?,
            maximum: money(&self.maximum, "maximum")?,
            step: self.step.map(|step| money(&step, "step")).transpose()?,
        })
    }
}

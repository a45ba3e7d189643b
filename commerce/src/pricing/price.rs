//! From a basket to what it costs, line by line and in all.

use super::{
    adjust::{Adjusted, Applied, Prices, Share, ShareOf},
    basket::{Basket, Effect, ShippingTax},
    shipping::like_goods,
    tax::{TaxLine, Taxes, taxed},
};
use crate::money::{Currency, MoneyError};

/// What a basket costs, line by line and in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// In the order of the lines given.
    pub lines: Vec<PricedLine>,
    /// What each adjustment came to, in the order given.
    pub adjustments: Vec<Applied>,
    pub totals: Totals,
}

/// What a line costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PricedLine {
    /// Unit price times quantity, as the catalogue shows prices.
    pub subtotal_minor: i64,
    /// What was taken off; at most the subtotal.
    pub discount_minor: i64,
    /// What was put on.
    pub fee_minor: i64,
    pub tax_minor: i64,
    /// What the shopper pays for it, tax included.
    pub total_minor: i64,
}

/// What a basket costs in all. Its total is subtotal - discount + fee + shipping, and the tax where
/// the prices do not include it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    pub currency: Currency,
    pub subtotal_minor: i64,
    /// What was taken off, of goods and of shipping.
    pub discount_minor: i64,
    /// What was put on, on goods and on shipping.
    pub fee_minor: i64,
    /// Before its own discount and fee.
    pub shipping_minor: i64,
    pub tax_minor: i64,
    /// What the shopper pays.
    pub total_minor: i64,
    /// How much of the total gift cards and store credit pay; the rest is left to be paid.
    pub credit_minor: i64,
    pub prices_include_tax: bool,
    /// The tax by rate, highest first.
    pub taxes: Vec<TaxLine>,
}

/// Prices a basket.
///
/// # Errors
/// When an amount overflows.
pub fn price(basket: &Basket) -> Result<Priced, MoneyError> {
    let mut prices = Prices::of(basket)?;
    let mut adjustments = prices.adjust(&basket.adjustments)?;
    let mut taxes = Taxes::default();
    let included = basket.prices_include_tax;
    let lines = prices.lines.iter().map(|line| cost(line, included, &mut taxes));
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    let shipping = match (&prices.shipping, &basket.shipping) {
        (Some(price), Some(asked)) if asked.tax == ShippingTax::LikeGoods => {
            costing(price, like_goods(price, &prices.lines, included, &mut taxes)?)
        }
        (Some(price), _) => cost(price, included, &mut taxes)?,
        (None, _) => PricedLine::default(),
    };
    let sum = |part: fn(&PricedLine) -> i64| {
        let parts = lines.iter().map(part).try_fold(0i64, i64::checked_add);
        parts.ok_or(MoneyError::Overflow)
    };
    let with_shipping = |part: fn(&PricedLine) -> i64| {
        let goods_minor = sum(part)?;
        goods_minor.checked_add(part(&shipping)).ok_or(MoneyError::Overflow)
    };
    let total_minor = with_shipping(|cost| cost.total_minor)?;
    let totals = Totals {
        currency: basket.currency,
        subtotal_minor: sum(|cost| cost.subtotal_minor)?,
        discount_minor: with_shipping(|cost| cost.discount_minor)?,
        fee_minor: with_shipping(|cost| cost.fee_minor)?,
        shipping_minor: shipping.subtotal_minor,
        tax_minor: with_shipping(|cost| cost.tax_minor)?,
        total_minor,
        credit_minor: pay_by_credit(&mut adjustments, total_minor),
        prices_include_tax: basket.prices_include_tax,
        taxes: taxes.sorted(),
    };
    Ok(Priced {
        lines,
        adjustments,
        totals,
    })
}

/// What an adjusted price comes to, with its tax.
fn cost(price: &Adjusted<'_>, included: bool, taxes: &mut Taxes) -> Result<PricedLine, MoneyError> {
    let with_tax = taxed(price.amount_minor()?, price.tax, included)?;
    taxes.add(price.tax, with_tax.0)?;
    Ok(costing(price, with_tax))
}

fn costing(price: &Adjusted<'_>, (tax_minor, total_minor): (i64, i64)) -> PricedLine {
    PricedLine {
        subtotal_minor: price.subtotal_minor,
        discount_minor: price.discount_minor,
        fee_minor: price.fee_minor,
        tax_minor,
        total_minor,
    }
}

/// Has each credit pay what those before it have left of the total. Gives what they pay in all.
fn pay_by_credit(adjustments: &mut [Applied], total_minor: i64) -> i64 {
    let mut left_minor = total_minor;
    for applied in adjustments {
        let amount_minor = match applied.adjustment.effect {
            Effect::Credit => applied.adjustment.amount_minor.clamp(0, left_minor),
            Effect::Discount(_) | Effect::Fee(_) => 0,
        };
        if amount_minor > 0 {
            left_minor -= amount_minor;
            applied.shares.push(Share {
                of: ShareOf::Total,
                amount_minor,
            });
        }
    }
    total_minor - left_minor
}

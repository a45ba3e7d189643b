//! A basket of somebody who pays no tax, or to whom prices are told without it.

use super::{
    adjust::Prices,
    basket::{Basket, LineToPrice, Rate, ShippingTax, ShippingToPrice},
    shipping::like_goods,
    tax::{Taxes, taxed},
};
use crate::money::MoneyError;

/// The basket without any tax. Where its prices contain it, it is taken out of each unit's price and of the
/// shipping's, by the rates that the basket has: those of the shop's own country, by which its prices were made.
///
/// # Errors
/// When an amount overflows.
pub fn without_tax(basket: &Basket) -> Result<Basket, MoneyError> {
    let mut untaxed = net(basket)?;
    for line in &mut untaxed.lines {
        line.tax = Rate::default();
    }
    if let Some(shipping) = &mut untaxed.shipping {
        shipping.tax = ShippingTax::Own(Rate::default());
    }
    Ok(untaxed)
}

/// The basket at prices without the tax, which then comes on top. Where its prices contain it, it is taken out of each
/// unit's price and of the shipping's.
///
/// # Errors
/// When an amount overflows.
pub fn net(basket: &Basket) -> Result<Basket, MoneyError> {
    let lines = basket.lines.iter().map(|line| {
        Ok(LineToPrice {
            unit_price_minor: net_of(line.unit_price_minor, &line.tax, basket.prices_include_tax)?,
            quantity: line.quantity,
            tax: line.tax.clone(),
        })
    });
    let shipping = basket.shipping.as_ref().map(|shipping| {
        let amount_minor = match &shipping.tax {
            ShippingTax::Own(rate) => net_of(shipping.amount_minor, rate, basket.prices_include_tax)?,
            ShippingTax::LikeGoods => net_like_goods(basket, shipping.amount_minor)?,
        };
        Ok(ShippingToPrice {
            amount_minor,
            tax: shipping.tax.clone(),
        })
    });
    Ok(Basket {
        currency: basket.currency,
        prices_include_tax: false,
        lines: lines.collect::<Result<_, MoneyError>>()?,
        shipping: shipping.transpose()?,
        adjustments: basket.adjustments.clone(),
    })
}

/// What an amount is without the tax that it contains, where it contains any.
///
/// # Errors
/// When an amount overflows.
pub(super) fn net_of(amount_minor: i64, rate: &Rate, is_included: bool) -> Result<i64, MoneyError> {
    match is_included {
        true => Ok(amount_minor - taxed(amount_minor, rate, true)?.0),
        false => Ok(amount_minor),
    }
}

fn net_like_goods(basket: &Basket, amount_minor: i64) -> Result<i64, MoneyError> {
    let prices = Prices::of(basket)?;
    match &prices.shipping {
        Some(shipping) if basket.prices_include_tax => {
            let (tax_minor, _) = like_goods(shipping, &prices.lines, true, &mut Taxes::default())?;
            Ok(amount_minor - tax_minor)
        }
        _ => Ok(amount_minor),
    }
}

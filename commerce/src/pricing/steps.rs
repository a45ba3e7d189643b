//! Amounts that can be paid in steps only, larger than a minor unit: a provider that takes no odd thousandth of a dinar.
//!
//! Where every price is a multiple of the step, so is everything that is computed of them: tax is rounded to the step,
//! and what is split is split in steps. Where one is not, the basket is priced to the minor unit, and may come to a total
//! that nobody can pay: whoever asks has to look.

use super::{
    adjust::{Applied, Share},
    basket::{Adjustment, Basket, LineToPrice, Rate, ShippingToPrice},
    price::{Priced, PricedLine, Totals, price},
    tax::TaxLine,
    untaxed::{net, net_of, without_tax},
};
use crate::money::MoneyError;

/// As [`price`], in steps of so many minor units. Where prices include their tax, the total is theirs already, and the
/// tax is told to the minor unit.
///
/// # Errors
/// When an amount overflows.
pub fn price_in_steps(basket: &Basket, step_minor: i64) -> Result<Priced, MoneyError> {
    match in_steps(basket, step_minor).filter(|_| !basket.prices_include_tax) {
        Some(steps) => in_minor_units(price(&steps)?, basket, step_minor),
        None => price(basket),
    }
}

/// As [`without_tax`], in steps of so many minor units.
///
/// # Errors
/// When an amount overflows.
pub fn without_tax_in_steps(basket: &Basket, step_minor: i64) -> Result<Basket, MoneyError> {
    made_in_steps(basket, step_minor, without_tax)
}

/// As [`net`], in steps of so many minor units.
///
/// # Errors
/// When an amount overflows.
pub fn net_in_steps(basket: &Basket, step_minor: i64) -> Result<Basket, MoneyError> {
    made_in_steps(basket, step_minor, net)
}

/// As `net_of`, in steps of so many minor units.
///
/// # Errors
/// When an amount overflows.
pub fn net_of_in_steps(amount_minor: i64, rate: &Rate, is_included: bool, step_minor: i64) -> Result<i64, MoneyError> {
    match step_minor > 1 && amount_minor % step_minor == 0 {
        true => times(net_of(amount_minor / step_minor, rate, is_included)?, step_minor),
        false => net_of(amount_minor, rate, is_included),
    }
}

fn made_in_steps(
    basket: &Basket,
    step_minor: i64,
    make: impl Fn(&Basket) -> Result<Basket, MoneyError>,
) -> Result<Basket, MoneyError> {
    let Some(steps) = in_steps(basket, step_minor) else {
        return make(basket);
    };
    let mut untaxed = make(&steps)?;
    for line in &mut untaxed.lines {
        line.unit_price_minor = times(line.unit_price_minor, step_minor)?;
    }
    if let Some(shipping) = &mut untaxed.shipping {
        shipping.amount_minor = times(shipping.amount_minor, step_minor)?;
    }
    untaxed.adjustments.clone_from(&basket.adjustments);
    Ok(untaxed)
}

/// The basket counted in steps, where its prices are multiples of one. Of what is taken off or put on, whole steps.
fn in_steps(basket: &Basket, step_minor: i64) -> Option<Basket> {
    let step = |minor: i64| (step_minor > 1 && minor % step_minor == 0).then(|| minor / step_minor);
    let lines = basket.lines.iter().map(|line| {
        Some(LineToPrice {
            unit_price_minor: step(line.unit_price_minor)?,
            ..line.clone()
        })
    });
    let lines = lines.collect::<Option<_>>()?;
    let shipping = match &basket.shipping {
        Some(shipping) => Some(ShippingToPrice {
            amount_minor: step(shipping.amount_minor)?,
            ..shipping.clone()
        }),
        None => step(0).map(|_| None)?,
    };
    let adjustments = basket.adjustments.iter().map(|adjustment| Adjustment {
        amount_minor: adjustment.amount_minor / step_minor,
        ..adjustment.clone()
    });
    Some(Basket {
        lines,
        shipping,
        adjustments: adjustments.collect(),
        ..basket.clone()
    })
}

fn in_minor_units(priced: Priced, basket: &Basket, step_minor: i64) -> Result<Priced, MoneyError> {
    let minor = |steps: i64| times(steps, step_minor);
    let lines = priced.lines.into_iter().map(|line| {
        Ok(PricedLine {
            subtotal_minor: minor(line.subtotal_minor)?,
            discount_minor: minor(line.discount_minor)?,
            fee_minor: minor(line.fee_minor)?,
            tax_minor: minor(line.tax_minor)?,
            total_minor: minor(line.total_minor)?,
        })
    });
    let adjustments = priced.adjustments.into_iter().zip(&basket.adjustments);
    let adjustments = adjustments.map(|(applied, asked)| {
        let shares = applied.shares.into_iter().map(|share| {
            Ok(Share {
                amount_minor: minor(share.amount_minor)?,
                ..share
            })
        });
        Ok(Applied {
            adjustment: asked.clone(),
            shares: shares.collect::<Result<_, MoneyError>>()?,
        })
    });
    let taxes = priced.totals.taxes.into_iter().map(|tax| {
        Ok(TaxLine {
            amount_minor: minor(tax.amount_minor)?,
            ..tax
        })
    });
    Ok(Priced {
        lines: lines.collect::<Result<_, MoneyError>>()?,
        adjustments: adjustments.collect::<Result<_, MoneyError>>()?,
        totals: Totals {
            subtotal_minor: minor(priced.totals.subtotal_minor)?,
            discount_minor: minor(priced.totals.discount_minor)?,
            fee_minor: minor(priced.totals.fee_minor)?,
            shipping_minor: minor(priced.totals.shipping_minor)?,
            tax_minor: minor(priced.totals.tax_minor)?,
            total_minor: minor(priced.totals.total_minor)?,
            credit_minor: minor(priced.totals.credit_minor)?,
            taxes: taxes.collect::<Result<_, MoneyError>>()?,
            currency: priced.totals.currency,
            prices_include_tax: priced.totals.prices_include_tax,
        },
    })
}

fn times(steps: i64, step_minor: i64) -> Result<i64, MoneyError> {
    steps.checked_mul(step_minor).ok_or(MoneyError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::{Effect, Rate, RatePart, ShippingTax, Target};

    fn basket(unit_price_minor: i64, prices_include_tax: bool) -> Basket {
        let rate = Rate(vec![RatePart {
            name: "VAT".to_owned(),
            basis_points: 1000,
        }]);
        Basket {
            currency: "BHD".parse().expect("a currency"),
            prices_include_tax,
            lines: vec![LineToPrice {
                unit_price_minor,
                quantity: 3,
                tax: rate.clone(),
            }],
            shipping: Some(ShippingToPrice {
                amount_minor: 1_250,
                tax: ShippingTax::Own(rate),
            }),
            adjustments: vec![Adjustment {
                effect: Effect::Discount(Target::Goods),
                amount_minor: 1_234,
                code: "OFF".to_owned(),
                label: "Off".to_owned(),
                origin: None,
            }],
        }
    }

    #[test]
    fn what_is_computed_of_whole_steps_is_whole_steps() {
        let basket = basket(5_130, false);
        assert_ne!(price(&basket).expect("a price").totals.total_minor % 10, 0);
        let Priced {
            lines,
            adjustments,
            totals,
        } = price_in_steps(&basket, 10).expect("a price");
        assert_eq!((totals.subtotal_minor, totals.discount_minor), (15_390, 1_230));
        // 10 % of 14.160 and of 1.250, each to the step.
        assert_eq!((totals.tax_minor, totals.total_minor), (1_420 + 120, 16_950));
        assert_eq!((lines[0].tax_minor, totals.taxes[0].amount_minor), (1_420, 1_540));
        assert_eq!(
            (
                adjustments[0].adjustment.amount_minor,
                adjustments[0].shares[0].amount_minor
            ),
            (1_234, 1_230)
        );

        let untaxed = without_tax_in_steps(
            &Basket {
                prices_include_tax: true,
                ..basket.clone()
            },
            10,
        )
        .expect("prices");
        assert_eq!(untaxed.lines[0].unit_price_minor, 4_660, "5.130 without 0.466");
        assert_eq!(untaxed.adjustments, basket.adjustments);
    }

    #[test]
    fn other_prices_are_told_to_the_minor_unit() {
        for (basket, step_minor) in [
            (basket(5_125, false), 10),
            (basket(5_130, true), 10),
            (basket(5_130, false), 1),
        ] {
            assert_eq!(price_in_steps(&basket, step_minor), price(&basket));
        }
        let odd = basket(5_125, true);
        assert_eq!(without_tax_in_steps(&odd, 10), without_tax(&odd));
    }
}

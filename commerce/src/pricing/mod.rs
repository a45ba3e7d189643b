//! What a basket costs. Pure: no clock, no database, nothing asynchronous.
//!
//! Everything is in integer minor units of one currency. Tax is computed a line at a time, on the
//! line's total, and rounded half to even; the order's tax is the sum of what its lines show, so
//! that an invoice adds up. Where prices include tax, the tax is the part of the line that is tax,
//! and adds nothing to the total; where they do not, it comes on top. Shipping is taxed at the
//! country's standard rate.

use crate::money::{Currency, MoneyError, divide_half_even};

/// A line to be priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineToPrice {
    pub unit_price_minor: i64,
    pub quantity: i64,
    pub tax: Rate,
}

/// A tax rate with its name, as in `VAT 19 %`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rate {
    pub name: String,
    /// Hundredths of a percent.
    pub basis_points: i32,
}

/// What a line costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PricedLine {
    /// Unit price times quantity, as the catalogue shows prices.
    pub subtotal_minor: i64,
    pub tax_minor: i64,
    /// What the shopper pays for it, tax included.
    pub total_minor: i64,
}

/// What a basket costs in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    pub currency: Currency,
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub shipping_minor: i64,
    pub tax_minor: i64,
    /// What the shopper pays.
    pub total_minor: i64,
    pub prices_include_tax: bool,
    /// The tax by rate, highest first.
    pub taxes: Vec<TaxLine>,
}

/// The tax at one rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxLine {
    pub name: String,
    pub basis_points: i32,
    pub amount_minor: i64,
}

/// What a basket costs, line by line and in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// In the order of the lines given.
    pub lines: Vec<PricedLine>,
    pub totals: Totals,
}

/// Prices a basket. `shipping` is its price and rate, where a method was chosen.
///
/// # Errors
/// When an amount overflows.
pub fn price(
    currency: Currency,
    prices_include_tax: bool,
    lines: &[LineToPrice],
    shipping: Option<(i64, Rate)>,
) -> Result<Priced, MoneyError> {
    let mut taxes = Vec::new();
    let mut priced = Vec::with_capacity(lines.len());
    for line in lines {
        let subtotal_minor = line
            .unit_price_minor
            .checked_mul(line.quantity)
            .ok_or(MoneyError::Overflow)?;
        let part = taxed(subtotal_minor, &line.tax, prices_include_tax)?;
        add_tax(&mut taxes, &line.tax, part.tax_minor)?;
        priced.push(part);
    }
    let sum = |part: fn(&PricedLine) -> i64| {
        priced
            .iter()
            .map(part)
            .try_fold(0i64, |sum, amount| sum.checked_add(amount))
            .ok_or(MoneyError::Overflow)
    };
    let (subtotal_minor, lines_total_minor, lines_tax_minor) = (
        sum(|l| l.subtotal_minor)?,
        sum(|l| l.total_minor)?,
        sum(|l| l.tax_minor)?,
    );
    let shipping = match shipping {
        Some((amount_minor, rate)) => {
            let part = taxed(amount_minor, &rate, prices_include_tax)?;
            add_tax(&mut taxes, &rate, part.tax_minor)?;
            part
        }
        None => PricedLine {
            subtotal_minor: 0,
            tax_minor: 0,
            total_minor: 0,
        },
    };
    taxes.sort_by(|a: &TaxLine, b| b.basis_points.cmp(&a.basis_points).then_with(|| a.name.cmp(&b.name)));
    let totals = Totals {
        currency,
        subtotal_minor,
        discount_minor: 0,
        shipping_minor: shipping.subtotal_minor,
        tax_minor: lines_tax_minor
            .checked_add(shipping.tax_minor)
            .ok_or(MoneyError::Overflow)?,
        total_minor: lines_total_minor
            .checked_add(shipping.total_minor)
            .ok_or(MoneyError::Overflow)?,
        prices_include_tax,
        taxes,
    };
    Ok(Priced { lines: priced, totals })
}

fn taxed(amount_minor: i64, rate: &Rate, included: bool) -> Result<PricedLine, MoneyError> {
    let (amount, points) = (i128::from(amount_minor), i128::from(rate.basis_points));
    let tax = if included {
        divide_half_even(amount * points, 10_000 + points)
    } else {
        divide_half_even(amount * points, 10_000)
    };
    let tax_minor = i64::try_from(tax).map_err(|_| MoneyError::Overflow)?;
    let total_minor = if included {
        amount_minor
    } else {
        amount_minor.checked_add(tax_minor).ok_or(MoneyError::Overflow)?
    };
    Ok(PricedLine {
        subtotal_minor: amount_minor,
        tax_minor,
        total_minor,
    })
}

fn add_tax(taxes: &mut Vec<TaxLine>, rate: &Rate, amount_minor: i64) -> Result<(), MoneyError> {
    if rate.basis_points == 0 {
        return Ok(());
    }
    match taxes
        .iter_mut()
        .find(|tax| tax.basis_points == rate.basis_points && tax.name == rate.name)
    {
        Some(tax) => tax.amount_minor = tax.amount_minor.checked_add(amount_minor).ok_or(MoneyError::Overflow)?,
        None => taxes.push(TaxLine {
            name: rate.name.clone(),
            basis_points: rate.basis_points,
            amount_minor,
        }),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(unit_price_minor: i64, quantity: i64, basis_points: i32) -> LineToPrice {
        LineToPrice {
            unit_price_minor,
            quantity,
            tax: Rate {
                name: format!("VAT {basis_points}"),
                basis_points,
            },
        }
    }

    #[test]
    fn included_tax_is_part_of_the_price() {
        let priced = price(Currency::EUR, true, &[line(1190, 1, 1900)], None).expect("priced");
        assert_eq!((priced.totals.total_minor, priced.totals.tax_minor), (1190, 190));
    }

    #[test]
    fn excluded_tax_comes_on_top() {
        let shipping = Some((
            500,
            Rate {
                name: "VAT 1900".to_owned(),
                basis_points: 1900,
            },
        ));
        let priced = price(
            Currency::EUR,
            false,
            &[line(1000, 2, 1900), line(1000, 1, 700)],
            shipping,
        )
        .expect("priced");
        assert_eq!(priced.totals.subtotal_minor, 3000);
        assert_eq!(priced.totals.tax_minor, 380 + 70 + 95);
        assert_eq!(priced.totals.total_minor, 3000 + 545 + 500);
        assert_eq!(
            priced
                .totals
                .taxes
                .iter()
                .map(|tax| tax.amount_minor)
                .collect::<Vec<_>>(),
            [475, 70]
        );
    }

    #[test]
    fn overflow_is_an_error() {
        assert_eq!(
            price(Currency::EUR, true, &[line(i64::MAX, 2, 0)], None),
            Err(MoneyError::Overflow)
        );
        assert_eq!(
            price(Currency::EUR, true, &[line(i64::MAX, 1, 0), line(1, 1, 0)], None),
            Err(MoneyError::Overflow)
        );
    }

    proptest! {
        #[test]
        fn a_basket_adds_up(
            lines in prop::collection::vec((0i64..10_000_000, 1i64..1000, prop::sample::select(vec![0, 700, 1900, 2500])), 0..20),
            shipping in prop::option::of(0i64..100_000),
            included: bool,
        ) {
            let lines: Vec<_> = lines.into_iter().map(|(price, quantity, points)| line(price, quantity, points)).collect();
            let shipping = shipping.map(|amount| (amount, Rate { name: "VAT 1900".to_owned(), basis_points: 1900 }));
            let priced = price(Currency::EUR, included, &lines, shipping).expect("small amounts");
            let totals = &priced.totals;
            prop_assert_eq!(totals.tax_minor, totals.taxes.iter().map(|tax| tax.amount_minor).sum::<i64>());
            let on_top = if included { 0 } else { totals.tax_minor };
            prop_assert_eq!(totals.total_minor, totals.subtotal_minor - totals.discount_minor + totals.shipping_minor + on_top);
            prop_assert!(totals.tax_minor >= 0 && totals.tax_minor <= totals.total_minor);
        }
    }
}

//! Shipping that is taxed as the goods are.

use std::collections::BTreeMap;

use super::{
    adjust::Adjusted,
    allocate::allocate,
    basket::Rate,
    tax::{Taxes, taxed},
};
use crate::money::MoneyError;

/// The tax of shipping, and the shipping with it, where it is taxed at the goods' rates: split among them in proportion to what is left
/// of the goods' prices, each part taxed at its rate. Where there are no goods there is no tax.
pub(super) fn like_goods(
    price: &Adjusted<'_>,
    lines: &[Adjusted<'_>],
    included: bool,
    taxes: &mut Taxes,
) -> Result<(i64, i64), MoneyError> {
    let amount_minor = price.amount_minor()?;
    // By rate, in an order that does not depend on the lines'.
    let mut worth: BTreeMap<&Rate, i64> = BTreeMap::new();
    for line in lines {
        let sum = worth.entry(line.tax).or_default();
        *sum = sum.checked_add(line.amount_minor()?).ok_or(MoneyError::Overflow)?;
    }
    let weights: Vec<_> = worth.values().copied().collect();
    let (mut tax_minor, mut total_minor) = (0, if worth.is_empty() { amount_minor } else { 0 });
    for (rate, part_minor) in worth.into_keys().zip(allocate(amount_minor, &weights)) {
        let (tax, total) = taxed(part_minor, rate, included)?;
        taxes.add(rate, tax)?;
        // Parts of amounts that fit.
        tax_minor += tax;
        total_minor = i64::checked_add(total_minor, total).ok_or(MoneyError::Overflow)?;
    }
    Ok((tax_minor, total_minor))
}

//! The tax of one price, and what it sums to by rate.

use super::{allocate::allocate, basket::Rate};
use crate::money::{MoneyError, divide_half_even};

/// The tax at one rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxLine {
    pub name: String,
    pub basis_points: i32,
    pub amount_minor: i64,
}

/// The tax of an amount, and the amount with it.
pub(super) fn taxed(amount_minor: i64, rate: &Rate, included: bool) -> Result<(i64, i64), MoneyError> {
    let (amount, points) = (i128::from(amount_minor), i128::from(rate.basis_points()));
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
    Ok((tax_minor, total_minor))
}

/// The tax by rate, highest first.
#[derive(Default)]
pub(super) struct Taxes(Vec<TaxLine>);

impl Taxes {
    /// Notes the tax of a price; where several are due on it, each gets its part.
    pub(super) fn add(&mut self, rate: &Rate, amount_minor: i64) -> Result<(), MoneyError> {
        let parts: Vec<_> = rate.0.iter().filter(|part| part.basis_points > 0).collect();
        let weights: Vec<_> = parts.iter().map(|part| i64::from(part.basis_points)).collect();
        for (part, amount_minor) in parts.into_iter().zip(allocate(amount_minor, &weights)) {
            self.add_part(&part.name, part.basis_points, amount_minor)?;
        }
        Ok(())
    }

    fn add_part(&mut self, name: &str, basis_points: i32, amount_minor: i64) -> Result<(), MoneyError> {
        let same = |tax: &&mut TaxLine| tax.basis_points == basis_points && tax.name == name;
        match self.0.iter_mut().find(same) {
            Some(tax) => tax.amount_minor = tax.amount_minor.checked_add(amount_minor).ok_or(MoneyError::Overflow)?,
            None => self.0.push(TaxLine {
                name: name.to_owned(),
                basis_points,
                amount_minor,
            }),
        }
        Ok(())
    }

    pub(super) fn sorted(mut self) -> Vec<TaxLine> {
        self.0
            .sort_by(|a, b| b.basis_points.cmp(&a.basis_points).then_with(|| a.name.cmp(&b.name)));
        self.0
    }
}

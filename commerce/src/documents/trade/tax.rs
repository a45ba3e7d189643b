//! Which category a price is of, and what taxes come to.

use std::collections::BTreeMap;

use vitrine_entity::tax_record::TaxTreatment;

use super::{Category, Charge, Line, Rate, Tax};
use crate::money::divide_half_even;

/// Why an order's taxes are what they are.
pub(crate) struct Treatment<'a> {
    pub(crate) treatment: TaxTreatment,
    /// Whether goods are sent: what a business in another country buys is a delivery there, or a service.
    pub(crate) ships: bool,
    /// Whether the seller has a VAT number. Without one it may be exempt, and name the reason; what a delivery to the Union or an
    /// export is by EN 16931 takes one (BR-IC-02, BR-G-02).
    pub(crate) has_vat_number: bool,
    /// Why there is no tax, in the reader's language; of what is taxed, why a rate is 0.
    pub(crate) reason: Option<&'a str>,
}

impl Treatment<'_> {
    pub(super) fn rate(&self, basis_points: i32) -> Rate {
        let category = match self.treatment {
            TaxTreatment::Taxed if basis_points > 0 => Category::Standard,
            TaxTreatment::Taxed if self.reason.is_some() => Category::Exempt,
            TaxTreatment::Taxed => Category::Zero,
            TaxTreatment::Exempt => Category::Exempt,
            TaxTreatment::ReverseCharge if !self.ships => Category::ReverseCharge,
            TaxTreatment::ReverseCharge | TaxTreatment::Export if !self.has_vat_number => Category::Exempt,
            TaxTreatment::ReverseCharge => Category::IntraCommunity,
            TaxTreatment::Export => Category::Export,
        };
        let basis_points = if category == Category::Standard {
            basis_points
        } else {
            0
        };
        Rate { category, basis_points }
    }

    /// The taxes of lines and charges by their rates.
    pub(super) fn taxes(&self, lines: &[Line], charges: &[Charge]) -> Vec<Tax> {
        let mut sums: BTreeMap<Rate, (i64, i64)> = BTreeMap::new();
        let of_lines = lines.iter().map(|line| (line.rate, line.net_minor, line.tax_minor));
        let of_charges = charges
            .iter()
            .map(|charge| (charge.rate, charge.net_minor, charge.tax_minor));
        for (rate, net_minor, tax_minor) in of_lines.chain(of_charges) {
            let sum = sums.entry(rate).or_default();
            sum.0 += net_minor;
            sum.1 += tax_minor;
        }
        let tax = |(rate, (net_minor, tax_minor)): (Rate, (i64, i64))| Tax {
            rate,
            net_minor,
            tax_minor,
            reason: self
                .reason
                .filter(|_| !matches!(rate.category, Category::Standard | Category::Zero))
                .map(str::to_owned),
        };
        sums.into_iter().map(tax).collect()
    }
}

/// The tax of a price that contains it, or bears it.
pub(super) fn tax_of(amount_minor: i64, basis_points: i32, included: bool) -> i64 {
    let (amount, points) = (i128::from(amount_minor), i128::from(basis_points));
    let parts = if included { 10_000 + points } else { 10_000 };
    // A part of an `i64` fits into one, unless the rate is beyond any tax.
    i64::try_from(divide_half_even(amount * points, parts)).unwrap_or(i64::MAX)
}

/// A price without its tax, where it contains it.
pub(super) fn net_of(amount_minor: i64, basis_points: i32, included: bool) -> i64 {
    match included {
        true => amount_minor - tax_of(amount_minor, basis_points, true),
        false => amount_minor,
    }
}

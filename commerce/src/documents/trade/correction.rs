//! What of an invoice is given back.

use std::collections::BTreeMap;

use super::{Charge, Line, Rate, Tax, Trade, tax::tax_of};
use crate::pricing::allocate;

/// Units that are paid back: of which of the invoice's lines, and how much, with the tax.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Back {
    pub(crate) line: usize,
    pub(crate) quantity: i64,
    pub(crate) amount_minor: i64,
}

/// All of it: the lines of a credit note that takes everything back.
pub(crate) fn of_all(invoice: &Trade) -> (Vec<Line>, Vec<Charge>, Vec<Tax>) {
    (invoice.lines.clone(), invoice.charges.clone(), invoice.taxes.clone())
}

/// What is paid back, and what for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    /// All of it, with the tax.
    pub(crate) amount_minor: i64,
    pub(crate) units: &'a [Back],
    /// How much is for shipping, with the tax.
    pub(crate) shipping_minor: i64,
    /// What stands for whatever is for neither.
    pub(crate) label: &'a str,
}

/// A part of it: units by their own rates, shipping by those of what it sent, and the rest spread over the invoice's rates as they
/// are in it. Of which less is paid back than it is for, because the rest of the money comes later, is spread over the rates of
/// what it is for.
pub(crate) fn of_part(invoice: &Trade, given: &Given<'_>) -> (Vec<Line>, Vec<Tax>) {
    let shipping = of_shipping(invoice, given.shipping_minor);
    let units = given
        .units
        .iter()
        .map(|back| (invoice.lines[back.line].rate, back.amount_minor));
    let named: Vec<(Rate, i64)> = units
        .chain(shipping.iter().map(|(charge, share)| (charge.rate, *share)))
        .collect();
    let rest_minor = given.amount_minor - named.iter().map(|(_, minor)| minor).sum::<i64>();
    let lines = match rest_minor < 0 {
        true => spread(&named, given.amount_minor, given.label),
        false => {
            let units = given.units.iter().map(|back| of_units(&invoice.lines[back.line], back));
            let shipping = shipping
                .iter()
                .map(|(charge, share)| of_rate(&charge.label, *share, charge.rate));
            let all: Vec<_> = invoice
                .taxes
                .iter()
                .map(|tax| (tax.rate, tax.net_minor + tax.tax_minor))
                .collect();
            let rest = spread(&all, rest_minor, given.label);
            units.chain(shipping).chain(rest).collect()
        }
    };
    let taxes = taxes(invoice, &lines);
    (lines, taxes)
}

/// What of the invoice's shipping goes back, by its rates. Lines, and no charges: a document has a line at least (BR-16).
fn of_shipping(invoice: &Trade, amount_minor: i64) -> Vec<(&Charge, i64)> {
    let worth = |charge: &Charge| (charge.net_minor + charge.tax_minor).max(0);
    let weights: Vec<i64> = invoice.charges.iter().map(worth).collect();
    let shares = allocate(amount_minor.clamp(0, weights.iter().sum()), &weights);
    let parts = invoice.charges.iter().zip(shares);
    parts.filter(|(_, share)| *share > 0).collect()
}

fn of_units(line: &Line, back: &Back) -> Line {
    let (net_minor, tax_minor) = split(back.amount_minor, line.rate);
    Line {
        quantity: back.quantity,
        units_minor: net_minor,
        changes: Vec::new(),
        net_minor,
        tax_minor,
        ..line.clone()
    }
}

/// An amount over rates, in proportion to what each weighs: a line for each rate.
fn spread(weights: &[(Rate, i64)], amount_minor: i64, label: &str) -> Vec<Line> {
    let mut by_rate: BTreeMap<Rate, i64> = BTreeMap::new();
    for (rate, weight) in weights {
        *by_rate.entry(*rate).or_default() += (*weight).max(0);
    }
    let weights: Vec<i64> = by_rate.values().copied().collect();
    let shares = allocate(amount_minor.max(0), &weights);
    let parts = by_rate.into_keys().zip(shares).filter(|(_, share)| *share > 0);
    parts.map(|(rate, share)| of_rate(label, share, rate)).collect()
}

fn of_rate(label: &str, amount_minor: i64, rate: Rate) -> Line {
    let (net_minor, tax_minor) = split(amount_minor, rate);
    Line {
        sku: String::new(),
        name: label.to_owned(),
        description: None,
        quantity: 1,
        units_minor: net_minor,
        changes: Vec::new(),
        net_minor,
        tax_minor,
        rate,
    }
}

/// What is paid back contains the tax.
fn split(amount_minor: i64, rate: Rate) -> (i64, i64) {
    let tax_minor = tax_of(amount_minor, rate.basis_points, true);
    (amount_minor - tax_minor, tax_minor)
}

fn taxes(invoice: &Trade, lines: &[Line]) -> Vec<Tax> {
    let of_rate = |tax: &Tax| {
        let lines = || lines.iter().filter(|line| line.rate == tax.rate);
        Tax {
            rate: tax.rate,
            net_minor: lines().map(|line| line.net_minor).sum(),
            tax_minor: lines().map(|line| line.tax_minor).sum(),
            reason: tax.reason.clone(),
        }
    };
    let has_lines = |tax: &&Tax| lines.iter().any(|line| line.rate == tax.rate);
    invoice.taxes.iter().filter(has_lines).map(of_rate).collect()
}

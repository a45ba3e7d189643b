//! What of an invoice is given back.

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

/// A part of it: units, and what is given back beside them, spread over the invoice's rates as they are in it.
pub(crate) fn of_part(invoice: &Trade, units: &[Back], amount_minor: i64, label: &str) -> (Vec<Line>, Vec<Tax>) {
    let mut lines: Vec<Line> = units
        .iter()
        .map(|back| of_units(&invoice.lines[back.line], back))
        .collect();
    let rest_minor = amount_minor - units.iter().map(|back| back.amount_minor).sum::<i64>();
    lines.extend(of_rest(invoice, rest_minor, label));
    let taxes = taxes(invoice, &lines);
    (lines, taxes)
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

fn of_rest(invoice: &Trade, rest_minor: i64, label: &str) -> Vec<Line> {
    let weights: Vec<i64> = invoice
        .taxes
        .iter()
        .map(|tax| (tax.net_minor + tax.tax_minor).max(0))
        .collect();
    let shares = allocate(rest_minor.max(0), &weights);
    let line = |(tax, share): (&Tax, i64)| {
        let (net_minor, tax_minor) = split(share, tax.rate);
        Line {
            sku: String::new(),
            name: label.to_owned(),
            description: None,
            quantity: 1,
            units_minor: net_minor,
            changes: Vec::new(),
            net_minor,
            tax_minor,
            rate: tax.rate,
        }
    };
    let parts = invoice.taxes.iter().zip(shares).filter(|(_, share)| *share > 0);
    parts.map(line).collect()
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

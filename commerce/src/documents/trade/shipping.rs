//! By which rates shipping was taxed. An order keeps what shipping's tax came to, and not of which rates: it is one of its rates, or
//! the goods' in proportion to their worth, whichever gives that tax.

use std::collections::{BTreeMap, BTreeSet};

use vitrine_entity::{order, order_line};

use super::tax::tax_of;
use crate::pricing::allocate;

/// A part of what shipping costs, at one rate.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) basis_points: i32,
    pub(super) net_minor: i64,
    pub(super) tax_minor: i64,
}

/// `amount_minor` is what shipping cost after discounts and fees, as prices are; `tax_minor` the tax of it.
pub(super) fn parts(order: &order::Model, lines: &[order_line::Model], amount_minor: i64, tax_minor: i64) -> Vec<Part> {
    if amount_minor == 0 && tax_minor == 0 {
        return Vec::new();
    }
    let included = order.prices_include_tax;
    let part = |basis_points, amount_minor: i64, tax_minor: i64| Part {
        basis_points,
        net_minor: if included {
            amount_minor - tax_minor
        } else {
            amount_minor
        },
        tax_minor,
    };
    if tax_minor == 0 {
        return vec![part(0, amount_minor, 0)];
    }
    let rates = rates(order, lines);
    let fits = |rate: &&i32| tax_of(amount_minor, **rate, included) == tax_minor;
    if let Some(rate) = rates.iter().rev().find(fits) {
        return vec![part(*rate, amount_minor, tax_minor)];
    }
    let shares = in_proportion(lines, amount_minor, included);
    let parts: Vec<Part> = shares
        .into_iter()
        .map(|(rate, share)| part(rate, share, tax_of(share, rate, included)))
        .filter(|part| part.net_minor + part.tax_minor != 0)
        .collect();
    match parts.iter().map(|part| part.tax_minor).sum::<i64>() == tax_minor {
        true => parts,
        // Of a version that counted otherwise.
        false => vec![part(rates.last().copied().unwrap_or(0), amount_minor, tax_minor)],
    }
}

/// Those of its goods, and those that it bore.
fn rates(order: &order::Model, lines: &[order_line::Model]) -> BTreeSet<i32> {
    let of_goods = lines.iter().map(|line| line.tax_basis_points);
    let borne = order.tax.iter().flat_map(|tax| &tax.lines);
    let mut rates: BTreeSet<i32> = of_goods.chain(borne.map(|line| line.basis_points)).collect();
    // Several that are due on one price, as a state's upon a country's.
    rates.insert(
        order
            .tax
            .iter()
            .flat_map(|tax| &tax.lines)
            .map(|line| line.basis_points)
            .sum(),
    );
    rates.retain(|rate| *rate > 0);
    rates
}

/// As `pricing` splits it.
fn in_proportion(lines: &[order_line::Model], amount_minor: i64, included: bool) -> Vec<(i32, i64)> {
    let mut worth: BTreeMap<i32, i64> = BTreeMap::new();
    for line in lines {
        let tax_minor = if included { 0 } else { line.tax_minor };
        *worth.entry(line.tax_basis_points).or_default() += line.total_minor - tax_minor;
    }
    let weights: Vec<i64> = worth.values().copied().collect();
    let shares = allocate(amount_minor, &weights);
    worth.into_keys().zip(shares).collect()
}

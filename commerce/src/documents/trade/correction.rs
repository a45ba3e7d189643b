//! What of an invoice is given back.

use std::collections::BTreeMap;

use super::{Charge, Line, Rate, Tax, Trade, tax::tax_of};
use crate::{
    money::{Currency, divide_half_even},
    pricing::allocate,
};

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
    /// For which of the invoice's lines whatever is for neither is, each by its weight; for all of the invoice where there are none.
    pub(crate) of_lines: &'a [(usize, i64)],
    /// What stands for whatever is for neither.
    pub(crate) label: &'a str,
}

/// A part of it: units by their own rates, shipping by those of what it sent, and the rest spread over the rates of the lines that
/// it is for, or over the invoice's rates as they are left in it. Of which less is paid back than it is for, because the rest of the
/// money comes later, is spread over the rates of what it is for. No rate has more taken back than `before`, the invoice's other
/// credit notes, have left of it: then all is spread over what is left.
pub(crate) fn of_part(invoice: &Trade, before: &[Trade], given: &Given<'_>) -> (Vec<Line>, Vec<Tax>) {
    let shipping = of_shipping(invoice, given.shipping_minor);
    let units = given
        .units
        .iter()
        .map(|back| (invoice.lines[back.line].rate, back.amount_minor));
    let named: Vec<(Rate, i64)> = units
        .chain(shipping.iter().map(|(charge, share)| (charge.rate, *share)))
        .collect();
    let rest_minor = given.amount_minor - named.iter().map(|(_, minor)| minor).sum::<i64>();
    let is_short = rest_minor < 0;
    let taken = match is_short {
        true => spread(&named, given.amount_minor, given.label),
        false => {
            let units = given.units.iter().map(|back| of_units(&invoice.lines[back.line], back));
            let shipping = shipping
                .iter()
                .map(|(charge, share)| of_rate(&charge.label, *share, charge.rate));
            units.chain(shipping).collect()
        }
    };
    let left = left(invoice, before);
    let rest = of_rest(invoice, given, |rate| gross_of(&taken, rate), &left);
    let taken: Vec<Line> = match is_short {
        true => taken,
        false => taken
            .into_iter()
            .chain(spread(&rest, rest_minor, given.label))
            .collect(),
    };
    let is_too_much = left.iter().any(|left| gross_of(&taken, left.rate) > left.gross_minor);
    let mut lines = match is_too_much {
        true => {
            let left: Vec<_> = left.iter().map(|left| (left.rate, left.gross_minor)).collect();
            spread(&left, given.amount_minor, given.label)
        }
        false => taken,
    };
    for left in &left {
        settle_tax(&mut lines, left);
    }
    let taxes = taxes(invoice, &lines);
    (lines, taxes)
}

/// What is for neither units nor shipping weighs so at each rate: as the lines do that it is for, or what is left of the invoice.
fn of_rest(invoice: &Trade, given: &Given<'_>, taken: impl Fn(Rate) -> i64, left: &[Left]) -> Vec<(Rate, i64)> {
    let named = given.of_lines.iter();
    let named: Vec<_> = named
        .map(|(line, weight)| (invoice.lines[*line].rate, *weight))
        .collect();
    match named.is_empty() {
        true => left
            .iter()
            .map(|left| (left.rate, left.gross_minor - taken(left.rate)))
            .collect(),
        false => named,
    }
}

/// The tax of a note in the seller's own currency, of an invoice that says its own so: all notes of it together take back what it
/// says.
pub(crate) fn in_own_currency(invoice: &Trade, before: &[Trade], tax_minor: i64) -> Option<(Currency, i64)> {
    let (own, own_minor) = invoice.tax_in_own_currency?;
    let all_minor = invoice.tax_minor();
    let worth = |minor: i64| match all_minor {
        ..=0 => 0,
        // A part of an `i64`.
        all => divide_half_even(i128::from(own_minor) * i128::from(minor.max(0)), i128::from(all)) as i64,
    };
    let before_minor: i64 = before.iter().map(Trade::tax_minor).sum();
    Some((own, worth(before_minor + tax_minor) - worth(before_minor)))
}

/// What of an invoice is left at a rate.
struct Left {
    rate: Rate,
    gross_minor: i64,
    tax_minor: i64,
    /// What the invoice has at it.
    all_gross_minor: i64,
    all_tax_minor: i64,
    /// By how much its tax may differ from that of its sum, for each line was rounded by itself.
    roundings: i64,
}

fn left(invoice: &Trade, before: &[Trade]) -> Vec<Left> {
    let of_rate = |tax: &Tax| {
        let noted = || {
            before
                .iter()
                .flat_map(|note| &note.taxes)
                .filter(|noted| noted.rate == tax.rate)
        };
        let gross = |tax: &Tax| tax.net_minor + tax.tax_minor;
        let lines = invoice.lines.iter().filter(|line| line.rate == tax.rate).count();
        let charges = invoice.charges.iter().filter(|charge| charge.rate == tax.rate).count();
        Left {
            rate: tax.rate,
            gross_minor: gross(tax) - noted().map(gross).sum::<i64>(),
            tax_minor: tax.tax_minor - noted().map(|noted| noted.tax_minor).sum::<i64>(),
            all_gross_minor: gross(tax),
            all_tax_minor: tax.tax_minor,
            roundings: (lines + charges) as i64,
        }
    };
    invoice.taxes.iter().map(of_rate).collect()
}

fn gross_of(lines: &[Line], rate: Rate) -> i64 {
    let of_rate = lines.iter().filter(|line| line.rate == rate);
    of_rate.map(|line| line.net_minor + line.tax_minor).sum()
}

/// Each part of an invoice that is taken back is rounded by itself. So that its notes together take back the tax that it says, what
/// is left after each is about the tax of what is left, and with the last of it nothing.
fn settle_tax(lines: &mut [Line], left: &Left) {
    let of_rate: Vec<&mut Line> = lines.iter_mut().filter(|line| line.rate == left.rate).collect();
    let grosses: Vec<i64> = of_rate.iter().map(|line| line.net_minor + line.tax_minor).collect();
    let gross_minor: i64 = grosses.iter().sum();
    if gross_minor <= 0 {
        return;
    }
    let tax_minor: i64 = of_rate.iter().map(|line| line.tax_minor).sum();
    let after_minor = (left.gross_minor - gross_minor).max(0);
    let (least, most) = match after_minor {
        0 => (0, 0),
        after => {
            let exact = divide_half_even(
                i128::from(left.all_tax_minor.max(0)) * i128::from(after),
                i128::from(left.all_gross_minor.max(1)),
            ) as i64;
            ((exact - left.roundings).max(0), (exact + left.roundings).min(after))
        }
    };
    let settled_minor = tax_minor.clamp(left.tax_minor - most, left.tax_minor - least);
    let settled_minor = settled_minor.clamp(0, gross_minor);
    if settled_minor == tax_minor {
        return;
    }
    for ((line, gross_minor), tax_minor) in of_rate.into_iter().zip(&grosses).zip(allocate(settled_minor, &grosses)) {
        line.tax_minor = tax_minor;
        line.net_minor = gross_minor - tax_minor;
        line.units_minor = line.net_minor;
    }
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

//! By which rates an order was taxed. Pure: it keeps of each line all rates together, and the names of all that it bore.

use vitrine_entity::{order, order_line, tax_record::TaxRecordLine};

use crate::{
    money::divide_half_even,
    pricing::{Rate, RatePart, ShippingTax},
};

/// The rate of a line, by name.
pub(super) fn of_line(order: &order::Model, basis_points: i32) -> Rate {
    if basis_points == 0 {
        return Rate::default();
    }
    let borne = order.tax.as_ref().map_or(&[][..], |tax| tax.lines.as_slice());
    match named(borne, basis_points) {
        Some(parts) => Rate(parts),
        None => Rate(vec![RatePart {
            name: borne.first().map_or_else(String::new, |line| line.name.clone()),
            basis_points,
        }]),
    }
}

/// One tax of that rate; else several that are due on one price, as a state's upon a country's.
fn named(borne: &[TaxRecordLine], basis_points: i32) -> Option<Vec<RatePart>> {
    let part = |line: &TaxRecordLine| RatePart {
        name: line.name.clone(),
        basis_points: line.basis_points,
    };
    if let Some(line) = borne.iter().find(|line| line.basis_points == basis_points) {
        return Some(vec![part(line)]);
    }
    let few = borne.get(..borne.len().min(8))?;
    (1u32..1 << few.len()).find_map(|chosen| {
        let lines = few.iter().enumerate().filter(|(place, _)| (chosen >> place) & 1 == 1);
        let parts: Vec<_> = lines.map(|(_, line)| part(line)).collect();
        let sum: i32 = parts.iter().map(|part| part.basis_points).sum();
        (sum == basis_points).then_some(parts)
    })
}

/// How shipping was taxed that came to `amount_minor` after discounts and fees: at the rate that gives its tax, else as the goods.
pub(super) fn of_shipping(order: &order::Model, lines: &[order_line::Model], amount_minor: i64) -> ShippingTax {
    let tax_minor = order.tax_minor - lines.iter().map(|line| line.tax_minor).sum::<i64>();
    // What cost nothing bore no tax, also where the goods, which were given away, would have.
    if amount_minor == 0 {
        return ShippingTax::LikeGoods;
    }
    if order.tax_minor == 0 || (amount_minor > 0 && tax_minor == 0) {
        return ShippingTax::Own(Rate::default());
    }
    let borne = order
        .tax
        .iter()
        .flat_map(|tax| &tax.lines)
        .map(|line| line.basis_points);
    let mut rates: Vec<i32> = lines.iter().map(|line| line.tax_basis_points).chain(borne).collect();
    rates.sort_unstable();
    let fits = |rate: &&i32| tax_of(amount_minor, **rate, order.prices_include_tax) == tax_minor;
    match rates.iter().rev().find(fits) {
        Some(rate) => ShippingTax::Own(of_line(order, *rate)),
        None => ShippingTax::LikeGoods,
    }
}

fn tax_of(amount_minor: i64, basis_points: i32, included: bool) -> i64 {
    let (amount, points) = (i128::from(amount_minor), i128::from(basis_points));
    let tax = match included {
        true => divide_half_even(amount * points, 10_000 + points),
        false => divide_half_even(amount * points, 10_000),
    };
    // A part of an `i64`, or with a tax of less than all of it.
    i64::try_from(tax).unwrap_or(i64::MAX)
}

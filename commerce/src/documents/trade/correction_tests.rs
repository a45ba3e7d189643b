//! What is given back of an invoice, in however many parts.

use proptest::prelude::*;
use vitrine_entity::tax_record::TaxTreatment;

use super::{
    tests::{assert_rules, invoiced, sold, trade},
    *,
};

proptest! {
    #[test]
    fn notes_of_all_of_it_take_back_what_the_invoice_says(
        goods in prop::collection::vec(sold(), 1..5), shipping in 0..2_000_i64, included: bool,
        steps in prop::collection::vec((0..6_usize, 0.0..1.0_f64), 0..12),
    ) {
        let (order, mut invoice) = invoiced(&goods, (shipping, goods[0].2), included, TaxTreatment::Taxed);
        invoice.tax_in_own_currency = Some((Currency::EUR, invoice.tax_minor() * 7 / 5));
        let more = 3 * (invoice.lines.len() + invoice.charges.len()) + 2;
        let mut left_minor = order.total_minor;
        let mut back = vec![(0, 0); goods.len()];
        let mut notes: Vec<Trade> = Vec::new();
        // Units one by one, amounts, and in the end whatever is left.
        for (place, part) in steps.into_iter().map(Some).chain([None]).map(|step| step.unwrap_or((usize::MAX, 1.0))) {
            let mut units = Vec::new();
            let amount_minor = match invoice.lines.get(place) {
                Some(line) if back[place].0 < line.quantity => {
                    let paid_minor = (line.net_minor + line.tax_minor) * (back[place].0 + 1) / line.quantity;
                    let amount_minor = paid_minor - back[place].1;
                    back[place] = (back[place].0 + 1, paid_minor);
                    units.extend((amount_minor > 0).then_some(Back { line: place, quantity: 1, amount_minor }));
                    amount_minor.min(left_minor)
                }
                _ if place == usize::MAX => left_minor,
                _ => (left_minor as f64 * part) as i64,
            };
            if amount_minor == 0 {
                continue;
            }
            let given = Given { amount_minor, units: &units, shipping_minor: 0, of_lines: &[], label: "Refund" };
            let (lines, taxes) = of_part(&invoice, &notes, &given);
            let mut note = trade(lines, Vec::new(), taxes);
            note.tax_in_own_currency = in_own_currency(&invoice, &notes, note.tax_minor());
            prop_assert_eq!(note.total_minor(), amount_minor);
            assert_rules(&note, more);
            left_minor -= amount_minor;
            notes.push(note);
        }
        prop_assert_eq!(left_minor, 0);
        for tax in &invoice.taxes {
            let noted = notes.iter().flat_map(|note| &note.taxes).filter(|noted| noted.rate == tax.rate);
            let noted = noted.fold((0, 0), |sum, noted| (sum.0 + noted.net_minor, sum.1 + noted.tax_minor));
            prop_assert_eq!(noted, (tax.net_minor, tax.tax_minor), "at {} of {:?}", tax.rate.basis_points, notes);
        }
        let own: i64 = notes.iter().filter_map(|note| note.tax_in_own_currency).map(|(_, minor)| minor).sum();
        prop_assert_eq!(own, if notes.is_empty() { 0 } else { invoice.tax_minor() * 7 / 5 });
    }
}

#[test]
fn units_that_come_back_one_by_one_take_back_the_tax_of_their_line() {
    // 2.97 contain 0.47, and each 0.99 by itself 0.16.
    let (_, invoice) = invoiced(&[(3, 99, 1_900, 0)], (0, 0), true, TaxTreatment::Taxed);
    assert_eq!(invoice.tax_minor(), 47);
    let unit = [Back {
        line: 0,
        quantity: 1,
        amount_minor: 99,
    }];
    let given = Given {
        amount_minor: 99,
        units: &unit,
        shipping_minor: 0,
        of_lines: &[],
        label: "Refund",
    };
    let mut notes: Vec<Trade> = Vec::new();
    for _ in 0..3 {
        let (lines, taxes) = of_part(&invoice, &notes, &given);
        notes.push(trade(lines, Vec::new(), taxes));
    }
    let taxes: Vec<_> = notes.iter().map(Trade::tax_minor).collect();
    assert_eq!(taxes, [16, 16, 15]);
    assert!(notes.iter().all(|note| note.lines[0].sku == "SKU-0"));
}

#[test]
fn no_rate_has_more_taken_back_than_the_invoice_has_of_it() {
    // Half of 20.00 goes back as an amount, 5.00 at each rate; then what was paid for the first line, which is 10.00.
    let goods = [(1, 1_000, 1_900, 0), (1, 1_000, 700, 0)];
    let (_, invoice) = invoiced(&goods, (0, 0), true, TaxTreatment::Taxed);
    let unit = [Back {
        line: 0,
        quantity: 1,
        amount_minor: 1_000,
    }];
    let mut notes: Vec<Trade> = Vec::new();
    for units in [&[][..], &unit[..]] {
        let given = Given {
            amount_minor: 1_000,
            units,
            shipping_minor: 0,
            of_lines: &[],
            label: "Refund",
        };
        let (lines, taxes) = of_part(&invoice, &notes, &given);
        let grosses: Vec<_> = taxes
            .iter()
            .map(|tax| (tax.rate.basis_points, tax.net_minor + tax.tax_minor))
            .collect();
        assert_eq!(grosses, [(700, 500), (1_900, 500)]);
        notes.push(trade(lines, Vec::new(), taxes));
    }
    let tax: i64 = notes.iter().map(Trade::tax_minor).sum();
    assert_eq!(tax, invoice.tax_minor());
}

#[test]
fn what_is_for_lines_is_at_their_rates_as_long_as_they_have_it() {
    let goods = [(1, 1_000, 1_900, 0), (1, 1_000, 700, 0)];
    let (_, invoice) = invoiced(&goods, (0, 0), true, TaxTreatment::Taxed);
    let mut notes: Vec<Trade> = Vec::new();
    // The third note finds 4.00 of the second line and 10.00 of the first: it is spread over both.
    let expected = [
        (200, vec![(700, 200)]),
        (400, vec![(700, 400)]),
        (700, vec![(700, 200), (1_900, 500)]),
    ];
    for (amount_minor, expected) in expected {
        let given = Given {
            amount_minor,
            units: &[],
            shipping_minor: 0,
            of_lines: &[(1, 5)],
            label: "Refund",
        };
        let (lines, taxes) = of_part(&invoice, &notes, &given);
        let grosses: Vec<_> = taxes
            .iter()
            .map(|tax| (tax.rate.basis_points, tax.net_minor + tax.tax_minor))
            .collect();
        assert_eq!(grosses, expected);
        notes.push(trade(lines, Vec::new(), taxes));
    }
}

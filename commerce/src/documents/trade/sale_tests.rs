//! Whatever is sold, and in whatever currency: what is priced is what is invoiced, and what is given back of it.

use proptest::prelude::*;
use uuid::Uuid;
use vitrine_entity::{
    address::Address,
    ids::OrderAdjustmentId,
    order,
    order_adjustment::{self, AdjustmentKind, AdjustmentTarget},
    order_line,
    tax_record::TaxTreatment,
};

use super::{
    tests::{line, order, trade},
    *,
};
use crate::pricing::{
    Applied, Basket, Effect, Priced, ShareOf,
    document_tests::{Sale, cases, sale},
};

type Rows = (order::Model, Vec<order_line::Model>, Vec<order_adjustment::Model>);

/// As an order keeps what its cart was priced at.
fn rows(basket: &Basket, priced: &Priced) -> Rows {
    let included = priced.totals.prices_include_tax;
    let sold = basket.lines.iter().zip(&priced.lines).enumerate();
    let lines: Vec<_> = sold
        .map(|(place, (asked, priced))| {
            let quantity = i32::try_from(asked.quantity).expect("a few");
            let sold = (quantity, asked.unit_price_minor, asked.tax.basis_points(), 0);
            order_line::Model {
                subtotal_minor: priced.subtotal_minor,
                discount_minor: priced.discount_minor,
                tax_minor: priced.tax_minor,
                total_minor: priced.total_minor,
                ..line(place, sold, included)
            }
        })
        .collect();
    let adjustments = priced
        .adjustments
        .iter()
        .flat_map(|applied| adjustment(applied, &lines));
    let totals = &priced.totals;
    let order = order::Model {
        currency: totals.currency,
        subtotal_minor: totals.subtotal_minor,
        discount_minor: totals.discount_minor,
        fee_minor: totals.fee_minor,
        shipping_minor: totals.shipping_minor,
        tax_minor: totals.tax_minor,
        total_minor: totals.total_minor,
        credit_minor: totals.credit_minor,
        ..order(&lines, (0, 0), included)
    };
    (order, lines.clone(), adjustments.collect())
}

fn adjustment(applied: &Applied, lines: &[order_line::Model]) -> Vec<order_adjustment::Model> {
    let kind = match applied.adjustment.effect {
        Effect::Discount(_) => AdjustmentKind::Discount,
        Effect::Fee(_) => AdjustmentKind::Fee,
        Effect::Credit => AdjustmentKind::Credit,
    };
    let shares = applied.shares.iter().map(|share| order_adjustment::Model {
        id: OrderAdjustmentId(Uuid::nil()),
        order_id: lines[0].order_id,
        position: 0,
        kind,
        target: AdjustmentTarget::Goods,
        order_line_id: match share.of {
            ShareOf::Line(place) => Some(lines[place].id),
            ShareOf::Shipping | ShareOf::Total => None,
        },
        amount_minor: share.amount_minor,
        code: applied.adjustment.code.clone(),
        label: applied.adjustment.label.clone(),
        discount_id: None,
        discount_code_id: None,
    });
    shares.collect()
}

fn invoice(sale: &Sale, (order, lines, adjustments): &Rows) -> Trade {
    let treatment = Treatment {
        treatment: match sale.bears_tax() {
            true => TaxTreatment::Taxed,
            false => TaxTreatment::Export,
        },
        ships: true,
        has_vat_number: true,
        reason: Some("No tax").filter(|_| !sale.bears_tax()),
    };
    let sold = of_order(order, lines, adjustments, &treatment, "Shipping").expect("its rows sum up");
    let mut trade = trade(sold.lines, sold.charges, sold.taxes);
    trade.currency = order.currency;
    trade
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn what_is_priced_is_what_is_invoiced_and_given_back(sale in sale(), part in 0.0..1.0_f64) {
        let (basket, priced) = sale.priced();
        let rows = rows(&basket, &priced);
        let (order, lines, _) = &rows;
        let invoice = invoice(&sale, &rows);
        prop_assert_eq!(invoice.total_minor(), order.total_minor);
        prop_assert_eq!(invoice.tax_minor(), order.tax_minor);
        for (written, sold) in invoice.lines.iter().zip(lines) {
            prop_assert_eq!(written.net_minor + written.tax_minor, sold.total_minor);
            let changes: i64 = written.changes.iter().map(|change| match change.is_charge {
                true => change.amount_minor,
                false => -change.amount_minor,
            }).sum();
            prop_assert_eq!(written.units_minor + changes, written.net_minor);
        }
        let beside: i64 = invoice.charges.iter().map(|charge| charge.net_minor + charge.tax_minor).sum();
        let goods: i64 = lines.iter().map(|line| line.total_minor).sum();
        prop_assert_eq!(goods + beside, order.total_minor);

        // Whatever part of it is paid back, the note comes to it; and all of it is the invoice again.
        let (lines, charges, taxes) = of_all(&invoice);
        prop_assert_eq!(trade(lines, charges, taxes).total_minor(), order.total_minor);
        let amount_minor = (order.total_minor as f64 * part) as i64;
        let first = invoice.lines[0].net_minor + invoice.lines[0].tax_minor;
        let units = [Back { line: 0, quantity: 1, amount_minor: first.min(amount_minor) }];
        let units = if units[0].amount_minor > 0 { &units[..] } else { &[] };
        let given = Given { amount_minor, units, shipping_minor: 0, of_lines: &[], label: "Refund" };
        let (lines, taxes) = of_part(&invoice, &[], &given);
        prop_assert_eq!(trade(lines, Vec::new(), taxes).total_minor(), amount_minor);
    }
}

#[test]
fn a_tax_is_called_what_it_is_where_the_goods_go() {
    let named = |goes_to: &str, seller: &str, tax_minor: i64| {
        let tax = Tax {
            rate: Rate {
                category: Category::Standard,
                basis_points: 1000,
            },
            net_minor: 100,
            tax_minor,
            reason: None,
        };
        let mut trade = trade(Vec::new(), Vec::new(), vec![tax]);
        trade.seller.address = Some(Address::nowhere(seller));
        trade.buyer.address = Some(Address::nowhere("FR"));
        trade.ship_to = Some(Address::nowhere(goes_to));
        trade.with_tax_scheme().tax_scheme.code()
    };
    assert_eq!(named("DE", "DE", 10), "VAT");
    assert_eq!(named("GB", "DE", 10), "VAT");
    assert_eq!(named("US", "US", 10), "LOC");
    assert_eq!(named("AU", "NZ", 10), "GST");
    // What leaves the Union bears none of its tax, and no other.
    assert_eq!(named("US", "DE", 0), "VAT");
    let mut downloads = trade(Vec::new(), Vec::new(), Vec::new());
    downloads.seller.address = Some(Address::nowhere("US"));
    assert_eq!(downloads.with_tax_scheme().tax_scheme, TaxScheme::Sales);
    let mut kept = serde_json::to_value(trade(Vec::new(), Vec::new(), Vec::new())).expect("it is written");
    kept.as_object_mut().expect("an object").remove("tax_scheme");
    let before: Trade = serde_json::from_value(kept).expect("it was written before schemes were kept");
    assert_eq!(before.tax_scheme, TaxScheme::ValueAdded);
}

#[test]
fn what_a_seller_without_a_vat_number_does_not_tax_is_exempt() {
    let category = |treatment, ships, has_vat_number| {
        let treatment = Treatment {
            treatment,
            ships,
            has_vat_number,
            reason: Some("No tax"),
        };
        treatment.rate(1_900).category.code()
    };
    for (treatment, ships, with, without) in [
        (TaxTreatment::Taxed, true, "S", "S"),
        (TaxTreatment::Exempt, true, "E", "E"),
        (TaxTreatment::Export, true, "G", "E"),
        (TaxTreatment::ReverseCharge, true, "K", "E"),
        // A number at the tax office is enough for it.
        (TaxTreatment::ReverseCharge, false, "AE", "AE"),
    ] {
        let told = (category(treatment, ships, true), category(treatment, ships, false));
        assert_eq!(told, (with, without), "{treatment:?}");
    }
}

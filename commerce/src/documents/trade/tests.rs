//! The rules of EN 16931 that sums must hold, of orders as they are priced.

use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;
use vitrine_entity::{
    address::Address,
    attribute::Attributes,
    ids::{OrderAdjustmentId, OrderId, OrderLineId, ProductId, VariantId},
    order::{self, OrderStatus},
    order_adjustment::{self, AdjustmentKind, AdjustmentTarget},
    order_line,
    tax_record::TaxTreatment,
};

use super::{tax::tax_of, *};

/// Quantity, price of a unit, rate in hundredths of a percent, and what is taken off.
pub(super) type Sold = (i32, i64, i32, i64);

pub(super) fn line(place: usize, sold: Sold, included: bool) -> order_line::Model {
    let (quantity, unit_price_minor, tax_basis_points, discount_minor) = sold;
    let subtotal_minor = unit_price_minor * i64::from(quantity);
    let discount_minor = discount_minor.min(subtotal_minor);
    let left_minor = subtotal_minor - discount_minor;
    let tax_minor = tax_of(left_minor, tax_basis_points, included);
    order_line::Model {
        id: OrderLineId(Uuid::from_u128(place as u128 + 1)),
        order_id: OrderId(Uuid::nil()),
        position: place as i32,
        product_id: ProductId(Uuid::nil()),
        variant_id: VariantId(Uuid::nil()),
        sku: format!("SKU-{place}"),
        title: "Teapot".to_owned(),
        variant_title: String::new(),
        picture_source: None,
        quantity,
        unit_price_minor,
        unit_measurement: None,
        weight_grams: None,
        subtotal_minor,
        discount_minor,
        tax_basis_points,
        tax_minor,
        total_minor: if included { left_minor } else { left_minor + tax_minor },
        attributes: Attributes::default(),
    }
}

fn adjustment(line: &order_line::Model) -> order_adjustment::Model {
    order_adjustment::Model {
        id: OrderAdjustmentId(line.id.0),
        order_id: line.order_id,
        position: 0,
        kind: AdjustmentKind::Discount,
        target: AdjustmentTarget::Goods,
        order_line_id: Some(line.id),
        amount_minor: line.discount_minor,
        code: "SUMMER".to_owned(),
        label: "Summer".to_owned(),
        discount_id: None,
        discount_code_id: None,
    }
}

/// `shipping` is its price and its rate.
pub(super) fn order(lines: &[order_line::Model], shipping: (i64, i32), included: bool) -> order::Model {
    let shipping_tax = tax_of(shipping.0, shipping.1, included);
    let shipping_total = if included {
        shipping.0
    } else {
        shipping.0 + shipping_tax
    };
    let address = Address::nowhere("DE");
    order::Model {
        id: OrderId(Uuid::nil()),
        number: "V-7K3M-9QXT".to_owned(),
        customer_id: None,
        email: "ada@example.com".to_owned(),
        locale: "en".to_owned(),
        status: OrderStatus::Confirmed,
        currency: Currency::EUR,
        subtotal_minor: lines.iter().map(|line| line.subtotal_minor).sum(),
        discount_minor: lines.iter().map(|line| line.discount_minor).sum(),
        fee_minor: 0,
        shipping_minor: shipping.0,
        tax_minor: lines.iter().map(|line| line.tax_minor).sum::<i64>() + shipping_tax,
        total_minor: lines.iter().map(|line| line.total_minor).sum::<i64>() + shipping_total,
        credit_minor: 0,
        prices_include_tax: included,
        shipping_address: address.clone(),
        billing_address: address,
        shipping_method_name: "Standard".to_owned(),
        note: None,
        access_token_hash: Vec::new(),
        event_count: 0,
        placed_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        tax: None,
        delivery: None,
        ships: true,
        attributes: Attributes::default(),
        gift_message: None,
        base_total_minor: None,
        unpaid_minor: 0,
    }
}

pub(super) fn trade(lines: Vec<Line>, charges: Vec<Charge>, taxes: Vec<Tax>) -> Trade {
    Trade {
        is_credit_note: false,
        number: "R-2026-00001".to_owned(),
        issued_on: NaiveDate::MIN,
        currency: Currency::EUR,
        tax_in_own_currency: None,
        delivered_on: None,
        order_number: "V-7K3M-9QXT".to_owned(),
        purchase_order_number: None,
        corrects: None,
        seller: Party::default(),
        buyer: Party::default(),
        ship_to: None,
        payment: Payment::default(),
        lines,
        charges,
        taxes,
        tax_scheme: TaxScheme::default(),
        paid_minor: 0,
    }
}

pub(super) fn invoiced(
    sold: &[Sold],
    shipping: (i64, i32),
    included: bool,
    treatment: TaxTreatment,
) -> (order::Model, Trade) {
    let untaxed = treatment != TaxTreatment::Taxed;
    let rate = |rate: i32| if untaxed { 0 } else { rate };
    let lines: Vec<_> = sold
        .iter()
        .enumerate()
        .map(|(place, sold)| line(place, (sold.0, sold.1, rate(sold.2), sold.3), included))
        .collect();
    let order = order(&lines, (shipping.0, rate(shipping.1)), included);
    let adjustments: Vec<_> = lines
        .iter()
        .filter(|line| line.discount_minor > 0)
        .map(adjustment)
        .collect();
    let treatment = Treatment {
        treatment,
        ships: true,
        has_vat_number: true,
        reason: Some("No tax.").filter(|_| untaxed),
    };
    let sold = of_order(&order, &lines, &adjustments, &treatment, "Shipping").unwrap();
    (order, trade(sold.lines, sold.charges, sold.taxes))
}

/// `more` than its own lines were rounded: of a credit note, those of its invoice and of other notes.
pub(super) fn assert_rules(trade: &Trade, more: usize) {
    for line in &trade.lines {
        let changes: i64 = line
            .changes
            .iter()
            .map(|change| {
                if change.is_charge {
                    change.amount_minor
                } else {
                    -change.amount_minor
                }
            })
            .sum();
        assert_eq!(
            line.units_minor + changes,
            line.net_minor,
            "BT-131 follows from price and allowances"
        );
        assert!(line.units_minor >= 0, "BR-27: no price below nothing");
        assert!(
            line.changes
                .iter()
                .all(|change| change.amount_minor > 0 && !change.label.is_empty()),
            "BR-41, BR-42"
        );
    }
    for tax in &trade.taxes {
        let of_rate = |rate: Rate| rate == tax.rate;
        let lines: i64 = trade
            .lines
            .iter()
            .filter(|line| of_rate(line.rate))
            .map(|line| line.net_minor)
            .sum();
        let charges: i64 = trade
            .charges
            .iter()
            .filter(|line| of_rate(line.rate))
            .map(|line| line.net_minor)
            .sum();
        assert_eq!(tax.net_minor, lines + charges, "BR-S-08 and its like");
        let exact = tax_of(tax.net_minor, tax.rate.basis_points, false);
        let roundings = (trade.lines.len() + trade.charges.len() + more) as i64;
        assert!(
            (tax.tax_minor - exact).abs() <= roundings,
            "BR-CO-17, but for the rounding of each line"
        );
        match tax.rate.category {
            Category::Standard => assert!(tax.rate.basis_points > 0 && tax.reason.is_none(), "BR-S-10"),
            Category::Zero => assert!(tax.tax_minor == 0 && tax.reason.is_none(), "BR-Z-10"),
            _ => assert!(tax.tax_minor == 0 && tax.reason.is_some(), "BR-E-10 and its like"),
        }
    }
    assert_eq!(trade.total_minor(), trade.net_minor() + trade.tax_minor(), "BR-CO-15");
    assert_eq!(trade.due_minor(), trade.total_minor() - trade.paid_minor, "BR-CO-16");
}

pub(super) fn sold() -> impl Strategy<Value = Sold> {
    let rate = prop_oneof![Just(0), Just(700), Just(1_900), Just(770)];
    (1..20_i32, 0..100_000_i64, rate, prop_oneof![Just(0_i64), 1..50_000_i64])
}

fn treatment() -> impl Strategy<Value = TaxTreatment> {
    prop_oneof![
        4 => Just(TaxTreatment::Taxed),
        1 => Just(TaxTreatment::Exempt),
        1 => Just(TaxTreatment::ReverseCharge),
        1 => Just(TaxTreatment::Export),
    ]
}

proptest! {
    #[test]
    fn an_invoice_comes_to_what_the_order_does(
        goods in prop::collection::vec(sold(), 1..6), shipping in 0..2_000_i64, included: bool, treatment in treatment(),
    ) {
        let (order, trade) = invoiced(&goods, (shipping, goods[0].2), included, treatment);
        prop_assert_eq!(trade.total_minor(), order.total_minor);
        prop_assert_eq!(trade.tax_minor(), order.tax_minor);
        assert_rules(&trade, 0);
    }

    #[test]
    fn what_is_given_back_is_what_was_paid_back(
        goods in prop::collection::vec(sold(), 1..6), shipping in 0..2_000_i64, included: bool, part in 0.0..1.0_f64,
    ) {
        let (order, invoice) = invoiced(&goods, (shipping, goods[0].2), included, TaxTreatment::Taxed);
        let amount_minor = (order.total_minor as f64 * part) as i64;
        let gross = |line: &Line| line.net_minor + line.tax_minor;
        let units = [Back { line: 0, quantity: 1, amount_minor: gross(&invoice.lines[0]).min(amount_minor) }];
        let units = if units[0].amount_minor > 0 { &units[..] } else { &[] };
        // Of shipping more than is left of the amount, now and then: the rest comes later.
        let given = Given { amount_minor, units, shipping_minor: shipping, of_lines: &[], label: "Refund" };
        let (lines, taxes) = of_part(&invoice, &[], &given);
        let note = trade(lines, Vec::new(), taxes);
        prop_assert_eq!(note.total_minor(), amount_minor);
        assert_rules(&note, invoice.lines.len() + invoice.charges.len());
    }
}

#[test]
fn shipping_is_split_among_the_rates_that_gave_its_tax() {
    // 10.00 of shipping with goods of 30.00 at 19 % and 10.00 at 7 %, in proportion.
    let lines = [line(0, (1, 3_000, 1_900, 0), true), line(1, (1, 1_000, 700, 0), true)];
    let mut order = order(&lines, (1_000, 0), true);
    let (first, second) = (tax_of(750, 1_900, true), tax_of(250, 700, true));
    order.tax_minor += first + second;
    let treatment = Treatment {
        treatment: TaxTreatment::Taxed,
        ships: true,
        has_vat_number: true,
        reason: None,
    };
    let sold = of_order(&order, &lines, &[], &treatment, "Shipping").unwrap();
    let charges: Vec<_> = sold
        .charges
        .iter()
        .map(|charge| (charge.rate.basis_points, charge.net_minor))
        .collect();
    assert_eq!(charges, [(700, 250 - second), (1_900, 750 - first)]);

    // What goes back of it goes back by the same rates, whatever the goods are worth; and of a first part of it likewise.
    let invoice = trade(sold.lines, sold.charges, sold.taxes);
    let rates = |amount_minor, shipping_minor| {
        let given = Given {
            amount_minor,
            units: &[],
            shipping_minor,
            of_lines: &[],
            label: "Refund",
        };
        let (lines, _) = of_part(&invoice, &[], &given);
        let told = lines
            .into_iter()
            .map(|line| (line.name, line.rate.basis_points, line.net_minor + line.tax_minor));
        told.collect::<Vec<_>>()
    };
    let named = |name: &str, low, high| vec![(name.to_owned(), 700, low), (name.to_owned(), 1_900, high)];
    assert_eq!(rates(500, 500), named("Shipping", 125, 375));
    assert_eq!(rates(100, 500), named("Refund", 25, 75));
}

#[test]
fn rows_that_do_not_sum_up_make_no_invoice() {
    let lines = [line(0, (1, 3_000, 1_900, 0), true)];
    let mut order = order(&lines, (0, 0), true);
    order.total_minor -= 500;
    let treatment = Treatment {
        treatment: TaxTreatment::Taxed,
        ships: true,
        has_vat_number: true,
        reason: None,
    };
    assert!(of_order(&order, &lines, &[], &treatment, "Shipping").is_err());
}

use std::collections::HashSet;

use proptest::prelude::*;
use sea_orm::prelude::DateTimeUtc;
use uuid::Uuid;
use vitrine_entity::{
    address::Address,
    attribute::Attributes,
    ids::{OrderAdjustmentId, OrderId, OrderLineId, ProductId, VariantId},
    order::{self, OrderStatus},
    order_line,
    tax_record::{TaxRecord, TaxRecordLine, TaxTreatment},
};

use super::*;
use crate::{
    money::Currency,
    pricing::{Rate, RatePart, ShareOf, price},
};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn rate(basis_points: i32) -> Rate {
    match basis_points {
        0 => Rate::default(),
        basis_points => Rate(vec![RatePart {
            name: format!("VAT {basis_points}"),
            basis_points,
        }]),
    }
}

/// An order as a basket becomes one.
struct Sold {
    order: order::Model,
    lines: Vec<order_line::Model>,
    adjustments: Vec<order_adjustment::Model>,
}

fn sold(basket: &Basket) -> Sold {
    let priced = price(basket).expect("a price");
    let lines = basket.lines.iter().zip(&priced.lines).enumerate();
    let lines: Vec<_> = lines
        .map(|(place, (asked, cost))| order_line::Model {
            id: OrderLineId(id(place as u128 + 1)),
            order_id: OrderId(id(1)),
            position: place as i32,
            product_id: ProductId(id(1)),
            variant_id: VariantId(id(place as u128 + 1)),
            sku: format!("SKU-{place}"),
            title: String::new(),
            variant_title: String::new(),
            picture_source: None,
            quantity: asked.quantity as i32,
            unit_price_minor: asked.unit_price_minor,
            unit_measurement: None,
            weight_grams: None,
            subtotal_minor: cost.subtotal_minor,
            discount_minor: cost.discount_minor,
            tax_basis_points: asked.tax.basis_points(),
            tax_minor: cost.tax_minor,
            total_minor: cost.total_minor,
            attributes: Attributes::default(),
        })
        .collect();
    let mut adjustments = Vec::new();
    for (position, applied) in priced.adjustments.iter().enumerate() {
        let target = match applied.adjustment.effect {
            Effect::Discount(Target::Line(_)) => AdjustmentTarget::Line,
            Effect::Discount(Target::Shipping) => AdjustmentTarget::Shipping,
            _ => AdjustmentTarget::Goods,
        };
        let first = adjustments.len() as u128 + 1;
        adjustments.extend(
            (first..)
                .zip(&applied.shares)
                .map(|(number, share)| order_adjustment::Model {
                    id: OrderAdjustmentId(id(number)),
                    order_id: OrderId(id(1)),
                    position: position as i32,
                    kind: AdjustmentKind::Discount,
                    target,
                    order_line_id: match share.of {
                        ShareOf::Line(place) => Some(lines[place].id),
                        ShareOf::Shipping | ShareOf::Total => None,
                    },
                    amount_minor: share.amount_minor,
                    code: applied.adjustment.code.clone(),
                    label: String::new(),
                    discount_id: None,
                    discount_code_id: None,
                }),
        );
    }
    Sold {
        order: order_of(basket, &priced),
        lines,
        adjustments,
    }
}

fn order_of(basket: &Basket, priced: &Priced) -> order::Model {
    let totals = &priced.totals;
    let nowhere = Address::nowhere("DE");
    let taxes = totals.taxes.iter().map(|tax| TaxRecordLine {
        name: tax.name.clone(),
        basis_points: tax.basis_points,
        amount_minor: tax.amount_minor,
    });
    order::Model {
        id: OrderId(id(1)),
        number: String::new(),
        customer_id: None,
        email: String::new(),
        locale: "en".to_owned(),
        status: OrderStatus::Confirmed,
        currency: basket.currency,
        subtotal_minor: totals.subtotal_minor,
        discount_minor: totals.discount_minor,
        fee_minor: totals.fee_minor,
        shipping_minor: totals.shipping_minor,
        tax_minor: totals.tax_minor,
        total_minor: totals.total_minor,
        credit_minor: 0,
        prices_include_tax: basket.prices_include_tax,
        shipping_address: nowhere.clone(),
        billing_address: nowhere,
        shipping_method_name: String::new(),
        note: None,
        access_token_hash: Vec::new(),
        event_count: 0,
        placed_at: DateTimeUtc::UNIX_EPOCH,
        updated_at: DateTimeUtc::UNIX_EPOCH,
        tax: Some(TaxRecord {
            treatment: TaxTreatment::Taxed,
            country: "DE".to_owned(),
            lines: taxes.collect(),
            tax_id: None,
            exempt_reason: None,
        }),
        delivery: None,
        ships: true,
        attributes: Attributes::default(),
        gift_message: None,
        base_total_minor: None,
        unpaid_minor: 0,
    }
}

fn again(sold: &Sold, quantities: &[i32], shipping_minor: i64) -> Priced {
    by(reprice, sold, quantities, shipping_minor)
}

fn by(
    price: fn(&Asked<'_>) -> Result<Priced, MoneyError>,
    sold: &Sold,
    quantities: &[i32],
    shipping_minor: i64,
) -> Priced {
    let kept = sold.lines.iter().zip(quantities).filter(|(_, quantity)| **quantity > 0);
    let lines: Vec<_> = kept
        .map(|(line, quantity)| Line {
            before: Some(line.id),
            unit_price_minor: line.unit_price_minor,
            quantity: *quantity,
            rate: rates::of_line(&sold.order, line.tax_basis_points),
        })
        .collect();
    price(&Asked {
        order: &sold.order,
        sold: &sold.lines,
        adjustments: &sold.adjustments,
        percentages: &HashSet::new(),
        lines: &lines,
        shipping_minor,
        discount: None,
        step_minor: 1,
    })
    .expect("a price")
}

fn basket() -> impl Strategy<Value = Basket> {
    let line = (1..20_000i64, 1..6i64, prop::sample::select(vec![700, 1900]));
    let lines = prop::collection::vec(line, 1..5);
    (lines, any::<bool>(), 0..900i64, 0..4_000i64, 0..2_000i64).prop_map(
        |(lines, included, shipping, goods, of_first)| {
            let discount = |target, amount_minor| Adjustment {
                effect: Effect::Discount(target),
                amount_minor,
                code: "OFF".to_owned(),
                label: String::new(),
                origin: None,
            };
            Basket {
                currency: Currency::EUR,
                prices_include_tax: included,
                lines: lines
                    .into_iter()
                    .map(|(unit_price_minor, quantity, basis_points)| LineToPrice {
                        unit_price_minor,
                        quantity,
                        tax: rate(basis_points),
                    })
                    .collect(),
                shipping: Some(ShippingToPrice {
                    amount_minor: shipping,
                    tax: ShippingTax::Own(rate(1900)),
                }),
                adjustments: vec![discount(Target::Line(0), of_first), discount(Target::Goods, goods)],
            }
        },
    )
}

proptest! {
    #[test]
    fn an_order_of_which_nothing_is_changed_costs_what_it_did(basket in basket()) {
        let sold = sold(&basket);
        let quantities: Vec<_> = sold.lines.iter().map(|line| line.quantity).collect();
        let priced = by(anew, &sold, &quantities, sold.order.shipping_minor);
        prop_assert_eq!(priced.totals.total_minor, sold.order.total_minor);
        for (line, cost) in sold.lines.iter().zip(&priced.lines) {
            prop_assert_eq!((line.discount_minor, line.tax_minor, line.total_minor),
                (cost.discount_minor, cost.tax_minor, cost.total_minor));
        }
        // Without being computed it is the same.
        let kept = again(&sold, &quantities, sold.order.shipping_minor);
        prop_assert_eq!((&kept.lines, kept.totals.total_minor), (&priced.lines, priced.totals.total_minor));
        let shares = |priced: &Priced| {
            let applied = priced.adjustments.iter().filter(|applied| !applied.shares.is_empty());
            applied.map(|applied| (applied.adjustment.effect, applied.shares.clone())).collect::<Vec<_>>()
        };
        prop_assert_eq!(shares(&kept), shares(&priced));
    }

    #[test]
    fn what_is_changed_adds_up(basket in basket(), quantities in prop::collection::vec(0..9i32, 5), shipping in 0..900i64) {
        let sold = sold(&basket);
        let priced = again(&sold, &quantities, shipping);
        let totals = &priced.totals;
        let of_lines: i64 = priced.lines.iter().map(|line| line.total_minor).sum();
        prop_assert!(totals.total_minor >= of_lines && of_lines >= 0);
        prop_assert!(totals.discount_minor <= totals.subtotal_minor + totals.shipping_minor);
        let tax = if totals.prices_include_tax { 0 } else { totals.tax_minor };
        prop_assert_eq!(
            totals.total_minor,
            totals.subtotal_minor - totals.discount_minor + totals.shipping_minor + tax
        );
    }
}

#[test]
fn a_line_takes_along_what_was_taken_off_it() {
    let line = |unit_price_minor| LineToPrice {
        unit_price_minor,
        quantity: 2,
        tax: rate(1900),
    };
    let off = |target, amount_minor| Adjustment {
        effect: Effect::Discount(target),
        amount_minor,
        code: "OFF".to_owned(),
        label: String::new(),
        origin: None,
    };
    let sold = sold(&Basket {
        currency: Currency::EUR,
        prices_include_tax: true,
        lines: vec![line(1_000), line(500)],
        shipping: None,
        adjustments: vec![off(Target::Line(0), 400), off(Target::Goods, 260)],
    });
    // 20.00 - 4.00 and 10.00, less 2.60 of all.
    assert_eq!(sold.order.total_minor, 2_340);
    // One unit takes half of its own discount along; what is off of all stays an amount.
    assert_eq!(again(&sold, &[1, 2], 0).totals.total_minor, 1_000 - 200 + 1_000 - 260);
    assert_eq!(again(&sold, &[0, 2], 0).totals.total_minor, 1_000 - 260);
}

#[test]
fn what_was_taken_off_several_lines_at_one_position_is_each_ones_own() {
    let line = |unit_price_minor| LineToPrice {
        unit_price_minor,
        quantity: 2,
        tax: rate(1900),
    };
    let off = |place, amount_minor| Adjustment {
        effect: Effect::Discount(Target::Line(place)),
        amount_minor,
        code: "REPLACEMENT".to_owned(),
        label: String::new(),
        origin: None,
    };
    let mut sold = sold(&Basket {
        currency: Currency::EUR,
        prices_include_tax: true,
        lines: vec![line(1_000), line(500)],
        shipping: None,
        adjustments: vec![off(0, 2_000), off(1, 1_000)],
    });
    for row in &mut sold.adjustments {
        row.position = 0;
    }
    assert_eq!(sold.order.total_minor, 0);
    assert_eq!(again(&sold, &[2, 2], 0).totals.total_minor, 0);
    assert_eq!(again(&sold, &[1, 2], 0).totals.total_minor, 0);
}

#[test]
fn what_has_a_total_keeps_it_to_the_minor_unit() {
    let line = |unit_price_minor| LineToPrice {
        unit_price_minor,
        quantity: 1,
        tax: rate(1900),
    };
    let mut sold = sold(&Basket {
        currency: Currency::EUR,
        prices_include_tax: false,
        lines: vec![line(1_000), line(500)],
        shipping: None,
        adjustments: vec![Adjustment {
            effect: Effect::Discount(Target::Line(0)),
            amount_minor: 997,
            code: "REPLACEMENT".to_owned(),
            label: String::new(),
            origin: None,
        }],
    });
    assert_eq!(sold.order.total_minor, 4 + 595);
    // Of three minor units less than half of one is the tax within them; on top of three it is more than half of one.
    let (first, order) = (&mut sold.lines[0], &mut sold.order);
    (first.tax_minor, first.total_minor) = (0, 3);
    (order.tax_minor, order.total_minor) = (95, 3 + 595);
    if let Some(tax) = &mut order.tax {
        tax.lines[0].amount_minor = 95;
    }
    assert_eq!(by(anew, &sold, &[1, 1], 0).totals.total_minor, 4 + 595);
    // Also where another line is changed.
    for (quantities, total_minor, tax_minor) in [([1, 1], 3 + 595, 95), ([1, 2], 3 + 1_190, 190)] {
        let totals = again(&sold, &quantities, 0).totals;
        assert_eq!((totals.total_minor, totals.tax_minor), (total_minor, tax_minor));
        assert_eq!(totals.taxes.iter().map(|tax| tax.amount_minor).sum::<i64>(), tax_minor);
    }
    assert_eq!(again(&sold, &[1, 0], 0).totals.total_minor, 3);
}

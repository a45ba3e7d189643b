use proptest::prelude::*;

use super::*;
use crate::money::{Currency, MoneyError};

fn rate(basis_points: i32) -> Rate {
    Rate(vec![RatePart {
        name: format!("VAT {basis_points}"),
        basis_points,
    }])
}

fn line(unit_price_minor: i64, quantity: i64, basis_points: i32) -> LineToPrice {
    LineToPrice {
        unit_price_minor,
        quantity,
        tax: rate(basis_points),
    }
}

fn adjustment(effect: Effect, amount_minor: i64) -> Adjustment {
    Adjustment {
        effect,
        amount_minor,
        code: "TEST".to_owned(),
        label: "A test".to_owned(),
        origin: None,
    }
}

fn basket(
    prices_include_tax: bool,
    lines: &[LineToPrice],
    shipping_minor: Option<i64>,
    adjustments: &[(Effect, i64)],
) -> Basket {
    Basket {
        currency: Currency::EUR,
        prices_include_tax,
        lines: lines.to_vec(),
        shipping: shipping_minor.map(|amount_minor| ShippingToPrice {
            amount_minor,
            tax: ShippingTax::Own(rate(1900)),
        }),
        adjustments: adjustments
            .iter()
            .map(|(effect, amount_minor)| adjustment(*effect, *amount_minor))
            .collect(),
    }
}

fn priced(included: bool, lines: &[LineToPrice], shipping: Option<i64>, adjustments: &[(Effect, i64)]) -> Priced {
    price(&basket(included, lines, shipping, adjustments)).expect("priced")
}

/// What each adjustment came to: on which lines, or `-` elsewhere.
fn shares(priced: &Priced) -> Vec<String> {
    let share = |share: &Share| match share.of {
        ShareOf::Line(index) => format!("{} on {index}", share.amount_minor),
        ShareOf::Shipping => format!("{} on shipping", share.amount_minor),
        ShareOf::Total => format!("{} of the total", share.amount_minor),
    };
    let applied = |applied: &Applied| applied.shares.iter().map(share).collect::<Vec<_>>().join(", ");
    priced.adjustments.iter().map(applied).collect()
}

#[test]
fn included_tax_is_part_of_the_price() {
    let totals = priced(true, &[line(1190, 1, 1900)], None, &[]).totals;
    assert_eq!((totals.total_minor, totals.tax_minor), (1190, 190));
}

#[test]
fn excluded_tax_comes_on_top() {
    let lines = [line(1000, 2, 1900), line(1000, 1, 700)];
    let totals = priced(false, &lines, Some(500), &[]).totals;
    assert_eq!(totals.subtotal_minor, 3000);
    assert_eq!(totals.tax_minor, 380 + 70 + 95);
    assert_eq!(totals.total_minor, 3000 + 545 + 500);
    let taxes: Vec<_> = totals.taxes.iter().map(|tax| tax.amount_minor).collect();
    assert_eq!(taxes, [475, 70]);
}

#[test]
fn a_discount_lowers_the_tax_of_its_line_alone() {
    let lines = [line(1000, 2, 1900), line(1000, 1, 700)];
    let priced = priced(false, &lines, Some(500), &[(Effect::Discount(Target::Line(0)), 500)]);
    assert_eq!(shares(&priced), ["500 on 0"]);
    assert_eq!((priced.lines[0].discount_minor, priced.lines[0].tax_minor), (500, 285));
    assert_eq!(priced.lines[0].total_minor, 1785);
    assert_eq!(priced.lines[1].tax_minor, 70);
    assert_eq!(priced.totals.total_minor, 1785 + 1070 + 595);
}

#[test]
fn what_is_for_all_goods_is_split_to_the_minor_unit() {
    // A third of 10.00 each, of goods taxed at 19 and 7 %: the cent that is left goes to one line.
    let lines = [line(1000, 1, 1900), line(1000, 1, 700), line(500, 2, 1900)];
    let priced = priced(true, &lines, None, &[(Effect::Discount(Target::Goods), 1000)]);
    let totals = &priced.totals;
    assert_eq!((totals.discount_minor, totals.total_minor), (1000, 2000));
    let mut discounts: Vec<_> = priced.lines.iter().map(|line| line.discount_minor).collect();
    discounts.sort_unstable();
    assert_eq!(discounts, [333, 333, 334]);
    assert_eq!(
        totals.tax_minor,
        priced.lines.iter().map(|line| line.tax_minor).sum::<i64>()
    );
}

#[test]
fn nothing_costs_less_than_nothing() {
    let effects = [
        (Effect::Discount(Target::Line(0)), 2_500),
        (Effect::Discount(Target::Goods), 1),
        (Effect::Discount(Target::Shipping), i64::MAX),
        (Effect::Credit, 1_000),
    ];
    let priced = priced(false, &[line(1000, 2, 1900)], Some(490), &effects);
    assert_eq!(shares(&priced), ["2000 on 0", "", "490 on shipping", ""]);
    assert_eq!((priced.totals.total_minor, priced.totals.tax_minor), (0, 0));
}

#[test]
fn a_fee_raises_price_and_tax_and_no_discount_takes_it_off() {
    let lines = [line(1000, 1, 1900), line(0, 1, 1900)];
    let effects = [
        (Effect::Fee(Target::Line(0)), 200),
        (Effect::Fee(Target::Shipping), 100),
        (Effect::Discount(Target::Goods), 1_200),
        (Effect::Fee(Target::Goods), 3),
    ];
    let priced = priced(false, &lines, Some(500), &effects);
    // By then all goods are free, and weigh the same.
    assert_eq!(shares(&priced)[..3], ["200 on 0", "100 on shipping", "1000 on 0"]);
    let (totals, fees) = (&priced.totals, [202, 1]);
    assert!(
        fees.iter()
            .all(|fee| priced.lines.iter().any(|line| line.fee_minor == *fee))
    );
    assert_eq!((totals.fee_minor, totals.discount_minor), (303, 1000));
    assert_eq!(totals.tax_minor, 38 + 114, "19 % of 2.02, of 0.01, and of 6.00");
    assert_eq!(totals.total_minor, 203 + 600 + totals.tax_minor);
}

#[test]
fn a_credit_pays_and_changes_neither_total_nor_tax() {
    let lines = [line(1190, 1, 1900)];
    let without = priced(true, &lines, None, &[]);
    let with = priced(true, &lines, None, &[(Effect::Credit, 700), (Effect::Credit, 700)]);
    assert_eq!(shares(&with), ["700 of the total", "490 of the total"]);
    assert_eq!(with.lines, without.lines);
    assert_eq!(with.totals.credit_minor, 1190);
    assert_eq!(
        Totals {
            credit_minor: 0,
            ..with.totals
        },
        without.totals
    );
}

#[test]
fn what_is_aimed_at_nothing_changes_nothing() {
    let lines = [line(1000, 1, 1900)];
    let effects = [
        (Effect::Discount(Target::Line(1)), 100),
        (Effect::Fee(Target::Shipping), 100),
        (Effect::Discount(Target::Goods), -100),
        (Effect::Fee(Target::Goods), 0),
        (Effect::Credit, -1),
    ];
    let adjusted = priced(true, &lines, None, &effects);
    assert!(shares(&adjusted).iter().all(String::is_empty));
    assert_eq!(adjusted.totals, priced(true, &lines, None, &[]).totals);
    assert_eq!(
        priced(true, &[], None, &[(Effect::Fee(Target::Goods), 100)])
            .totals
            .total_minor,
        0
    );
}

#[test]
fn overflow_is_an_error() {
    let overflows = |lines: &[LineToPrice], adjustments: &[(Effect, i64)]| {
        price(&basket(true, lines, None, adjustments)) == Err(MoneyError::Overflow)
    };
    assert!(overflows(&[line(i64::MAX, 2, 0)], &[]));
    assert!(overflows(&[line(i64::MAX, 1, 0), line(1, 1, 0)], &[]));
    assert!(overflows(&[line(1, 1, 0)], &[(Effect::Fee(Target::Goods), i64::MAX)]));
}

fn lines() -> impl Strategy<Value = Vec<LineToPrice>> {
    let rate = prop::sample::select(vec![0, 700, 1900, 2500]);
    let price = prop_oneof![0i64..5, 0i64..10_000_000];
    prop::collection::vec((price, prop_oneof![Just(1i64), 1i64..1000], rate), 0..12).prop_map(|lines| {
        lines
            .into_iter()
            .map(|(price, n, points)| line(price, n, points))
            .collect()
    })
}

fn effects() -> impl Strategy<Value = Vec<(Effect, i64)>> {
    let target = prop_oneof![
        (0usize..12).prop_map(Target::Line),
        Just(Target::Goods),
        Just(Target::Shipping)
    ];
    let effect = prop_oneof![
        4 => target.clone().prop_map(Effect::Discount),
        2 => target.prop_map(Effect::Fee),
        1 => Just(Effect::Credit),
    ];
    let amount = prop_oneof![-3i64..30, 0i64..100_000_000];
    prop::collection::vec((effect, amount), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_basket_adds_up(lines in lines(), shipping in prop::option::of(0i64..100_000), effects in effects(), included: bool) {
        let priced = priced(included, &lines, shipping, &effects);
        let totals = &priced.totals;
        let on_top = |tax: i64| if included { 0 } else { tax };
        for (line, asked) in priced.lines.iter().zip(&lines) {
            prop_assert_eq!(line.subtotal_minor, asked.unit_price_minor * asked.quantity);
            prop_assert!((0..=line.subtotal_minor).contains(&line.discount_minor));
            prop_assert!(line.fee_minor >= 0 && line.tax_minor >= 0 && line.total_minor >= 0);
            let paid = line.subtotal_minor - line.discount_minor + line.fee_minor + on_top(line.tax_minor);
            prop_assert_eq!(line.total_minor, paid);
        }
        let sum = |part: fn(&PricedLine) -> i64| priced.lines.iter().map(part).sum::<i64>();
        prop_assert_eq!(totals.subtotal_minor, sum(|line| line.subtotal_minor));
        prop_assert_eq!(totals.shipping_minor, shipping.unwrap_or(0));
        let before_tax = totals.subtotal_minor - totals.discount_minor + totals.fee_minor + totals.shipping_minor;
        prop_assert_eq!(totals.total_minor, before_tax + on_top(totals.tax_minor));
        prop_assert_eq!(totals.tax_minor, totals.taxes.iter().map(|tax| tax.amount_minor).sum::<i64>());
        prop_assert!((0..=totals.total_minor).contains(&totals.credit_minor));
    }

    #[test]
    fn what_was_taken_off_and_put_on_is_told_to_the_minor_unit(lines in lines(), shipping in prop::option::of(0i64..100_000), effects in effects()) {
        let priced = priced(false, &lines, shipping, &effects);
        // By what it does, then by what it was done to.
        let mut told = [vec![0i64; lines.len() + 2], vec![0; lines.len() + 2], vec![0; lines.len() + 2]];
        for (applied, (effect, asked)) in priced.adjustments.iter().zip(&effects) {
            let kind = match effect { Effect::Discount(_) => 0, Effect::Fee(_) => 1, Effect::Credit => 2 };
            prop_assert!(applied.shares.iter().all(|share| share.amount_minor > 0));
            let came_to: i64 = applied.shares.iter().map(|share| share.amount_minor).sum();
            prop_assert!(came_to <= (*asked).max(0));
            if kind == 1 && !applied.shares.is_empty() {
                prop_assert_eq!(came_to, *asked, "a fee is charged in full");
            }
            for share in &applied.shares {
                let of = match share.of {
                    ShareOf::Line(index) => index,
                    ShareOf::Shipping => lines.len(),
                    ShareOf::Total => lines.len() + 1,
                };
                told[kind][of] += share.amount_minor;
            }
        }
        for (index, line) in priced.lines.iter().enumerate() {
            prop_assert_eq!((line.discount_minor, line.fee_minor), (told[0][index], told[1][index]));
        }
        let all = told.map(|parts| parts.iter().sum::<i64>());
        prop_assert_eq!(all, [priced.totals.discount_minor, priced.totals.fee_minor, priced.totals.credit_minor]);
    }

    #[test]
    fn the_order_of_the_lines_changes_nothing(lines in lines(), shipping in prop::option::of(0i64..100_000), effects in effects(), included: bool) {
        let there = priced(included, &lines, shipping, &effects);
        let last = lines.len().saturating_sub(1);
        let backwards: Vec<_> = lines.iter().rev().cloned().collect();
        let mirrored: Vec<_> = effects
            .iter()
            .map(|(effect, amount)| {
                let mirror = |target: Target| match target {
                    Target::Line(index) if index <= last => Target::Line(last - index),
                    other => other,
                };
                let effect = match *effect {
                    Effect::Discount(target) => Effect::Discount(mirror(target)),
                    Effect::Fee(target) => Effect::Fee(mirror(target)),
                    Effect::Credit => Effect::Credit,
                };
                (effect, *amount)
            })
            .collect();
        let back = priced(included, &backwards, shipping, &mirrored);
        prop_assert_eq!(&there.totals, &back.totals);
        let sorted = |priced: &Priced| {
            let mut lines: Vec<_> = priced.lines.iter().map(|line| (line.subtotal_minor, line.discount_minor, line.fee_minor, line.tax_minor)).collect();
            lines.sort_unstable();
            lines
        };
        prop_assert_eq!(sorted(&there), sorted(&back));
    }
}

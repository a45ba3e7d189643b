//! Sixty baskets worked out by hand. Each says in a line how it was.

use super::{
    build::{all, amount, at_most, first, for_price, from, least, once, spend_and_get, spent, tiers},
    setting::{
        Order, Product, Shipping, automatic, basket, bundle, coded, given, line, of, order, percent, products, shipping,
    },
};
use crate::discounts::rules::{Basket, Candidate, Goods, Line, Off, What, decide};

struct Case {
    how: &'static str,
    lines: Vec<Line>,
    shipping_minor: Option<i64>,
    discounts: Vec<Candidate>,
    /// What each takes off, in the order in which they apply.
    given: Vec<(u128, i64)>,
}

fn case(how: &'static str, lines: &[Line], discounts: &[Candidate], given: &[(u128, i64)]) -> Case {
    Case {
        how,
        lines: lines.to_vec(),
        shipping_minor: None,
        discounts: discounts.to_vec(),
        given: given.to_vec(),
    }
}

fn sent(how: &'static str, lines: &[Line], minor: i64, discounts: &[Candidate], given: &[(u128, i64)]) -> Case {
    Case {
        shipping_minor: Some(minor),
        ..case(how, lines, discounts, given)
    }
}

#[rustfmt::skip]
fn single() -> Vec<Case> {
    let cheap = line(11, 1_999, 1);
    vec![
        case("no discount: nothing off", std::slice::from_ref(&cheap), &[], &[]),
        case("10 % of 19.99 is 1.999: 2.00", std::slice::from_ref(&cheap), &[automatic(1, products(all(), percent(10)), &[])], &[(1, 200)]),
        case("10 % of 0.05 is 0.005: half up, 0.01", &[line(11, 5, 1)], &[automatic(1, products(all(), percent(10)), &[])], &[(1, 1)]),
        case("10 % of 0.04 is 0.004: nothing", &[line(11, 4, 1)], &[automatic(1, products(all(), percent(10)), &[])], &[]),
        case("10 % of the line 3 x 0.33 = 0.99 is 0.099: 0.10, not 3 x 0.03", &[line(11, 33, 3)], &[automatic(1, products(all(), percent(10)), &[])], &[(1, 10)]),
        case("each line by itself: 0.15 twice, 1.5 cents each: 2 + 2", &[line(11, 15, 1), line(12, 15, 1)], &[automatic(1, products(all(), percent(10)), &[])], &[(1, 4)]),
        case("all goods together: 10 % of 0.30 is 0.03", &[line(11, 15, 1), line(12, 15, 1)], &[automatic(1, order(percent(10)), &[])], &[(1, 3)]),
        case("100 %: all of it", &[line(11, 1_234, 3)], &[automatic(1, products(all(), percent(100)), &[])], &[(1, 3_702)]),
        case("12.5 % of 100.01 is 12.50125: 12.50", &[line(11, 10_001, 1)], &[automatic(1, products(all(), Off::Percentage(1_250)), &[])], &[(1, 1_250)]),
        case("only collection 2: 20 % of 10.00", &[line(11, 5_000, 1), line(21, 1_000, 1)], &[automatic(1, products(of(2), percent(20)), &[])], &[(1, 200)]),
        case("2.00 off each of 3", &[line(11, 1_000, 3)], &[automatic(1, products(all(), amount(200)), &[])], &[(1, 600)]),
        case("15.00 off each of what costs 10.00: no more than it costs", &[line(11, 1_000, 2)], &[automatic(1, products(all(), amount(1_500)), &[])], &[(1, 2_000)]),
        case("5.00 once, of both lines together", &[line(11, 1_000, 3), line(12, 500, 1)], &[automatic(1, products(all(), once(500)), &[])], &[(1, 500)]),
        case("50.00 once of 35.00: 35.00", &[line(11, 1_000, 3), line(12, 500, 1)], &[automatic(1, products(all(), once(5_000)), &[])], &[(1, 3_500)]),
        case("7.99 each in place of 10.00, three times: 3 x 2.01", &[line(11, 1_000, 3)], &[automatic(1, products(all(), for_price(799)), &[])], &[(1, 603)]),
        case("7.99 each in place of 5.00: it is cheaper already", &[line(11, 500, 2)], &[automatic(1, products(all(), for_price(799)), &[])], &[]),
        case("for nothing each: all of it", &[line(11, 500, 2)], &[automatic(1, products(all(), for_price(0)), &[])], &[(1, 1_000)]),
        case("10.00 off of an order of 30.00", &[line(11, 1_000, 1), line(12, 2_000, 1)], &[automatic(1, order(amount(1_000)), &[])], &[(1, 1_000)]),
        case("100.00 off of an order of 30.00: 30.00", &[line(11, 1_000, 3)], &[automatic(1, order(amount(10_000)), &[])], &[(1, 3_000)]),
        case("what costs nothing stays so", &[line(11, 0, 3)], &[automatic(1, order(percent(50)), &[])], &[]),
        case("what is shown as reduced is left out: 10 % of 20.00", &[Line { is_reduced: true, ..line(11, 1_000, 1) }, line(12, 2_000, 1)],
            &[automatic(1, products(Goods { without_reduced: true, ..all() }, percent(10)), &[])], &[(1, 200)]),
        case("what may not be discounted is left out of the order's: 10 % of 20.00", &[Line { is_discountable: false, ..line(11, 1_000, 1) }, line(12, 2_000, 1)],
            &[automatic(1, order(percent(10)), &[])], &[(1, 200)]),
    ]
}

#[rustfmt::skip]
fn thresholds() -> Vec<Case> {
    let by_units = || tiers(&[(from(2), percent(5)), (from(5), percent(10))]);
    let by_spend = || What::Order { tiers: vec![(spent(5_000), amount(500)), (spent(10_000), amount(1_500))] };
    vec![
        case("from 50.00: 49.99 is too little", &[line(11, 4_999, 1)], &[least(automatic(1, order(percent(10)), &[]), spent(5_000))], &[]),
        case("from 50.00: 50.00 is enough", &[line(11, 5_000, 1)], &[least(automatic(1, order(percent(10)), &[]), spent(5_000))], &[(1, 500)]),
        case("from 3 units: 2 + 1 of two lines", &[line(11, 1_000, 2), line(12, 1_000, 1)], &[least(automatic(1, order(percent(10)), &[]), from(3))], &[(1, 300)]),
        case("from 20.00 of collection 2, where there is 10.00: nothing", &[line(11, 9_000, 1), line(21, 1_000, 1)], &[least(automatic(1, products(of(2), percent(10)), &[]), spent(2_000))], &[]),
        case("the minimum counts before others: 20.00 are there, though 10 % go first", &[line(11, 2_000, 1)],
            &[automatic(1, products(all(), percent(10)), &[Order]), least(automatic(2, order(amount(300)), &[Product]), spent(2_000))], &[(1, 200), (2, 300)]),
        case("one unit: below the lowest tier", &[line(11, 1_000, 1)], &[automatic(1, by_units(), &[])], &[]),
        case("two units: 5 % of 20.00", &[line(11, 1_000, 2)], &[automatic(1, by_units(), &[])], &[(1, 100)]),
        case("3 + 2 units: 10 % of 50.00", &[line(11, 1_000, 3), line(12, 1_000, 2)], &[automatic(1, by_units(), &[])], &[(1, 500)]),
        case("99.99: the tier of 50.00", &[line(11, 9_999, 1)], &[automatic(1, by_spend(), &[])], &[(1, 500)]),
        case("100.00: the tier of 100.00", &[line(11, 10_000, 1)], &[automatic(1, by_spend(), &[])], &[(1, 1_500)]),
        case("from 5 units 8.00 each: 5 x 2.00", &[line(11, 1_000, 5)], &[automatic(1, tiers(&[(from(5), for_price(800))]), &[])], &[(1, 1_000)]),
    ]
}

#[rustfmt::skip]
fn bundles() -> Vec<Case> {
    let free = percent(100);
    let two_one = |times| bundle(all(), 2, all(), 1, times);
    vec![
        case("buy 2, get 1: with 2 nothing", &[line(11, 1_000, 2)], &[automatic(1, two_one(free), &[])], &[]),
        case("buy 2, get 1: of 3 one is free", &[line(11, 1_000, 3)], &[automatic(1, two_one(free), &[])], &[(1, 1_000)]),
        case("buy 2, get 1: of 5 one, for the second set lacks one", &[line(11, 1_000, 5)], &[automatic(1, two_one(free), &[])], &[(1, 1_000)]),
        case("buy 2, get 1: of 6 two", &[line(11, 1_000, 6)], &[automatic(1, two_one(free), &[])], &[(1, 2_000)]),
        case("once in an order: of 6 one", &[line(11, 1_000, 6)], &[automatic(1, at_most(1, two_one(free)), &[])], &[(1, 1_000)]),
        case("the cheapest is free: 5.00 of 10.00, 8.00, 5.00", &[line(11, 1_000, 1), line(12, 800, 1), line(13, 500, 1)], &[automatic(1, two_one(free), &[])], &[(1, 500)]),
        case("two sets of 6: the two cheapest, 4.00 and 5.00", &[line(11, 1_000, 3), line(12, 800, 1), line(13, 500, 1), line(14, 400, 1)], &[automatic(1, two_one(free), &[])], &[(1, 900)]),
        case("at half the price: 2.50 of 5.00", &[line(11, 1_000, 2), line(13, 500, 1)], &[automatic(1, two_one(percent(50)), &[])], &[(1, 250)]),
        case("buy 1 of collection 1, get 1 of collection 2: 3.00", &[line(11, 1_000, 1), line(21, 300, 1)], &[automatic(1, bundle(of(1), 1, of(2), 1, free), &[])], &[(1, 300)]),
        case("nothing to be given is there", &[line(11, 1_000, 4)], &[automatic(1, bundle(of(1), 1, of(2), 1, free), &[])], &[]),
        case("2 bought, 5 to be given: 2 x 3.00", &[line(11, 1_000, 2), line(21, 300, 5)], &[automatic(1, bundle(of(1), 1, of(2), 1, free), &[])], &[(1, 600)]),
        case("buy all kinds, get of collection 2: one of it is given, the other bought: 3.00", &[line(21, 300, 2)], &[automatic(1, bundle(all(), 1, of(2), 1, free), &[])], &[(1, 300)]),
        case("for 50.00 of collection 1, one of collection 2 for 1.00: 2.00 off", &[line(11, 2_500, 2), line(21, 300, 1)], &[automatic(1, spend_and_get(of(1), 5_000, of(2), for_price(100)), &[])], &[(1, 200)]),
        case("what is given does not count as spent: 60.00 less the 10.00 is 50.00", &[line(11, 5_000, 1), line(12, 1_000, 1)], &[automatic(1, spend_and_get(all(), 5_000, all(), free), &[])], &[(1, 1_000)]),
        case("59.99 less the 10.00 is too little", &[line(11, 4_999, 1), line(12, 1_000, 1)], &[automatic(1, spend_and_get(all(), 5_000, all(), free), &[])], &[]),
        case("1 of 3 units is given after 10 % off of the line: a third of 27.00", &[line(11, 1_000, 3)],
            &[first(automatic(1, products(all(), percent(10)), &[Product]), 1), automatic(2, two_one(free), &[Product])], &[(1, 300), (2, 900)]),
    ]
}

#[rustfmt::skip]
fn together() -> Vec<Case> {
    let one = || line(11, 10_000, 1);
    let to = |countries: &[&str]| What::Shipping { off: percent(100), price_max_minor: Some(500), countries: countries.iter().map(|code| (*code).to_owned()).collect() };
    vec![
        case("neither allows the other: 15.00 beats 10 %", &[one()], &[automatic(1, order(percent(10)), &[]), automatic(2, order(amount(1_500)), &[])], &[(2, 1_500)]),
        case("only one allows the other: 15.00 alone", &[one()], &[automatic(1, products(all(), percent(10)), &[Order]), automatic(2, order(amount(1_500)), &[])], &[(2, 1_500)]),
        case("both do: 10 % of 100.00, then 20 % of 90.00", &[one()], &[automatic(2, order(percent(20)), &[Product]), automatic(1, products(all(), percent(10)), &[Order])], &[(1, 1_000), (2, 1_800)]),
        case("two of a class, the older first: 10 % of 100.00, then 5.00 of 90.00", &[one()], &[automatic(2, products(all(), amount(500)), &[Product]), automatic(1, products(all(), percent(10)), &[Product])], &[(1, 1_000), (2, 500)]),
        case("of higher priority first: 5.00, then 10 % of 95.00", &[one()], &[first(automatic(2, products(all(), amount(500)), &[Product]), 9), automatic(1, products(all(), percent(10)), &[Product])], &[(2, 500), (1, 950)]),
        case("two small ones together beat one: 8.00 + 7.00 against 14.00", &[one()],
            &[automatic(1, order(amount(1_400)), &[]), automatic(2, products(all(), amount(800)), &[Order]), automatic(3, order(amount(700)), &[Product])], &[(2, 800), (3, 700)]),
        case("equal: the older is given", &[one()], &[automatic(2, order(percent(10)), &[]), automatic(1, order(amount(1_000)), &[])], &[(1, 1_000)]),
        case("a code beside what applies by itself: 10.00 of 100.00, then 10 % of 90.00", &[one()], &[coded(7, order(percent(10)), &[Product]), automatic(1, products(all(), amount(1_000)), &[Order])], &[(1, 1_000), (7, 900)]),
        sent("shipping is free beside the order's: 4.90 and 10.00", &[one()], 490, &[automatic(1, shipping(percent(100)), &[Order]), automatic(2, order(percent(10)), &[Shipping])], &[(2, 1_000), (1, 490)]),
        sent("free up to 5.00: a method of 5.01 is not", &[one()], 501, &[automatic(1, to(&[]), &[])], &[]),
        sent("free to Germany, where it goes", &[one()], 490, &[automatic(1, to(&["DE", "AT"]), &[])], &[(1, 490)]),
        sent("shipping for 2.00 in place of 4.90", &[one()], 490, &[automatic(1, shipping(for_price(200)), &[])], &[(1, 290)]),
    ]
}

fn cases() -> Vec<Case> {
    [single(), thresholds(), bundles(), together()]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn there_are_sixty_and_each_comes_to_what_was_worked_out() {
    let cases = cases();
    assert!(cases.len() >= 60, "{}", cases.len());
    for case in &cases {
        let basket = Basket {
            shipping_minor: case.shipping_minor,
            ..basket(&case.lines)
        };
        assert_eq!(given(&decide(&case.discounts, &basket)), case.given, "{}", case.how);
        let mut mirrored = basket.clone();
        mirrored.lines.reverse();
        let backwards: Vec<_> = case.discounts.iter().rev().cloned().collect();
        assert_eq!(
            given(&decide(&backwards, &mirrored)),
            case.given,
            "{}, the other way round",
            case.how
        );
    }
}

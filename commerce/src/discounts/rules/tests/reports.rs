//! What people who run other shops have reported of their discounts, as baskets: where it is from, what went wrong there, and
//! what is right. `docs/discount-reports.md` has those that are no basket.

use uuid::Uuid;
use vitrine_entity::ids::{DiscountCodeId, VariantId};

use super::{
    build::{all, amount, at_most, once, with},
    properties::priced,
    setting::{
        Order, Product, Shipping, automatic, basket, bundle, coded, line, of, order, percent, products, shipping,
    },
};
use crate::discounts::rules::{Basket, Candidate, Goods, Line, Unmet, What, decide};

struct Report {
    /// Where it was reported, and what went wrong there.
    of: &'static str,
    lines: Vec<Line>,
    shipping_minor: Option<i64>,
    discounts: Vec<Candidate>,
    /// What is taken off each line.
    off: Vec<i64>,
    total_minor: i64,
}

fn report(of: &'static str, lines: &[Line], discounts: &[Candidate], off: &[i64], total_minor: i64) -> Report {
    Report {
        of,
        lines: lines.to_vec(),
        shipping_minor: None,
        discounts: discounts.to_vec(),
        off: off.to_vec(),
        total_minor,
    }
}

fn sent(shipping_minor: i64, report: Report) -> Report {
    Report {
        shipping_minor: Some(shipping_minor),
        ..report
    }
}

fn alone(what: What) -> Vec<Candidate> {
    vec![coded(1, what, &[])]
}

/// Those that allow each other, whatever they are.
fn beside(whats: &[What]) -> Vec<Candidate> {
    let numbered = (1..).zip(whats);
    numbered
        .map(|(number, what)| coded(number, what.clone(), &[Product, Order, Shipping]))
        .collect()
}

fn article(number: u128) -> Goods {
    Goods {
        variants: [VariantId(Uuid::from_u128(number))].into(),
        ..Goods::default()
    }
}

#[rustfmt::skip]
fn more_than_there_is() -> Vec<Report> {
    let mug = || line(11, 1_000, 1);
    vec![
        report("medusa#14899: two amounts together made the cart negative", &[mug()], &beside(&[order(amount(800)), order(amount(700))]), &[1_000], 0),
        report("vendure#2385: 15 % after 100 % made it negative", &[mug()], &beside(&[products(all(), percent(100)), products(all(), percent(15))]), &[1_000], 0),
        report("spree#7734: two codes made the sum negative", &[mug(), line(12, 500, 1)], &beside(&[products(of(1), once(1_400)), order(amount(700))]), &[1_000, 500], 0),
        report("woocommerce#25810: 20 % and 100 % took off 0.01 too much", &[line(11, 39_000, 1)], &beside(&[products(all(), percent(20)), order(percent(100))]), &[39_000], 0),
        report("sylius#17862: 20.00 and 80.00 of 91.68 left 0.01 apart", &[line(11, 1_056, 3), line(12, 6_000, 1)], &beside(&[order(amount(2_000)), order(amount(8_000))]), &[3_168, 6_000], 0),
        report("shopware#6065: a voucher of more than the cart could not be redeemed", &[line(11, 1_000, 2)], &alone(order(amount(5_000))), &[2_000], 0),
        report("shopware#2938: 100 % of two tax rates left 0.01 of tax", &[line(11, 999, 3), line(12, 1_250, 1), line(13, 333, 7)], &alone(order(percent(100))), &[2_997, 1_250, 2_331], 0),
        report("medusa#12429: 100 % left a fraction of a cent", &[line(11, 9_884, 1)], &alone(products(all(), percent(100))), &[9_884], 0),
        sent(490, report("saleor#787: a discount of shipping that is more than that was shown wrongly", &[mug()], &alone(shipping(amount(5_000))), &[0], 1_000)),
        sent(800, report("prestashop#30405: two vouchers for free shipping took it off twice", &[line(11, 2_330, 1)], &beside(&[shipping(percent(100)), shipping(percent(100))]), &[0], 2_330)),
        sent(700, report("prestashop#25552: 15.00 off and free shipping: the shipping came back", &[line(11, 1_900, 2)], &beside(&[order(amount(1_500)), shipping(percent(100))]), &[1_500], 2_300)),
        sent(700, report("prestashop#20396: where the goods cost nothing, shipping could not be free", &[mug()], &beside(&[products(all(), percent(100)), shipping(percent(100))]), &[1_000], 0)),
    ]
}

#[rustfmt::skip]
fn cents() -> Vec<Report> {
    vec![
        report("saleor#12040: 25 % of 19.99 was rounded down to 4.99", &[line(11, 1_999, 1)], &alone(products(all(), percent(25))), &[500], 1_499),
        report("vendure#3091: 10 % of 25 x 399.00 was 0.11 off", &[line(11, 39_900, 25)], &alone(order(percent(10))), &[99_750], 897_750),
        report("medusa#13129: large quantities lost cents", &[line(11, 33, 1_000_000)], &alone(products(all(), percent(10))), &[3_300_000], 29_700_000),
        report("woocommerce#8291: 50 % of 13.49 beside 14.49: lines and total differed", &[line(11, 1_349, 1), line(21, 1_449, 1)], &alone(products(of(1), percent(50))), &[675, 0], 2_123),
        report("woocommerce#8291: 10 % of 5 x 14.49 as well", &[line(11, 1_449, 5)], &alone(order(percent(10))), &[725], 6_520),
        report("prestashop#16832: 10 % of what ends in .05 was 0.01 off", &[line(11, 1_805, 1)], &alone(order(percent(10))), &[181], 1_624),
        report("sylius#6190: what was for all was split evenly, and lost at the cheap line", &[line(11, 10_000, 10), line(12, 100, 1)], &alone(order(percent(10))), &[10_000, 10], 90_090),
        report("sylius#7191: lines that cost nothing spoilt the split", &[line(11, 5_000, 1), line(12, 0, 1), line(13, 0, 2)], &alone(order(percent(50))), &[2_500, 0, 0], 2_500),
        report("vendure#653: with two tax rates the split was not in proportion", &[line(11, 1_000, 1), line(12, 3_001, 1)], &alone(order(amount(1_000))), &[250, 750], 3_001),
        report("saleor#17453: 70 % was taken of the price before 40 %: for nothing", &[line(11, 1_000, 10)], &beside(&[products(all(), percent(40)), order(percent(70))]), &[8_200], 1_800),
        report("saleor#13831: 50 % and 50 % of two were wrong after a change of quantity", &[line(11, 10_000, 2)], &beside(&[products(all(), percent(50)), order(percent(50))]), &[15_000], 5_000),
    ]
}

#[rustfmt::skip]
fn which_goods() -> Vec<Report> {
    let free = percent(100);
    let shirt = || line(15, 2_000, 1);
    vec![
        report("saleor#12107: once in an order was taken of the cheapest line, not of the cheapest that it is for", &[line(11, 300, 1), line(21, 2_000, 1)], &alone(products(of(2), once(500))), &[0, 500], 1_800),
        report("bagisto#2554: a line that it is not for, added last, had the code refused", &[line(11, 1_000, 1), line(12, 1_000, 1), line(21, 1_000, 1)], &alone(products(of(1), percent(10))), &[100, 100, 0], 2_800),
        report("medusa#14432: three at once of buy 1, get 1 gave two", &[line(11, 1_000, 3)], &alone(bundle(all(), 1, all(), 1, free)), &[1_000], 2_000),
        report("medusa#13265: buy 2, get 1 was given once, however many were bought", &[line(11, 1_000, 9)], &alone(bundle(all(), 2, all(), 1, free)), &[3_000], 6_000),
        report("medusa#14934: 5.00 off of what is given was read as 500 %", &[line(11, 1_000, 1), line(21, 2_000, 1)], &alone(bundle(of(1), 1, of(2), 1, amount(500))), &[0, 500], 2_500),
        report("medusa#11259: half the price of what is given was all of it", &[line(11, 1_000, 1), line(21, 2_000, 1)], &alone(bundle(of(1), 1, of(2), 1, percent(50))), &[0, 1_000], 2_000),
        report("medusa#8829: buy 10, get 20 of which only 10 are there: a negative price", &[line(11, 1_000, 10), line(21, 100, 10)], &alone(bundle(of(1), 10, of(2), 20, free)), &[0, 0], 11_000),
        report("medusa#13431: four others and the shirt, put in last: nothing was given", &[line(11, 1_000, 4), shirt()], &alone(bundle(of(1), 4, article(15), 1, free)), &[0, 2_000], 4_000),
        report("medusa#16397: equal prices: it depended on the order of the lines", &[line(11, 500, 1), line(12, 500, 1), line(13, 500, 1)], &alone(bundle(of(1), 2, article(11), 1, free)), &[500, 0, 0], 1_000),
        report("nopcommerce#1029: a gift's quantity was raised beyond what is given", &[line(11, 1_000, 1), line(21, 300, 5)], &alone(at_most(1, bundle(of(1), 1, of(2), 1, free))), &[0, 300], 2_200),
        report("prestashop#3026: without the code, what applies by itself did not come back", &[line(11, 10_000, 1)], &[automatic(1, order(percent(10)), &[])], &[1_000], 9_000),
    ]
}

#[test]
fn what_was_reported_elsewhere_is_right_here() {
    let reports = [more_than_there_is(), cents(), which_goods()];
    for report in reports.into_iter().flatten() {
        let there = Basket {
            shipping_minor: report.shipping_minor,
            ..basket(&report.lines)
        };
        let mut mirrored = there.clone();
        mirrored.lines.reverse();
        let backwards: Vec<_> = report.discounts.iter().rev().cloned().collect();
        for (basket, discounts, is_mirrored) in [(&there, &report.discounts, false), (&mirrored, &backwards, true)] {
            let priced = priced(basket, discounts);
            let mut off: Vec<_> = priced.lines.iter().map(|line| line.discount_minor).collect();
            if is_mirrored {
                off.reverse();
            }
            assert_eq!(off, report.off, "{}", report.of);
            assert_eq!(priced.totals.total_minor, report.total_minor, "{}", report.of);
            if report.total_minor == 0 {
                assert_eq!(priced.totals.tax_minor, 0, "{}", report.of);
            }
        }
    }
}

/// shopware#8741, shopware#5036: the second of two codes of one discount was answered with an error.
#[test]
fn two_codes_of_a_discount_are_one_discount() {
    let second = with(coded(1, order(percent(10)), &[Product, Order, Shipping]), |one| {
        one.code.as_mut().expect("it has one").id = DiscountCodeId(Uuid::from_u128(2));
    });
    let first = coded(1, order(percent(10)), &[Product, Order, Shipping]);
    let decision = decide(&[first, second], &basket(&[line(11, 1_000, 1)]));
    let amounts: Vec<_> = decision.given.iter().map(|given| given.amount_minor).collect();
    assert_eq!((amounts, decision.unmet), (vec![100], vec![None, Some(Unmet::Outdone)]));
}

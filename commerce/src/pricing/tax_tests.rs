//! Several taxes on one price, shipping that is taxed as the goods are, and those who pay none.

use proptest::prelude::*;

use super::*;
use crate::money::Currency;

fn rate(parts: &[i32]) -> Rate {
    let part = |&basis_points: &i32| RatePart {
        name: format!("Tax {basis_points}"),
        basis_points,
    };
    Rate(parts.iter().map(part).collect())
}

fn line(unit_price_minor: i64, quantity: i64, parts: &[i32]) -> LineToPrice {
    LineToPrice {
        unit_price_minor,
        quantity,
        tax: rate(parts),
    }
}

fn basket(prices_include_tax: bool, lines: Vec<LineToPrice>, shipping: Option<(i64, ShippingTax)>) -> Basket {
    Basket {
        currency: Currency::EUR,
        prices_include_tax,
        lines,
        shipping: shipping.map(|(amount_minor, tax)| ShippingToPrice { amount_minor, tax }),
        adjustments: Vec::new(),
    }
}

fn taxes(priced: &Priced) -> Vec<(i32, i64)> {
    let taxes = priced.totals.taxes.iter();
    taxes.map(|tax| (tax.basis_points, tax.amount_minor)).collect()
}

#[test]
fn several_taxes_are_rounded_once_and_split() {
    // 14.975 % of 9.99 is 1.496: 1.50, of which 9.975 and 5 parts.
    let quebec = basket(false, vec![line(999, 1, &[500, 998])], None);
    let priced = price(&quebec).expect("priced");
    assert_eq!(
        (priced.totals.tax_minor, taxes(&priced)),
        (150, vec![(998, 100), (500, 50)])
    );
    // No percent has a name and no line.
    let free = basket(false, vec![line(999, 1, &[0])], None);
    assert_eq!(taxes(&price(&free).expect("priced")), []);
}

#[test]
fn shipping_follows_the_goods() {
    let goods = || vec![line(2000, 1, &[1900]), line(1000, 1, &[700])];
    let priced = price(&basket(true, goods(), Some((595, ShippingTax::LikeGoods)))).expect("priced");
    // 3.97 at 19 % and 1.98 at 7 %.
    assert_eq!(taxes(&priced), [(1900, 319 + 63), (700, 65 + 13)]);
    assert_eq!(priced.totals.total_minor, 3595);
    let on_top = price(&basket(false, goods(), Some((595, ShippingTax::LikeGoods)))).expect("priced");
    assert_eq!(on_top.totals.total_minor, 3595 + 380 + 75 + 70 + 14);
    let nothing = price(&basket(true, Vec::new(), Some((595, ShippingTax::LikeGoods)))).expect("priced");
    assert_eq!((nothing.totals.total_minor, nothing.totals.tax_minor), (595, 0));
}

#[test]
fn whoever_pays_no_tax_pays_what_is_left_without_it() {
    let gross = basket(
        true,
        vec![line(1190, 2, &[1900]), line(107, 1, &[700])],
        Some((595, ShippingTax::Own(rate(&[1900])))),
    );
    let net = price(&without_tax(&gross).expect("net")).expect("priced").totals;
    assert_eq!((net.subtotal_minor, net.shipping_minor, net.tax_minor), (2100, 500, 0));
    assert_eq!((net.total_minor, net.prices_include_tax), (2600, false));
    let on_top = basket(false, vec![line(1000, 2, &[1900])], Some((500, ShippingTax::LikeGoods)));
    assert_eq!(
        price(&without_tax(&on_top).expect("net"))
            .expect("priced")
            .totals
            .total_minor,
        2500
    );
}

fn lines() -> impl Strategy<Value = Vec<LineToPrice>> {
    let parts = prop::sample::select(vec![vec![], vec![0], vec![700], vec![1900], vec![500, 998]]);
    let line = (prop_oneof![0i64..5, 0i64..1_000_000], 1i64..50, parts);
    prop::collection::vec(line.prop_map(|(price, n, parts)| self::line(price, n, &parts)), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_taxed_like_the_goods_adds_up(lines in lines(), amount in 0i64..100_000, included: bool) {
        let asked = basket(included, lines.clone(), Some((amount, ShippingTax::LikeGoods)));
        let priced = price(&asked).expect("priced");
        let totals = &priced.totals;
        prop_assert_eq!(totals.tax_minor, totals.taxes.iter().map(|tax| tax.amount_minor).sum::<i64>());
        let before_tax = totals.subtotal_minor + amount;
        prop_assert_eq!(totals.total_minor, before_tax + if included { 0 } else { totals.tax_minor });
        // The order of the lines changes nothing.
        let backwards = basket(included, lines.iter().rev().cloned().collect(), Some((amount, ShippingTax::LikeGoods)));
        prop_assert_eq!(totals, &price(&backwards).expect("priced").totals);
        // Neither more than the highest rate nor less than the lowest would come to.
        let alone = price(&basket(included, lines.clone(), None)).expect("priced").totals.tax_minor;
        let of_shipping = totals.tax_minor - alone;
        let rates = lines.iter().map(|line| i64::from(line.tax.basis_points()));
        let exact = |points: i64| amount as f64 * points as f64 / if included { 10_000.0 + points as f64 } else { 10_000.0 };
        let slack = 1.0 + lines.len() as f64;
        let highest = rates.clone().max().map_or(0.0, exact);
        let lowest = rates.min().map_or(0.0, exact);
        prop_assert!(of_shipping as f64 <= highest + slack && of_shipping as f64 >= lowest - slack);
    }

    #[test]
    fn without_tax_each_price_loses_its_own_and_no_more(lines in lines(), amount in 0i64..100_000, like_goods: bool, included: bool) {
        let tax = if like_goods { ShippingTax::LikeGoods } else { ShippingTax::Own(rate(&[1900])) };
        let asked = basket(included, lines, Some((amount, tax)));
        let net = without_tax(&asked).expect("net");
        let (before, after) = (price(&asked).expect("priced").totals, price(&net).expect("priced").totals);
        prop_assert_eq!((after.tax_minor, after.taxes.len(), after.prices_include_tax), (0, 0, false));
        prop_assert_eq!(after.total_minor, after.subtotal_minor + after.shipping_minor);
        if included {
            // A unit's tax is rounded by half a minor unit at most, and so is each line's.
            let units: i64 = asked.lines.iter().map(|line| line.quantity).sum();
            prop_assert!((before.total_minor - before.tax_minor - after.total_minor).abs() <= units + asked.lines.len() as i64 + 2);
        } else {
            prop_assert_eq!(after.total_minor, before.total_minor - before.tax_minor);
        }
        for (line, net) in asked.lines.iter().zip(&net.lines) {
            prop_assert!((0..=line.unit_price_minor).contains(&net.unit_price_minor));
        }
    }
}

//! What holds of any basket and any discounts. `DISCOUNT_CASES` says how many are tried.

use proptest::prelude::*;

use super::setting::{Order, Product, Shipping, automatic, basket, bundle, given, line, of, order, products, shipping};
use crate::{
    discounts::rules::{Basket, Candidate, Goods, Off, Threshold, What, decide},
    money::Currency,
    pricing::{self, LineToPrice, Origin, Priced, Rate, RatePart, ShippingTax, ShippingToPrice, price},
};

fn cases() -> u32 {
    let asked = std::env::var("DISCOUNT_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(300)
}

fn offs() -> impl Strategy<Value = Off> {
    prop_oneof![
        3 => (1..=10_000i32).prop_map(Off::Percentage),
        2 => (1..5_000i64).prop_map(Off::AmountMinor),
        1 => (1..20_000i64).prop_map(Off::AmountOnceMinor),
        1 => (0..5_000i64).prop_map(Off::FixedPriceMinor),
    ]
}

fn goods() -> impl Strategy<Value = Goods> {
    prop_oneof![1 => Just(Goods::all()), 2 => (1..4u128).prop_map(of)]
}

fn whats() -> impl Strategy<Value = What> {
    prop_oneof![
        3 => (goods(), offs()).prop_map(|(goods, off)| products(goods, off)),
        2 => offs().prop_map(order),
        2 => (goods(), 1..4i64, goods(), 1..3i64, offs())
            .prop_map(|(buy, quantity, get, get_quantity, off)| bundle(buy, quantity, get, get_quantity, off)),
        1 => (goods(), 1..9_000i64, goods(), offs()).prop_map(|(buy, minor, get, off)| What::BuyXGetY {
            buy,
            required: Threshold::SpendMinor(minor),
            get,
            get_quantity: 1,
            off,
            times_max: Some(3),
        }),
        2 => offs().prop_map(shipping),
        1 => (goods(), offs(), offs()).prop_map(|(goods, low, high)| What::Products {
            goods,
            tiers: vec![(Some(Threshold::Quantity(3)), low), (Some(Threshold::Quantity(9)), high)],
        }),
    ]
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let classes = prop::sample::subsequence(vec![Product, Order, Shipping], 0..=3);
    let one = (whats(), classes, -2..3i32, prop::option::of(1..20_000i64));
    prop::collection::vec(one, 0..7).prop_map(|all| {
        let numbered = (1..).zip(all);
        let candidate = |(number, (what, classes, priority, minimum)): (u128, (What, Vec<_>, i32, Option<i64>))| {
            let mut candidate = automatic(number, what, &classes);
            candidate.rule.priority = priority;
            candidate.rule.minimum = minimum.map(Threshold::SpendMinor);
            candidate
        };
        numbered.map(candidate).collect()
    })
}

fn baskets() -> impl Strategy<Value = Basket> {
    let price = prop_oneof![0..5i64, 0..10_000i64];
    let lines = prop::collection::btree_map(10..40u128, (price, 1..12i64), 0..7);
    (
        lines,
        prop::option::of(0..2_000i64),
        prop::sample::select(vec![1, 1, 10]),
    )
        .prop_map(|(lines, shipping, step)| Basket {
            shipping_minor: shipping.map(|minor| minor * step),
            step_minor: step,
            ..basket(
                &lines
                    .into_iter()
                    .map(|(number, (price, quantity))| line(number, price * step, quantity))
                    .collect::<Vec<_>>(),
            )
        })
}

/// As a cart is priced with what was decided.
pub(super) fn priced(basket: &Basket, candidates: &[Candidate]) -> Priced {
    let rate = |place: usize| {
        let basis_points = [700, 1_900][place % 2];
        let name = format!("VAT {basis_points}");
        Rate(vec![RatePart { name, basis_points }])
    };
    let lines = basket.lines.iter().map(|line| LineToPrice {
        unit_price_minor: line.unit_price_minor,
        quantity: line.quantity,
        tax: rate(line.unit_price_minor as usize),
    });
    price(&pricing::Basket {
        currency: Currency::EUR,
        prices_include_tax: true,
        lines: lines.collect(),
        shipping: basket.shipping_minor.map(|amount_minor| ShippingToPrice {
            amount_minor,
            tax: ShippingTax::LikeGoods,
        }),
        adjustments: decide(candidates, basket).adjustments,
    })
    .expect("small enough")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn nothing_costs_less_than_nothing_and_all_adds_up(basket in baskets(), candidates in candidates()) {
        let decision = decide(&candidates, &basket);
        let priced = priced(&basket, &candidates);
        for line in &priced.lines {
            prop_assert!((0..=line.subtotal_minor).contains(&line.discount_minor));
        }
        // What was decided is what is taken off, discount by discount, to the minor unit.
        for given in &decision.given {
            let of_it = priced.adjustments.iter().filter(|applied| {
                matches!(applied.adjustment.origin, Some(Origin::Discount { discount, .. }) if discount == given.discount)
            });
            let taken: i64 = of_it.flat_map(|applied| &applied.shares).map(|share| share.amount_minor).sum();
            prop_assert_eq!(taken, given.amount_minor);
        }
        let sum: i64 = decision.given.iter().map(|given| given.amount_minor).sum();
        prop_assert_eq!(priced.totals.discount_minor, sum);
        prop_assert!(decision.given.iter().all(|given| given.amount_minor > 0));
        prop_assert_eq!(priced.totals.total_minor % basket.step_minor, 0, "it can be paid");
    }

    #[test]
    fn the_order_of_lines_and_discounts_changes_nothing(basket in baskets(), candidates in candidates()) {
        let there = decide(&candidates, &basket);
        let mut mirrored = basket.clone();
        mirrored.lines.reverse();
        let backwards: Vec<_> = candidates.iter().rev().cloned().collect();
        let back = decide(&backwards, &mirrored);
        prop_assert_eq!(given(&there), given(&back));
        let unmet: Vec<_> = back.unmet.iter().rev().cloned().collect();
        prop_assert_eq!(there.unmet, unmet);
        prop_assert_eq!(there.offers, back.offers);
        prop_assert_eq!(priced(&basket, &candidates).totals, priced(&mirrored, &backwards).totals);
    }

    #[test]
    fn no_discount_alone_saves_more_and_those_that_apply_allow_each_other(basket in baskets(), candidates in candidates()) {
        let decision = decide(&candidates, &basket);
        let sum: i64 = decision.given.iter().map(|given| given.amount_minor).sum();
        for candidate in &candidates {
            let alone: i64 = decide(std::slice::from_ref(candidate), &basket).given.iter().map(|given| given.amount_minor).sum();
            prop_assert!(alone <= sum);
        }
        let by_id = |id| candidates.iter().find(|candidate| candidate.discount == id).expect("one of them");
        for one in &decision.given {
            for other in decision.given.iter().filter(|other| other.discount != one.discount) {
                let (one, other) = (by_id(one.discount), by_id(other.discount));
                prop_assert!(one.rule.combines_with.contains(&other.rule.what.class()));
            }
        }
    }
}

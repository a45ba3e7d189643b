//! Why a discount takes nothing off, and what is near.

use chrono::{DateTime, TimeDelta};
use uuid::Uuid;
use vitrine_entity::ids::{CustomerGroupId, MarketId};

use super::{
    build::{all, amount, from, least, spent, tiers, with},
    setting::{Order, Product, automatic, basket, bundle, coded, given, line, of, order, percent, products, shipping},
};
use crate::discounts::rules::{Basket, Candidate, Missing, Offer, Unmet, Uses, What, decide};

fn unmet(candidate: Candidate, basket: &Basket) -> Option<Unmet> {
    decide(&[candidate], basket).unmet[0].clone()
}

fn ten() -> Candidate {
    coded(1, order(percent(10)), &[])
}

#[test]
fn the_reason_is_told() {
    let hundred = basket(&[line(11, 10_000, 1)]);
    let after = DateTime::UNIX_EPOCH + TimeDelta::seconds(1);
    let group = CustomerGroupId(Uuid::from_u128(5));
    let market = MarketId(Uuid::from_u128(6));
    type Change = fn(&mut Candidate);
    let changed: [(Option<Unmet>, Change); 5] = [
        (None, |_| {}),
        (Some(Unmet::UsedUp), |one| one.uses = Uses::UsedUp),
        (Some(Unmet::UsedByShopper), |one| one.uses = Uses::UsedByShopper),
        (Some(Unmet::Expired), |one| {
            one.rule.ends_at = Some(DateTime::UNIX_EPOCH)
        }),
        (Some(Unmet::OtherGoods), |one| {
            one.rule.what = products(of(9), percent(10))
        }),
    ];
    for (expected, change) in changed {
        assert_eq!(unmet(with(ten(), change), &hundred), expected);
    }
    let later = with(ten(), |one| one.rule.starts_at = Some(after));
    assert_eq!(
        unmet(later, &hundred),
        Some(Unmet::Unknown),
        "nobody is told of what is to come"
    );
    let members = || with(ten(), |one| one.rule.groups = vec![group]);
    assert_eq!(unmet(members(), &hundred), Some(Unmet::OtherCustomers));
    let member = Basket {
        groups: vec![group],
        ..hundred.clone()
    };
    assert_eq!(unmet(members(), &member), None);
    let there = || with(ten(), |one| one.rule.markets = vec![market]);
    assert_eq!(unmet(there(), &hundred), Some(Unmet::Elsewhere));
    let in_market = Basket {
        market: Some(market),
        ..hundred.clone()
    };
    assert_eq!(unmet(there(), &in_market), None);
    let second = Basket {
        is_first_order: false,
        ..hundred.clone()
    };
    let for_first = with(ten(), |one| one.rule.is_for_first_order = true);
    assert_eq!(unmet(for_first.clone(), &second), Some(Unmet::NotFirstOrder));
    assert_eq!(unmet(for_first, &hundred), None);
}

#[test]
fn what_is_missing_is_told_to_the_minor_unit() {
    let basket = basket(&[line(11, 1_900, 2)]);
    let lacking = |missing| Some(Unmet::TooLittle(missing));
    let spend = least(ten(), spent(5_000));
    assert_eq!(unmet(spend, &basket), lacking(Missing::SpendMinor(1_200)));
    assert_eq!(unmet(least(ten(), from(3)), &basket), lacking(Missing::Quantity(1)));
    let two_one = coded(1, bundle(all(), 2, all(), 1, percent(100)), &[]);
    assert_eq!(unmet(two_one, &basket), lacking(Missing::Gift(1)));
    let four = coded(1, bundle(all(), 4, all(), 1, percent(100)), &[]);
    assert_eq!(unmet(four, &basket), lacking(Missing::Quantity(2)));
    let tiered = coded(1, tiers(&[(from(5), percent(5))]), &[]);
    assert_eq!(unmet(tiered, &basket), lacking(Missing::Quantity(3)));
}

#[test]
fn shipping_waits_for_its_method_and_says_what_it_is_not_for() {
    let lines = [line(11, 1_000, 1)];
    let free = |countries: &[&str]| What::Shipping {
        off: percent(100),
        price_max_minor: Some(500),
        countries: countries.iter().map(|code| (*code).to_owned()).collect(),
    };
    let by = |shipping_minor| Basket {
        shipping_minor,
        ..basket(&lines)
    };
    assert_eq!(
        unmet(coded(1, free(&[]), &[]), &by(None)),
        None,
        "no method is chosen yet"
    );
    assert_eq!(
        unmet(coded(1, free(&[]), &[]), &by(Some(990))),
        Some(Unmet::OtherMethod)
    );
    assert_eq!(
        unmet(coded(1, free(&["FR"]), &[]), &by(Some(490))),
        Some(Unmet::OtherDestination)
    );
    assert_eq!(
        unmet(coded(1, free(&[]), &[]), &by(Some(0))),
        Some(Unmet::NothingLeft),
        "it is free anyway"
    );
}

#[test]
fn one_that_saves_less_is_outdone_and_one_for_what_is_free_takes_nothing() {
    let basket = basket(&[line(11, 10_000, 1)]);
    let decision = decide(&[ten(), automatic(2, order(amount(2_000)), &[])], &basket);
    assert_eq!(decision.unmet, [Some(Unmet::Outdone), None]);
    let all_off = automatic(2, products(all(), percent(100)), &[Order]);
    let beside = coded(1, order(percent(10)), &[Product]);
    assert_eq!(
        decide(&[beside, all_off], &basket).unmet,
        [Some(Unmet::NothingLeft), None]
    );
}

#[test]
fn what_applies_by_itself_and_is_near_is_offered() {
    let offers = |candidates: &[Candidate], minor| {
        let decision = decide(candidates, &basket(&[line(11, minor, 1)]));
        let missing = |offer: &Offer| (offer.discount.0.as_u128(), offer.missing);
        decision.offers.iter().map(missing).collect::<Vec<_>>()
    };
    let from_fifty = [least(automatic(1, shipping(percent(100)), &[]), spent(5_000))];
    assert_eq!(offers(&from_fifty, 3_800), [(1, Missing::SpendMinor(1_200))]);
    assert_eq!(
        offers(&from_fifty, 2_500),
        [(1, Missing::SpendMinor(2_500))],
        "half of it is there"
    );
    assert!(offers(&from_fifty, 2_499).is_empty());
    assert!(offers(&from_fifty, 5_000).is_empty());
    assert!(
        offers(&[least(ten(), spent(5_000))], 3_800).is_empty(),
        "a code is nobody's to be told of"
    );
    let tiered = What::Order {
        tiers: vec![(spent(5_000), percent(5)), (spent(10_000), percent(10))],
    };
    assert_eq!(
        offers(&[automatic(1, tiered, &[])], 8_000),
        [(1, Missing::SpendMinor(2_000))],
        "the next tier"
    );
}

#[test]
fn in_steps_no_odd_amount_is_taken_off() {
    let basket = Basket {
        step_minor: 10,
        ..basket(&[line(11, 5_130, 3)])
    };
    // 10 % of 15.390 is 1.539: whole steps of it are 1.530.
    assert_eq!(
        given(&decide(&[automatic(1, order(percent(10)), &[])], &basket)),
        [(1, 1_530)]
    );
    assert_eq!(
        given(&decide(&[automatic(1, products(all(), percent(100)), &[])], &basket)),
        [(1, 15_390)]
    );
}

//! What the tables of baskets write often.

use crate::discounts::rules::{Candidate, Goods, Off, Threshold, What};

pub(super) fn all() -> Goods {
    Goods::all()
}

pub(super) fn amount(minor: i64) -> Off {
    Off::AmountMinor(minor)
}

pub(super) fn once(minor: i64) -> Off {
    Off::AmountOnceMinor(minor)
}

pub(super) fn for_price(minor: i64) -> Off {
    Off::FixedPriceMinor(minor)
}

pub(super) fn from(quantity: i64) -> Option<Threshold> {
    Some(Threshold::Quantity(quantity))
}

pub(super) fn spent(minor: i64) -> Option<Threshold> {
    Some(Threshold::SpendMinor(minor))
}

pub(super) fn with(mut candidate: Candidate, change: impl FnOnce(&mut Candidate)) -> Candidate {
    change(&mut candidate);
    candidate
}

pub(super) fn least(candidate: Candidate, minimum: Option<Threshold>) -> Candidate {
    with(candidate, |one| one.rule.minimum = minimum)
}

pub(super) fn first(candidate: Candidate, priority: i32) -> Candidate {
    with(candidate, |one| one.rule.priority = priority)
}

pub(super) fn at_most(times: i64, what: What) -> What {
    match what {
        What::BuyXGetY {
            buy,
            required,
            get,
            get_quantity,
            off,
            ..
        } => What::BuyXGetY {
            buy,
            required,
            get,
            get_quantity,
            off,
            times_max: Some(times),
        },
        other => other,
    }
}

pub(super) fn spend_and_get(buy: Goods, minor: i64, get: Goods, off: Off) -> What {
    What::BuyXGetY {
        buy,
        required: Threshold::SpendMinor(minor),
        get,
        get_quantity: 1,
        off,
        times_max: None,
    }
}

pub(super) fn tiers(tiers: &[(Option<Threshold>, Off)]) -> What {
    What::Products {
        goods: all(),
        tiers: tiers.to_vec(),
    }
}

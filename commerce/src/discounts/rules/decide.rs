//! What a basket's discounts come to.

use std::cmp::Reverse;

use vitrine_entity::{
    discount::DiscountClass,
    ids::{DiscountCodeId, DiscountId},
};

use super::{
    amount::Taken,
    basket::Basket,
    combine::best,
    measure::{Measure, Missing},
    qualify::{Unmet, qualify},
    rule::{Candidate, Goods, Threshold, What},
};
use crate::pricing::{Adjustment, Effect, Origin, Target};

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// In the order in which they apply.
    pub adjustments: Vec<Adjustment>,
    /// The discounts that take something off.
    pub given: Vec<Given>,
    /// Of each candidate, in the order given, why it takes nothing off; `None` where it does, or will once a shipping method
    /// is chosen.
    pub unmet: Vec<Option<Unmet>>,
    /// What is near, of those that apply by themselves.
    pub offers: Vec<Offer>,
}

/// A discount that takes something off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub discount: DiscountId,
    pub code: Option<DiscountCodeId>,
    pub amount_minor: i64,
}

/// A discount, or a higher tier of one, that is near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub discount: DiscountId,
    pub title: String,
    pub missing: Missing,
}

/// Decides which of the candidates apply, and how much each takes off.
pub fn decide(candidates: &[Candidate], basket: &Basket) -> Decision {
    let mut unmet: Vec<Option<Unmet>> = candidates.iter().map(|one| qualify(one, basket).err()).collect();
    let mut places: Vec<usize> = (0..candidates.len()).filter(|&place| unmet[place].is_none()).collect();
    places.sort_by_key(|&place| rank(&candidates[place]));
    let qualified: Vec<_> = places.iter().map(|&place| &candidates[place]).collect();
    let taken = best(&qualified, basket);
    let mut decision = Decision::default();
    for (at, place) in places.iter().enumerate() {
        let candidate = &candidates[*place];
        match taken.iter().find(|(chosen, _)| *chosen == at) {
            Some((_, taken)) if taken.sum_minor() > 0 => decision.add(candidate, taken, basket),
            // It is free by any method, or the method is not chosen yet.
            Some(_) if awaits_shipping(candidate, basket) => {}
            Some(_) => unmet[*place] = Some(Unmet::NothingLeft),
            None => unmet[*place] = Some(Unmet::Outdone),
        }
    }
    decision.offers = offers(candidates, &unmet, basket);
    decision.unmet = unmet;
    decision
}

/// The order in which discounts apply: it depends on nothing but them.
fn rank(candidate: &Candidate) -> (DiscountClass, Reverse<i32>, DiscountId, Option<DiscountCodeId>) {
    let rule = &candidate.rule;
    let code = candidate.code.as_ref().map(|code| code.id);
    (rule.what.class(), Reverse(rule.priority), candidate.discount, code)
}

fn awaits_shipping(candidate: &Candidate, basket: &Basket) -> bool {
    candidate.rule.what.class() == DiscountClass::Shipping && basket.shipping_minor.is_none()
}

impl Decision {
    fn add(&mut self, candidate: &Candidate, taken: &Taken, basket: &Basket) {
        let adjustment = |target: Target, amount_minor: i64| Adjustment {
            effect: Effect::Discount(target),
            amount_minor,
            code: match &candidate.code {
                Some(code) => code.text.clone(),
                None => candidate.discount.to_string(),
            },
            label: candidate.title.clone(),
            origin: Some(Origin::Discount {
                discount: candidate.discount,
                code: candidate.code.as_ref().map(|code| code.id),
            }),
        };
        let is_for_all = basket.lines.iter().all(|line| line.is_discountable);
        match candidate.rule.what.class() {
            DiscountClass::Order if is_for_all => self.adjustments.push(adjustment(Target::Goods, taken.sum_minor())),
            DiscountClass::Product | DiscountClass::Order => {
                let lines = taken.lines.iter().enumerate().filter(|(_, minor)| **minor > 0);
                self.adjustments
                    .extend(lines.map(|(index, minor)| adjustment(Target::Line(index), *minor)));
            }
            DiscountClass::Shipping => self
                .adjustments
                .push(adjustment(Target::Shipping, taken.shipping_minor)),
        }
        self.given.push(Given {
            discount: candidate.discount,
            code: candidate.code.as_ref().map(|code| code.id),
            amount_minor: taken.sum_minor(),
        });
    }
}

/// What applies by itself and is near: half of what it asks for is there.
fn offers(candidates: &[Candidate], unmet: &[Option<Unmet>], basket: &Basket) -> Vec<Offer> {
    let automatic = candidates
        .iter()
        .zip(unmet)
        .filter(|(candidate, _)| candidate.code.is_none());
    let near = automatic.filter_map(|(candidate, unmet)| {
        let missing = match unmet {
            Some(Unmet::TooLittle(missing)) => is_near(candidate, *missing, basket).then_some(*missing),
            None => next_tier(candidate, basket),
            Some(_) => None,
        };
        missing.map(|missing| (rank(candidate), candidate, missing))
    });
    let mut near: Vec<_> = near.collect();
    near.sort_by_key(|(rank, ..)| *rank);
    let offer = |(_, candidate, missing): (_, &Candidate, Missing)| Offer {
        discount: candidate.discount,
        title: candidate.title.clone(),
        missing,
    };
    near.into_iter().map(offer).collect()
}

fn is_near(candidate: &Candidate, missing: Missing, basket: &Basket) -> bool {
    let of = measure(candidate, basket);
    match missing {
        Missing::Quantity(quantity) => quantity <= of.quantity,
        Missing::SpendMinor(minor) => minor <= of.spend_minor,
        // What it asks to be bought is there.
        Missing::Gift(_) => true,
    }
}

fn next_tier(candidate: &Candidate, basket: &Basket) -> Option<Missing> {
    let tiers = match &candidate.rule.what {
        What::Products { tiers, .. } | What::Order { tiers } => tiers,
        What::BuyXGetY { .. } | What::Shipping { .. } => return None,
    };
    let of = measure(candidate, basket);
    let above: Option<Threshold> = tiers
        .iter()
        .filter_map(|(from, _)| *from)
        .find(|from| of.lacks(*from).is_some());
    of.lacks(above?).filter(|missing| is_near(candidate, *missing, basket))
}

fn measure(candidate: &Candidate, basket: &Basket) -> Measure {
    match &candidate.rule.what {
        What::Products { goods, .. } => Measure::of(goods, &basket.lines),
        What::BuyXGetY { buy, .. } => Measure::of(buy, &basket.lines),
        What::Order { .. } | What::Shipping { .. } => Measure::of(&Goods::all(), &basket.lines),
    }
}

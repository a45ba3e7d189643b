//! What a draft gives.

use vitrine_entity::discount::{Effect, Goods, Off, Threshold, Tier, Value};

use super::{
    check::{Check, NAMED_MAX, UNITS_MAX},
    written::{DiscountDraft, DiscountKind, TierDraft},
};
use crate::{address, language::messages};

const TIERS_MAX: usize = 20;

impl Check<'_> {
    pub(super) fn effect(&mut self, draft: &DiscountDraft) -> Effect {
        self.goods("goods", &draft.goods);
        self.goods("buy", &draft.buy);
        match draft.kind {
            DiscountKind::Products => Effect::Products {
                goods: draft.goods.clone(),
                value: self.value(draft),
            },
            DiscountKind::Order => Effect::Order {
                value: self.value(draft),
            },
            DiscountKind::BuyXGetY => self.bundle(draft),
            DiscountKind::Shipping => {
                self.no_tiers(draft);
                Effect::Shipping {
                    off: self.one_off(draft),
                    price_max: self.optional_amounts("shippingPriceMax", &draft.price_max),
                    countries: self.countries(&draft.countries),
                }
            }
        }
    }

    fn bundle(&mut self, draft: &DiscountDraft) -> Effect {
        self.no_tiers(draft);
        let required = self.threshold(&["buyQuantity"], draft.buy_quantity, &draft.buy_spend);
        let required = required.unwrap_or_else(|| {
            self.refusals.refuse(&["buyQuantity"], messages::buy_how_much());
            Threshold::Quantity(1)
        });
        if draft.get_quantity.is_none() {
            self.refusals.refuse(&["getQuantity"], messages::get_how_many());
        }
        self.within("getQuantity", draft.get_quantity, 1, UNITS_MAX);
        self.within("timesMax", draft.times_max, 1, UNITS_MAX);
        Effect::BuyXGetY {
            buy: draft.buy.clone(),
            required,
            get: draft.goods.clone(),
            get_quantity: draft.get_quantity.unwrap_or(1),
            off: self.one_off(draft),
            times_max: draft.times_max,
        }
    }

    fn no_tiers(&mut self, draft: &DiscountDraft) {
        if !draft.tiers.is_empty() {
            let message = messages::no_tiers_here();
            self.refusals.refuse(&["tiers"], message);
        }
    }

    fn value(&mut self, draft: &DiscountDraft) -> Value {
        if draft.tiers.is_empty() {
            return Value::Flat(self.one_off(draft));
        }
        if draft.value.is_some() {
            self.refusals.refuse(&["tiers"], messages::value_or_tiers());
        }
        if draft.tiers.len() > TIERS_MAX {
            self.refusals.refuse(&["tiers"], messages::tiers_max(TIERS_MAX));
            return Value::Tiered(Vec::new());
        }
        let tiers: Vec<Tier> = draft
            .tiers
            .iter()
            .enumerate()
            .map(|(place, tier)| self.tier(place, tier, draft.kind))
            .collect();
        for (place, pair) in tiers.windows(2).enumerate() {
            if !is_above(&pair[1].from, &pair[0].from) {
                let message = messages::tier_above_former();
                self.refusals.refuse(&["tiers", &(place + 1).to_string()], message);
            }
        }
        Value::Tiered(tiers)
    }

    fn tier(&mut self, place: usize, tier: &TierDraft, kind: DiscountKind) -> Tier {
        let place = place.to_string();
        let from = self.threshold(&["tiers", &place, "quantity"], tier.quantity, &tier.spend);
        if from.is_none() {
            let message = messages::tier_from();
            self.refusals.refuse(&["tiers", &place, "quantity"], message);
        }
        Tier {
            from: from.unwrap_or(Threshold::Quantity(1)),
            off: self.off(&["tiers", &place, "value"], &tier.value, kind),
        }
    }

    fn one_off(&mut self, draft: &DiscountDraft) -> Off {
        match &draft.value {
            Some(value) => self.off(&["value"], value, draft.kind),
            None => {
                self.refusals.refuse(&["value"], messages::discount_value_needed());
                Off::Percentage(1)
            }
        }
    }

    fn goods(&mut self, field: &str, goods: &Goods) {
        let counts = [
            ("productIds", goods.products.len()),
            ("variantIds", goods.variants.len()),
            ("categoryIds", goods.categories.len()),
            ("collectionIds", goods.collections.len()),
        ];
        for (name, count) in counts {
            if count > NAMED_MAX {
                let message = messages::discount_goods_max(NAMED_MAX);
                self.refusals.refuse(&[field, name], message);
            }
        }
    }

    fn countries(&mut self, codes: &[String]) -> Vec<String> {
        let mut countries = Vec::new();
        for code in codes.iter().take(NAMED_MAX) {
            match address::country(&["discount", "countries"], code) {
                Ok(country) => countries.push(country),
                Err(refusal) => self.refusals.add(refusal),
            }
        }
        countries.sort_unstable();
        countries.dedup();
        countries
    }
}

fn is_above(upper: &Threshold, lower: &Threshold) -> bool {
    match (upper, lower) {
        (Threshold::Quantity(upper), Threshold::Quantity(lower)) => upper > lower,
        (Threshold::Spend(upper), Threshold::Spend(lower)) => lower.0.iter().all(|amount| {
            let same = upper.0.iter().find(|other| other.currency == amount.currency);
            same.is_none_or(|other| other.minor > amount.minor)
        }),
        _ => false,
    }
}

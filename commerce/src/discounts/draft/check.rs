//! Whether a draft says what a discount can be.

use vitrine_entity::{
    currency::Currency,
    discount::{Classes, Conditions, DiscountMethod},
};

use super::written::{Checked, DiscountDraft};
use crate::{Result, discounts::refusals::Refusals, language::messages, profile::Profile, text};

const TITLE_LENGTH_MAX: usize = 100;
const USES_MAX: i64 = 1_000_000_000;
const PRIORITY_MAX: i64 = 1_000;

/// The most that is named in one list.
pub(super) const NAMED_MAX: usize = 500;
/// The most units that are asked for.
pub(super) const UNITS_MAX: i64 = 1_000_000;

/// # Errors
/// All that is wrong, by the fields of `discount`.
pub(in crate::discounts) fn check(draft: &DiscountDraft, profile: &Profile) -> Result<Checked> {
    let mut check = Check {
        profile,
        refusals: Refusals::default(),
    };
    let title = check.title(&draft.title);
    let effect = check.effect(draft);
    let conditions = check.conditions(draft);
    check.times(draft);
    check.limits(draft);
    let mut combines_with = draft.combines_with.clone();
    combines_with.sort_unstable();
    combines_with.dedup();
    check.within("priority", Some(draft.priority), -PRIORITY_MAX, PRIORITY_MAX);
    check.refusals.any()?;
    Ok(Checked {
        title,
        effect,
        conditions,
        combines_with: Classes(combines_with),
        priority: draft.priority as i32,
    })
}

/// Collects what is wrong.
pub(super) struct Check<'a> {
    pub(super) profile: &'a Profile,
    pub(super) refusals: Refusals,
}

impl Check<'_> {
    fn title(&mut self, title: &str) -> String {
        match text::line(&["discount", "title"], title, TITLE_LENGTH_MAX) {
            Ok(title) => title,
            Err(refusal) => {
                self.refusals.add(refusal);
                String::new()
            }
        }
    }

    fn conditions(&mut self, draft: &DiscountDraft) -> Conditions {
        let mut currencies: Vec<Currency> = Vec::new();
        for (place, code) in draft.currencies.iter().enumerate().take(NAMED_MAX) {
            currencies.extend(self.currency(&["currencies", &place.to_string()], code));
        }
        currencies.sort_by_key(|currency| currency.code());
        currencies.dedup();
        for (place, market) in draft.markets.iter().enumerate() {
            if !self.profile.markets.iter().any(|known| known.id == *market) {
                self.refusals
                    .refuse(&["marketIds", &place.to_string()], messages::missing_market());
            }
        }
        Conditions {
            minimum: self.threshold(&["minimumQuantity"], draft.minimum_quantity, &draft.minimum_spend),
            first_order: draft.first_order,
            customer_groups: draft.customer_groups.clone(),
            markets: draft.markets.clone(),
            currencies,
        }
    }

    fn times(&mut self, draft: &DiscountDraft) {
        if let (Some(starts_at), Some(ends_at)) = (draft.starts_at, draft.ends_at)
            && ends_at <= starts_at
        {
            self.refusals.refuse(&["endsAt"], messages::ends_before_start());
        }
    }

    fn limits(&mut self, draft: &DiscountDraft) {
        self.within("usageLimit", draft.usage_limit, 1, USES_MAX);
        self.within("usageLimitPerCustomer", draft.usage_limit_per_customer, 1, USES_MAX);
        self.within("usageLimitPerCode", draft.usage_limit_per_code, 1, USES_MAX);
        if draft.method == DiscountMethod::Automatic && draft.usage_limit_per_code.is_some() {
            let message = messages::automatic_has_no_code_limit();
            self.refusals.refuse(&["usageLimitPerCode"], message);
        }
    }

    pub(super) fn within(&mut self, field: &str, number: Option<i64>, least: i64, most: i64) {
        if number.is_some_and(|number| !(least..=most).contains(&number)) {
            self.refusals.refuse(&[field], messages::must_be_between(least, most));
        }
    }
}

//! A discount as staff write it, and what is wrong with it.

use chrono::{DateTime, Utc};
use vitrine_entity::{
    discount::{
        Amount, Amounts, Classes, Conditions, DiscountClass, DiscountMethod, Effect, Goods, Off, Threshold, Tier, Value,
    },
    ids::{CustomerGroupId, MarketId},
};

use super::refusals::Refusals;
use crate::{
    Result, address,
    money::{Currency, Money},
    profile::Profile,
    text,
};

const TITLE_LENGTH_MAX: usize = 100;
const NAMED_MAX: usize = 500;
const TIERS_MAX: usize = 20;
const UNITS_MAX: i64 = 1_000_000;
const USES_MAX: i64 = 1_000_000_000;
const PRIORITY_MAX: i64 = 1_000;
const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000;

/// What a discount lowers, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountKind {
    Products,
    Order,
    BuyXGetY,
    Shipping,
}

/// A discount as it should be: all of it.
#[derive(Debug, Clone)]
pub struct DiscountDraft {
    pub title: String,
    pub method: DiscountMethod,
    pub kind: DiscountKind,
    /// What it takes off; in place of it `tiers`.
    pub value: Option<OffDraft>,
    pub tiers: Vec<TierDraft>,
    /// Those that it lowers.
    pub goods: Goods,
    /// Those that must be bought, and how much of them.
    pub buy: Goods,
    pub buy_quantity: Option<i64>,
    pub buy_spend: Vec<AmountDraft>,
    pub get_quantity: Option<i64>,
    pub times_max: Option<i64>,
    /// Of shipping methods.
    pub price_max: Vec<AmountDraft>,
    pub countries: Vec<String>,
    pub minimum_quantity: Option<i64>,
    pub minimum_spend: Vec<AmountDraft>,
    pub first_order: bool,
    pub customer_groups: Vec<CustomerGroupId>,
    pub markets: Vec<MarketId>,
    pub currencies: Vec<String>,
    pub combines_with: Vec<DiscountClass>,
    pub priority: i64,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub usage_limit: Option<i64>,
    pub usage_limit_per_customer: Option<i64>,
    pub usage_limit_per_code: Option<i64>,
}

/// What is taken off: one of the three.
#[derive(Debug, Clone, Default)]
pub struct OffDraft {
    /// A decimal: `12.5`.
    pub percentage: Option<String>,
    pub amounts: Vec<AmountDraft>,
    /// Whether the amount is taken off once, rather than of each unit.
    pub once: bool,
    pub fixed_prices: Vec<AmountDraft>,
}

#[derive(Debug, Clone)]
pub struct TierDraft {
    pub quantity: Option<i64>,
    pub spend: Vec<AmountDraft>,
    pub value: OffDraft,
}

/// A decimal amount with the code of its currency.
#[derive(Debug, Clone)]
pub struct AmountDraft {
    pub amount: String,
    pub currency: String,
}

/// What a draft says, in its normal form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Checked {
    pub(super) title: String,
    pub(super) effect: Effect,
    pub(super) conditions: Conditions,
    pub(super) combines_with: Classes,
    pub(super) priority: i32,
}

/// # Errors
/// All that is wrong, by the fields of `discount`.
pub(super) fn check(draft: &DiscountDraft, profile: &Profile) -> Result<Checked> {
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

struct Check<'a> {
    profile: &'a Profile,
    refusals: Refusals,
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

    fn effect(&mut self, draft: &DiscountDraft) -> Effect {
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
            self.refusals.refuse(
                &["buyQuantity"],
                "Say how much must be bought: `buyQuantity` or `buySpend`.",
            );
            Threshold::Quantity(1)
        });
        if draft.get_quantity.is_none() {
            self.refusals.refuse(&["getQuantity"], "Say how many units are given.");
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
            let message = "Only what is taken off of products or of the order comes in tiers.";
            self.refusals.refuse(&["tiers"], message);
        }
    }

    fn value(&mut self, draft: &DiscountDraft) -> Value {
        if draft.tiers.is_empty() {
            return Value::Flat(self.one_off(draft));
        }
        if draft.value.is_some() {
            self.refusals.refuse(&["tiers"], "Give `value` or `tiers`, not both.");
        }
        if draft.tiers.len() > TIERS_MAX {
            self.refusals
                .refuse(&["tiers"], format!("A discount has at most {TIERS_MAX} tiers."));
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
                let message =
                    "Each tier begins above the one before it, and all count the same: units, or what is spent.";
                self.refusals.refuse(&["tiers", &(place + 1).to_string()], message);
            }
        }
        Value::Tiered(tiers)
    }

    fn tier(&mut self, place: usize, tier: &TierDraft, kind: DiscountKind) -> Tier {
        let place = place.to_string();
        let from = self.threshold(&["tiers", &place, "quantity"], tier.quantity, &tier.spend);
        if from.is_none() {
            let message = "Say from where on: `quantity` or `spend`.";
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
                self.refusals.refuse(&["value"], "Say what is taken off.");
                Off::Percentage(1)
            }
        }
    }

    fn off(&mut self, field: &[&str], off: &OffDraft, kind: DiscountKind) -> Off {
        let given = [
            off.percentage.is_some(),
            !off.amounts.is_empty(),
            !off.fixed_prices.is_empty(),
        ];
        if given.into_iter().filter(|given| *given).count() != 1 {
            let message = "Give one of `percentage`, `amounts` and `fixedPrices`.";
            self.refusals.refuse(field, message);
        }
        if kind == DiscountKind::Order && !off.fixed_prices.is_empty() {
            self.refusals
                .refuse(field, "An order has no fixed price: give `percentage` or `amounts`.");
        }
        let at = |name: &'static str| [field, &[name]].concat();
        if let Some(percentage) = &off.percentage {
            return Off::Percentage(self.percentage(&at("percentage"), percentage));
        }
        match off.fixed_prices.is_empty() {
            false => Off::FixedPrice(self.amounts(&at("fixedPrices"), &off.fixed_prices, 0)),
            true => {
                let amounts = self.amounts(&at("amounts"), &off.amounts, 1);
                match off.once && kind == DiscountKind::Products {
                    true => Off::AmountOnce(amounts),
                    false => Off::Amount(amounts),
                }
            }
        }
    }

    fn percentage(&mut self, field: &[&str], text: &str) -> i32 {
        let basis_points = basis_points(text.trim());
        if basis_points.is_none() {
            let message = "A percentage is above 0, at most 100, and has at most two decimals: `12.5`.";
            self.refusals.refuse(field, message);
        }
        basis_points.unwrap_or(1)
    }

    fn threshold(&mut self, field: &[&str], quantity: Option<i64>, spend: &[AmountDraft]) -> Option<Threshold> {
        let (last, before) = field.split_last()?;
        let spend_name = match *last {
            "minimumQuantity" => "minimumSpend",
            "buyQuantity" => "buySpend",
            _ => "spend",
        };
        match (quantity, spend.is_empty()) {
            (None, true) => None,
            (Some(quantity), true) => {
                if !(1..=UNITS_MAX).contains(&quantity) {
                    self.refusals
                        .refuse(field, format!("The quantity must be between 1 and {UNITS_MAX}."));
                }
                Some(Threshold::Quantity(quantity))
            }
            (None, false) => Some(Threshold::Spend(self.amounts(
                &[before, &[spend_name]].concat(),
                spend,
                1,
            ))),
            (Some(_), false) => {
                let message = format!("Give `{last}` or `{spend_name}`, not both.");
                self.refusals.refuse(field, message);
                None
            }
        }
    }

    fn optional_amounts(&mut self, field: &str, amounts: &[AmountDraft]) -> Option<Amounts> {
        (!amounts.is_empty()).then(|| self.amounts(&[field], amounts, 0))
    }

    /// In currencies that the shop sells in, each once, its own among them: others follow from that.
    fn amounts(&mut self, field: &[&str], drafts: &[AmountDraft], least_minor: i64) -> Amounts {
        let mut amounts: Vec<Amount> = Vec::new();
        for (place, draft) in drafts.iter().enumerate().take(NAMED_MAX) {
            let place = place.to_string();
            let at = |name: &'static str| [field, &[&*place, name]].concat();
            let Some(currency) = self.currency(&at("currencyCode"), &draft.currency) else {
                continue;
            };
            if amounts.iter().any(|amount| amount.currency == currency) {
                self.refusals
                    .refuse(&at("currencyCode"), format!("{currency} is there twice."));
                continue;
            }
            match Money::parse(draft.amount.trim(), currency) {
                Ok(money) if (least_minor..=AMOUNT_MINOR_MAX).contains(&money.minor) => amounts.push(Amount {
                    currency,
                    minor: money.minor,
                }),
                Ok(_) => self
                    .refusals
                    .refuse_amount(&at("amount"), "The amount is too small or too large."),
                Err(error) => self.refusals.refuse_amount(&at("amount"), format!("{error}.")),
            }
        }
        let own = self.profile.currency;
        if !drafts.is_empty() && !amounts.iter().any(|amount| amount.currency == own) && self.refusals.is_empty() {
            let message =
                format!("An amount in {own}, the shop's own currency, is needed: in others it follows from that.");
            self.refusals.refuse(field, message);
        }
        amounts.sort_by_key(|amount| amount.currency.code());
        Amounts(amounts)
    }

    fn currency(&mut self, field: &[&str], code: &str) -> Option<Currency> {
        let wanted = text::code(code).to_ascii_uppercase();
        let found = self.profile.currencies().find(|currency| currency.code() == wanted);
        if found.is_none() {
            self.refusals.refuse(field, "The shop does not sell in this currency.");
        }
        found
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
                    .refuse(&["marketIds", &place.to_string()], "There is no such market.");
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

    fn goods(&mut self, field: &str, goods: &Goods) {
        let counts = [
            ("productIds", goods.products.len()),
            ("variantIds", goods.variants.len()),
            ("categoryIds", goods.categories.len()),
            ("collectionIds", goods.collections.len()),
        ];
        for (name, count) in counts {
            if count > NAMED_MAX {
                let message = format!("At most {NAMED_MAX} may be named; make a collection for more.");
                self.refusals.refuse(&[field, name], message);
            }
        }
    }

    fn times(&mut self, draft: &DiscountDraft) {
        if let (Some(starts_at), Some(ends_at)) = (draft.starts_at, draft.ends_at)
            && ends_at <= starts_at
        {
            self.refusals.refuse(&["endsAt"], "It must end after it starts.");
        }
    }

    fn limits(&mut self, draft: &DiscountDraft) {
        self.within("usageLimit", draft.usage_limit, 1, USES_MAX);
        self.within("usageLimitPerCustomer", draft.usage_limit_per_customer, 1, USES_MAX);
        self.within("usageLimitPerCode", draft.usage_limit_per_code, 1, USES_MAX);
        if draft.method == DiscountMethod::Automatic && draft.usage_limit_per_code.is_some() {
            let message = "What applies by itself has no codes to limit.";
            self.refusals.refuse(&["usageLimitPerCode"], message);
        }
    }

    fn within(&mut self, field: &str, number: Option<i64>, least: i64, most: i64) {
        if number.is_some_and(|number| !(least..=most).contains(&number)) {
            self.refusals
                .refuse(&[field], format!("It must be between {least} and {most}."));
        }
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

/// `12.5` is 1250; `None` for what is no percentage above 0 and up to 100.
fn basis_points(text: &str) -> Option<i32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty() || whole.len() > 3 || !is_number(whole) || !is_number(fraction) || fraction.len() > 2 {
        return None;
    }
    let basis_points = format!("{whole}{fraction:0<2}").parse().ok()?;
    (1..=10_000).contains(&basis_points).then_some(basis_points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_above_nothing_and_at_most_all() {
        let read = [
            ("10", 1000),
            ("12.5", 1250),
            ("0.01", 1),
            ("100", 10_000),
            ("100.00", 10_000),
            ("7.250", 725),
        ];
        for (text, expected) in read {
            assert_eq!(basis_points(text), Some(expected), "{text}");
        }
        for text in ["0", "100.01", "101", "-1", "12.345", "", ".5", "1e1", "10%", "１０"] {
            assert_eq!(basis_points(text), None, "{text}");
        }
    }
}

//! How much a draft takes off, and from how much on.

use vitrine_entity::discount::{Amount, Amounts, Off, Threshold};

use super::{
    check::{Check, NAMED_MAX, UNITS_MAX},
    written::{AmountDraft, DiscountKind, OffDraft},
};
use crate::{
    language::messages,
    money::{Currency, Money},
    text,
};

const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000;

impl Check<'_> {
    pub(super) fn off(&mut self, field: &[&str], off: &OffDraft, kind: DiscountKind) -> Off {
        let given = [
            off.percentage.is_some(),
            !off.amounts.is_empty(),
            !off.fixed_prices.is_empty(),
        ];
        if given.into_iter().filter(|given| *given).count() != 1 {
            let message = messages::give_one_value();
            self.refusals.refuse(field, message);
        }
        if kind == DiscountKind::Order && !off.fixed_prices.is_empty() {
            self.refusals.refuse(field, messages::order_has_no_fixed_price());
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
            let message = messages::percentage_form();
            self.refusals.refuse(field, message);
        }
        basis_points.unwrap_or(1)
    }

    pub(super) fn threshold(
        &mut self,
        field: &[&str],
        quantity: Option<i64>,
        spend: &[AmountDraft],
    ) -> Option<Threshold> {
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
                    self.refusals.refuse(field, messages::quantity_range(UNITS_MAX));
                }
                Some(Threshold::Quantity(quantity))
            }
            (None, false) => Some(Threshold::Spend(self.amounts(
                &[before, &[spend_name]].concat(),
                spend,
                1,
            ))),
            (Some(_), false) => {
                let message = messages::give_one_of_two(last, spend_name);
                self.refusals.refuse(field, message);
                None
            }
        }
    }

    pub(super) fn optional_amounts(&mut self, field: &str, amounts: &[AmountDraft]) -> Option<Amounts> {
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
                    .refuse(&at("currencyCode"), messages::currency_twice(currency));
                continue;
            }
            match Money::parse(draft.amount.trim(), currency) {
                Ok(money) if (least_minor..=AMOUNT_MINOR_MAX).contains(&money.minor) => amounts.push(Amount {
                    currency,
                    minor: money.minor,
                }),
                Ok(_) => self
                    .refusals
                    .refuse_amount(&at("amount"), messages::amount_out_of_range()),
                Err(error) => self.refusals.refuse_amount(&at("amount"), error),
            }
        }
        let own = self.profile.currency;
        if !drafts.is_empty() && !amounts.iter().any(|amount| amount.currency == own) && self.refusals.is_empty() {
            let message = messages::amount_in_own_currency(own);
            self.refusals.refuse(field, message);
        }
        amounts.sort_by_key(|amount| amount.currency.code());
        Amounts(amounts)
    }

    pub(super) fn currency(&mut self, field: &[&str], code: &str) -> Option<Currency> {
        let wanted = text::code(code).to_ascii_uppercase();
        let found = self.profile.currencies().find(|currency| currency.code() == wanted);
        if found.is_none() {
            self.refusals.refuse(field, messages::currency_not_sold_in());
        }
        found
    }
}

/// `12.5` is 1250; `None` for what is no percentage above 0 and up to 100.
pub(crate) fn basis_points(text: &str) -> Option<i32> {
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

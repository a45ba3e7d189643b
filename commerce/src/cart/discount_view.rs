//! What a cart says of its discounts: of the codes that the shopper typed, and of what is near.

use vitrine_entity::ids::DiscountId;

use crate::{
    discounts::rules::{Missing, Unmet},
    language::{Message, messages},
    money::{Currency, Money},
};

/// A code that the shopper typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeView {
    /// In its normal form.
    pub code: String,
    /// Whose code it is, where it may be this cart's.
    pub discount: Option<DiscountId>,
    /// What its discount is called, where it has one.
    pub title: Option<String>,
    /// What it takes off.
    pub amount: Money,
    /// Why it takes nothing off. None where it does, or will once a shipping method is chosen.
    pub unmet: Option<Unmet>,
}

impl CodeView {
    /// Whether the shopper has to take it away or to change something before they order: they would pay more than they expect.
    pub fn is_in_the_way(&self) -> bool {
        // Without these two nobody would pay less.
        !matches!(self.unmet, None | Some(Unmet::NothingLeft | Unmet::Outdone))
    }

    /// Why it takes nothing off.
    pub fn message(&self) -> Option<Message> {
        let unmet = self.unmet.as_ref()?;
        Some(why(&self.code, unmet, self.amount.currency))
    }

    /// What must be added.
    pub fn missing(&self) -> Option<Missing> {
        match self.unmet {
            Some(Unmet::TooLittle(missing)) => Some(missing),
            _ => None,
        }
    }
}

/// A discount that applies by itself, or a higher tier of one, and is near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferView {
    pub discount: DiscountId,
    pub title: String,
    pub missing: Missing,
    pub currency: Currency,
}

impl OfferView {
    /// Says what is missing.
    pub fn message(&self) -> Message {
        near(self)
    }
}

/// Says to the shopper why a code takes nothing off.
fn why(code: &str, unmet: &Unmet, currency: Currency) -> Message {
    match unmet {
        Unmet::Unknown => messages::discount_code_unknown(code),
        Unmet::Expired => messages::discount_code_expired(code),
        Unmet::UsedUp => messages::discount_code_used_up(code),
        Unmet::UsedByShopper => messages::discount_code_used_by_you(code),
        Unmet::Elsewhere => messages::discount_code_elsewhere(code),
        Unmet::OtherCustomers => messages::discount_code_other_customers(code),
        Unmet::NotFirstOrder => messages::discount_code_not_first(code),
        Unmet::OtherGoods => messages::discount_code_other_goods(code),
        Unmet::TooLittle(Missing::SpendMinor(minor)) => {
            messages::discount_code_spend_more(code, Money::new(*minor, currency))
        }
        Unmet::TooLittle(Missing::Quantity(count)) => messages::discount_code_add_units(*count, code),
        Unmet::TooLittle(Missing::Gift(count)) => messages::discount_code_add_gift(*count, code),
        Unmet::OtherDestination => messages::discount_code_other_destination(code),
        Unmet::OtherMethod => messages::discount_code_other_method(code),
        Unmet::NothingLeft => messages::discount_code_nothing_left(code),
        Unmet::Outdone => messages::discount_code_outdone(code),
    }
}

/// Says what is missing for a discount that is near.
fn near(offer: &OfferView) -> Message {
    match offer.missing {
        Missing::SpendMinor(minor) => messages::discount_near_spend(Money::new(minor, offer.currency), &offer.title),
        Missing::Quantity(count) => messages::discount_near_units(count, &offer.title),
        Missing::Gift(count) => messages::discount_near_gift(count, &offer.title),
    }
}

//! What stands between a cart and an order.

use vitrine_entity::ids::CartLineId;

use super::discount_view::CodeView;
use crate::{
    ErrorCode, Refusal,
    address::called,
    error::Details,
    language::{Message, messages},
    money::Money,
    pricing::QuantityRule,
};

/// Something that must be mended before an order can be placed. Even a changed price is first to be
/// seen and accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CartProblem {
    Empty,
    SoldOut {
        line: CartLineId,
        sku: String,
        title: String,
    },
    InsufficientStock {
        line: CartLineId,
        sku: String,
        title: String,
        available: i64,
    },
    NotForSale {
        line: CartLineId,
        sku: String,
        title: String,
    },
    /// It is sold, and not in that country.
    NotSoldThere {
        line: CartLineId,
        sku: String,
        title: String,
        country: String,
    },
    PriceChanged {
        line: CartLineId,
        sku: String,
        title: String,
        seen: Money,
        current: Money,
    },
    /// It is not sold in this quantity to whoever buys.
    Quantity {
        line: CartLineId,
        title: String,
        quantity: i64,
        rule: QuantityRule,
    },
    ContactMissing,
    AddressMissing,
    NotShippable {
        country: String,
    },
    /// No shipping method that reaches the address carries what the line asks for.
    NotCarried {
        line: CartLineId,
        sku: String,
        title: String,
    },
    /// No shipping method carries all of it together: its weight, its worth, or goods that do not go together.
    NoMethodFits,
    ShippingMethodMissing,
    /// What was to pay has less left than the shopper saw, so that more of the total is left to be paid.
    CreditLower {
        /// Of a gift card's code; none of store credit.
        last_four: Option<String>,
        seen: Money,
        current: Money,
    },
    /// A code that the shopper typed does not apply.
    DiscountCode(CodeView),
    /// The payment providers take no such amount: the shop's prices do not fit them.
    NotPayable {
        due: Money,
        step: Money,
    },
    /// The draft order that it is of has expired, or was taken back.
    DraftOrderOver,
}

impl CartProblem {
    /// The line that it is about.
    pub fn line(&self) -> Option<CartLineId> {
        match self {
            Self::SoldOut { line, .. }
            | Self::InsufficientStock { line, .. }
            | Self::NotForSale { line, .. }
            | Self::NotSoldThere { line, .. }
            | Self::NotCarried { line, .. }
            | Self::Quantity { line, .. }
            | Self::PriceChanged { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// Calls the goods that it is about otherwise.
    pub(super) fn call(&mut self, called: String) {
        match self {
            Self::SoldOut { title, .. }
            | Self::InsufficientStock { title, .. }
            | Self::NotForSale { title, .. }
            | Self::NotSoldThere { title, .. }
            | Self::NotCarried { title, .. }
            | Self::Quantity { title, .. }
            | Self::PriceChanged { title, .. } => *title = called,
            _ => {}
        }
    }

    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Empty => ErrorCode::CartEmpty,
            Self::SoldOut { .. } | Self::InsufficientStock { .. } => ErrorCode::InsufficientStock,
            Self::NotForSale { .. } | Self::NotSoldThere { .. } => ErrorCode::NotForSale,
            Self::PriceChanged { .. } => ErrorCode::PriceChanged,
            Self::CreditLower { .. } => ErrorCode::CreditChanged,
            Self::Quantity { .. } => ErrorCode::CartLimit,
            Self::NotShippable { .. } | Self::NotCarried { .. } | Self::NoMethodFits => ErrorCode::NotShippable,
            Self::DiscountCode(_) => ErrorCode::DiscountUnavailable,
            Self::NotPayable { .. } => ErrorCode::InvalidAmount,
            Self::DraftOrderOver => ErrorCode::DraftOrderState,
            Self::ContactMissing | Self::AddressMissing | Self::ShippingMethodMissing => ErrorCode::CartIncomplete,
        }
    }

    /// Says it to the shopper.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => messages::cart_empty(),
            Self::SoldOut { title, .. } => messages::sold_out(title),
            Self::InsufficientStock { title, available, .. } => messages::only_so_many(available, title),
            Self::NotForSale { title, .. } => messages::no_longer_sold(title),
            Self::NotSoldThere { title, country, .. } => messages::not_sold_there(title, called(country)),
            Self::PriceChanged {
                title, seen, current, ..
            } => messages::price_changed(title, current, seen),
            Self::CreditLower {
                last_four: Some(digits),
                seen,
                current,
            } => messages::gift_card_lower(current, digits, seen),
            Self::CreditLower { seen, current, .. } => messages::store_credit_lower(current, seen),
            Self::Quantity {
                title, quantity, rule, ..
            } => match rule.maximum {
                _ if *quantity < rule.minimum => messages::order_at_least(title, rule.minimum),
                Some(maximum) if *quantity > maximum => messages::order_at_most(title, maximum),
                _ => messages::order_in_steps(title, rule.step),
            },
            Self::ContactMissing => messages::contact_missing(),
            Self::AddressMissing => messages::address_missing(),
            Self::NotShippable { country } => messages::not_shipped_to(called(country)),
            Self::NotCarried { title, .. } => messages::not_carried(title),
            Self::NoMethodFits => messages::no_method_fits(),
            Self::NotPayable { due, step } => messages::not_payable(due, step),
            Self::DiscountCode(code) => code.message().unwrap_or_else(messages::discount_gone),
            Self::ShippingMethodMissing => messages::method_missing(),
            Self::DraftOrderOver => messages::draft_order_over(),
        }
    }

    /// The same as a refusal of placing the order.
    pub fn refusal(&self) -> Refusal {
        let mut refusal = Refusal::new(self.code(), self.message()).at(&["cartId"]);
        refusal.details = match self {
            Self::SoldOut { line, sku, .. } => Some((line, sku, 0)),
            Self::InsufficientStock {
                line, sku, available, ..
            } => Some((line, sku, *available)),
            _ => None,
        }
        .map(|(line, sku, available)| Details::InsufficientStock {
            line: Some(*line),
            sku: sku.clone(),
            available,
        });
        refusal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_country_is_called_in_the_readers_language() {
        let nowhere = CartProblem::NotShippable {
            country: "CH".to_owned(),
        };
        for (language, said) in [
            ("en", "Nothing is shipped to this country: Switzerland."),
            ("de", "In dieses Land wird nichts geliefert: Schweiz."),
            ("ja", "スイスへはお届けできません。"),
        ] {
            assert_eq!(Language::of(language, "").say(&nowhere.message()), said);
        }
    }
}

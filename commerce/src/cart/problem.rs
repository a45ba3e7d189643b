//! What stands between a cart and an order.

use vitrine_entity::ids::CartLineId;

use crate::{ErrorCode, Refusal, error::Details, money::Money};

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
    PriceChanged {
        line: CartLineId,
        sku: String,
        title: String,
        seen: Money,
        current: Money,
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
    /// The payment providers take no such amount: the shop's prices do not fit them.
    NotPayable {
        due: Money,
        step: Money,
    },
}

impl CartProblem {
    /// The line that it is about.
    pub fn line(&self) -> Option<CartLineId> {
        match self {
            Self::SoldOut { line, .. }
            | Self::InsufficientStock { line, .. }
            | Self::NotForSale { line, .. }
            | Self::NotCarried { line, .. }
            | Self::PriceChanged { line, .. } => Some(*line),
            _ => None,
        }
    }

    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Empty => ErrorCode::CartEmpty,
            Self::SoldOut { .. } | Self::InsufficientStock { .. } => ErrorCode::InsufficientStock,
            Self::NotForSale { .. } => ErrorCode::NotForSale,
            Self::PriceChanged { .. } => ErrorCode::PriceChanged,
            Self::NotShippable { .. } | Self::NotCarried { .. } | Self::NoMethodFits => ErrorCode::NotShippable,
            Self::NotPayable { .. } => ErrorCode::InvalidAmount,
            Self::ContactMissing | Self::AddressMissing | Self::ShippingMethodMissing => ErrorCode::CartIncomplete,
        }
    }

    /// Says it to the shopper.
    pub fn message(&self) -> String {
        match self {
            Self::Empty => "The cart is empty.".to_owned(),
            Self::SoldOut { title, .. } => format!("{title} is sold out."),
            Self::InsufficientStock { title, available, .. } => format!("Only {available} of {title} are available."),
            Self::NotForSale { title, .. } => format!("{title} is no longer sold."),
            Self::PriceChanged {
                title, seen, current, ..
            } => {
                format!("The price of {title} is now {current}; it was {seen}.")
            }
            Self::ContactMissing => "A mail address is needed.".to_owned(),
            Self::AddressMissing => "A shipping address is needed.".to_owned(),
            Self::NotShippable { country } => format!("Nothing is shipped to {country}."),
            Self::NotCarried { title, .. } => {
                format!("No shipping method carries {title} to this address: remove it, or send it elsewhere.")
            }
            Self::NoMethodFits => "No shipping method carries all of this cart together, by its weight or worth or \
                 because its goods do not go together: change what is in it, or place several orders."
                .to_owned(),
            Self::NotPayable { due, step } => format!(
                "{due} cannot be paid here: payments are taken in multiples of {step}. Change how many are in the cart, \
                 or tell the shop."
            ),
            Self::ShippingMethodMissing => "A shipping method must be chosen.".to_owned(),
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

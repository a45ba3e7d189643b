use async_graphql::{Enum, ID, Object};
use vitrine_commerce::cart;

use crate::{
    graphql::shared::{Money, Said, int},
    ids,
};

/// What is wrong with a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CartProblemCode {
    /// The cart has no lines.
    Empty,
    /// Nothing is left of what a line asks for.
    SoldOut,
    /// Less is left than a line asks for: see `availableQuantity`.
    InsufficientStock,
    /// What a line asks for is no longer sold: remove the line.
    NotForSale,
    /// What a line asks for is not sold in the country that the cart goes to: remove the line, or send it elsewhere.
    NotSoldThere,
    /// The price has changed since the shopper saw it: show `seenPrice` and `currentPrice`, then
    /// `cartPricesAccept`.
    PriceChanged,
    /// A line's quantity is not one in which its goods are sold to whoever buys: the message says which are.
    Quantity,
    /// A mail address is needed: `cartContactUpdate`.
    ContactMissing,
    /// A shipping address is needed: `cartAddressesUpdate`.
    AddressMissing,
    /// Nothing is shipped to the address.
    NotShippable,
    /// No shipping method that reaches the address carries what a line asks for: remove the line.
    NotCarried,
    /// No shipping method carries all of it together, by weight, by worth, or because its goods do not go together.
    NoMethodFits,
    /// A shipping method must be chosen: `cartShippingMethodSelect`.
    ShippingMethodMissing,
    /// A gift card or store credit that is to pay has less left than the shopper saw, so that more is left to be paid
    /// otherwise: show the cart's `credits`, then `cartCreditsAccept`, or remove the card.
    CreditLower,
    /// A code of a discount does not apply: `discountCodes` says why, and what is missing. Add that, or take the code away
    /// with `cartDiscountCodesRemove`.
    DiscountCode,
    /// None of the shop's ways to pay takes such an amount: of some currencies, cards take no odd thousandths. Change
    /// quantities; the shop has to change its prices.
    NotPayable,
    /// The draft order that it is of has expired, or was taken back: ask the shop for another.
    DraftOrderOver,
}

/// Something that the shopper should know of, or must mend before ordering.
#[derive(Debug, Clone)]
pub struct CartProblem(pub cart::CartProblem);

/// Something that the shopper should know of, or must mend before ordering.
#[Object]
impl CartProblem {
    /// What is wrong. Stable: branch on it.
    async fn code(&self) -> CartProblemCode {
        match self.0 {
            cart::CartProblem::Empty => CartProblemCode::Empty,
            cart::CartProblem::SoldOut { .. } => CartProblemCode::SoldOut,
            cart::CartProblem::InsufficientStock { .. } => CartProblemCode::InsufficientStock,
            cart::CartProblem::NotForSale { .. } => CartProblemCode::NotForSale,
            cart::CartProblem::NotSoldThere { .. } => CartProblemCode::NotSoldThere,
            cart::CartProblem::PriceChanged { .. } => CartProblemCode::PriceChanged,
            cart::CartProblem::Quantity { .. } => CartProblemCode::Quantity,
            cart::CartProblem::ContactMissing => CartProblemCode::ContactMissing,
            cart::CartProblem::AddressMissing => CartProblemCode::AddressMissing,
            cart::CartProblem::NotShippable { .. } => CartProblemCode::NotShippable,
            cart::CartProblem::NotCarried { .. } => CartProblemCode::NotCarried,
            cart::CartProblem::NoMethodFits => CartProblemCode::NoMethodFits,
            cart::CartProblem::ShippingMethodMissing => CartProblemCode::ShippingMethodMissing,
            cart::CartProblem::CreditLower { .. } => CartProblemCode::CreditLower,
            cart::CartProblem::DiscountCode(_) => CartProblemCode::DiscountCode,
            cart::CartProblem::NotPayable { .. } => CartProblemCode::NotPayable,
            cart::CartProblem::DraftOrderOver => CartProblemCode::DraftOrderOver,
        }
    }

    /// Says it to the shopper, in a sentence.
    async fn message(&self) -> Said {
        self.0.message().into()
    }

    /// The cart's line that it is about, where it is about one.
    async fn line_id(&self) -> Option<ID> {
        self.0.line().map(ids::public)
    }

    /// How many units could be had, where stock is the problem.
    async fn available_quantity(&self) -> Option<i32> {
        match self.0 {
            cart::CartProblem::SoldOut { .. } => Some(0),
            cart::CartProblem::InsufficientStock { available, .. } => Some(int(available)),
            _ => None,
        }
    }

    /// The code that does not apply, where a code is the problem.
    async fn discount_code(&self) -> Option<&str> {
        match &self.0 {
            cart::CartProblem::DiscountCode(typed) => Some(&typed.code),
            _ => None,
        }
    }

    /// The unit price that the shopper saw, where the price is the problem.
    async fn seen_price(&self) -> Option<Money> {
        match self.0 {
            cart::CartProblem::PriceChanged { seen, .. } => Some(seen.into()),
            _ => None,
        }
    }

    /// Today's unit price, where the price is the problem.
    async fn current_price(&self) -> Option<Money> {
        match self.0 {
            cart::CartProblem::PriceChanged { current, .. } => Some(current.into()),
            _ => None,
        }
    }
}

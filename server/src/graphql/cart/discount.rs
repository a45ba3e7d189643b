use async_graphql::{Enum, ID, SimpleObject};
use vitrine_commerce::{
    cart::{self, CodeView, OfferView},
    discounts::rules::{Missing, Unmet},
    money::Currency,
    pricing::{Effect, Origin},
};

use super::adjustment::AdjustmentKind;
use crate::{
    graphql::shared::{Money, Said, int},
    ids,
};

/// Why a code takes nothing off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CartDiscountReason {
    /// There is no such code any more.
    Unknown,
    /// Its time is over.
    Expired,
    /// As many orders have it as may.
    UsedUp,
    /// The shopper has used it as often as they may.
    UsedByShopper,
    /// It is not for where the shopper is, or not for what they pay in.
    Elsewhere,
    /// It is for certain customers: signing in may help.
    OtherCustomers,
    /// It is for a first order.
    NotFirstOrder,
    /// None of the goods that it is for is in the cart.
    OtherGoods,
    /// Too little is: see `missingAmount` and `missingQuantity`.
    TooLittle,
    /// It is not for where the goods go.
    OtherDestination,
    /// It is not for the chosen shipping method.
    OtherMethod,
    /// Others have left nothing to take off.
    NothingLeft,
    /// It does not go together with other discounts of the cart, which take more off.
    Outdone,
}

/// A code of a discount that the shopper typed.
#[derive(Debug, SimpleObject)]
pub struct CartDiscountCode {
    /// The code, in its normal form.
    pub code: String,
    /// What its discount is called.
    pub title: Option<String>,
    /// Whether it takes something off, or will once a shipping method is chosen.
    pub applies: bool,
    /// How much it takes off.
    pub amount: Money,
    /// Why it takes nothing off. But for `NOTHING_LEFT` and `OUTDONE` it is one of the cart's `problems`, too: nobody pays
    /// more than they expected.
    pub reason: Option<CartDiscountReason>,
    /// Says that to the shopper, with what is missing.
    pub message: Option<Said>,
    /// For how much more has to be in the cart.
    pub missing_amount: Option<Money>,
    /// How many more units have to be in the cart.
    pub missing_quantity: Option<i32>,
}

/// A discount that would apply by itself, or a higher tier of one.
#[derive(Debug, SimpleObject)]
pub struct DiscountOffer {
    /// The discount's id.
    pub discount_id: ID,
    /// What it is called.
    pub title: String,
    /// Says to the shopper what is missing, as in `EUR 12.00 more for: Free shipping`.
    pub message: Said,
    /// For how much more has to be in the cart.
    pub missing_amount: Option<Money>,
    /// How many more units have to be in the cart.
    pub missing_quantity: Option<i32>,
}

/// What was taken off a line or put on it.
#[derive(Debug, SimpleObject)]
pub struct LineAdjustment {
    /// Whether it was taken off or put on.
    pub kind: AdjustmentKind,
    /// What it is called.
    pub title: String,
    /// The code by which it was had, where it was.
    pub code: Option<String>,
    /// The discount that it is of, where it is of one.
    pub discount_id: Option<ID>,
    /// How much; more than nothing.
    pub amount: Money,
}

impl From<&CodeView> for CartDiscountCode {
    fn from(typed: &CodeView) -> Self {
        let missing = typed.missing();
        Self {
            code: typed.code.clone(),
            title: typed.title.clone(),
            applies: typed.unmet.is_none(),
            amount: typed.amount.into(),
            reason: typed.unmet.as_ref().map(CartDiscountReason::from),
            message: typed.message().map(Said),
            missing_amount: missing.and_then(|missing| amount(missing, typed.amount.currency)),
            missing_quantity: missing.and_then(quantity),
        }
    }
}

impl From<&OfferView> for DiscountOffer {
    fn from(offer: &OfferView) -> Self {
        Self {
            discount_id: ids::public(offer.discount),
            title: offer.title.clone(),
            message: offer.message().into(),
            missing_amount: amount(offer.missing, offer.currency),
            missing_quantity: quantity(offer.missing),
        }
    }
}

impl From<&cart::LineAdjustment> for LineAdjustment {
    fn from(line: &cart::LineAdjustment) -> Self {
        let adjustment = &line.adjustment;
        let (discount_id, code) = match adjustment.origin {
            Some(Origin::Discount { discount, code }) => {
                (Some(ids::public(discount)), code.map(|_| adjustment.code.clone()))
            }
            None => (None, None),
        };
        Self {
            kind: match adjustment.effect {
                Effect::Discount(_) => AdjustmentKind::Discount,
                Effect::Fee(_) => AdjustmentKind::Fee,
                Effect::Credit => AdjustmentKind::Credit,
            },
            title: adjustment.label.clone(),
            code,
            discount_id,
            amount: line.amount.into(),
        }
    }
}

impl From<&Unmet> for CartDiscountReason {
    fn from(unmet: &Unmet) -> Self {
        match unmet {
            Unmet::Unknown => Self::Unknown,
            Unmet::Expired => Self::Expired,
            Unmet::UsedUp => Self::UsedUp,
            Unmet::UsedByShopper => Self::UsedByShopper,
            Unmet::Elsewhere => Self::Elsewhere,
            Unmet::OtherCustomers => Self::OtherCustomers,
            Unmet::NotFirstOrder => Self::NotFirstOrder,
            Unmet::OtherGoods => Self::OtherGoods,
            Unmet::TooLittle(_) => Self::TooLittle,
            Unmet::OtherDestination => Self::OtherDestination,
            Unmet::OtherMethod => Self::OtherMethod,
            Unmet::NothingLeft => Self::NothingLeft,
            Unmet::Outdone => Self::Outdone,
        }
    }
}

fn amount(missing: Missing, currency: Currency) -> Option<Money> {
    match missing {
        Missing::SpendMinor(minor) => Some(Money::new(minor, currency)),
        Missing::Quantity(_) | Missing::Gift(_) => None,
    }
}

fn quantity(missing: Missing) -> Option<i32> {
    match missing {
        Missing::Quantity(count) | Missing::Gift(count) => Some(int(count)),
        Missing::SpendMinor(_) => None,
    }
}

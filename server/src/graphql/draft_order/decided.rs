use async_graphql::SimpleObject;
use vitrine_commerce::money::convert::percent_decimal;
use vitrine_entity::{
    cart::{self, OwnDiscount, OwnOff, OwnShipping},
    currency::Currency,
};

use super::object::DraftOrder;
use crate::graphql::shared::{Decimal, Money};

/// What staff decided of a cart that they put together: what it holds, and for how much, they alone change.
#[derive(Debug, SimpleObject)]
pub struct CartDraft {
    /// The draft order that it is of.
    pub order: Option<DraftOrder>,
    /// How it is sent, in place of the shop's methods; it is the only one of `shippingMethods` then. Null where whoever pays
    /// chooses among those.
    pub shipping: Option<DraftOrderShipping>,
    /// What they take off of the goods; it is among the `adjustments`.
    pub discount: Option<DraftOrderDiscount>,
}

/// A way to send a draft order that staff named.
#[derive(Debug, SimpleObject)]
pub struct DraftOrderShipping {
    /// What they call it.
    pub title: String,
    /// What it costs, as the shop's prices are written: with the tax where they contain it.
    pub price: Money,
}

/// What staff take off of a draft order's goods: an amount, or a percentage.
#[derive(Debug, SimpleObject)]
pub struct DraftOrderDiscount {
    /// What they call it.
    pub title: String,
    /// How much.
    pub amount: Option<Money>,
    /// Above 0 and at most 100.
    pub percentage: Option<Decimal>,
}

impl CartDraft {
    pub fn of(draft: &cart::CartDraft, order: Option<DraftOrder>, currency: Currency) -> Self {
        Self {
            order,
            shipping: draft.shipping.as_ref().map(|own| DraftOrderShipping::of(own, currency)),
            discount: draft.discount.as_ref().map(|own| DraftOrderDiscount::of(own, currency)),
        }
    }
}

impl DraftOrderShipping {
    fn of(own: &OwnShipping, currency: Currency) -> Self {
        Self {
            title: own.title.clone(),
            price: Money::new(own.amount_minor, currency),
        }
    }
}

impl DraftOrderDiscount {
    fn of(own: &OwnDiscount, currency: Currency) -> Self {
        let (amount, percentage) = match own.off {
            OwnOff::AmountMinor(minor) => (Some(Money::new(minor, currency)), None),
            OwnOff::BasisPoints(basis_points) => (None, Some(Decimal(percent_decimal(basis_points)))),
        };
        Self {
            title: own.title.clone(),
            amount,
            percentage,
        }
    }
}

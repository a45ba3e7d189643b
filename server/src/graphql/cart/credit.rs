use async_graphql::{Enum, ID, SimpleObject};
use vitrine_commerce::credit;

use crate::{graphql::shared::Money, ids};

/// What pays before the payment method does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::credit_account::CreditKind")]
pub enum CreditKind {
    /// A gift card.
    GiftCard,
    /// The customer's store credit.
    StoreCredit,
}

/// A gift card or store credit that pays the cart, and how much of it.
#[derive(Debug, SimpleObject)]
pub struct CartCredit {
    /// Which of the two.
    pub kind: CreditKind,
    /// The account's id: `cartGiftCardRemove` takes a gift card's.
    pub id: ID,
    /// The last four characters of a gift card's code; null of store credit.
    pub last_four: Option<String>,
    /// What it could pay.
    pub balance: Money,
    /// What it pays of this cart.
    pub applied: Money,
}

impl From<&credit::CartCredit> for CartCredit {
    fn from(credit: &credit::CartCredit) -> Self {
        Self {
            kind: credit.account.kind.into(),
            id: ids::public(credit.account.id),
            last_four: credit.account.last_four.clone(),
            balance: credit.usable.into(),
            applied: credit.applied.into(),
        }
    }
}

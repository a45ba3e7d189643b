use async_graphql::{Enum, ID, SimpleObject};
use uuid::Uuid;
use vitrine_commerce::credit::Difference;
use vitrine_entity::{
    credit_finding::CreditFindingKind,
    ids::{CreditAccountId, OrderId},
};

use crate::ids;

/// What of the books of credit does not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::credit_finding::CreditFindingKind")]
pub enum CreditDifferenceKind {
    /// A balance is not the sum of its entries.
    Balance,
    /// What an order says that credit has paid is not what was taken for it.
    Paid,
    /// What is noted to be back of an order is not what was given back.
    Returned,
}

/// Something in the books of gift cards and store credit that does not agree. There should be none, ever.
#[derive(Debug, SimpleObject)]
pub struct CreditDifference {
    /// What does not agree.
    pub kind: CreditDifferenceKind,
    /// The gift card's, the store credit's or the order's id.
    pub id: ID,
    /// What is noted there, in minor units of its currency.
    pub noted_minor: String,
    /// What the entries come to, in minor units of its currency.
    pub entries_minor: String,
}

/// The public id of what a difference is about.
pub fn subject(kind: CreditFindingKind, subject: Uuid) -> ID {
    match kind {
        CreditFindingKind::Balance => ids::public(CreditAccountId(subject)),
        CreditFindingKind::Paid | CreditFindingKind::Returned => ids::public(OrderId(subject)),
    }
}

impl From<Difference> for CreditDifference {
    fn from(difference: Difference) -> Self {
        Self {
            kind: difference.kind.into(),
            id: subject(difference.kind, difference.subject),
            noted_minor: difference.noted_minor.to_string(),
            entries_minor: difference.entries_minor.to_string(),
        }
    }
}

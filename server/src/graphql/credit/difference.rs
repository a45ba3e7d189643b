use async_graphql::{Enum, ID, SimpleObject};
use vitrine_commerce::credit::Difference;

use crate::ids;

/// What of the books of credit does not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
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

impl From<Difference> for CreditDifference {
    fn from(difference: Difference) -> Self {
        let (kind, id, noted, entries) = match difference {
            Difference::Balance {
                account,
                balance_minor,
                entries_minor,
            } => (
                CreditDifferenceKind::Balance,
                ids::public(account),
                balance_minor,
                entries_minor,
            ),
            Difference::Paid {
                order,
                paid_minor,
                entries_minor,
            } => (
                CreditDifferenceKind::Paid,
                ids::public(order),
                paid_minor,
                entries_minor,
            ),
            Difference::Returned {
                order,
                returned_minor,
                entries_minor,
            } => (
                CreditDifferenceKind::Returned,
                ids::public(order),
                returned_minor,
                entries_minor,
            ),
        };
        Self {
            kind,
            id,
            noted_minor: noted.to_string(),
            entries_minor: entries.to_string(),
        }
    }
}

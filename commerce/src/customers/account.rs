//! Who can sign in.

use vitrine_entity::{
    ids::{CustomerId, StaffMemberId},
    staff_member::StaffRole,
};

/// Whose token or session it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Customer(CustomerId),
    Staff(StaffMemberId),
}

/// Whose session it is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Account {
    Customer(CustomerId),
    /// With the role that a server of the version before reads in a token.
    Staff(StaffMemberId, StaffRole),
}

impl Account {
    pub(super) fn holder(self) -> Holder {
        match self {
            Self::Customer(id) => Holder::Customer(id),
            Self::Staff(id, _) => Holder::Staff(id),
        }
    }
}

//! Who can sign in.

use vitrine_entity::{
    ids::{CustomerId, StaffMemberId},
    staff_member::StaffRole,
};

use crate::Viewer;

/// Whose session it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Account {
    Customer(CustomerId),
    Staff(StaffMemberId, StaffRole),
}

impl Account {
    pub(super) fn viewer(self) -> Viewer {
        match self {
            Self::Customer(id) => Viewer::Customer(id),
            Self::Staff(id, role) => Viewer::Staff(id, role),
        }
    }
}

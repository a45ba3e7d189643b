//! Who can sign in.

use vitrine_entity::ids::{CustomerId, StaffMemberId};

/// Whose token or session it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Customer(CustomerId),
    Staff(StaffMemberId),
}

/// Whoever signs in.
pub(crate) type Account = Holder;

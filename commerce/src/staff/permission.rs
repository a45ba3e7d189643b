//! Which role may do what.

use vitrine_entity::{ids::StaffMemberId, staff_member::StaffRole};

use crate::{Context, ErrorCode, Refusal, Result, Viewer};

/// Something that only staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Products, categories, prices and what else is shown to shoppers.
    Catalog,
    /// See, dispatch, complete and cancel any order.
    Orders,
    /// Pay money back.
    Refunds,
    /// See the payment ledger and the providers' state; compare the books and mend ours.
    Payments,
    /// Count and correct stock.
    Inventory,
    /// See customers and their data.
    Customers,
    /// See and change who is staff.
    Staff,
    /// Look after the jobs, and revive what is buried.
    Jobs,
    /// What the shop is: its name and languages, where it sends to and for how much, taxes, locations.
    Settings,
    /// Pages, policies and menus.
    Content,
}

/// Gives the member of staff who asks, if their role has `permission`.
///
/// # Errors
/// A refusal: `UNAUTHENTICATED` for a guest, whom signing in may help, `FORBIDDEN` for everybody
/// else. The shop itself is no member of staff and is refused too: see [`allowed`].
pub fn require(context: &Context, permission: Permission) -> Result<StaffMemberId> {
    match context.viewer {
        Viewer::Staff(id, role) if allows(role, permission) => Ok(id),
        Viewer::Guest => Err(Refusal::new(ErrorCode::Unauthenticated, "Sign in as a member of staff.").into()),
        _ => Err(Refusal::new(ErrorCode::Forbidden, "Your role does not allow this.").into()),
    }
}

/// As [`require`], where the shop itself may too: jobs, schedules and the command line.
///
/// # Errors
/// As [`require`].
pub fn require_or_system(context: &Context, permission: Permission) -> Result<()> {
    match context.viewer {
        Viewer::System => Ok(()),
        _ => require(context, permission).map(drop),
    }
}

/// Whether `context` may, where the shop itself may too: jobs, schedules and the command line.
pub fn allowed(context: &Context, permission: Permission) -> bool {
    match context.viewer {
        Viewer::System => true,
        Viewer::Staff(_, role) => allows(role, permission),
        Viewer::Guest | Viewer::Customer(_) => false,
    }
}

/// What a role may do.
pub fn allows(role: StaffRole, permission: Permission) -> bool {
    match role {
        StaffRole::Administrator => true,
        StaffRole::Fulfilment => matches!(permission, Permission::Orders | Permission::Inventory),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use vitrine_entity::ids::CustomerId;

    use super::*;
    use crate::{Error, memory::context};

    const ALL: [Permission; 10] = [
        Permission::Catalog,
        Permission::Orders,
        Permission::Refunds,
        Permission::Payments,
        Permission::Inventory,
        Permission::Customers,
        Permission::Staff,
        Permission::Jobs,
        Permission::Settings,
        Permission::Content,
    ];

    fn refusal(viewer: Viewer, permission: Permission) -> Option<ErrorCode> {
        match require(&context(viewer), permission) {
            Ok(_) => None,
            Err(Error::Refused(refusals)) => Some(refusals[0].code),
            Err(fault) => panic!("{fault}"),
        }
    }

    #[test]
    fn each_role_may_what_it_must() {
        let id = StaffMemberId(Uuid::from_u128(1));
        for permission in ALL {
            assert_eq!(refusal(Viewer::Staff(id, StaffRole::Administrator), permission), None);
        }
        let packer = Viewer::Staff(id, StaffRole::Fulfilment);
        let may: Vec<_> = ALL
            .into_iter()
            .filter(|&permission| refusal(packer, permission).is_none())
            .collect();
        assert_eq!(may, [Permission::Orders, Permission::Inventory]);
        assert_eq!(refusal(packer, Permission::Refunds), Some(ErrorCode::Forbidden));
    }

    #[test]
    fn shoppers_may_nothing_and_the_shop_itself_all() {
        let customer = Viewer::Customer(CustomerId(Uuid::from_u128(1)));
        for permission in ALL {
            assert_eq!(refusal(Viewer::Guest, permission), Some(ErrorCode::Unauthenticated));
            assert_eq!(refusal(customer, permission), Some(ErrorCode::Forbidden));
            assert!(!allowed(&context(Viewer::Guest), permission) && !allowed(&context(customer), permission));
            assert!(allowed(&context(Viewer::System), permission));
        }
    }
}

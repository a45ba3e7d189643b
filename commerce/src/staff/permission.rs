//! Who may do what.

pub use vitrine_entity::permission::{Permission, Permissions};

use crate::{Context, ErrorCode, Refusal, Result, Viewer, language::messages};

/// Gives whoever asks, a member of staff or an app, if they have `permission`.
///
/// # Errors
/// A refusal: `UNAUTHENTICATED` for a guest, whom signing in may help, `FORBIDDEN` for everybody
/// else. The shop itself is no member of staff and is refused too: see [`allowed`].
pub fn require(context: &Context, permission: Permission) -> Result<Viewer> {
    match context.viewer {
        Viewer::Staff(_, has) | Viewer::App(_, has) if has.has(permission) => Ok(context.viewer),
        Viewer::Guest => Err(Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_as_staff()).into()),
        Viewer::App(..) => {
            let message = messages::app_lacks(permission.name());
            Err(Refusal::new(ErrorCode::Forbidden, message).into())
        }
        // A role that requires a second factor gives nothing before there is one.
        Viewer::Staff(_, has) if has.is_empty() => {
            let message = messages::role_lacks_second_factor();
            Err(Refusal::new(ErrorCode::Forbidden, message).into())
        }
        _ => Err(Refusal::new(ErrorCode::Forbidden, messages::role_lacks()).into()),
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
        viewer => viewer.permissions().has(permission),
    }
}

/// Refuses to hand out, or to touch, what is more than whoever asks may do: nobody gives what they do not have.
pub(super) fn require_within(context: &Context, permissions: Permissions, field: &[&str]) -> Result<()> {
    let beyond = match context.viewer {
        Viewer::System => Permissions::NONE,
        viewer => permissions.without(viewer.permissions()),
    };
    if beyond.is_empty() {
        return Ok(());
    }
    let names = beyond.iter().map(Permission::name).collect::<Vec<_>>().join(", ");
    let message = messages::beyond_own_rights(names);
    Err(Refusal::new(ErrorCode::Forbidden, message).at(field).into())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use vitrine_entity::{
        ids::{AppId, CustomerId, StaffMemberId},
        staff_member::StaffRole,
    };

    use super::*;
    use crate::{Error, memory::context};

    fn refusal(viewer: Viewer, permission: Permission) -> Option<ErrorCode> {
        code(require(&context(viewer), permission))
    }

    fn code<T>(outcome: Result<T>) -> Option<ErrorCode> {
        match outcome {
            Ok(_) => None,
            Err(Error::Refused(refusals)) => Some(refusals[0].code),
            Err(fault) => panic!("{fault}"),
        }
    }

    #[test]
    fn each_role_may_what_it_must() {
        let id = StaffMemberId(Uuid::from_u128(1));
        let administrator = Viewer::Staff(id, Permissions::of(StaffRole::Administrator));
        for &permission in Permission::ALL {
            assert_eq!(refusal(administrator, permission), None);
        }
        let packer = Viewer::Staff(id, Permissions::of(StaffRole::Fulfilment));
        let may: Vec<_> = Permission::ALL
            .iter()
            .copied()
            .filter(|&permission| refusal(packer, permission).is_none())
            .collect();
        assert_eq!(may, [Permission::Orders, Permission::Inventory]);
        assert_eq!(refusal(packer, Permission::Refunds), Some(ErrorCode::Forbidden));
    }

    #[test]
    fn shoppers_may_nothing_and_the_shop_itself_all() {
        let customer = Viewer::Customer(CustomerId(Uuid::from_u128(1)));
        for &permission in Permission::ALL {
            assert_eq!(refusal(Viewer::Guest, permission), Some(ErrorCode::Unauthenticated));
            assert_eq!(refusal(customer, permission), Some(ErrorCode::Forbidden));
            assert!(!allowed(&context(Viewer::Guest), permission) && !allowed(&context(customer), permission));
            assert!(allowed(&context(Viewer::System), permission));
        }
    }

    #[test]
    fn nobody_gives_more_than_they_have() {
        let few = Permissions::of(StaffRole::Fulfilment);
        let app = context(Viewer::App(AppId(Uuid::from_u128(1)), few));
        assert_eq!(code(require_within(&app, few, &["permissions"])), None);
        let more = require_within(&app, Permissions::all(), &["permissions"]);
        assert_eq!(code(more), Some(ErrorCode::Forbidden));
        let shop = context(Viewer::System);
        assert_eq!(code(require_within(&shop, Permissions::all(), &[])), None);
    }
}

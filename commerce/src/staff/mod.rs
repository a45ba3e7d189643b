//! Who works here: members of staff with their roles, apps with their keys, what each may do, how they prove
//! who they are, and the record of what they did.

pub mod access;
pub mod apps;
mod audit;
pub mod customers;
pub mod invitations;
pub mod login;
pub mod members;
pub mod passwords;
pub mod permission;
pub(crate) mod removal;
pub mod roles;
pub mod second_factor;
pub mod sessions;
pub mod signing_keys;

pub use audit::{AuditFilter, audit, entries as audit_entries, export as export_audit};
pub(crate) use audit::{audit_of, of_object as audit_of_object};
pub use members::create::{NewStaff, NewStaffChecked, check, create, create_in, is_active, prepare};
pub use permission::{Permission, Permissions, require};

use vitrine_entity::ids::StaffMemberId;

use crate::{Context, ErrorCode, Refusal, Result, Viewer, language::messages};

/// Whoever is signed in as a member of staff, whatever they may do: for what everybody does for themselves.
///
/// # Errors
/// `UNAUTHENTICATED`; `FORBIDDEN` for everybody else who is signed in.
pub fn myself(context: &Context) -> Result<StaffMemberId> {
    match context.viewer {
        Viewer::Staff(id, _) => Ok(id),
        Viewer::Guest => Err(Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_as_staff()).into()),
        _ => Err(Refusal::new(ErrorCode::Forbidden, messages::only_staff_themselves()).into()),
    }
}

/// Who may change who works here: a person with [`Permission::Staff`], or the command line. Not an app: one whose
/// key was stolen could give itself another before it is revoked.
fn require_person(context: &Context) -> Result<()> {
    if matches!(context.viewer, Viewer::App(..)) {
        let message = messages::apps_change_no_staff();
        return Err(Refusal::new(ErrorCode::Forbidden, message).into());
    }
    permission::require_or_system(context, Permission::Staff)
}

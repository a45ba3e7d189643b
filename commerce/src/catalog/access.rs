//! Who may change the catalogue, and which version of a thing they meant.

use crate::{
    Context, Result, Viewer,
    staff::{Permission, permission::require_or_system},
};

/// Lets staff with the permission pass, and the shop itself, whose own file may say the same.
///
/// # Errors
/// As [`require_or_system`].
pub(super) fn require_catalog(context: &Context) -> Result<()> {
    require_or_system(context, Permission::Catalog)
}

/// Whether the caller sees what is not active, and what is not sold where they are.
pub(super) fn sees_all(context: &Context) -> bool {
    context.viewer.works_here() || context.viewer == Viewer::System
}

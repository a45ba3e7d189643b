//! Who may change the catalogue, and which version of a thing they meant.

use crate::{
    Context, ErrorCode, Refusal, Result,
    staff::{Permission, permission::require_or_system},
};

/// Lets staff with the permission pass, and the shop itself, whose own file may say the same.
///
/// # Errors
/// As [`require_or_system`].
pub(super) fn require_catalog(context: &Context) -> Result<()> {
    require_or_system(context, Permission::Catalog)
}

/// # Errors
/// Refuses a version other than the one that a `what` has.
pub(super) fn expect_version(what: &str, version: i64, expected: Option<i64>) -> Result<(), Refusal> {
    if expected.is_none_or(|expected| expected == version) {
        return Ok(());
    }
    let message = format!("The {what} has changed meanwhile: it is at version {version}. Read it again.");
    Err(Refusal::new(ErrorCode::VersionConflict, message).at(&["expectedVersion"]))
}

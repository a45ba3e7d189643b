//! The version that a member of staff saw of what they change.

use crate::{ErrorCode, Refusal, Result};

/// # Errors
/// `VERSION_CONFLICT` where it has changed since.
pub(super) fn expect(what: &str, expected: Option<i64>, version: i64) -> Result<()> {
    if expected.is_none_or(|expected| expected == version) {
        return Ok(());
    }
    let message = format!("The {what} has changed meanwhile: it is at version {version}. Read it again.");
    Err(Refusal::new(ErrorCode::VersionConflict, message)
        .at(&["expectedVersion"])
        .into())
}

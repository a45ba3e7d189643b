//! Requests that may be repeated. Whoever sends a key with one is given the same answer for a day, whatever became of the
//! connection, the server or the database meanwhile.
//!
//! A row of `keyed_request` stands for each key of a caller. Whoever works on the request holds it ([`begin`]), and each
//! transaction that does something for it writes that into the row (`mark`), by the fence of the hold: what was done is
//! known as done, and whoever was taken for dead does nothing any more. Where the answer to a COMMIT does not come, the
//! mark tells what became of it. The answer is kept when it is known ([`Held::end`]), sealed, for it may open something:
//! without the key, which is not kept, nobody reads it.
//!
//! A request may consist of several parts, each with a name of its own (the root fields of a mutation): what of it was
//! done is not done again, and the rest is.

mod begin;
mod forget;
mod held;
mod mark;
mod seal;

use crate::{Context, ErrorCode, Refusal, language::messages};

pub use self::{
    begin::{Asked, Begun, begin, check_key},
    held::Held,
};
pub(crate) use self::{
    forget::forget,
    mark::{Mark, is_kept, mark},
};

#[cfg(test)]
mod tests;

/// Refuses what would be done once more by whoever repeats it, where nothing tells the second from the first: neither the version
/// that was seen nor a key, be it the use case's own (`is_told_apart`) or the request's.
///
/// # Errors
/// `INVALID` at `expectedVersion`.
pub(crate) fn refuse_unrepeatable(context: &Context, is_told_apart: bool) -> Result<(), Refusal> {
    if is_told_apart || is_kept(context) {
        return Ok(());
    }
    let refusal = Refusal::new(ErrorCode::Invalid, messages::needs_version_or_key());
    Err(refusal.at(&["expectedVersion"]))
}

/// As [`refuse_unrepeatable`], of what has no version that could have been seen.
///
/// # Errors
/// `INVALID` at `idempotencyKey`.
pub(crate) fn refuse_unkeyed(context: &Context, is_told_apart: bool) -> Result<(), Refusal> {
    if is_told_apart || is_kept(context) {
        return Ok(());
    }
    Err(Refusal::new(ErrorCode::Invalid, messages::needs_key()).at(&["idempotencyKey"]))
}

/// For how long a key is remembered.
pub const REMEMBERED: chrono::TimeDelta = chrono::TimeDelta::hours(24);

//! The fields that pages and menus share, checked.

use crate::{
    ErrorCode, Refusal,
    catalog::slug::{is_slug, slugify},
    text,
};

pub(super) const TITLE_LENGTH_MAX: usize = 255;

/// The name in an address: as it is given, or made of the title.
pub(super) fn handle(given: Option<&str>, title: &str) -> Result<String, Refusal> {
    let handle = match given {
        Some(given) => text::line(&["handle"], given, 200)?,
        None => slugify(title),
    };
    match is_slug(&handle) {
        true => Ok(handle),
        false => Err(Refusal::new(
            ErrorCode::Invalid,
            "`handle` must be lower-case letters, digits and hyphens, as in `about-us`.",
        )
        .at(&["handle"])),
    }
}

/// Refuses a change that was meant for another version.
pub(super) fn expect_version(what: &str, expected: Option<i64>, version: i64) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != version => Err(Refusal::outdated(what, version)),
        _ => Ok(()),
    }
}

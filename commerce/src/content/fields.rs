//! The fields that pages and menus share, checked.

use crate::{
    ErrorCode, Refusal,
    catalog::slug::{is_slug, slugify},
    language::messages,
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
        false => Err(Refusal::new(ErrorCode::Invalid, messages::handle_form()).at(&["handle"])),
    }
}

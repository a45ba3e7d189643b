//! Language tags, as far as words depend on them.

/// What whoever reads a language that we have not is told in, and what a message is in that a translation lacks.
pub(super) const FALLBACK: &str = "en";

/// Scripts that are written from right to left.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "dv", "fa", "he", "ur", "yi"];

/// `rtl` or `ltr`.
pub(super) fn direction(tag: &str) -> &'static str {
    match RIGHT_TO_LEFT.contains(&primary(tag)) {
        true => "rtl",
        false => "ltr",
    }
}

/// Of `de-AT`, `de`.
pub(super) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

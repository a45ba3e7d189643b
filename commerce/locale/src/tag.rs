//! Language tags, as far as words and formats depend on them.

use std::borrow::Cow;

/// What whoever reads a language that we have not is told in, and what a message is in that a translation lacks.
pub const FALLBACK: &str = "en";

/// Scripts that are written from right to left.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "dv", "fa", "he", "ur", "yi"];

/// Around what keeps its own direction within a text of the other.
const ISOLATE: char = '\u{2068}';
const ISOLATED: char = '\u{2069}';

/// `rtl` or `ltr`.
pub fn direction(tag: &str) -> &'static str {
    match RIGHT_TO_LEFT.contains(&primary(tag)) {
        true => "rtl",
        false => "ltr",
    }
}

/// A name, a number or an amount within a sentence of a language: what may be written in the other direction is kept apart.
pub fn isolated<'a>(tag: &str, text: &'a str) -> Cow<'a, str> {
    match direction(tag) == "rtl" && !text.is_empty() {
        true => Cow::Owned(format!("{ISOLATE}{text}{ISOLATED}")),
        false => Cow::Borrowed(text),
    }
}

/// Of `de-AT`, `de`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The tag whose formats are taken. `country` tells American English from British, where the tag does not.
pub fn of_country(tag: &str, country: &str) -> String {
    match tag {
        FALLBACK if country == "US" => "en-US".to_owned(),
        // CLDR's English without a country is American.
        FALLBACK => "en-GB".to_owned(),
        tag => tag.to_owned(),
    }
}

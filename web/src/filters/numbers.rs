//! Whole numbers, and the marks that a language writes in them.

use crate::words::primary;

/// Between thousands, and before decimals.
pub(super) fn marks(language: &str) -> (&'static str, &'static str) {
    match primary(language) {
        "de" | "es" | "it" | "nl" | "pt" | "da" | "tr" | "id" => (".", ","),
        "fr" | "pl" | "cs" | "sv" | "fi" | "nb" | "uk" | "ru" | "hu" => ("\u{a0}", ","),
        _ => (",", "."),
    }
}

/// `12,345`.
pub(super) fn grouped(language: &str, number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", group(&number.unsigned_abs().to_string(), marks(language).0))
}

pub(super) fn group(digits: &str, mark: &str) -> String {
    let mut text = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}

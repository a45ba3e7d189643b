//! Where a currency stands beside its amount, and by which sign: of data that is generated (`data/README.md`).
//!
//! ICU4X has the same, still marked as experimental, and rounds to the decimals that are in use (none for the Iraqi dinar, of
//! which ISO 4217, our books and the payment providers have three).

use std::{collections::HashMap, sync::LazyLock};

use crate::patterns::{Around, nearest};

/// Stands for the currency.
const SIGN: char = '\u{a4}';
const NO_BREAK_SPACE: char = '\u{a0}';

static DATA: LazyLock<HashMap<&str, Style>> = LazyLock::new(|| {
    let lines = include_str!("../data/currencies.tsv").lines();
    lines.filter_map(Style::read).collect()
});

/// Where amounts are grouped by another mark than numbers, which ICU4X knows nothing of (CLDR's `currencyGroup`): a number's
/// mark, and the one in its place.
const MARKS: [(&str, char, char); 1] = [("de-AT", NO_BREAK_SPACE, '.')];

/// The digits of a number as the locale has them in an amount.
pub(crate) fn marked(tag: &str, digits: &str) -> String {
    match MARKS.iter().find(|(of, ..)| *of == tag) {
        Some((_, from, to)) => digits.replace(*from, &to.to_string()),
        None => digits.to_owned(),
    }
}

/// How a locale writes amounts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    around: Around,
    /// `EUR=€ USD=$`.
    signs: &'static str,
}

impl Style {
    fn read(line: &'static str) -> Option<(&'static str, Self)> {
        let mut fields = line.split('\t');
        let (tag, pattern, signs) = (fields.next()?, fields.next()?, fields.next()?);
        let around = Around::read(pattern)?;
        Some((tag, Self { around, signs }))
    }

    pub(crate) fn of(tag: &str) -> Self {
        let plain = Self {
            around: Around {
                before: "\u{a4}\u{a0}",
                behind: "",
            },
            signs: "",
        };
        nearest(&DATA, tag).unwrap_or(plain)
    }

    /// `digits` with the currency, by its code.
    pub(crate) fn amount(self, digits: &str, currency: &str) -> String {
        let sign = self.sign(currency);
        let Around { before, behind } = self.around;
        // A code needs a space that a sign does without, and never a line's end.
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
        let before = match before.ends_with(SIGN) && is_letter(sign.chars().next_back()) {
            true => format!("{before}{NO_BREAK_SPACE}"),
            false => before.to_owned(),
        };
        let behind = match behind.starts_with(SIGN) && is_letter(sign.chars().next()) {
            true => format!("{NO_BREAK_SPACE}{behind}"),
            false => behind.to_owned(),
        };
        format!("{before}{digits}{behind}").replace(SIGN, sign)
    }

    fn sign(self, currency: &str) -> &str {
        let mut signs = self.signs.split(' ').filter_map(|sign| sign.split_once('='));
        let found = signs.find(|(code, _)| *code == currency);
        found.map_or(currency, |(_, sign)| sign)
    }
}

//! Where a currency stands beside its amount, and by which sign: of data that is generated (`data/README.md`).
//!
//! ICU4X has the same, still marked as experimental, and rounds to the decimals that are in use (none for the Iraqi dinar, of
//! which ISO 4217, our books and the payment providers have three).

use std::{collections::HashMap, iter, sync::LazyLock};

use crate::money::Currency;

/// Stands for the amount's digits, and for the currency.
const DIGITS: [char; 4] = ['#', '0', ',', '.'];
const SIGN: char = '\u{a4}';
const NO_BREAK_SPACE: char = '\u{a0}';

static DATA: LazyLock<HashMap<&str, Style>> = LazyLock::new(|| {
    let lines = include_str!("data/currencies.tsv").lines();
    lines.filter_map(Style::read).collect()
});

/// Where amounts are grouped by another mark than numbers, which ICU4X knows nothing of (CLDR's `currencyGroup`): a number's
/// mark, and the one in its place.
const MARKS: [(&str, char, char); 1] = [("de-AT", NO_BREAK_SPACE, '.')];

/// The digits of a number as the locale has them in an amount.
pub(super) fn marked(tag: &str, digits: &str) -> String {
    match MARKS.iter().find(|(of, ..)| *of == tag) {
        Some((_, from, to)) => digits.replace(*from, &to.to_string()),
        None => digits.to_owned(),
    }
}

/// How a locale writes amounts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// What stands before and behind the digits.
    before: &'static str,
    behind: &'static str,
    /// `EUR=€ USD=$`.
    signs: &'static str,
}

impl Style {
    fn read(line: &'static str) -> Option<(&'static str, Self)> {
        let mut fields = line.split('\t');
        let (tag, pattern, signs) = (fields.next()?, fields.next()?, fields.next()?);
        let before = &pattern[..pattern.find(DIGITS)?];
        let behind = &pattern[pattern.rfind(DIGITS)? + 1..];
        Some((tag, Self { before, behind, signs }))
    }

    /// The locale's own, or that of the next larger one: `de-BE` writes as `de`.
    pub(super) fn of(tag: &str) -> Self {
        let mut wider = iter::successors(Some(tag), |tag| tag.rsplit_once('-').map(|(head, _)| head));
        let plain = Self {
            before: "\u{a4}\u{a0}",
            behind: "",
            signs: "",
        };
        wider.find_map(|tag| DATA.get(tag).copied()).unwrap_or(plain)
    }

    /// `digits` with the currency.
    pub(super) fn amount(self, digits: &str, currency: Currency) -> String {
        let sign = self.sign(currency);
        // A code needs a space that a sign does without, and never a line's end.
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
        let before = match self.before.ends_with(SIGN) && is_letter(sign.chars().next_back()) {
            true => format!("{}{NO_BREAK_SPACE}", self.before),
            false => self.before.to_owned(),
        };
        let behind = match self.behind.starts_with(SIGN) && is_letter(sign.chars().next()) {
            true => format!("{NO_BREAK_SPACE}{}", self.behind),
            false => self.behind.to_owned(),
        };
        format!("{before}{digits}{behind}").replace(SIGN, sign)
    }

    fn sign(self, currency: Currency) -> &'static str {
        let mut signs = self.signs.split(' ').filter_map(|sign| sign.split_once('='));
        let found = signs.find(|(code, _)| *code == currency.code());
        found.map_or_else(|| currency.code(), |(_, sign)| sign)
    }
}

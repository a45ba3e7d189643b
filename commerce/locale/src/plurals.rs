//! The forms that a language has for numbers, by CLDR's names.

use icu_plurals::{PluralCategory, PluralRules};

/// All that there are. Every language has the last.
pub const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

pub(crate) fn form(rules: &PluralRules, number: i64) -> &'static str {
    name(rules.category_for(number))
}

pub(crate) fn all(rules: &PluralRules) -> impl Iterator<Item = &'static str> {
    rules.categories().map(name)
}

fn name(form: PluralCategory) -> &'static str {
    match form {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

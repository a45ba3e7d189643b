use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

use super::{
    Language,
    bundle::{FILES, languages},
    tag::FALLBACK,
};
use crate::money::{Currency, Money};

/// What is said to those who work here, in the languages of the dashboard; in others in English.
const TO_STAFF: &str = "staff";

/// The messages of a language, and what each tells of: those of one file, or all.
fn spoken(language: &str, file: Option<&str>) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    let is_meant = |of: &str, name: &str| of == language && file.is_none_or(|file| file == name);
    for (.., text) in FILES.iter().filter(|(of, name, _)| is_meant(of, name)) {
        let resource = parser::parse(*text).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut variables = BTreeSet::new();
            let pattern = message
                .value
                .unwrap_or_else(|| panic!("{language}: {} is empty", message.id.name));
            collect(&pattern, &mut variables);
            let former = found.insert(message.id.name.to_owned(), variables);
            assert!(former.is_none(), "{language} says {} twice", message.id.name);
        }
    }
    found
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(inline) => add(inline, variables),
            Expression::Select { selector, variants } => {
                add(selector, variables);
                variants.iter().for_each(|variant| collect(&variant.value, variables));
            }
        }
    }
}

fn add(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        variables.insert(id.name.to_owned());
    }
}

#[test]
fn every_language_says_everything_with_all_that_it_tells_of() {
    let english = spoken(FALLBACK, None);
    let to_staff = spoken(FALLBACK, Some(TO_STAFF));
    assert!(!to_staff.is_empty() && !spoken("de", Some(TO_STAFF)).is_empty());
    for language in languages().filter(|language| *language != FALLBACK) {
        let translated = spoken(language, None);
        let speaks_to_staff = !spoken(language, Some(TO_STAFF)).is_empty();
        for (id, variables) in &english {
            let Some(theirs) = translated.get(id) else {
                assert!(!speaks_to_staff && to_staff.contains_key(id), "{language} lacks {id}");
                continue;
            };
            assert_eq!(theirs, variables, "{language}: {id}");
        }
        let unknown: Vec<_> = translated.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(unknown.is_empty(), "{language} has what nobody says: {unknown:?}");
    }
}

#[test]
fn a_reader_gets_the_nearest_words_there_are() {
    for (asked, country, taken) in [
        ("de", "DE", "de"),
        ("de-AT", "AT", "de-AT"),
        ("en", "DE", "en-GB"),
        ("en", "US", "en-US"),
        ("en-AU", "US", "en-AU"),
        ("eo", "DE", "en-GB"),
        ("ja", "US", "ja"),
    ] {
        assert_eq!(Language::of(asked, country).tag(), taken, "{asked} in {country}");
    }
    let directions = ["ar-EG", "ja"].map(|tag| Language::of(tag, "").direction());
    assert_eq!(directions, ["rtl", "ltr"]);
}

#[test]
fn amounts_are_written_as_the_language_writes_them() {
    let eur = |minor| Money::new(minor, Currency::EUR);
    for (tag, written) in [
        ("en", "€1,249.00"),
        ("de", "1.249,00\u{a0}€"),
        // CLDR groups amounts there by a point, and numbers by a space.
        ("de-AT", "€\u{a0}1.249,00"),
        ("de-CH", "EUR\u{a0}1'249.00"),
        ("fr", "1\u{202f}249,00\u{a0}€"),
        // CLDR parts four digits of Spanish not.
        ("es", "1249,00\u{a0}€"),
        ("ja", "€1,249.00"),
        ("ar", "\u{200f}1,249.00\u{a0}€"),
    ] {
        assert_eq!(Language::of(tag, "").money(eur(124_900)), written, "{tag}");
    }
    assert_eq!(Language::english().money(eur(-1000)), "\u{2212}€10.00");
    assert_eq!(Language::of("de", "").money(eur(-1000)), "\u{2212}10,00\u{a0}€");
    assert_eq!(
        Language::of("ar", "").money(eur(-1000)),
        "\u{200f}\u{200e}\u{2212}10.00\u{a0}€"
    );
    let other = |tag, country, minor, code: &str| {
        Language::of(tag, country).money(Money::new(minor, code.parse().expect("a currency")))
    };
    assert_eq!(other("en", "US", 1_000, "USD"), "$10.00");
    assert_eq!(other("en", "GB", 1_000, "USD"), "US$10.00");
    assert_eq!(other("en", "", 99_999, "CHF"), "CHF\u{a0}999.99");
    assert_eq!(other("ja", "", 1_234, "JPY"), "￥1,234");
    // CLDR writes it without decimals; the books have three.
    assert_eq!(other("en", "", 1_250, "IQD"), "IQD\u{a0}1.250");
    assert_eq!(other("en", "", i64::MIN, "EUR"), "\u{2212}€92,233,720,368,547,758.08");
}

#[test]
fn dates_are_written_as_the_language_writes_them() {
    let day: NaiveDate = "2026-11-20".parse().expect("a day");
    let at: DateTime<Utc> = "2026-11-20T13:35:00Z".parse().expect("a moment");
    let of = |tag, country| {
        let language = Language::of(tag, country);
        (language.day(day), language.moment(at, Tz::Europe__Berlin))
    };
    let said: Vec<_> = ["en", "de", "fr", "es", "ja", "ar"]
        .map(|tag| {
            let (day, moment) = of(tag, "");
            format!("{tag}: {day} | {moment}")
        })
        .into();
    insta::assert_snapshot!(said.join("\n"));
    assert_eq!(of("en", "US").0, "November 20, 2026");
    let summer: DateTime<Utc> = "2026-07-31T23:05:00Z".parse().expect("a moment");
    let moment = |tag, zone| Language::of(tag, "").moment(summer, zone);
    assert!(
        moment("de", Tz::Europe__Berlin).contains("1. August 2026"),
        "the day is the shop's"
    );
    assert!(
        moment("ja", Tz::Asia__Tokyo).ends_with("JST"),
        "{}",
        moment("ja", Tz::Asia__Tokyo)
    );
}

#[test]
fn lists_and_numbers_are_the_languages() {
    let parts = ["Rot", "Grün", "Blau"].map(str::to_owned);
    assert_eq!(Language::of("de", "").list(&parts), "Rot, Grün und Blau");
    assert_eq!(Language::of("de", "").number(12_345), "12.345");
    assert_eq!(Language::of("ar", "").number(12_345), "12,345");
}

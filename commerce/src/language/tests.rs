use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey},
    parser,
};
use vitrine_locale::{FALLBACK, FORMS, Formats};

use super::{
    Language,
    bundle::{FILES, languages},
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

/// The keys of each choice in a message.
fn choices<'a>(pattern: &Pattern<&'a str>, found: &mut Vec<BTreeSet<&'a str>>) {
    for element in &pattern.elements {
        let PatternElement::Placeable {
            expression: Expression::Select { variants, .. },
        } = element
        else {
            continue;
        };
        let keys = variants.iter().map(|variant| match variant.key {
            VariantKey::Identifier { name } => name,
            VariantKey::NumberLiteral { value } => value,
        });
        found.push(keys.collect());
        variants.iter().for_each(|variant| choices(&variant.value, found));
    }
}

#[test]
fn whoever_tells_one_from_many_has_all_forms_of_the_language() {
    let mut counted = 0;
    for (language, file, text) in FILES {
        let formats = Formats::of(language);
        let resource = parser::parse(*text).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut found = Vec::new();
            choices(&message.value.expect("a text"), &mut found);
            let tells = |keys: &BTreeSet<&str>| FORMS.iter().any(|form| *form != "other" && keys.contains(form));
            for keys in found.into_iter().filter(tells) {
                counted += 1;
                // Of nothing, none of these says anything.
                for number in 1..=1_000 {
                    let form = formats.form(number);
                    let is_said = keys.contains(form) || keys.contains(number.to_string().as_str());
                    assert!(is_said, "{language}/{file}: {} lacks {form}", message.id.name);
                }
            }
        }
    }
    assert!(counted > 20, "only {counted} were found");
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
fn amounts_and_days_are_those_of_the_tag_that_is_taken() {
    let dollars = Money::new(1_000, "USD".parse().expect("a currency"));
    let day: NaiveDate = "2026-11-20".parse().expect("a day");
    for (tag, country, amount, date) in [
        ("en", "US", "$10.00", "November 20, 2026"),
        ("en", "DE", "US$10.00", "20 November 2026"),
        ("eo", "DE", "US$10.00", "20 November 2026"),
        ("de-AT", "AT", "$\u{a0}10,00", "20. November 2026"),
    ] {
        let language = Language::of(tag, country);
        assert_eq!(language.money(dollars), amount, "{tag} in {country}");
        assert_eq!(language.day(day), date, "{tag} in {country}");
    }
    assert_eq!(
        Language::english().money(Money::new(i64::MIN, Currency::EUR)),
        "\u{2212}€92,233,720,368,547,758.08"
    );
}

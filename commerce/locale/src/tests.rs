use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::{FORMS, Formats, direction, isolated, of_country};

fn formats(tag: &str, country: &str) -> std::sync::Arc<Formats> {
    Formats::of(&of_country(tag, country))
}

#[test]
fn amounts_are_written_as_the_language_writes_them() {
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
        assert_eq!(formats(tag, "").money("1249.00", "EUR"), written, "{tag}");
    }
    for (tag, written) in [
        ("en", "\u{2212}€10.00"),
        ("de", "\u{2212}10,00\u{a0}€"),
        ("ar", "\u{200f}\u{200e}\u{2212}10.00\u{a0}€"),
    ] {
        assert_eq!(formats(tag, "").money("-10.00", "EUR"), written, "{tag}");
    }
    for (tag, country, amount, currency, written) in [
        ("en", "US", "10.00", "USD", "$10.00"),
        ("en", "GB", "10.00", "USD", "US$10.00"),
        ("en", "", "999.99", "CHF", "CHF\u{a0}999.99"),
        ("nl", "", "12.00", "EUR", "€\u{a0}12,00"),
        ("pt-BR", "", "12.00", "BRL", "R$\u{a0}12,00"),
        ("pt-PT", "", "12.00", "EUR", "12,00\u{a0}€"),
        ("ja", "", "1234", "JPY", "￥1,234"),
        // CLDR writes it without decimals; the books have three.
        ("en", "", "1.250", "IQD", "IQD\u{a0}1.250"),
        (
            "en",
            "",
            "-92233720368547758.08",
            "EUR",
            "\u{2212}€92,233,720,368,547,758.08",
        ),
    ] {
        let formats = formats(tag, country);
        assert_eq!(formats.money(amount, currency), written, "{tag} {country}");
    }
}

#[test]
fn percentages_are_written_as_the_language_writes_them() {
    for (tag, basis_points, written) in [
        ("en", 1_900, "19%"),
        ("en", 825, "8.25%"),
        ("de", 770, "7,7\u{a0}%"),
        ("de-AT", -50, "\u{2212}0,5\u{a0}%"),
        ("de-CH", 770, "7.7%"),
        ("fr", 0, "0\u{a0}%"),
        ("ja", 1_000, "10%"),
        ("ar", 1_500, "15\u{200e}%\u{200e}"),
        ("tr", 2_000, "%20"),
    ] {
        assert_eq!(formats(tag, "").percent(basis_points), written, "{tag}");
    }
}

#[test]
fn dates_are_written_as_the_language_writes_them() {
    let day: NaiveDate = "2026-11-20".parse().expect("a day");
    let at: DateTime<Utc> = "2026-11-20T13:35:00Z".parse().expect("a moment");
    let of = |tag, country| {
        let formats = formats(tag, country);
        (formats.day(day), formats.moment(at, Tz::Europe__Berlin))
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
    let moment = |tag, zone| formats(tag, "").moment(summer, zone);
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
    assert_eq!(formats("de", "").list(&parts), "Rot, Grün und Blau");
    assert_eq!(formats("de", "").number(12_345), "12.345");
    assert_eq!(formats("ar", "").number(12_345), "12,345");
    assert_eq!(formats("de", "").decimal("1249.50"), "1.249,50");
    assert_eq!(formats("de", "").decimal("none"), "none");
}

#[test]
fn a_number_takes_the_form_that_its_language_has_for_it() {
    let of = |tag, numbers: &[i64]| -> Vec<_> {
        let formats = formats(tag, "");
        numbers.iter().map(|number| formats.form(*number)).collect()
    };
    assert_eq!(of("en", &[0, 1, 2]), ["other", "one", "other"]);
    assert_eq!(of("fr", &[0, 1, 2, 1_000_000]), ["one", "one", "other", "many"]);
    assert_eq!(of("ja", &[0, 1, 2]), ["other"; 3]);
    assert_eq!(
        of("ar", &[0, 1, 2, 3, 10, 11, 99, 100, 102, 103]),
        [
            "zero", "one", "two", "few", "few", "many", "many", "other", "other", "few"
        ]
    );
    assert_eq!(of("de-AT", &[1, -1, -2]), ["one", "one", "other"]);
    assert_eq!(formats("ar", "").forms().collect::<Vec<_>>(), FORMS);
    assert_eq!(formats("ja", "").forms().collect::<Vec<_>>(), ["other"]);
}

#[test]
fn what_may_be_of_the_other_direction_is_isolated() {
    assert_eq!([direction("ar-EG"), direction("ja")], ["rtl", "ltr"]);
    assert_eq!(isolated("ar", "V-1"), "\u{2068}V-1\u{2069}");
    assert_eq!(isolated("ar", ""), "");
    assert_eq!(isolated("de", "V-1"), "V-1");
}

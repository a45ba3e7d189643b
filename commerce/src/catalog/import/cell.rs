//! What stands in a cell, as a value: pure. A message says the remedy.

use unicode_normalization::UnicodeNormalization;

use crate::language::{Message, messages};

/// Yes and no as people write them and as spreadsheets do in their languages.
const YES: [&str; 28] = [
    "true",
    "yes",
    "y",
    "1",
    "x",
    "on",
    "wahr",
    "ja",
    "vrai",
    "oui",
    "verdadero",
    "verdadeiro",
    "sí",
    "si",
    "sim",
    "vero",
    "sì",
    "waar",
    "prawda",
    "tak",
    "sant",
    "sand",
    "tosi",
    "kyllä",
    "doğru",
    "evet",
    "истина",
    "да",
];
const NO: [&str; 27] = [
    "false", "no", "n", "0", "off", "falsch", "nein", "faux", "non", "falso", "não", "nao", "onwaar", "nee", "fałsz",
    "nie", "falskt", "nej", "falsk", "nei", "epätosi", "ei", "yanlış", "hayır", "ложь", "нет", "-",
];

/// Yes or no; empty is `None`.
pub(super) fn yes_or_no(text: &str) -> Result<Option<bool>, Message> {
    let lower = text.to_lowercase();
    match lower.as_str() {
        "" => Ok(None),
        yes if YES.contains(&yes) => Ok(Some(true)),
        no if NO.contains(&no) => Ok(Some(false)),
        _ => Err(messages::import_yes_or_no(excerpt(text))),
    }
}

/// Units in stock; empty is `None`. Below zero (sold before it was there) counts as none.
pub(super) fn quantity(text: &str) -> Result<Option<i64>, Message> {
    let plain: String = text
        .nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’'))
        .collect();
    if plain.is_empty() {
        return Ok(None);
    }
    // Spreadsheets add decimals, and people marks between the thousands. Three zeros behind a point may be either.
    let is_nothing = |zeros: &str| matches!(zeros.len(), 1 | 2 | 4..) && zeros.chars().all(|c| c == '0');
    let (whole, between) = match plain.rsplit_once(['.', ',']) {
        Some((whole, zeros)) if is_nothing(zeros) => (
            whole,
            if plain[whole.len()..].starts_with(',') {
                '.'
            } else {
                ','
            },
        ),
        _ => (plain.as_str(), ','),
    };
    let groups: Vec<&str> = whole.split(between).collect();
    let is_grouped = groups[0].trim_start_matches('-').len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    let whole = if is_grouped { groups.concat() } else { whole.to_owned() };
    match whole.parse::<i64>() {
        Ok(units) => Ok(Some(units)),
        Err(_) => Err(messages::import_no_units(excerpt(text))),
    }
}

/// A weight in grams, rounded; empty is none.
pub(super) fn grams(text: &str, unit: &str) -> Result<i32, Message> {
    let written: String = text.nfkc().collect();
    // The unit may stand beside the number.
    let (number, unit) = match written.find(char::is_alphabetic) {
        Some(place) => (&written[..place], written[place..].trim_end_matches('.')),
        None => (written.as_str(), unit),
    };
    if written.is_empty() {
        return Ok(0);
    }
    let grams_per_unit = match unit.to_lowercase().as_str() {
        "" | "g" | "gr" | "gram" | "grams" => "1",
        "kg" | "kgs" | "kilo" | "kilos" | "kilogram" | "kilograms" => "1000",
        "mg" | "milligram" | "milligrams" => "0.001",
        "lb" | "lbs" | "pound" | "pounds" => "453.59237",
        "oz" | "ounce" | "ounces" => "28.349523125",
        _ => return Err(messages::import_no_weight_unit(excerpt(unit))),
    };
    let factor: rust_decimal::Decimal = grams_per_unit.parse().unwrap_or(rust_decimal::Decimal::ONE);
    weight(number, grams_per_unit == "1")
        .and_then(|weight| weight.checked_mul(factor))
        .and_then(|grams| i32::try_from(grams.round()).ok())
        .filter(|grams| *grams >= 0)
        .ok_or_else(|| messages::import_no_weight(excerpt(text)))
}

/// A weight as it is written, a comma being before decimals: `1,5`. Where both marks stand, the last is, and the other
/// stands between thousands; so does a comma before three digits of `whole` units, of which nobody tells the thousandth.
fn weight(text: &str, whole: bool) -> Option<rust_decimal::Decimal> {
    let text = text.replace([' ', '\u{a0}', '\u{202f}', '\''], "");
    let is_of_thousands = |text: &str| {
        let groups: Vec<&str> = text.split(',').collect();
        (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3)
    };
    let plain = match (text.rfind('.'), text.rfind(',')) {
        (Some(point), Some(comma)) if point > comma => text.replace(',', ""),
        (Some(_), Some(_)) => text.replace('.', "").replace(',', "."),
        (None, Some(_)) if text.matches(',').count() > 1 || (whole && is_of_thousands(&text)) => text.replace(',', ""),
        _ => text.replace(',', "."),
    };
    plain.parse().ok()
}

/// Without the apostrophe by which exports keep spreadsheets from reading a number.
pub(super) fn code(text: &str) -> &str {
    text.strip_prefix('\'').unwrap_or(text).trim()
}

/// The values of a list, between which `separator` stands; one that is part of a value has a backslash before it.
pub(super) fn list(text: &str, separator: char) -> Vec<String> {
    let mut values = vec![String::new()];
    for character in text.chars() {
        let value = values.last_mut().expect("there is one from the beginning");
        if character != separator {
            value.push(character);
        } else if value.ends_with('\\') {
            value.pop();
            value.push(separator);
        } else {
            values.push(String::new());
        }
    }
    let values = values.iter().map(|value| value.trim().to_owned());
    values.filter(|value| !value.is_empty()).collect()
}

/// Writes what [`list`] reads.
pub(in crate::catalog) fn write_list<'a>(values: impl IntoIterator<Item = &'a str>, separator: char) -> String {
    let escaped = values
        .into_iter()
        .map(|value| value.replace(separator, &format!("\\{separator}")));
    escaped.collect::<Vec<_>>().join(&format!("{separator} "))
}

/// Whether a spreadsheet has written a long number as `8.80124E+12`.
pub(super) fn is_shortened(text: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let parts = text.split_once("E+").or_else(|| text.split_once("e+"));
    parts.is_some_and(|(digits, exponent)| number(digits) && number(exponent))
}

/// Months as spreadsheets shorten them.
const MONTHS: [&str; 18] = [
    "jan", "feb", "mar", "mär", "apr", "may", "mai", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec",
    "dez", "déc",
];

/// Whether a spreadsheet may have made a date of it: `2-Mar` of the size `2-3`.
pub(super) fn is_date(text: &str) -> bool {
    let lower = text.to_lowercase();
    let parts: Vec<&str> = lower.split(['-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &str| part.len() <= 2 && part.chars().all(|c| c.is_ascii_digit());
    match parts[..] {
        [day, month] if is_number(day) => MONTHS.contains(&month),
        [month, year] if is_number(year) => MONTHS.contains(&month),
        _ => false,
    }
}

/// Whether a spreadsheet has written it where a formula failed.
pub(super) fn is_failed_formula(text: &str) -> bool {
    const FAILED: [&str; 10] = [
        "#N/A", "#NV", "#NAME?", "#REF!", "#VALUE!", "#WERT!", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!",
    ];
    FAILED.iter().any(|failed| text.eq_ignore_ascii_case(failed))
}

/// A cell without what tells a spreadsheet to take it as text: `="00123"`.
pub(super) fn plain(cell: String) -> String {
    let inner = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    match inner.filter(|inner| !inner.contains('"')) {
        Some(inner) => inner.to_owned(),
        None => cell,
    }
}

/// The beginning of a cell, for a message.
pub(super) fn excerpt(text: &str) -> String {
    let short: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().count() > 40 {
        format!("{short}…")
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_is_written() {
        assert_eq!(list(" a, b ,,c\\,d", ','), ["a", "b", "c,d"]);
        let values = ["Oak; solid", "a,b", "="];
        for separator in [',', ';'] {
            assert_eq!(list(&write_list(values, separator), separator), values);
        }
    }

    #[test]
    fn weights_and_units() {
        assert_eq!(grams("250.0", ""), Ok(250));
        assert_eq!(grams("1,5", "kg"), Ok(1_500));
        assert_eq!(grams("1", "LB"), Ok(454));
        assert_eq!((grams("1,250", "g"), grams("1,250", "kg")), (Ok(1_250), Ok(1_250)));
        assert_eq!(
            (grams("1,250.6", ""), grams("1.250,4", "Grams")),
            (Ok(1_251), Ok(1_250))
        );
        assert_eq!((grams("2", "pounds"), grams("1", "ounce")), (Ok(907), Ok(28)));
        assert_eq!((grams("1.5 kg", "g"), grams("２５０", "g")), (Ok(1_500), Ok(250)));
        for (text, unit) in [("-1", "g"), ("a", "g"), ("1", "stone"), ("9999999999", "kg")] {
            assert!(grams(text, unit).is_err(), "{text} {unit}");
        }
        assert_eq!(
            (quantity("3"), quantity(""), quantity("-2"), quantity("4.0")),
            (Ok(Some(3)), Ok(None), Ok(Some(-2)), Ok(Some(4)))
        );
        assert_eq!((quantity("1,200"), quantity("3.00")), (Ok(Some(1_200)), Ok(Some(3))));
        assert_eq!(
            (quantity("1.200,00"), quantity("3,0"), quantity("１２")),
            (Ok(Some(1_200)), Ok(Some(3)), Ok(Some(12)))
        );
        assert!(
            ["1.000", "1.5", "1,5", "1.", ",5", "12,34"]
                .iter()
                .all(|text| quantity(text).is_err())
        );
    }

    #[test]
    fn what_a_spreadsheet_made_of_cells_is_seen() {
        for date in ["2-Mar", "02. Mär", "Jan-12", "3 déc"] {
            assert!(is_date(date), "{date}");
        }
        for text in ["2-3", "Mar", "M-12", "Jan-2026", "May rose", ""] {
            assert!(!is_date(text), "{text}");
        }
        assert!(is_failed_formula("#n/a") && !is_failed_formula("#1"));
        assert_eq!(
            [plain("=\"007\"".into()), plain("=\"a\"&\"b\"".into())],
            ["007", "=\"a\"&\"b\""]
        );
        for (text, said) in [
            ("Ja", true),
            ("FAŁSZ", false),
            ("Vrai", true),
            ("x", true),
            ("nej", false),
        ] {
            assert_eq!(yes_or_no(text), Ok(Some(said)), "{text}");
        }
    }
}

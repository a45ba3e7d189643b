//! What stands in a cell, as a value: pure. A message says the remedy.

use crate::money::{Currency, Money};

/// A price as people and spreadsheets write it: `1234.5`, `1,234.50`, `1.234,50 €`, `EUR 12`.
pub(super) fn price(text: &str, currency: Currency) -> Result<i64, String> {
    let remedy = || {
        format!(
            "`{}` is not a price. Write it like `1234.50`, in {currency}.",
            excerpt(text)
        )
    };
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’'))
        .collect();
    let is_mark = |c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '-' | '+');
    let digits = compact.trim_matches(is_mark);
    let mark = compact.replacen(digits, "", 1);
    if digits.is_empty() {
        return Err(remedy());
    }
    if !fits(&mark, currency) {
        return Err(format!(
            "`{}` is not in {currency}, the shop's currency. Convert the prices first.",
            excerpt(text)
        ));
    }
    let plain = plain_decimal(digits, currency).ok_or_else(remedy)?;
    let money =
        Money::parse(&plain, currency).map_err(|error| format!("{error}. Write it like `1234.50`, in {currency}."))?;
    if money.minor < 0 {
        return Err("A price cannot be negative. Write what the article costs.".to_owned());
    }
    Ok(money.minor)
}

/// Whether what stands beside the digits is nothing, the currency's code or a symbol of it.
fn fits(mark: &str, currency: Currency) -> bool {
    match mark {
        "" => true,
        "€" => currency.code() == "EUR",
        "£" => currency.code() == "GBP",
        "¥" => matches!(currency.code(), "JPY" | "CNY"),
        "$" => currency.code().ends_with('D') || currency.code() == "MXN",
        code => code.eq_ignore_ascii_case(currency.code()),
    }
}

/// With a point before the decimals and nothing between the thousands; `None` when it is unclear
/// which is which.
fn plain_decimal(digits: &str, currency: Currency) -> Option<String> {
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let decimal = match (points, commas) {
        (0, 0) => None,
        (_, 0) if points > 1 => None,
        (0, _) if commas > 1 => None,
        (1, 0) => Some('.'),
        // Three digits after a lone comma are thousands, unless the currency has three decimals.
        (0, 1) => Some(',').filter(|_| currency.exponent() == 3 || digits.rsplit(',').next().map(str::len) != Some(3)),
        _ if digits.rfind('.') > digits.rfind(',') => Some('.'),
        _ => Some(','),
    };
    let (whole, fraction) = decimal
        .and_then(|decimal| digits.rsplit_once(decimal))
        .unwrap_or((digits, ""));
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let grouped = groups.len() == 1
        || (groups[0].trim_start_matches('-').len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let mixed = whole.contains('.') && whole.contains(',');
    if !grouped || mixed || (decimal.is_some() && fraction.is_empty()) {
        return None;
    }
    let whole = groups.concat();
    Some(if fraction.is_empty() {
        whole
    } else {
        format!("{whole}.{fraction}")
    })
}

/// Yes or no; empty is `None`.
pub(super) fn yes_or_no(text: &str) -> Result<Option<bool>, String> {
    match text.to_lowercase().as_str() {
        "" => Ok(None),
        "true" | "yes" | "y" | "1" | "wahr" => Ok(Some(true)),
        "false" | "no" | "n" | "0" | "falsch" => Ok(Some(false)),
        _ => Err(format!(
            "`{}` is neither yes nor no. Write `true` or `false`.",
            excerpt(text)
        )),
    }
}

/// Units in stock; empty is `None`. Below zero (sold before it was there) counts as none.
pub(super) fn quantity(text: &str) -> Result<Option<i64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    // Spreadsheets add decimals, and people marks between the thousands.
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.chars().all(|c| c == '0') => whole,
        _ => text,
    };
    let groups: Vec<&str> = whole.split(',').collect();
    let is_grouped = groups[0].trim_start_matches('-').len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    let whole = if is_grouped { groups.concat() } else { whole.to_owned() };
    match whole.parse::<i64>() {
        Ok(units) => Ok(Some(units)),
        Err(_) => Err(format!(
            "`{}` is not a number of units. Write a whole number like `12`.",
            excerpt(text)
        )),
    }
}

/// A weight in grams, rounded; empty is none.
pub(super) fn grams(text: &str, unit: &str) -> Result<i32, String> {
    if text.is_empty() {
        return Ok(0);
    }
    let grams_per_unit = match unit.to_lowercase().as_str() {
        "" | "g" | "gr" | "gram" | "grams" => "1",
        "kg" | "kgs" | "kilo" | "kilos" | "kilogram" | "kilograms" => "1000",
        "mg" | "milligram" | "milligrams" => "0.001",
        "lb" | "lbs" | "pound" | "pounds" => "453.59237",
        "oz" | "ounce" | "ounces" => "28.349523125",
        _ => {
            return Err(format!(
                "`{}` is not a unit of weight. Write `g`, `kg`, `lb` or `oz`.",
                excerpt(unit)
            ));
        }
    };
    let factor: rust_decimal::Decimal = grams_per_unit.parse().unwrap_or(rust_decimal::Decimal::ONE);
    weight(text, grams_per_unit == "1")
        .and_then(|weight| weight.checked_mul(factor))
        .and_then(|grams| i32::try_from(grams.round()).ok())
        .filter(|grams| *grams >= 0)
        .ok_or_else(|| format!("`{}` is not a weight. Write a number like `250`.", excerpt(text)))
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

    fn eur(text: &str) -> Option<i64> {
        price(text, Currency::EUR).ok()
    }

    #[test]
    fn prices_are_read_as_people_write_them() {
        for (text, minor) in [
            ("9.99", 999),
            ("500", 50_000),
            ("1,234.50", 123_450),
            ("1.234,50 €", 123_450),
            ("€ 12", 1_200),
            ("EUR 12,5", 1_250),
            ("1'234.50", 123_450),
            ("1 234,50", 123_450),
            ("1\u{a0}234,50", 123_450),
            ("1,234", 123_400),
            ("1.234.567", 123_456_700),
            ("1,234,567.8", 123_456_780),
            ("10.0", 1_000),
            ("0", 0),
        ] {
            assert_eq!(eur(text), Some(minor), "{text}");
        }
    }

    #[test]
    fn what_is_no_price_is_refused() {
        for text in [
            "",
            "-1",
            "free",
            "1e3",
            "9.999",
            "1.2.3",
            "12,34,5",
            "1.234,5.6",
            "$ 5",
            "USD 5",
            "5.",
            "--5",
            "1-2",
            "٣",
        ] {
            assert_eq!(eur(text), None, "{text}");
        }
        assert!(price("99999999999999999999", Currency::EUR).is_err());
    }

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
        for (text, unit) in [("-1", "g"), ("a", "g"), ("1", "stone"), ("9999999999", "kg")] {
            assert!(grams(text, unit).is_err(), "{text} {unit}");
        }
        assert_eq!(
            (quantity("3"), quantity(""), quantity("-2"), quantity("4.0")),
            (Ok(Some(3)), Ok(None), Ok(Some(-2)), Ok(Some(4)))
        );
        assert_eq!((quantity("1,200"), quantity("3.00")), (Ok(Some(1_200)), Ok(Some(3))));
        assert!(
            ["1.5", "1,5", "1.", ",5", "12,34"]
                .iter()
                .all(|text| quantity(text).is_err())
        );
    }
}

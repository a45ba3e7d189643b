//! A price as people and spreadsheets write it: pure.

use unicode_normalization::UnicodeNormalization;

use super::cell::excerpt;
use crate::{
    language::{Message, messages},
    money::{Currency, Money},
};

/// What stands beside prices in place of a currency's code, and of which currencies.
const MARKS: [(&str, &[&str]); 38] = [
    ("€", &["EUR"]),
    ("£", &["GBP", "GIP", "FKP", "SHP"]),
    ("¥", &["JPY", "CNY"]),
    ("円", &["JPY"]),
    ("元", &["CNY", "TWD"]),
    ("NT$", &["TWD"]),
    ("US$", &["USD"]),
    ("A$", &["AUD"]),
    ("C$", &["CAD"]),
    ("CA$", &["CAD"]),
    ("HK$", &["HKD"]),
    ("NZ$", &["NZD"]),
    ("S$", &["SGD"]),
    ("MX$", &["MXN"]),
    ("R$", &["BRL"]),
    ("R", &["ZAR"]),
    ("Fr", &["CHF"]),
    ("SFr", &["CHF"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
    ("zł", &["PLN"]),
    ("Kč", &["CZK"]),
    ("Ft", &["HUF"]),
    ("lei", &["RON", "MDL"]),
    ("лв", &["BGN"]),
    ("₽", &["RUB"]),
    ("руб", &["RUB"]),
    ("₴", &["UAH"]),
    ("₺", &["TRY"]),
    ("TL", &["TRY"]),
    ("₪", &["ILS"]),
    ("₹", &["INR"]),
    ("Rs", &["INR", "PKR", "LKR", "NPR", "MUR"]),
    ("₩", &["KRW"]),
    ("฿", &["THB"]),
    ("₫", &["VND"]),
    ("₱", &["PHP"]),
    ("Rp", &["IDR"]),
    ("RM", &["MYR"]),
];

/// A price as people and spreadsheets write it: `1234.5`, `1,234.50`, `1.234,50 €`, `EUR 12`, `12,-`.
pub(super) fn price(text: &str, currency: Currency) -> Result<i64, Message> {
    let remedy = || messages::import_no_price(excerpt(text), currency);
    // Digits and marks as wide as the letters of Chinese and Japanese are meant as the usual ones.
    let compact: String = text
        .nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’'))
        .collect();
    let (digits, mark) = parted(&compact).ok_or_else(remedy)?;
    if !fits(&mark, currency) {
        return Err(messages::import_price_elsewhere(excerpt(text), currency));
    }
    let plain = plain_decimal(digits, currency).ok_or_else(remedy)?;
    let money = Money::parse(&plain, currency);
    let money = money.map_err(|error| messages::import_price_form(Message::from(error), currency))?;
    if money.minor < 0 {
        return Err(messages::import_price_negative());
    }
    Ok(money.minor)
}

/// The digits, and what stands beside them; nothing where there are no digits, or one mark too many.
fn parted(compact: &str) -> Option<(&str, String)> {
    let start = compact.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+'))?;
    let end = compact.rfind(|c: char| c.is_ascii_digit())? + 1;
    let digits = compact.get(start..end)?;
    // A dash stands for decimals that are none: `12,-`.
    let behind = &compact[end..];
    let without_dash = behind
        .strip_prefix([',', '.'])
        .map(|rest| (rest, rest.trim_start_matches(['-', '–', '—'])))
        .filter(|(rest, behind)| rest != behind)
        .map_or(behind, |(_, behind)| behind);
    let mark = format!("{}{without_dash}", &compact[..start]);
    let is_separator = !mark.is_empty() && mark.chars().all(|c| matches!(c, '.' | ','));
    (!is_separator).then_some((digits, mark))
}

/// Whether what stands beside the digits is nothing, the currency's code or a symbol of it.
fn fits(mark: &str, currency: Currency) -> bool {
    let mark = mark.trim_end_matches('.');
    let code = currency.code();
    let mut of_currency = MARKS.iter().filter(|(_, codes)| codes.contains(&code));
    mark.is_empty()
        || mark.eq_ignore_ascii_case(code)
        || (mark == "$" && (code.ends_with('D') || code == "MXN"))
        || of_currency.any(|(known, _)| known.to_lowercase() == mark.to_lowercase())
}

/// With a point before the decimals and nothing between the thousands; `None` when it is unclear
/// which is which.
fn plain_decimal(digits: &str, currency: Currency) -> Option<String> {
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    // Three digits behind the only mark: a thousand of many countries, or decimals beyond what the currency has.
    let is_thousand = |mark| {
        let parts = digits.split_once(mark);
        parts.is_some_and(|(whole, rest)| rest.len() == 3 && whole.len() <= 3 && whole != "0")
            && (mark == ',' || currency.exponent() < 3)
    };
    let decimal = match (points, commas) {
        (0, 0) => None,
        (_, 0) if points > 1 => None,
        (0, _) if commas > 1 => None,
        (1, 0) if is_thousand('.') => return None,
        (1, 0) => Some('.'),
        // Where the currency has three decimals, a comma may be either, too.
        (0, 1) if is_thousand(',') && currency.exponent() == 3 => return None,
        (0, 1) if is_thousand(',') => None,
        (0, 1) => Some(','),
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
            ("0.500", 50),
            ("12.5000", 1_250),
            ("12,-", 1_200),
            ("12.– €", 1_200),
            ("１２．５０", 1_250),
            ("+ 3", 300),
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
            "12.500",
            "1.000",
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
    fn each_currency_has_its_marks_and_decimals() {
        for (text, currency, minor) in [
            ("￥1,234", "JPY", Some(1_234)),
            ("1,234円", "JPY", Some(1_234)),
            ("1.234", "JPY", None),
            ("12.5", "JPY", None),
            ("KWD 1.250", "KWD", Some(1_250)),
            ("1,234.500", "BHD", Some(1_234_500)),
            // Neither is more likely: a thousand, or one with its decimals.
            ("1,000", "KWD", None),
            ("Fr. 12.50", "CHF", Some(1_250)),
            ("12.50 kr.", "SEK", Some(1_250)),
            ("1 234,50 zł", "PLN", Some(123_450)),
            ("R$ 1.234,50", "BRL", Some(123_450)),
            ("US$5", "USD", Some(500)),
            ("$ 5", "CAD", Some(500)),
            ("US$5", "CAD", None),
            ("₩1,000", "KRW", Some(1_000)),
        ] {
            let currency = currency.parse().expect("a currency");
            assert_eq!(price(text, currency).ok(), minor, "{text} {currency}");
        }
    }
}

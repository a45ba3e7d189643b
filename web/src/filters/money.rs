//! Amounts, as each language writes them.

use minijinja::{Error, ErrorKind, Value};

use super::formats;
use crate::words::primary;

/// By code; a currency that has none here is written by its code.
const SYMBOLS: [(&str, &str); 12] = [
    ("AUD", "A$"),
    ("BRL", "R$"),
    ("CAD", "CA$"),
    ("CNY", "CN¥"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("ILS", "₪"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("NZD", "NZ$"),
    ("USD", "$"),
];

/// Of what the API calls `Money`: `€1,249.00`, `1.249,00 €`.
pub(super) fn write(language: &str, money: &Value) -> Result<String, Error> {
    let part = |name: &str| {
        money
            .get_attr(name)
            .ok()
            .and_then(|part| part.as_str().map(str::to_owned))
    };
    match (part("amount"), part("currencyCode")) {
        (Some(amount), Some(currency)) => Ok(price(language, &amount, &currency)),
        _ => Err(Error::new(
            ErrorKind::InvalidOperation,
            "`money` takes an amount and its currencyCode",
        )),
    }
}

fn price(language: &str, amount: &str, currency: &str) -> String {
    let (sign, digits) = amount.strip_prefix('-').map_or(("", amount), |digits| ("−", digits));
    let number = formats::number(language, digits);
    let symbol = SYMBOLS
        .iter()
        .find(|(code, _)| *code == currency)
        .map(|(_, symbol)| *symbol);
    match (symbol, primary(language)) {
        (Some(symbol), "en" | "zh" | "ja" | "ko" | "he" | "hi") => format!("{sign}{symbol}{number}"),
        (Some(symbol), _) => format!("{sign}{number}\u{a0}{symbol}"),
        (None, "en") => format!("{sign}{currency}\u{a0}{number}"),
        (None, _) => format!("{sign}{number}\u{a0}{currency}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_way() {
        assert_eq!(price("en", "1249.00", "EUR"), "€1,249.00");
        assert_eq!(price("de", "1249.00", "EUR"), "1.249,00\u{a0}€");
        assert_eq!(price("de", "-5.50", "EUR"), "−5,50\u{a0}€");
        assert_eq!(price("en", "1000000", "JPY"), "¥1,000,000");
        assert_eq!(price("fr", "12.00", "CHF"), "12,00\u{a0}CHF");
        assert_eq!(price("ar", "12.50", "EUR"), "12.50\u{a0}€");
    }
}

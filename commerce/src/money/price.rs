//! An amount as people read it.

use super::{Currency, Money};

impl Money {
    /// `€1,249.00`; for currencies without a sign of their own, `CHF 1,249.00`.
    pub fn price(self) -> String {
        let decimal = self.decimal();
        let (sign, digits) = match decimal.strip_prefix('-') {
            Some(digits) => ("\u{2212}", digits),
            None => ("", decimal.as_str()),
        };
        let (whole, fraction) = digits
            .split_once('.')
            .map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
        let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
        format!("{sign}{}{}{fraction}", symbol(self.currency), grouped(whole))
    }
}

/// A no-break space keeps a code and its amount on one line.
fn symbol(currency: Currency) -> String {
    match currency.code() {
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        "JPY" => "¥".to_owned(),
        "USD" => "$".to_owned(),
        code => format!("{code}\u{a0}"),
    }
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().expect("a currency")
    }

    #[test]
    fn amounts_read_as_prices() {
        let written = [
            (124_900, "EUR"),
            (5, "EUR"),
            (-1000, "EUR"),
            (1_234_567, "JPY"),
            (1250, "KWD"),
            (99_999, "CHF"),
            (i64::MIN, "EUR"),
        ]
        .map(|(minor, code)| Money::new(minor, currency(code)).price());
        let expected = [
            "€1,249.00",
            "€0.05",
            "−€10.00",
            "¥1,234,567",
            "KWD\u{a0}1.250",
            "CHF\u{a0}999.99",
            "−€92,233,720,368,547,758.08",
        ];
        assert_eq!(written, expected);
    }
}

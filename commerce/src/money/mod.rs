//! Money: integer minor units with a currency, and checked arithmetic.
//!
//! Amounts never become floating point. The number of decimals is the currency's own, from
//! ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD.

pub mod convert;

use std::fmt;

pub use vitrine_entity::currency::Currency;

/// Why an amount could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("`{0}` is not a decimal amount")]
    NotADecimal(String),
    #[error("{currency} has {decimals} decimals; `{amount}` has more")]
    TooManyDecimals {
        currency: Currency,
        decimals: u32,
        amount: String,
    },
    #[error("the amount is too large")]
    Overflow,
    #[error("{0} and {1} cannot be added")]
    CurrencyMismatch(Currency, Currency),
}

/// An amount in minor units of a currency: 4999 EUR is € 49.99.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a decimal at the currency's own scale or fewer decimals: `49.99`, `49.9`, `49`. Zeros beyond it say nothing
    /// (`49.9000`), but `1.000` may be a thousand, as much of Europe writes it: only a currency of three decimals has it.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        let not_decimal = || MoneyError::NotADecimal(amount.chars().take(40).collect());
        let (negative, digits) = match amount.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, amount),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.ends_with('.') {
            return Err(not_decimal());
        }
        let decimals = currency.exponent();
        let may_be_thousands = fraction.len() == 3 && whole != "0" && whole.len() <= 3;
        let significant = match may_be_thousands && decimals < 3 {
            true => fraction,
            false => fraction.trim_end_matches('0'),
        };
        if significant.len() > decimals as usize {
            return Err(MoneyError::TooManyDecimals {
                currency,
                decimals,
                amount: amount.chars().take(40).collect(),
            });
        }
        let padded = format!("{whole}{significant:0<width$}", width = decimals as usize);
        let minor: i64 = padded.parse().map_err(|_| MoneyError::Overflow)?;
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// # Errors
    /// On overflow, and when the currencies differ.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch(self.currency, other.currency));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// # Errors
    /// On overflow.
    pub fn checked_mul(self, quantity: i64) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(quantity).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The amount alone, as a decimal at the currency's own scale: `49.99`.
    pub fn decimal(&self) -> String {
        let scale = self.currency.exponent();
        let sign = if self.minor < 0 { "-" } else { "" };
        let magnitude = self.minor.unsigned_abs();
        if scale == 0 {
            return format!("{sign}{magnitude}");
        }
        let unit = 10u64.pow(scale);
        format!(
            "{sign}{}.{:0width$}",
            magnitude / unit,
            magnitude % unit,
            width = scale as usize
        )
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// `numerator / denominator`, rounded half to even ("banker's rounding"), for non-negative values.
pub fn divide_half_even(numerator: i128, denominator: i128) -> i128 {
    let (quotient, remainder) = (numerator / denominator, numerator % denominator);
    match (remainder * 2).cmp(&denominator) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal => quotient + quotient % 2,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{memory::fixture, sql};

    fn currency(code: &str) -> Currency {
        code.parse().expect("a currency")
    }

    #[test]
    fn decimals_are_the_currencys_own() {
        assert_eq!(Money::parse("49.99", Currency::EUR).map(|m| m.minor), Ok(4999));
        assert_eq!(Money::parse("49.9", Currency::EUR).map(|m| m.minor), Ok(4990));
        assert_eq!(Money::parse("1200", currency("JPY")).map(|m| m.minor), Ok(1200));
        assert_eq!(Money::parse("1.250", currency("KWD")).map(|m| m.minor), Ok(1250));
        assert!(matches!(
            Money::parse("1.5", currency("JPY")),
            Err(MoneyError::TooManyDecimals { .. })
        ));
        for text in ["9.999", "1.000", "12.500"] {
            let read = Money::parse(text, Currency::EUR);
            assert!(matches!(read, Err(MoneyError::TooManyDecimals { .. })), "{text}");
        }
        for text in ["9.90", "9.9000", "9.900000"] {
            assert_eq!(Money::parse(text, Currency::EUR).map(|m| m.minor), Ok(990), "{text}");
        }
        assert_eq!(Money::parse("0.000", Currency::EUR).map(|m| m.minor), Ok(0));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "-", ".5", "5.", "1e3", "1,50", "+1", " 1", "NaN", "0x10", "٣"] {
            assert!(
                matches!(Money::parse(text, Currency::EUR), Err(MoneyError::NotADecimal(_))),
                "{text}"
            );
        }
        assert_eq!(
            Money::parse("99999999999999999999", Currency::EUR),
            Err(MoneyError::Overflow)
        );
        assert!("XYZ".parse::<Currency>().is_err() && "eur".parse::<Currency>().is_err());
    }

    #[tokio::test]
    async fn a_row_that_holds_no_currency_is_named() {
        let fixture = fixture().await;
        let id = Uuid::from_u128(7);
        let read = async |code: &str| {
            let values = [id.into(), code.into()];
            let rows = sql::rows(&fixture.shop.db, "select $1 as o_id, $2 as o_currency", values).await;
            rows.expect("one row")[0].try_get::<Currency>("o_", "currency")
        };
        assert_eq!(read("KWD").await, Ok(currency("KWD")));
        let told = read("???").await.expect_err("it is none").to_string();
        let expected = format!("row {id} has an impossible o_currency: `???` is not a currency of ISO 4217");
        assert!(told.contains(&expected), "{told}");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(minor in -1_000_000_000_000i64..1_000_000_000_000, code in prop::sample::select(vec!["EUR", "JPY", "KWD"])) {
            let money = Money::new(minor, currency(code));
            prop_assert_eq!(Money::parse(&money.decimal(), money.currency), Ok(money));
        }

        #[test]
        fn rounding_errs_by_at_most_half(n in 0i128..1_000_000_000_000, d in 1i128..1_000_000) {
            let rounded = divide_half_even(n, d);
            prop_assert!((rounded * d - n).abs() * 2 <= d);
        }
    }
}

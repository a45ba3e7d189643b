//! Scalars of our own. Each is a string on the wire.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;

macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident = $graphql:literal, $specification:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub String);

        $(#[$doc])*
        #[Scalar(name = $graphql, specified_by_url = $specification)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    };
}

text_scalar! {
    /// A currency's code of ISO 4217, as in `EUR`.
    CurrencyCode = "CurrencyCode", "https://www.iso.org/iso-4217-currency-codes.html"
}

text_scalar! {
    /// A country's code of ISO 3166-1 alpha-2, as in `DE`.
    CountryCode = "CountryCode", "https://www.iso.org/iso-3166-country-codes.html"
}

text_scalar! {
    /// A language by its tag of BCP 47, as in `de` and `pt-BR`. In input, capitals and underscores do, too: `DE`, `PT_BR`.
    LanguageCode = "LanguageCode", "https://www.rfc-editor.org/info/bcp47"
}

text_scalar! {
    /// An absolute URL.
    Url = "URL", "https://url.spec.whatwg.org/"
}

text_scalar! {
    /// HTML that was sanitised by the shop: no scripts, no styles, no frames. It may be rendered
    /// as it is.
    Html = "HTML", "https://html.spec.whatwg.org/"
}

/// A day of the calendar, as a string of ISO 8601: `"2026-12-24"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A day of the calendar, as a string of ISO 8601: `"2026-12-24"`.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => match text.parse() {
                Ok(date) => Ok(Self(date)),
                Err(_) => Err(InputValueError::custom("a date is written as in 2026-12-24")),
            },
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A decimal number, exactly, as a string: `"49.99"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(pub String);

/// A decimal number, exactly, as a string: `"49.99"`. Amounts of money come with all the decimals
/// of their currency (two for EUR, none for JPY). In input a whole number may be sent as such; a
/// floating-point number is refused, because it may not be the number that was meant.
#[Scalar]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            Value::Number(number) if number.is_i64() => Ok(Self(number.to_string())),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// A count in the range of GraphQL's `Int`; what is greater is shown as the greatest.
pub fn int(count: i64) -> i32 {
    count.try_into().unwrap_or(if count < 0 { i32::MIN } else { i32::MAX })
}

//! The currency of an amount, stored as its code of ISO 4217.

use std::{fmt, str::FromStr};

use sea_orm::{
    ActiveValue, ColIdx, DbErr, IntoActiveValue, QueryResult, TryFromU64, TryGetError, TryGetable, Value,
    sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr},
};
use uuid::Uuid;

/// An ISO 4217 currency that has a minor unit.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

/// Why a text is no currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a currency of ISO 4217")]
pub struct UnknownCurrency(String);

impl Currency {
    pub const EUR: Self = Self(iso_currency::Currency::EUR);

    /// All that there are, by their codes. The crate lists them with another dependency only; of some 17,000 codes it knows
    /// which are one.
    pub fn all() -> impl Iterator<Item = Self> {
        let letters = || (b'A'..=b'Z').map(char::from);
        let codes = letters().flat_map(move |a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])));
        codes.filter_map(|code| code.iter().collect::<String>().parse().ok())
    }

    /// Its code, as in `EUR`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals an amount has: 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn exponent(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or(0))
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        iso_currency::Currency::from_code(code)
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or_else(|| UnknownCurrency(code.chars().take(12).collect()))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

impl From<Currency> for Value {
    fn from(currency: Currency) -> Self {
        currency.code().into()
    }
}

impl TryGetable for Currency {
    /// Names the row and the column when the text that is stored is no currency.
    fn try_get_by<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        let code = String::try_get_by(row, column)?;
        code.parse().map_err(|error| {
            let column = column.as_str().unwrap_or("currency");
            // Beside it, under the same prefix.
            let id = column.strip_suffix("currency").map(|prefix| format!("{prefix}id"));
            let id = id.and_then(|id| row.try_get_by::<Uuid, _>(id.as_str()).ok());
            let id = id.map_or_else(|| "without an id".to_owned(), |id| id.to_string());
            TryGetError::DbErr(DbErr::Type(format!("row {id} has an impossible {column}: {error}")))
        })
    }
}

impl ValueType for Currency {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        let code = <String as ValueType>::try_from(value)?;
        code.parse().map_err(|_| ValueTypeErr)
    }

    fn type_name() -> String {
        "Currency".to_owned()
    }

    fn array_type() -> ArrayType {
        ArrayType::String
    }

    fn column_type() -> ColumnType {
        ColumnType::Text
    }
}

impl TryFromU64 for Currency {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("Currency"))
    }
}

impl Nullable for Currency {
    fn null() -> Value {
        Value::String(None)
    }
}

impl IntoActiveValue<Currency> for Currency {
    fn into_active_value(self) -> ActiveValue<Currency> {
        ActiveValue::Set(self)
    }
}

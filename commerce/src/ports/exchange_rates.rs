//! Asks a bank, or whoever publishes them, for the rates of a day.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::NaiveDate;

use crate::money::Currency;

/// Whoever publishes rates.
#[async_trait]
pub trait ExchangeRates: Send + Sync {
    /// The newest rates that there are.
    ///
    /// # Errors
    /// When there was no answer in time, or none that can be read.
    async fn latest(&self) -> Result<RateSheet, ExchangeRatesError>;
}

/// The rates of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateSheet {
    /// What one unit of is worth as much as each rate says.
    pub base: Currency,
    /// The day that they are of; none where nobody says.
    pub on: Option<NaiveDate>,
    /// Units of each currency for one of the base, in hundred millionths.
    pub rates: BTreeMap<&'static str, i64>,
}

/// There are no rates.
#[derive(Debug, thiserror::Error)]
#[error("there are no exchange rates: {0}")]
pub struct ExchangeRatesError(pub String);

/// In hundred millionths.
const ONE: i64 = 100_000_000;

impl RateSheet {
    /// Units of `to` for one of `from`, in hundred millionths, rounded to the nearest. `None` where the sheet knows one of
    /// the two not, or where it is too large or too small to be told.
    pub fn rate(&self, from: Currency, to: Currency) -> Option<i64> {
        let of = |currency: Currency| match currency == self.base {
            true => Some(ONE),
            false => self.rates.get(currency.code()).copied().filter(|rate| *rate > 0),
        };
        let (from, to) = (i128::from(of(from)?), i128::from(of(to)?));
        let rate = (to * i128::from(ONE) * 2 + from) / (from * 2);
        i64::try_from(rate).ok().filter(|rate| *rate > 0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sheet(rates: &[(&'static str, i64)]) -> RateSheet {
        RateSheet {
            base: Currency::EUR,
            on: None,
            rates: rates.iter().copied().collect(),
        }
    }

    #[test]
    fn rates_are_told_from_any_currency_to_any() {
        let (eur, usd, jpy): (_, Currency, Currency) = (Currency::EUR, "USD".parse().unwrap(), "JPY".parse().unwrap());
        let sheet = sheet(&[("USD", 108_430_000), ("JPY", 16_235_000_000)]);
        assert_eq!(sheet.rate(eur, usd), Some(108_430_000));
        assert_eq!(sheet.rate(usd, eur), Some(92_225_399), "1 / 1.0843");
        assert_eq!(sheet.rate(usd, jpy), Some(14_972_793_507), "162.35 / 1.0843");
        assert_eq!(sheet.rate(usd, "CHF".parse().unwrap()), None);
        assert_eq!(sheet.rate(jpy, jpy), Some(ONE));
    }

    proptest! {
        #[test]
        fn there_and_back_is_about_one(one in 1_000_000..1_000_000_000_000_i64, other in 1_000_000..1_000_000_000_000_i64) {
            let (usd, jpy): (Currency, Currency) = ("USD".parse().unwrap(), "JPY".parse().unwrap());
            let sheet = sheet(&[("USD", one), ("JPY", other)]);
            if let (Some(there), Some(back)) = (sheet.rate(usd, jpy), sheet.rate(jpy, usd)) {
                let product = i128::from(there) * i128::from(back);
                let off = (product - i128::from(ONE) * i128::from(ONE)).abs();
                prop_assert!(off <= i128::from(there.max(back)) + i128::from(ONE));
            }
        }
    }
}

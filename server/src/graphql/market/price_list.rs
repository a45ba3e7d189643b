use async_graphql::{Enum, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::money::convert::{percent_decimal, rate_decimal};
use vitrine_entity::price_list::{self, RateSource, Rounding};

use crate::graphql::shared::{CurrencyCode, Date, Decimal, int};

/// To which amounts converted prices are rounded: to the nearest of them, and of two the higher. What costs something never
/// becomes free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Rounding")]
pub enum PriceRounding {
    /// To the currency's own smallest unit: 12.34.
    MinorUnit,
    /// To five hundredths, where there are no smaller coins: 12.35.
    #[graphql(name = "CASH_5")]
    Cash5,
    /// To whole units: 12.
    Whole,
    /// To tens: 1,230.
    Tens,
    /// To hundreds: 1,200.
    Hundreds,
    /// To whole units less five hundredths: 12.95.
    #[graphql(name = "ENDING_95")]
    Ending95,
    /// To whole units less one hundredth: 12.99.
    #[graphql(name = "ENDING_99")]
    Ending99,
}

/// Where a price list's rate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "RateSource")]
pub enum PriceListRateSource {
    /// Staff set it.
    Manual,
    /// A file that was given to `vitrine rates`.
    File,
    /// It was fetched from whoever publishes rates.
    Fetched,
}

/// What the shop sells in besides its own currency. A price in it is what staff have fixed, else the price in the shop's own
/// currency at the rate, rounded.
#[derive(Debug, Clone)]
pub struct PriceList(pub price_list::Model);

/// What the shop sells in besides its own currency. A price in it is what staff have fixed, else the price in the shop's own
/// currency at the rate, rounded.
#[Object]
impl PriceList {
    /// Its currency, which names it.
    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency.code().to_owned())
    }

    /// Units of it for one of the shop's own currency: `"1.0843"`.
    async fn rate(&self) -> Decimal {
        Decimal(rate_decimal(self.0.rate_e8))
    }

    /// Where the rate comes from.
    async fn rate_source(&self) -> PriceListRateSource {
        self.0.rate_source.into()
    }

    /// The day that the rate is of, where its source says so.
    async fn rate_on(&self) -> Option<Date> {
        self.0.rate_on.map(Date)
    }

    /// When the rate was set, or taken from its source.
    async fn rate_taken_at(&self) -> Option<DateTime<Utc>> {
        self.0.rate_taken_at
    }

    /// Whether rates of files, and those that are fetched, take the place of this one.
    async fn follows_rates(&self) -> bool {
        self.0.follows_rates
    }

    /// What the shop puts upon the rate, in percent: `"2.5"`; below 0 for less.
    async fn margin_percent(&self) -> Decimal {
        Decimal(percent_decimal(self.0.margin_bp))
    }

    /// The rate with the margin upon it, by which prices are converted.
    async fn applied_rate(&self) -> Decimal {
        Decimal(rate_decimal(self.0.applied_rate_e8()))
    }

    /// A rate that was not taken, because it is too far from the one before: set it by hand if it is right. Null where there is
    /// none.
    async fn refused_rate(&self) -> Option<Decimal> {
        self.0.refused_rate_e8.map(|rate| Decimal(rate_decimal(rate)))
    }

    /// When that rate was refused.
    async fn refused_at(&self) -> Option<DateTime<Utc>> {
        self.0.refused_at
    }

    /// To which amounts converted prices are rounded.
    async fn rounding(&self) -> PriceRounding {
        self.0.rounding.into()
    }

    /// Whether its prices contain the tax.
    async fn prices_include_tax(&self) -> bool {
        self.0.prices_include_tax
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was taken away; null while it is there.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}

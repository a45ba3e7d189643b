use async_graphql::{Enum, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::money::convert::rate_decimal;
use vitrine_entity::price_list::{self, Rounding};

use crate::graphql::shared::{CurrencyCode, Decimal, int};

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

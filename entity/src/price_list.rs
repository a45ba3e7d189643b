//! What the shop sells in besides its own currency, and how prices become prices in it.

use sea_orm::entity::prelude::*;

use crate::currency::Currency;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    /// Units of it for one of the shop's own currency, in hundred millionths, before the margin
    /// ([`applied_rate_e8`](Model::applied_rate_e8)).
    pub rate_e8: i64,
    pub rounding: Rounding,
    pub prices_include_tax: bool,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
    pub rate_source: RateSource,
    /// The day that the rate is of, where its source says so.
    pub rate_on: Option<Date>,
    pub rate_taken_at: Option<DateTimeUtc>,
    /// What the shop puts upon the rate, in hundredths of a percent.
    pub margin_bp: i32,
    /// Whether rates of files, and those that are fetched, take the place of this one.
    pub follows_rates: bool,
    /// One that was too far from the one before, for staff to look at.
    pub refused_rate_e8: Option<i64>,
    pub refused_at: Option<DateTimeUtc>,
}

impl Model {
    /// The rate that prices follow from, with the margin upon it; rounded to the nearest.
    pub fn applied_rate_e8(&self) -> i64 {
        let parts = i128::from(self.rate_e8) * (10_000 + i128::from(self.margin_bp));
        let applied = (parts * 2 + 10_000) / 20_000;
        i64::try_from(applied.max(1)).unwrap_or(i64::MAX)
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a rate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RateSource {
    /// Staff set it.
    Manual,
    File,
    /// Of whoever publishes rates.
    Fetched,
}

/// To which amounts converted prices are rounded: to the nearest of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Rounding {
    /// To the currency's own smallest unit.
    #[sea_orm(string_value = "MINOR_UNIT")]
    MinorUnit,
    /// To five hundredths, where there are no smaller coins: 12.35.
    #[sea_orm(string_value = "CASH_5")]
    Cash5,
    /// To whole units: 12.
    #[sea_orm(string_value = "WHOLE")]
    Whole,
    /// To tens: 1,230.
    #[sea_orm(string_value = "TENS")]
    Tens,
    /// To hundreds: 1,200.
    #[sea_orm(string_value = "HUNDREDS")]
    Hundreds,
    /// To whole units less five hundredths: 12.95.
    #[sea_orm(string_value = "ENDING_95")]
    Ending95,
    /// To whole units less one hundredth: 12.99.
    #[sea_orm(string_value = "ENDING_99")]
    Ending99,
}

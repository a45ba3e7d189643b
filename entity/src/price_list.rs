//! What the shop sells in besides its own currency, and how prices become prices in it.

use sea_orm::entity::prelude::*;

use crate::currency::Currency;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    /// Units of it for one of the shop's own currency, in hundred millionths.
    pub rate_e8: i64,
    pub rounding: Rounding,
    pub prices_include_tax: bool,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

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

//! How the shop works: its days, and how it taxes.

use async_graphql::Enum;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum Weekday {
    /// Day 1 of ISO 8601.
    Monday,
    /// Day 2 of ISO 8601.
    Tuesday,
    /// Day 3 of ISO 8601.
    Wednesday,
    /// Day 4 of ISO 8601.
    Thursday,
    /// Day 5 of ISO 8601.
    Friday,
    /// Day 6 of ISO 8601.
    Saturday,
    /// Day 7 of ISO 8601.
    Sunday,
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

impl From<Weekday> for chrono::Weekday {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

/// Which rate shipping is taxed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::profile::ShippingTax")]
pub enum ShippingTaxPolicy {
    /// The standard rate of the country that the goods go to.
    OwnRate,
    /// The rates of the goods, in proportion to their worth.
    Proportional,
    /// The highest rate among the goods.
    Highest,
}

/// What becomes of prices that include tax where the shop's tax is not due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::profile::TaxAbroad")]
pub enum TaxAbroadPolicy {
    /// The shopper pays what is shown.
    Keep,
    /// The shop's own tax comes off the price.
    Remove,
}

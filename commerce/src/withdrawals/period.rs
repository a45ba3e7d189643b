//! For how long somebody may withdraw from an order.
//!
//! The period begins when the last parcel was delivered (article 9 (2) (b) ii). Where nobody told that it came, the goods count as
//! delivered a margin after they left: that it began earlier is the shop's to show, so that in doubt a statement is in time. While
//! something is still to be sent it has not begun, and a statement is always in time. It is counted in days of the shop's time
//! zone, the day of delivery not among them, and ends with its last day; where that is a Saturday, a Sunday, or a day on which
//! the shop says that it is closed, with the next that is none (regulation 1182/71, article 3).

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use sea_orm::{ConnectionTrait, EntityTrait};
use vitrine_entity::{company_order, order, return_policy, withdrawal::PeriodBasis};

use crate::{
    Result, Shop,
    profile::Profile,
    returns::{
        self,
        arrival::{self, Arrival},
    },
};

/// How many days in a row a shop is closed at most, for which a period is made longer.
const CLOSED_DAYS_MAX: usize = 31;

/// For how long an order's shopper may withdraw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// How many days; 0 where there is no such right: in this market, and for companies.
    pub days: i32,
    pub basis: PeriodBasis,
    /// From when it is counted; `None` while it has not begun.
    pub counted_from: Option<DateTime<Utc>>,
    /// The first moment that is too late; `None` while it has not begun, and where there is no such right.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Period {
    /// Whether there is such a right.
    pub fn is_given(&self) -> bool {
        self.days > 0
    }

    /// Whether it is over.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.ends_at.is_some_and(|ends_at| ends_at <= now)
    }
}

/// For how long the shopper of `order` may withdraw. Whose order it is was asked before.
///
/// # Errors
/// When the database fails.
pub async fn period_of(shop: &Shop, order: &order::Model) -> Result<Period> {
    let policy = returns::policy(shop).await?;
    read(shop, &shop.db, &policy, order).await
}

pub(super) async fn read(
    shop: &Shop,
    db: &impl ConnectionTrait,
    policy: &return_policy::Model,
    order: &order::Model,
) -> Result<Period> {
    let profile = shop.profile();
    let is_company = company_order::Entity::find_by_id(order.id).one(db).await?.is_some();
    let days = match is_company {
        true => 0,
        false => days(&profile, policy, &order.shipping_address.country),
    };
    let margin = TimeDelta::days(policy.delivery_margin_days.into());
    let (basis, counted_from) = match arrival::of(db, order).await? {
        Arrival::NothingToSend => (PeriodBasis::Concluded, Some(order.placed_at)),
        Arrival::StillToSend => (PeriodBasis::NotSent, None),
        Arrival::OnItsWay { since } => (PeriodBasis::Sent, Some(since + margin)),
        Arrival::Arrived { at } => (PeriodBasis::Delivered, Some(at)),
    };
    Ok(Period {
        days,
        basis,
        counted_from,
        ends_at: counted_from.filter(|_| days > 0).map(|from| end(&profile, from, days)),
    })
}

/// How many days there are where the order went.
fn days(profile: &Profile, policy: &return_policy::Model, country: &str) -> i32 {
    let market = profile.market_of(country);
    let days = market.and_then(|market| policy.withdrawal_market_days.0.get(&market.id.to_string()));
    days.copied().unwrap_or(policy.withdrawal_days)
}

/// The first moment after a period.
fn end(profile: &Profile, from: DateTime<Utc>, days: i32) -> DateTime<Utc> {
    let last = profile.date(from) + TimeDelta::days(days.into());
    let is_counted =
        |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !profile.closed_on.contains(day);
    let last = last.iter_days().take(CLOSED_DAYS_MAX).find(is_counted).unwrap_or(last);
    profile.day_begins(last + TimeDelta::days(1))
}

#[cfg(test)]
mod tests {
    use vitrine_entity::currency::Currency;

    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_period_ends_with_its_last_day_in_the_shop() {
        let mut profile = Profile::new("Vitrine", "DE", Currency::EUR, "de");
        profile.time_zone = chrono_tz::Tz::Europe__Berlin;
        // Half past midnight on Thursday, the second, in Berlin.
        let came = moment("2026-07-01T22:30:00Z");
        assert_eq!(end(&profile, came, 14), moment("2026-07-16T22:00:00Z"));
        // Friday, the third: the last day is a Friday. Saturday, the fourth: it is a Saturday, and then Monday.
        assert_eq!(
            end(&profile, moment("2026-07-03T10:00:00Z"), 14),
            moment("2026-07-17T22:00:00Z")
        );
        assert_eq!(
            end(&profile, moment("2026-07-04T10:00:00Z"), 14),
            moment("2026-07-20T22:00:00Z")
        );
        profile.closed_on.insert("2026-07-20".parse().expect("a day"));
        assert_eq!(
            end(&profile, moment("2026-07-04T10:00:00Z"), 14),
            moment("2026-07-21T22:00:00Z")
        );
    }
}

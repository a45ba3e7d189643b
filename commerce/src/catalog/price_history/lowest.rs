//! The lowest price before a reduction (article 6a of directive 98/6/EC, as the directive 2019/2161 has it).

use chrono::{DateTime, TimeDelta, Utc};
use vitrine_entity::price_history;

/// How far back the directive looks.
pub(super) const WINDOW: TimeDelta = TimeDelta::days(30);

/// The lowest price in the 30 days before the reduction began that `price` is part of, where it is reduced and there was one.
/// `before` are rows that have ended, in any order; `price` begins to hold.
///
/// A reduction that grows step by step, without a break, is one (paragraph 5): what counts is what was before its first
/// step. One whose price rises is a new one: its lower price was a price of the 30 days before.
pub(super) fn lowest(price: &price_history::Model, before: &[price_history::Model]) -> Option<i64> {
    if !price.is_reduced() {
        return None;
    }
    let last = before.iter().find(|row| row.until == Some(price.since));
    let grows = last.filter(|last| last.is_reduced() && price.amount_minor <= last.amount_minor);
    let first_step = grows.and_then(|last| last.lowest_minor);
    // One that was reduced for as long as anybody knows has no price before: those of its steps are what is known.
    first_step.or_else(|| lowest_before(price.since, before))
}

fn lowest_before(begin: DateTime<Utc>, before: &[price_history::Model]) -> Option<i64> {
    let held = |row: &&price_history::Model| {
        row.since < begin
            && row
                .until
                .is_some_and(|until| until > row.since && until > begin - WINDOW)
    };
    before.iter().filter(held).map(|row| row.amount_minor).min()
}

#[cfg(test)]
mod tests {
    use vitrine_entity::{currency::Currency, ids::VariantId};

    use super::*;

    fn day(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(day)
    }

    /// The lowest price that stands beside each of these prices (the day from which it holds, it, the former price).
    fn told(prices: &[(i64, i64, Option<i64>)]) -> Vec<Option<i64>> {
        let mut rows: Vec<price_history::Model> = Vec::new();
        for (since, amount_minor, compare_at_minor) in prices {
            if let Some(last) = rows.last_mut() {
                last.until = Some(day(*since));
            }
            let mut row = price_history::Model {
                variant_id: VariantId(uuid::Uuid::nil()),
                currency: Currency::EUR,
                since: day(*since),
                until: None,
                amount_minor: *amount_minor,
                compare_at_minor: *compare_at_minor,
                lowest_minor: None,
                fixed: true,
            };
            row.lowest_minor = lowest(&row, &rows);
            rows.push(row);
        }
        rows.into_iter().map(|row| row.lowest_minor).collect()
    }

    #[test]
    fn a_price_that_is_not_reduced_tells_none() {
        assert_eq!(told(&[(0, 100, None), (9, 80, None), (10, 70, Some(70))]), [None; 3]);
    }

    #[test]
    fn a_reduction_tells_the_lowest_of_the_30_days_before_it_and_not_its_own() {
        // It was 90 until five days before the reduction, and 60 more than 30 days before it.
        let prices = [(0, 60, None), (9, 90, None), (35, 100, None), (40, 80, Some(100))];
        assert_eq!(told(&prices).last(), Some(&Some(90)));
        // A price that ended 30 days before, to the moment, is too old; one that ended a moment later is not.
        let ended = |day| told(&[(0, 60, None), (day, 100, None), (40, 80, Some(100))])[2];
        assert_eq!((ended(10), ended(11)), (Some(100), Some(60)));
    }

    #[test]
    fn a_reduction_that_grows_tells_the_price_before_its_first_step() {
        let prices = [
            (0, 100, None),
            (10, 80, Some(100)),
            (20, 70, Some(100)),
            (60, 50, Some(100)),
            (61, 50, Some(90)),
        ];
        assert_eq!(told(&prices), [None, Some(100), Some(100), Some(100), Some(100)]);
    }

    #[test]
    fn a_reduction_that_was_broken_off_or_shrinks_is_a_new_one() {
        let broken = [
            (0, 100, None),
            (10, 80, Some(100)),
            (12, 100, None),
            (14, 75, Some(100)),
        ];
        assert_eq!(told(&broken)[3], Some(80));
        let shrinks = [(0, 100, None), (10, 50, Some(100)), (14, 75, Some(100))];
        assert_eq!(told(&shrinks)[2], Some(50));
    }

    #[test]
    fn what_was_reduced_from_its_first_day_on_tells_none_until_it_is_reduced_further() {
        assert_eq!(told(&[(0, 80, Some(100)), (9, 70, Some(100))]), [None, Some(80)]);
    }
}

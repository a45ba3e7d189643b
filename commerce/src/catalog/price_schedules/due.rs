//! What becomes of a price as the time of its schedules comes and goes. Pure.

use chrono::{DateTime, Utc};
use vitrine_entity::price_schedule::{self, PriceScheduleState};

/// What a variant costs, as its row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) amount_minor: i64,
    pub(super) compare_at_minor: Option<i64>,
    /// Else it follows from a rate.
    pub(super) fixed: bool,
}

/// What a schedule makes the price.
pub(super) fn scheduled(row: &price_schedule::Model) -> Held {
    Held {
        amount_minor: row.amount_minor,
        compare_at_minor: row.compare_at_minor,
        fixed: true,
    }
}

/// What it took the place of.
fn replaced(row: &price_schedule::Model) -> Option<Held> {
    Some(Held {
        amount_minor: row.before_minor?,
        compare_at_minor: row.before_compare_at_minor,
        fixed: row.before_fixed.unwrap_or(true),
    })
}

/// Does whatever is due of these, which are one variant's in one currency, in the order of time; of one moment, what ends
/// before what begins. Whoever was away for as long as a schedule lasted finds it over.
pub(super) fn do_due(rows: &mut [price_schedule::Model], price: &mut Option<Held>, now: DateTime<Utc>) {
    loop {
        let steps = rows
            .iter()
            .enumerate()
            .filter_map(|(place, row)| Some((next(row)?, place)));
        let Some(((at, begins), place)) = steps.min() else {
            return;
        };
        if at > now {
            return;
        }
        match begins {
            true => begin(&mut rows[place], price),
            false => end(&mut rows[place], price, PriceScheduleState::Ended),
        }
    }
}

/// When something is to be done next, and whether it begins then.
fn next(row: &price_schedule::Model) -> Option<(DateTime<Utc>, bool)> {
    match row.state {
        PriceScheduleState::Planned => Some((row.begins_at, true)),
        PriceScheduleState::Active => Some((row.ends_at?, false)),
        PriceScheduleState::Ended | PriceScheduleState::Withdrawn => None,
    }
}

fn begin(row: &mut price_schedule::Model, price: &mut Option<Held>) {
    row.before_minor = price.map(|price| price.amount_minor);
    row.before_compare_at_minor = price.and_then(|price| price.compare_at_minor);
    row.before_fixed = price.map(|price| price.fixed);
    *price = Some(scheduled(row));
    row.state = match row.ends_at {
        Some(_) => PriceScheduleState::Active,
        None => PriceScheduleState::Ended,
    };
}

/// The former price comes back, unless somebody has set another since.
pub(super) fn end(row: &mut price_schedule::Model, price: &mut Option<Held>, state: PriceScheduleState) {
    if *price == Some(scheduled(row)) {
        *price = replaced(row);
    }
    row.state = state;
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use vitrine_entity::{
        currency::Currency,
        ids::{PriceScheduleId, VariantId},
    };

    use super::*;

    fn hour(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    fn planned(amount_minor: i64, begins: i64, ends: Option<i64>) -> price_schedule::Model {
        price_schedule::Model {
            id: PriceScheduleId(uuid::Uuid::from_u128(begins.unsigned_abs().into())),
            variant_id: VariantId(uuid::Uuid::nil()),
            currency: Currency::EUR,
            amount_minor,
            compare_at_minor: None,
            begins_at: hour(begins),
            ends_at: ends.map(hour),
            state: PriceScheduleState::Planned,
            before_minor: None,
            before_compare_at_minor: None,
            before_fixed: None,
            actor: "system".to_owned(),
            version: 1,
            created_at: hour(0),
            updated_at: hour(0),
        }
    }

    fn held(amount_minor: i64, fixed: bool) -> Option<Held> {
        Some(Held {
            amount_minor,
            compare_at_minor: None,
            fixed,
        })
    }

    #[test]
    fn a_price_comes_and_goes_and_the_former_one_is_back() {
        let mut rows = [planned(80, 10, Some(20))];
        let mut price = held(100, false);
        do_due(&mut rows, &mut price, hour(9));
        assert_eq!((price, rows[0].state), (held(100, false), PriceScheduleState::Planned));
        do_due(&mut rows, &mut price, hour(10));
        assert_eq!((price, rows[0].state), (held(80, true), PriceScheduleState::Active));
        do_due(&mut rows, &mut price, hour(20));
        assert_eq!((price, rows[0].state), (held(100, false), PriceScheduleState::Ended));
    }

    #[test]
    fn what_staff_set_meanwhile_stays() {
        let mut rows = [planned(80, 10, Some(20))];
        let mut price = held(100, true);
        do_due(&mut rows, &mut price, hour(10));
        price = held(90, true);
        do_due(&mut rows, &mut price, hour(20));
        assert_eq!(price, held(90, true));
    }

    #[test]
    fn one_that_ends_as_another_begins_gives_back_nothing_of_its_own() {
        for order in [[0, 1], [1, 0]] {
            let both = [planned(80, 10, Some(20)), planned(70, 20, Some(30))];
            let mut rows = order.map(|place| both[place].clone());
            let mut price = held(100, true);
            do_due(&mut rows, &mut price, hour(12));
            do_due(&mut rows, &mut price, hour(20));
            assert_eq!(price, held(70, true));
            do_due(&mut rows, &mut price, hour(31));
            assert_eq!(price, held(100, true));
        }
    }

    #[test]
    fn whoever_was_away_finds_it_over_and_what_was_to_stay_there() {
        let mut rows = [planned(80, 10, Some(20)), planned(60, 40, None)];
        let mut price = None;
        do_due(&mut rows, &mut price, hour(21));
        assert_eq!((price, rows[0].state), (None, PriceScheduleState::Ended));
        do_due(&mut rows, &mut price, hour(400));
        assert_eq!((price, rows[1].state), (held(60, true), PriceScheduleState::Ended));
    }
}

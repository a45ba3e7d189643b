//! What a scheduled price may be.

use chrono::{DateTime, TimeDelta, Utc};
use vitrine_entity::price_schedule::{self, PriceScheduleState};

use crate::{
    ErrorCode, Refusal, Shop,
    catalog::fields::{Refusals, amount},
    language::messages,
    money::{Currency, Money},
};

/// How far ahead a price is planned.
const AHEAD_MAX: TimeDelta = TimeDelta::days(2 * 366);

/// What is written for "now" takes a moment to come here.
const LATE_MAX: TimeDelta = TimeDelta::minutes(5);

/// The shop's own currency, or one that it has a price list in.
pub(super) fn currency(shop: &Shop, code: Option<&str>) -> Result<Currency, Refusal> {
    let profile = shop.profile();
    let Some(code) = code else { return Ok(profile.currency) };
    let code = crate::text::code(code).to_ascii_uppercase();
    let found = profile.currencies().find(|currency| currency.code() == code);
    found.ok_or_else(|| {
        let sold: Vec<_> = profile.currencies().map(Currency::code).collect();
        let message = messages::no_prices_in_currency(sold.join(", "));
        Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"])
    })
}

/// A decimal as an amount that a price may be.
pub(super) fn money(field: &str, text: &str, currency: Currency, refusals: &mut Refusals) -> i64 {
    match Money::parse(text.trim(), currency) {
        Ok(money) => {
            amount(&[field], money.minor, refusals);
            money.minor
        }
        Err(error) => {
            refusals.0.push(Refusal::from(error).at(&[field]));
            0
        }
    }
}

/// What is wrong with the times of a schedule that is planned, or that goes on.
pub(super) fn times(row: &price_schedule::Model, now: DateTime<Utc>, refusals: &mut Refusals) {
    let is_planned = row.state == PriceScheduleState::Planned;
    if is_planned && row.begins_at < now - LATE_MAX {
        refusals.refuse(&["beginsAt"], messages::price_begins_in_past());
    }
    if row.begins_at > now + AHEAD_MAX {
        refusals.refuse(&["beginsAt"], messages::price_begins_too_late());
    }
    let Some(ends_at) = row.ends_at else { return };
    if ends_at <= row.begins_at {
        refusals.refuse(&["endsAt"], messages::price_ends_before_begin());
    } else if ends_at <= now {
        refusals.refuse(&["endsAt"], messages::price_ends_in_past());
    } else if ends_at > now + AHEAD_MAX * 2 {
        refusals.refuse(&["endsAt"], messages::price_ends_too_late());
    }
}

/// Another one that holds at the same time, or begins when this one does.
pub(super) fn overlap(row: &price_schedule::Model, others: &[price_schedule::Model], refusals: &mut Refusals) {
    let is_other = |other: &&price_schedule::Model| other.id != row.id && meet(row, other);
    let Some(other) = others.iter().find(is_other) else {
        return;
    };
    let until = match other.ends_at {
        Some(end) => format!(" to {}", end.to_rfc3339()),
        None => String::new(),
    };
    let message = format!(
        "Another price of the variant is planned for {}{until} ({}): two can't overlap.",
        other.begins_at.to_rfc3339(),
        other.id
    );
    refusals.refuse(&["beginsAt"], message);
}

/// One without an end is a moment: what is planned for later takes its place.
fn meet(one: &price_schedule::Model, other: &price_schedule::Model) -> bool {
    let end = |row: &price_schedule::Model| row.ends_at.unwrap_or(row.begins_at + TimeDelta::microseconds(1));
    one.begins_at < end(other) && other.begins_at < end(one)
}

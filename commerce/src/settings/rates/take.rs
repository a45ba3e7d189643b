//! Takes the rates of a day over.

use sea_orm::{ActiveModelTrait, ActiveValue::Unchanged, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{price_list, price_list::RateSource};

use crate::{
    Context, Result, Shop, Tx,
    jobs::Job,
    money::{Currency, convert::rate_decimal},
    ports::exchange_rates::RateSheet,
    settings::{store, update::write as write_settings},
    staff::{Permission, audit, permission},
};

/// What became of a price list's rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateOutcome {
    Taken,
    /// It is the same.
    Same,
    /// Staff set this one by hand.
    ByHand,
    /// The sheet does not have it.
    Missing,
    /// The list has one of a later day.
    Older,
    /// It is too far from the one before.
    Refused,
}

/// A price list, and what became of its rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateChange {
    pub currency: Currency,
    /// In hundred millionths.
    pub before_e8: i64,
    /// As the sheet has it.
    pub found_e8: Option<i64>,
    pub outcome: RateOutcome,
}

/// Takes over what concerns the shop's price lists that follow rates; `jump_percent_max` is how far a rate may be from the one
/// before. A job makes the prices that follow.
///
/// # Errors
/// Refuses whoever may not.
pub async fn take(
    shop: &Shop,
    context: &Context,
    sheet: &RateSheet,
    source: RateSource,
    jump_percent_max: u32,
) -> Result<Vec<RateChange>> {
    permission::require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let mut profile = store::lock(&tx).await?;
        let own = profile.currency;
        let (mut changes, mut is_written, mut is_priced_anew) = (Vec::new(), false, false);
        for list in &mut profile.price_lists {
            let found_e8 = sheet.rate(own, list.currency);
            let change = RateChange {
                currency: list.currency,
                before_e8: list.rate_e8,
                found_e8,
                outcome: outcome(list, found_e8, sheet, jump_percent_max),
            };
            changes.push(change);
            if let Some(after) = after(&tx, list, &change, sheet, source) {
                write(&tx, &after).await?;
                is_priced_anew |= after.rate_e8 != list.rate_e8;
                is_written = true;
                *list = after;
                tell(&tx, &change).await?;
            }
        }
        if is_written {
            write_settings(&tx, profile).await?;
        }
        if is_priced_anew {
            tx.enqueue(None, Job::PriceProducts { after: None });
        }
        Ok(changes)
    })
    .await
}

fn outcome(list: &price_list::Model, found_e8: Option<i64>, sheet: &RateSheet, jump_percent_max: u32) -> RateOutcome {
    let Some(found) = found_e8 else {
        return RateOutcome::Missing;
    };
    let is_older = || Some(sheet.on? < list.rate_on?);
    if !list.follows_rates {
        RateOutcome::ByHand
    } else if is_older() == Some(true) {
        RateOutcome::Older
    } else if found == list.rate_e8 {
        RateOutcome::Same
    } else if is_too_far(list.rate_e8, found, jump_percent_max) {
        RateOutcome::Refused
    } else {
        RateOutcome::Taken
    }
}

/// By more than so many percent, up or down: half as much and twice as much are the same distance.
fn is_too_far(before: i64, found: i64, percent: u32) -> bool {
    let (low, high) = (i128::from(before.min(found)), i128::from(before.max(found)));
    high * 100 > low * (100 + i128::from(percent))
}

/// The list as it is then; nothing where it stays as it is.
fn after(
    tx: &Tx,
    list: &price_list::Model,
    change: &RateChange,
    sheet: &RateSheet,
    source: RateSource,
) -> Option<price_list::Model> {
    let now = tx.shop().now();
    let next = price_list::Model {
        version: list.version + 1,
        updated_at: now,
        ..list.clone()
    };
    let taken = |rate_e8| price_list::Model {
        rate_e8,
        rate_source: source,
        rate_on: sheet.on,
        rate_taken_at: Some(now),
        refused_rate_e8: None,
        refused_at: None,
        ..next.clone()
    };
    match (change.outcome, change.found_e8) {
        (RateOutcome::Taken, Some(found)) => Some(taken(found)),
        // That it still holds is worth knowing, once a day.
        (RateOutcome::Same, Some(found)) => {
            let is_known = (list.rate_source, list.rate_on, list.refused_rate_e8) == (source, sheet.on, None);
            (!is_known).then(|| taken(found))
        }
        (RateOutcome::Refused, found) if list.refused_rate_e8 != found => Some(price_list::Model {
            refused_rate_e8: found,
            refused_at: Some(now),
            ..next
        }),
        _ => None,
    }
}

async fn write(tx: &Tx, row: &price_list::Model) -> Result<()> {
    let mut written = row.clone().into_active_model().reset_all();
    written.currency = Unchanged(row.currency);
    written.update(tx.db()).await?;
    Ok(())
}

async fn tell(tx: &Tx, change: &RateChange) -> Result<()> {
    let told = |rate: i64| rate_decimal(rate);
    let data = json!({ "before": told(change.before_e8), "found": change.found_e8.map(told) });
    let action = match change.outcome {
        RateOutcome::Refused => {
            tracing::warn!(
                currency = change.currency.code(),
                before = told(change.before_e8),
                found = change.found_e8.map(told),
                "a rate is too far from the one before and is not taken: staff see it beside the price list"
            );
            "price_list.rate_refuse"
        }
        _ => "price_list.rate_take",
    };
    audit(tx, action, change.currency.to_string(), data).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_is_as_far_up_as_down() {
        for (before, found, is_far) in [
            (100, 110, false),
            (100, 111, true),
            (110, 100, false),
            (111, 100, true),
            (100, 100, false),
            (1, i64::MAX, true),
            (i64::MAX, 1, true),
        ] {
            assert_eq!(is_too_far(before, found, 10), is_far, "{before} to {found}");
        }
    }
}

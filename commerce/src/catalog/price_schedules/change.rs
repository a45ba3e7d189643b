//! Staff change a price that is planned, or that holds for a while.

use chrono::{DateTime, Utc};
use vitrine_entity::{
    ids::PriceScheduleId,
    price_schedule::{self, PriceScheduleState},
};

use super::{
    check::{money, overlap, times},
    due::{Held, scheduled},
    load::{among, place, row_of},
    settle::Plan,
};
use crate::{
    Context, Error, Result, Shop,
    catalog::{access::require_catalog, fields::Refusals},
    error::expect_version,
    language::messages,
};

/// A change of a planned price; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PriceScheduleChange {
    pub price: Option<String>,
    /// `Some(None)` takes it away.
    pub compare_at: Option<Option<String>>,
    pub begins_at: Option<DateTime<Utc>>,
    /// `Some(None)`: the price stays.
    pub ends_at: Option<Option<DateTime<Utc>>>,
}

/// Changes a planned price. Of one that holds, all but its begin: another amount is the price at once.
///
/// # Errors
/// Refuses whoever may not, one that is over, a version that is no longer its own, and as
/// [`create`](super::create()).
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: PriceScheduleId,
    expected_version: Option<i64>,
    change: PriceScheduleChange,
) -> Result<price_schedule::Model> {
    require_catalog(context)?;
    let change = &change;
    shop.transact(context, |tx| async move {
        let known = row_of(&tx, id).await?;
        let mut plan = Plan::open(&tx, known.variant_id, known.currency).await?;
        let mut refusals = Refusals::default();
        let Some(place) = place(&plan.rows, id) else {
            refusals.refuse(&["id"], messages::planned_price_over());
            return Err(Error::Refused(refusals.0));
        };
        expect_version("scheduled price", plan.rows[place].version, expected_version)?;
        let others = plan.rows.clone();
        let (row, price) = plan.at(place);
        apply(row, price, change, &mut refusals);
        times(row, tx.shop().now(), &mut refusals);
        overlap(row, &others, &mut refusals);
        refusals.any().map_err(Error::Refused)?;
        plan.do_due(&tx);
        among(plan.close(&tx).await?, id)
    })
    .await
}

fn apply(
    row: &mut price_schedule::Model,
    price: &mut Option<Held>,
    change: &PriceScheduleChange,
    refusals: &mut Refusals,
) {
    let was = scheduled(row);
    let is_active = row.state == PriceScheduleState::Active;
    if let Some(text) = &change.price {
        row.amount_minor = money("price", text, row.currency, refusals);
    }
    if let Some(text) = &change.compare_at {
        let text = text.as_deref();
        row.compare_at_minor = text.map(|text| money("compareAtPrice", text, row.currency, refusals));
    }
    if let Some(begins_at) = change.begins_at.filter(|begins_at| *begins_at != row.begins_at) {
        if is_active {
            refusals.refuse(&["beginsAt"], messages::planned_price_begun());
        }
        row.begins_at = begins_at;
    }
    if let Some(ends_at) = change.ends_at {
        row.ends_at = ends_at;
    }
    if is_active {
        if *price == Some(was) {
            *price = Some(scheduled(row));
        }
        if row.ends_at.is_none() {
            row.state = PriceScheduleState::Ended;
        }
    }
}

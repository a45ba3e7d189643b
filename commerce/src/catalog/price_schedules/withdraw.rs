//! Staff think again of a price that they planned.

use vitrine_entity::{
    ids::PriceScheduleId,
    price_schedule::{self, PriceScheduleState},
};

use super::{
    due,
    load::{among, place, row_of},
    settle::Plan,
};
use crate::{
    Context, Error, Result, Shop,
    catalog::{access::require_catalog, fields::Refusals},
    error::expect_version,
    language::messages,
};

/// Takes a planned price back. Where it holds, the former one is there again at once, unless staff have set another. One that
/// was withdrawn stays so.
///
/// # Errors
/// Refuses whoever may not, one that is over, and a version that is no longer its own.
pub async fn withdraw(
    shop: &Shop,
    context: &Context,
    id: PriceScheduleId,
    expected_version: Option<i64>,
) -> Result<price_schedule::Model> {
    require_catalog(context)?;
    shop.transact(context, |tx| async move {
        let known = row_of(&tx, id).await?;
        if known.state == PriceScheduleState::Withdrawn {
            return Ok(known);
        }
        let mut plan = Plan::open(&tx, known.variant_id, known.currency).await?;
        let Some(place) = place(&plan.rows, id) else {
            let mut refusals = Refusals::default();
            refusals.refuse(&["id"], messages::planned_price_nothing_to_withdraw());
            return Err(Error::Refused(refusals.0));
        };
        expect_version("scheduled price", plan.rows[place].version, expected_version)?;
        let (row, price) = plan.at(place);
        match row.state {
            PriceScheduleState::Active => due::end(row, price, PriceScheduleState::Withdrawn),
            _ => row.state = PriceScheduleState::Withdrawn,
        }
        among(plan.close(&tx).await?, id)
    })
    .await
}

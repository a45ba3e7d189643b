//! The job whose time comes with a scheduled price.

use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::PriceScheduleId,
    price_schedule::{self, PriceScheduleState},
};

use super::settle::Plan;
use crate::{Context, Result, Shop, jobs::JobError, outbox::Lease, settings};

/// Does what is due of the schedule, and of the others of its variant and currency.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, schedule: PriceScheduleId) -> Result<(), JobError> {
    // Another process may have taken the price list away a moment ago.
    settings::refresh(shop).await?;
    let work = shop.transact(context, |tx| async move {
        if let Some(row) = price_schedule::Entity::find_by_id(schedule).one(tx.db()).await? {
            let mut plan = Plan::open(&tx, row.variant_id, row.currency).await?;
            let is_sold = tx
                .shop()
                .profile()
                .currencies()
                .any(|currency| currency == row.currency);
            match is_sold {
                true => plan.do_due(&tx),
                false => plan
                    .rows
                    .iter_mut()
                    .for_each(|row| row.state = PriceScheduleState::Withdrawn),
            }
            plan.close(&tx).await?;
        }
        lease.finish(&tx).await
    });
    Ok(work.await?)
}

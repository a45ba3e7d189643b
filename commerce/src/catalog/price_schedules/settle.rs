//! Does what is due of a variant's schedules, and writes what has come of it.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Unchanged, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::json;
use vitrine_entity::{
    ids::VariantId,
    price,
    price_schedule::{self, PriceScheduleState},
    product, variant,
};

use super::due::{Held, do_due};
use crate::{
    Refusal, Result, Tx,
    catalog::{
        index::listing,
        save::{replace_price, upsert},
        update::write,
    },
    jobs::Job,
    money::Currency,
    staff::audit,
};

/// A variant's price in a currency with its schedules that are not over, while its product is locked.
pub(super) struct Plan {
    product: product::Model,
    variant: VariantId,
    currency: Currency,
    price: Option<Held>,
    before: Option<Held>,
    pub(super) rows: Vec<price_schedule::Model>,
    rows_before: Vec<price_schedule::Model>,
}

impl Plan {
    /// # Errors
    /// Refuses a variant that there is not.
    pub(super) async fn open(tx: &Tx, variant: VariantId, currency: Currency) -> Result<Self> {
        let missing = || Refusal::not_found("variant").at(&["variantId"]);
        let found = variant::Entity::find_by_id(variant).one(tx.db()).await?;
        let product = found.ok_or_else(missing)?.product_id;
        let product = tx.lock::<product::Entity>(product).await?.ok_or_else(missing)?;
        let row = price::Entity::find_by_id((variant, currency)).one(tx.db()).await?;
        let price = row.map(|row| Held {
            amount_minor: row.amount_minor,
            compare_at_minor: row.compare_at_minor,
            fixed: row.fixed,
        });
        let live = [PriceScheduleState::Planned, PriceScheduleState::Active];
        let rows = price_schedule::Entity::find()
            .filter(price_schedule::Column::VariantId.eq(variant))
            .filter(price_schedule::Column::Currency.eq(currency))
            .filter(price_schedule::Column::State.is_in(live))
            .order_by_asc(price_schedule::Column::BeginsAt)
            .all(tx.db())
            .await?;
        Ok(Self {
            product,
            variant,
            currency,
            before: price,
            price,
            rows_before: rows.clone(),
            rows,
        })
    }

    pub(super) fn do_due(&mut self, tx: &Tx) {
        do_due(&mut self.rows, &mut self.price, tx.shop().now());
    }

    /// The schedule among them, with the price that it may change.
    pub(super) fn at(&mut self, place: usize) -> (&mut price_schedule::Model, &mut Option<Held>) {
        (&mut self.rows[place], &mut self.price)
    }

    /// Writes what differs: the schedules, with the jobs that go on with them, and the price.
    pub(super) async fn close(mut self, tx: &Tx) -> Result<Vec<price_schedule::Model>> {
        let now = tx.shop().now();
        for row in &mut self.rows {
            let before = self.rows_before.iter().find(|before| before.id == row.id);
            if before == Some(&*row) {
                continue;
            }
            row.updated_at = now;
            match before {
                Some(_) => {
                    row.version += 1;
                    let mut written = row.clone().into_active_model().reset_all();
                    written.id = Unchanged(row.id);
                    written.update(tx.db()).await?;
                }
                None => {
                    row.clone().into_active_model().insert(tx.db()).await?;
                }
            }
            go_on(tx, row, before);
            let data = json!({
                "amountMinor": row.amount_minor, "compareAtMinor": row.compare_at_minor, "currency": row.currency,
                "variant": row.variant_id.to_string(), "beginsAt": row.begins_at, "endsAt": row.ends_at,
            });
            audit(tx, action(before, row), row.id.to_string(), data).await?;
        }
        if self.price != self.before {
            self.write_price(tx).await?;
        }
        Ok(self.rows)
    }

    async fn write_price(&self, tx: &Tx) -> Result<()> {
        match self.price {
            Some(held) => {
                let row = price::Model {
                    variant_id: self.variant,
                    currency: self.currency,
                    amount_minor: held.amount_minor,
                    compare_at_minor: held.compare_at_minor,
                    // What follows from a rate is made to with the listing rows.
                    fixed: held.fixed,
                    lowest_minor: None,
                };
                upsert(tx.db(), vec![row], replace_price()).await?;
            }
            None => {
                price::Entity::delete_by_id((self.variant, self.currency))
                    .exec(tx.db())
                    .await?;
            }
        }
        write(tx, self.product.clone()).await?;
        listing::refresh(tx, &[self.product.id]).await
    }
}

/// The next job of a schedule whose time was set anew, or that has begun.
fn go_on(tx: &Tx, row: &price_schedule::Model, before: Option<&price_schedule::Model>) {
    let at = |row: &price_schedule::Model| match row.state {
        PriceScheduleState::Planned => Some(row.begins_at),
        PriceScheduleState::Active => row.ends_at,
        PriceScheduleState::Ended | PriceScheduleState::Withdrawn => None,
    };
    let Some(time) = at(row) else { return };
    if before.and_then(at) != Some(time) {
        let job = Job::ApplyPriceSchedule { schedule: row.id };
        tx.enqueue_after(None, job, (time - tx.shop().now()).max(chrono::TimeDelta::zero()));
    }
}

/// What was done, for the audit log.
fn action(before: Option<&price_schedule::Model>, row: &price_schedule::Model) -> &'static str {
    match before {
        None => "price_schedule.create",
        Some(before) if before.state == row.state => "price_schedule.update",
        Some(_) => match row.state {
            PriceScheduleState::Withdrawn => "price_schedule.withdraw",
            PriceScheduleState::Active => "price_schedule.begin",
            PriceScheduleState::Ended if before.is_some_and(|before| before.state == PriceScheduleState::Planned) => {
                "price_schedule.begin"
            }
            PriceScheduleState::Ended | PriceScheduleState::Planned => "price_schedule.end",
        },
    }
}

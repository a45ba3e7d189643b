//! Prices that are planned, and were, as staff read them.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{PriceScheduleId, VariantId},
    price_schedule::{self, Column, PriceScheduleState},
};

use crate::{
    Context, Fault, Refusal, Result, Shop, Tx,
    catalog::access::require_catalog,
    money::Currency,
    paging::{Page, PageRequest, write_cursor},
    sql,
};

/// For how long one that is over is shown with its variant.
const OVER_SHOWN: TimeDelta = TimeDelta::days(90);

/// The schedule `id`, for staff.
///
/// # Errors
/// Refuses whoever may not.
pub async fn find(shop: &Shop, context: &Context, id: PriceScheduleId) -> Result<Option<price_schedule::Model>> {
    require_catalog(context)?;
    Ok(price_schedule::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Those in a state, what begins first before the others.
///
/// # Errors
/// Refuses whoever may not.
pub async fn list(
    shop: &Shop,
    context: &Context,
    state: PriceScheduleState,
    page: &PageRequest,
) -> Result<Page<price_schedule::Model>> {
    require_catalog(context)?;
    let window = page.window::<(DateTime<Utc>, PriceScheduleId)>()?;
    let mut query = price_schedule::Entity::find().filter(Column::State.eq(state));
    if let Some((begins_at, id)) = window.cursor {
        let (later, after) = match window.backward {
            false => (Column::BeginsAt.gt(begins_at), Column::Id.gt(id)),
            true => (Column::BeginsAt.lt(begins_at), Column::Id.lt(id)),
        };
        let same = Condition::all().add(Column::BeginsAt.eq(begins_at)).add(after);
        query = query.filter(Condition::any().add(later).add(same));
    }
    query = match window.backward {
        false => query.order_by_asc(Column::BeginsAt).order_by_asc(Column::Id),
        true => query.order_by_desc(Column::BeginsAt).order_by_desc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&(row.begins_at, row.id))))
}

/// Those of each variant that are not over, or were not 90 days ago, what begins first before the others. Unscoped: whoever
/// shows them asks for the permission.
pub async fn of_variants(
    shop: &Shop,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Vec<price_schedule::Model>>> {
    let live = Column::State.is_in([PriceScheduleState::Planned, PriceScheduleState::Active]);
    let recent = Column::UpdatedAt.gt(shop.now() - OVER_SHOWN);
    let rows = price_schedule::Entity::find()
        .filter(sql::among(&shop.db, Column::VariantId, variants.iter().copied()))
        .filter(Condition::any().add(live).add(recent))
        .order_by_asc(Column::BeginsAt)
        .order_by_asc(Column::Id)
        .all(&shop.db)
        .await?;
    let mut schedules: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        schedules.entry(row.variant_id).or_default().push(row);
    }
    Ok(schedules)
}

/// Of each variant the one that holds in a currency and ends some day.
pub async fn ending(
    shop: &Shop,
    currency: Currency,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, price_schedule::Model>> {
    let rows = price_schedule::Entity::find()
        .filter(sql::among(&shop.db, Column::VariantId, variants.iter().copied()))
        .filter(Column::Currency.eq(currency))
        .filter(Column::State.eq(PriceScheduleState::Active))
        .filter(Column::EndsAt.is_not_null())
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row)).collect())
}

/// The schedule as it is, for whoever changes it.
pub(super) async fn row_of(tx: &Tx, id: PriceScheduleId) -> Result<price_schedule::Model> {
    let row = price_schedule::Entity::find_by_id(id).one(tx.db()).await?;
    row.ok_or_else(|| Refusal::not_found("scheduled price").at(&["id"]).into())
}

/// Its place among those that are not over.
pub(super) fn place(rows: &[price_schedule::Model], id: PriceScheduleId) -> Option<usize> {
    rows.iter().position(|row| row.id == id)
}

/// The one that was just written.
pub(super) fn among(rows: Vec<price_schedule::Model>, id: PriceScheduleId) -> Result<price_schedule::Model> {
    let row = rows.into_iter().find(|row| row.id == id);
    row.ok_or_else(|| Fault::Other(format!("{id} is not among the prices that were written"), None).into())
}

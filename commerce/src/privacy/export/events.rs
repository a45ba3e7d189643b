//! What others were told of what somebody did, for as long as it is kept.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use vitrine_entity::event;

use super::super::person::Person;
use crate::{Result, Shop};

/// The latest `most` first.
pub(super) async fn told_others(shop: &Shop, person: &Person, most: u64) -> Result<Vec<Value>> {
    let rows = event::Entity::find()
        .filter(event::Column::CustomerId.eq(person.key()))
        .order_by_desc(event::Column::Id)
        .limit(most)
        .all(&shop.db)
        .await?;
    let shown = |row: event::Model| json!({ "type": row.kind, "subject": row.subject, "occurredAt": row.occurred_at });
    Ok(rows.into_iter().map(shown).collect())
}

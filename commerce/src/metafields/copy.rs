//! Gives copies of things copies of their metafields.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use vitrine_entity::metafield;

use super::owner::Owner;
use crate::{Result, Tx};

/// How many things, and rows, one statement takes.
const AT_ONCE: usize = 200;

/// Copies what is kept with the first of each pair to the second, which has none yet.
pub(crate) async fn copy(tx: &Tx, pairs: &[(Owner, Owner)]) -> Result<()> {
    let now = tx.shop().now();
    for pairs in pairs.chunks(AT_ONCE) {
        let copies: HashMap<String, String> = pairs
            .iter()
            .map(|(from, to)| (from.to_string(), to.to_string()))
            .collect();
        let rows = metafield::Entity::find()
            .filter(metafield::Column::Owner.is_in(copies.keys()))
            .all(tx.db())
            .await?;
        let copied = rows.into_iter().filter_map(|row| {
            let owner = copies.get(&row.owner)?.clone();
            Some(metafield::Model {
                owner,
                version: 1,
                created_at: now,
                updated_at: now,
                ..row
            })
        });
        let copied: Vec<_> = copied.map(IntoActiveModel::into_active_model).collect();
        for rows in copied.chunks(AT_ONCE) {
            metafield::Entity::insert_many(rows.to_vec())
                .exec_without_returning(tx.db())
                .await?;
        }
    }
    Ok(())
}

//! Metafields that a file brings along with products.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use vitrine_entity::metafield::{self, MetafieldKind};

use super::{
    owner::Owner,
    set::{FIELDS_OF_OWNER_MAX, is_name},
    value::normal,
};
use crate::{Result, Tx, text};

/// The most rows of one statement.
const ROWS_MAX: usize = 1_000;

/// A metafield that a file brings: text, of which a new one is not public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Imported {
    pub(crate) owner: Owner,
    pub(crate) namespace: String,
    pub(crate) key: String,
    pub(crate) value: String,
}

/// Writes those that differ from what is there, and gives the things that they are kept with.
pub(crate) async fn import(tx: &Tx, fields: Vec<Imported>) -> Result<HashSet<Owner>> {
    use metafield::Column as C;
    let mut changed = HashSet::new();
    if fields.is_empty() {
        return Ok(changed);
    }
    let owners: BTreeSet<String> = fields.iter().map(|field| field.owner.to_string()).collect();
    let query = metafield::Entity::find().filter(C::Owner.is_in(owners));
    let rows = query.all(tx.db()).await?.into_iter();
    let before: BTreeMap<_, _> = rows
        .map(|row| ((row.owner.clone(), row.namespace.clone(), row.key.clone()), row))
        .collect();
    // The last of two that bear one name wins.
    let mut rows = BTreeMap::new();
    for field in fields {
        let key = (field.owner.to_string(), field.namespace.clone(), field.key.clone());
        if let Some(row) = row(tx, &field, before.get(&key)) {
            rows.insert(key, row);
            changed.insert(field.owner);
        }
    }
    let rows: Vec<_> = rows.into_values().collect();
    let mut replace = OnConflict::columns([C::Owner, C::Namespace, C::Key]);
    replace.update_columns([C::Kind, C::Value, C::Version, C::UpdatedAt]);
    for rows in rows.chunks(ROWS_MAX) {
        metafield::Entity::insert_many(rows.iter().cloned().map(IntoActiveModel::into_active_model))
            .on_conflict(replace.clone())
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(changed)
}

/// Whether a file may bring it.
pub(crate) fn is_importable(namespace: &str, key: &str, value: &str) -> bool {
    is_name(namespace) && is_name(key) && normal(kind_of(value), value).is_ok()
}

/// The most that a file may bring for one product.
pub(crate) const IMPORTED_MAX: usize = FIELDS_OF_OWNER_MAX as usize;

/// `None` where it is so already.
fn row(tx: &Tx, field: &Imported, old: Option<&metafield::Model>) -> Option<metafield::Model> {
    // What staff or an app made of it stays of that kind, where the value fits.
    let kept = old
        .map(|old| old.kind)
        .filter(|kind| normal(*kind, &field.value).is_ok());
    let kind = kept.unwrap_or_else(|| kind_of(&field.value));
    let value = normal(kind, &field.value).ok()?;
    // A file's text comes in its normal form, as what staff or an app wrote may not be.
    if old.is_some_and(|old| old.kind == kind && (old.value == value || text::normal(&old.value) == value)) {
        return None;
    }
    let now = tx.shop().now();
    Some(metafield::Model {
        owner: field.owner.to_string(),
        namespace: field.namespace.clone(),
        key: field.key.clone(),
        kind,
        value,
        public: old.is_some_and(|old| old.public),
        version: old.map_or(1, |old| old.version + 1),
        created_at: old.map_or(now, |old| old.created_at),
        updated_at: now,
    })
}

fn kind_of(value: &str) -> MetafieldKind {
    if normal(MetafieldKind::Text, value).is_ok() {
        MetafieldKind::Text
    } else {
        MetafieldKind::Paragraph
    }
}

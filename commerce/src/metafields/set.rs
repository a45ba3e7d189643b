//! Sets metafields, all that are given or none.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect, sea_query::OnConflict,
};
use serde_json::json;
use vitrine_entity::metafield::{self, MetafieldKind};

use super::{owner::Owner, value::normal};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    language::{Message, messages},
    staff::{audit, permission},
    text,
    transaction::is_unique_violation,
    turn::{self, Turn},
};

/// The most metafields of one request.
pub(super) const FIELDS_AT_ONCE_MAX: usize = 25;
/// The most metafields of one thing.
pub(super) const FIELDS_OF_OWNER_MAX: u64 = 250;

/// A metafield as it should be.
#[derive(Debug, Clone)]
pub struct MetafieldSet {
    pub owner: Owner,
    pub namespace: String,
    pub key: String,
    pub kind: MetafieldKind,
    pub value: String,
    /// Whether shoppers see it; as it is unless given, and not for a new one.
    pub public: Option<bool>,
    /// The version that it must be at: `Some(None)` if it must not be there. Without one the last wins.
    pub expected_version: Option<Option<i64>>,
}

/// Sets metafields, and gives them in their order.
///
/// # Errors
/// Refuses whoever may not change what one of them is kept with, a value that is not of its kind, and a version
/// that is not the expected one; then none is set.
pub async fn set(shop: &Shop, context: &Context, fields: Vec<MetafieldSet>) -> Result<Vec<metafield::Model>> {
    for field in &fields {
        permission::require_or_system(context, field.owner.permission())?;
    }
    let fields = &check(fields)?;
    shop.transact(context, |tx| async move {
        let before = existing(&tx, fields).await?;
        let mut refusals = Vec::new();
        let mut rows = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let old = before.get(&name(field));
            if let Err(refusal) = expect(field, old, index) {
                refusals.push(refusal);
            }
            rows.push(row(&tx, field, old));
        }
        check_owners(&tx, fields, &before, &mut refusals).await?;
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        write(&tx, &rows, &before).await?;
        for owner in fields.iter().map(|field| field.owner).collect::<BTreeSet<_>>() {
            let of_owner = fields.iter().filter(|field| field.owner == owner);
            let names: Vec<_> = of_owner
                .map(|field| format!("{}.{}", field.namespace, field.key))
                .collect();
            audit(&tx, "metafields.set", owner.to_string(), json!({ "metafields": names })).await?;
        }
        Ok(rows)
    })
    .await
}

/// Whether `text` may be a namespace or a key.
pub(super) fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    (1..=64).contains(&text.len()) && text.chars().all(fits)
}

fn check(mut fields: Vec<MetafieldSet>) -> Result<Vec<MetafieldSet>> {
    let count = fields.len();
    if !(1..=FIELDS_AT_ONCE_MAX).contains(&count) {
        let message = messages::metafields_at_once(FIELDS_AT_ONCE_MAX, count);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["metafields"]).into());
    }
    let (mut refusals, mut seen) = (Vec::new(), HashSet::new());
    for (index, field) in fields.iter_mut().enumerate() {
        let path = index.to_string();
        field.namespace = text::code(&field.namespace);
        field.key = text::code(&field.key);
        let mut refuse = |name: &str, message: Message| {
            refusals.push(Refusal::new(ErrorCode::Invalid, message).at(&["metafields", &path, name]));
        };
        for (what, text) in [("namespace", &field.namespace), ("key", &field.key)] {
            if !is_name(text) {
                refuse(what, messages::metafield_name_form(what));
            }
        }
        match normal(field.kind, &field.value) {
            Ok(value) => field.value = value,
            Err(message) => refuse("value", message),
        }
        if !seen.insert((field.owner, field.namespace.clone(), field.key.clone())) {
            refuse("key", messages::metafield_twice());
        }
    }
    if refusals.is_empty() {
        Ok(fields)
    } else {
        Err(Error::Refused(refusals))
    }
}

type Name = (String, String, String);

fn name(field: &MetafieldSet) -> Name {
    (field.owner.to_string(), field.namespace.clone(), field.key.clone())
}

/// Reads and locks those that are there.
async fn existing(tx: &Tx, fields: &[MetafieldSet]) -> Result<BTreeMap<Name, metafield::Model>> {
    let owners: BTreeSet<String> = fields.iter().map(|field| field.owner.to_string()).collect();
    let keys: BTreeSet<&str> = fields.iter().map(|field| field.key.as_str()).collect();
    let rows = metafield::Entity::find()
        .filter(metafield::Column::Owner.is_in(owners))
        .filter(metafield::Column::Key.is_in(keys))
        .lock_exclusive()
        .all(tx.db())
        .await?;
    let named = |row: metafield::Model| ((row.owner.clone(), row.namespace.clone(), row.key.clone()), row);
    Ok(rows.into_iter().map(named).collect())
}

fn expect(field: &MetafieldSet, old: Option<&metafield::Model>, index: usize) -> Result<(), Refusal> {
    let conflict = |message: Message| {
        let path = ["metafields", &index.to_string(), "expectedVersion"];
        Err(Refusal::new(ErrorCode::VersionConflict, message).at(&path))
    };
    match (field.expected_version, old) {
        (Some(Some(expected)), Some(old)) if expected != old.version => {
            conflict(messages::metafield_outdated(old.version))
        }
        (Some(Some(_)), None) => conflict(messages::metafield_gone()),
        (Some(None), Some(old)) => conflict(messages::metafield_there(old.version)),
        _ => Ok(()),
    }
}

async fn check_owners(
    tx: &Tx,
    fields: &[MetafieldSet],
    before: &BTreeMap<Name, metafield::Model>,
    refusals: &mut Vec<Refusal>,
) -> Result<()> {
    if fields.iter().any(|field| !before.contains_key(&name(field))) {
        turn::take(tx, Turn::Metafields).await?;
    }
    let mut checked = HashSet::new();
    for (index, field) in fields.iter().enumerate() {
        let owner = field.owner;
        if !checked.insert(owner) {
            continue;
        }
        let path = ["metafields", &index.to_string(), "ownerId"];
        if !owner.exists(tx.db()).await? {
            refusals.push(Refusal::not_found("thing").at(&path));
            continue;
        }
        let new = fields
            .iter()
            .filter(|field| field.owner == owner && !before.contains_key(&name(field)));
        let query = metafield::Entity::find().filter(metafield::Column::Owner.eq(owner.to_string()));
        if query.count(tx.db()).await? + new.count() as u64 > FIELDS_OF_OWNER_MAX {
            let message = messages::metafields_of_thing_max(FIELDS_OF_OWNER_MAX);
            refusals.push(Refusal::new(ErrorCode::Invalid, message).at(&path));
        }
    }
    Ok(())
}

/// The row as it is to be: at its next version where it changes.
fn row(tx: &Tx, field: &MetafieldSet, old: Option<&metafield::Model>) -> metafield::Model {
    let now = tx.shop().now();
    let mut row = metafield::Model {
        owner: field.owner.to_string(),
        namespace: field.namespace.clone(),
        key: field.key.clone(),
        kind: field.kind,
        value: field.value.clone(),
        public: field.public.unwrap_or_else(|| old.is_some_and(|old| old.public)),
        version: old.map_or(1, |old| old.version),
        created_at: old.map_or(now, |old| old.created_at),
        updated_at: old.map_or(now, |old| old.updated_at),
    };
    if old.is_some_and(|old| *old != row) {
        row.version += 1;
        row.updated_at = now;
    }
    row
}

async fn write(tx: &Tx, rows: &[metafield::Model], before: &BTreeMap<Name, metafield::Model>) -> Result<()> {
    use metafield::Column as C;
    let name = |row: &metafield::Model| (row.owner.clone(), row.namespace.clone(), row.key.clone());
    let (old, new): (Vec<_>, Vec<_>) = rows.iter().cloned().partition(|row| before.contains_key(&name(row)));
    if !new.is_empty() {
        // Somebody else may write the same one at this moment: one of the two reads it again.
        let insert = metafield::Entity::insert_many(new.into_iter().map(IntoActiveModel::into_active_model));
        insert.exec_without_returning(tx.db()).await.map_err(refuse_taken)?;
    }
    let changed: Vec<_> = old
        .into_iter()
        .filter(|row| before.get(&name(row)) != Some(row))
        .collect();
    if !changed.is_empty() {
        let mut replace = OnConflict::columns([C::Owner, C::Namespace, C::Key]);
        replace.update_columns([C::Kind, C::Value, C::Public, C::Version, C::UpdatedAt]);
        metafield::Entity::insert_many(changed.into_iter().map(IntoActiveModel::into_active_model))
            .on_conflict(replace)
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

fn refuse_taken(error: sea_orm::DbErr) -> Error {
    if is_unique_violation(&error) {
        let message = messages::metafield_just_set();
        return Refusal::new(ErrorCode::VersionConflict, message)
            .at(&["metafields"])
            .into();
    }
    error.into()
}

//! What holds for every picture: who may look after them, and what a thing that shows one stores.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{ids::MediaId, media};

use super::address::MediaAddress;
use crate::{
    Context, Refusal, Result, Tx,
    staff::permission::{self, Permission},
};

/// The longest text that says what a picture shows.
pub const ALT_MAX: usize = 512;

/// Pictures belong to the catalogue and to pages alike: either right will do.
///
/// # Errors
/// As [`permission::require`].
pub fn require(context: &Context) -> Result<()> {
    if permission::allowed(context, Permission::Content) {
        return Ok(());
    }
    permission::require(context, Permission::Catalog).map(drop)
}

/// What a thing that shows the picture stores.
pub fn source(media: &media::Model) -> String {
    MediaAddress::original(media).path()
}

/// The picture, for a thing that is to show it.
///
/// # Errors
/// `NOT_FOUND` where there is none, or it was deleted.
pub async fn usable(tx: &Tx, id: MediaId, field: &[&str]) -> Result<media::Model> {
    let found = tx.lock::<media::Entity>(id).await?;
    let found = found.filter(|media| media.deleted_at.is_none());
    Ok(found.ok_or_else(|| Refusal::not_found("picture").at(field))?)
}

/// Those of these sources that lead to a picture of the store which is not deleted.
pub(crate) async fn usable_sources<'a>(tx: &Tx, sources: impl Iterator<Item = &'a str>) -> Result<HashSet<String>> {
    let parsed = sources.filter_map(|source| Some((source, MediaAddress::parse(source)?.hash)));
    let by_source: HashMap<&str, String> = parsed.collect();
    let hashes: Vec<&String> = by_source.values().collect();
    let mut found: HashSet<String> = HashSet::new();
    // A batch of products may name tens of thousands.
    for hashes in hashes.chunks(1_000) {
        let there = media::Entity::find()
            .select_only()
            .column(media::Column::Hash)
            .filter(media::Column::Hash.is_in(hashes.iter().copied()))
            .filter(media::Column::DeletedAt.is_null());
        found.extend(there.into_tuple::<String>().all(tx.db()).await?);
    }
    let usable = by_source.into_iter().filter(|(_, hash)| found.contains(hash));
    Ok(usable.map(|(source, _)| source.to_owned()).collect())
}

pub(super) fn conflict(version: i64) -> Refusal {
    Refusal::outdated("picture", version)
}

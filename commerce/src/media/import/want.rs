//! Notes that addresses are wanted.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use vitrine_entity::{
    ids::MediaImportId,
    media_import::{self, MediaImportState},
};

use crate::{Result, Tx, jobs::Job, media::hash};

/// How many are looked up and written in one statement.
const ROWS_MAX: usize = 500;

/// Has the pictures fetched that lie at web addresses, and are not known yet. Gives how many.
pub(crate) async fn want<'a>(tx: &Tx, sources: impl IntoIterator<Item = &'a str>) -> Result<usize> {
    if !tx.shop().settings.media.import {
        return Ok(0);
    }
    let addresses = sources.into_iter().filter(|source| !source.starts_with('/'));
    // In the order of their hashes: two that want the same wait for each other, and not in a circle.
    let mut wanted: BTreeMap<String, &str> = addresses
        .map(|address| (hash::of(address.as_bytes()), address))
        .collect();
    let hashes: Vec<String> = wanted.keys().cloned().collect();
    for hashes in hashes.chunks(ROWS_MAX) {
        let known = media_import::Entity::find().filter(media_import::Column::AddressHash.is_in(hashes));
        for row in known.all(tx.db()).await? {
            wanted.remove(&row.address_hash);
        }
    }
    let rows: Vec<_> = wanted
        .into_iter()
        .map(|(hash, address)| row(tx, hash, address))
        .collect();
    for rows in rows.chunks(ROWS_MAX) {
        let there = OnConflict::column(media_import::Column::AddressHash)
            .do_nothing()
            .to_owned();
        media_import::Entity::insert_many(rows.iter().cloned().map(IntoActiveModel::into_active_model))
            .on_conflict(there)
            .exec_without_returning(tx.db())
            .await?;
    }
    if let Some(first) = rows.first() {
        tx.enqueue(None, Job::FetchPictures { import: first.id });
    }
    Ok(rows.len())
}

fn row(tx: &Tx, address_hash: String, address: &str) -> media_import::Model {
    let now = tx.shop().now();
    media_import::Model {
        id: MediaImportId(tx.shop().new_id()),
        address: address.to_owned(),
        address_hash,
        state: MediaImportState::Pending,
        reason: None,
        media_id: None,
        attempts: 0,
        // Before the clock of whoever fetches it may run behind ours.
        retry_at: now - TimeDelta::seconds(1),
        claimed_until: None,
        created_at: now,
        updated_at: now,
    }
}

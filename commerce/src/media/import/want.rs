//! Notes that addresses are wanted.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use vitrine_entity::{
    ids::MediaImportId,
    media_import::{self, MediaImportState},
};

use crate::{Result, Tx, jobs::Job, media::hash, sql};

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
    let mut first = None;
    for hashes in hashes.chunks(ROWS_MAX) {
        let known = media_import::Entity::find().filter(media_import::Column::AddressHash.is_in(hashes));
        for row in known.all(tx.db()).await? {
            wanted.remove(&row.address_hash);
        }
        first = first.or(again(tx, hashes).await?);
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
    if let Some(import) = first.or(rows.first().map(|row| row.id)) {
        tx.enqueue(None, Job::FetchPictures { import });
    }
    Ok(rows.len())
}

/// What failed, and what was deleted since, is fetched again when it is named anew. Gives one of them.
async fn again(tx: &Tx, hashes: &[String]) -> Result<Option<MediaImportId>> {
    let places = (2..hashes.len() + 2)
        .map(|place| format!("${place}"))
        .collect::<Vec<_>>();
    let sql = format!(
        "update media_import set state = 'PENDING', media_id = null, attempts = 0, retry_at = $1, updated_at = $1, \
         claimed_until = null where address_hash in ({}) and (state = 'FAILED' or (state = 'READY' and media_id in \
         (select id from media where deleted_at is not null))) returning id",
        places.join(", ")
    );
    let values = std::iter::once(tx.shop().now().into()).chain(hashes.iter().map(|hash| hash.as_str().into()));
    Ok(sql::column(tx.db(), &sql, values).await?.into_iter().next())
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

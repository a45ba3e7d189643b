//! What is known of the pictures that many things show, each kind in one statement: what stands behind the
//! API's data loaders.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Value};
use vitrine_entity::{media, media_import};

use super::{address::MediaAddress, hash};
use crate::{Result, Shop};

/// What a source leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceMedia {
    /// The picture in the store.
    pub media: Option<media::Model>,
    /// Where it lies elsewhere: what became of fetching it.
    pub import: Option<media_import::Model>,
}

/// Whether there may be something to know of a source.
pub fn is_known(source: &str) -> bool {
    source.starts_with("/media/") || !source.starts_with('/')
}

/// The pictures that sources lead to, by source. One that leads to nothing of ours is missing.
pub async fn by_source(shop: &Shop, sources: &[String]) -> Result<HashMap<String, SourceMedia>> {
    let (mut stored, mut elsewhere) = (HashMap::new(), HashMap::new());
    for source in sources {
        match MediaAddress::parse(source) {
            Some(address) => drop(stored.insert(source, address.hash)),
            None if is_known(source) => drop(elsewhere.insert(source, hash::of(source.as_bytes()))),
            None => {}
        }
    }
    let imports = imports(shop, elsewhere.values().collect()).await?;
    let hashes = stored.values().map(|hash: &String| hash.into()).collect();
    let by_hash: HashMap<_, _> = medias(shop, media::Column::Hash, hashes)
        .await?
        .into_iter()
        .map(|media| (media.hash.clone(), media))
        .collect();
    let fetched = imports.values().filter_map(|import| import.media_id).map(Value::from);
    let by_id: HashMap<_, _> = medias(shop, media::Column::Id, fetched.collect())
        .await?
        .into_iter()
        .map(|media| (media.id, media))
        .collect();
    let of_stored = stored.into_iter().filter_map(|(source, hash)| {
        let media = Some(by_hash.get(&hash)?.clone());
        Some((source.clone(), SourceMedia { media, import: None }))
    });
    let of_others = elsewhere.into_iter().filter_map(|(source, hash)| {
        let import = imports.get(&hash)?.clone();
        let media = import.media_id.and_then(|id| by_id.get(&id).cloned());
        Some((
            source.clone(),
            SourceMedia {
                media,
                import: Some(import),
            },
        ))
    });
    Ok(of_stored.chain(of_others).collect())
}

async fn medias(shop: &Shop, column: media::Column, keys: Vec<Value>) -> Result<Vec<media::Model>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    Ok(media::Entity::find().filter(column.is_in(keys)).all(&shop.db).await?)
}

async fn imports(shop: &Shop, hashes: Vec<&String>) -> Result<HashMap<String, media_import::Model>> {
    if hashes.is_empty() {
        return Ok(HashMap::new());
    }
    let query = media_import::Entity::find().filter(media_import::Column::AddressHash.is_in(hashes));
    let rows = query.all(&shop.db).await?.into_iter();
    Ok(rows.map(|row| (row.address_hash.clone(), row)).collect())
}

//! Takes a picture in.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use vitrine_entity::{ids::MediaId, media};

use super::{address::MediaAddress, address::mime_type, hash, name};
use crate::{
    ErrorCode, Fault, Refusal, Result, Shop, Tx,
    ports::imaging::{ImagingError, Prepared},
};

/// The longest name of a file that is kept.
pub(crate) const FILE_NAME_MAX: usize = 255;

/// A picture that lies in the store, and is not yet known to the database.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    hash: String,
    byte_size: i64,
    /// Its content has gone to the store.
    prepared: Prepared,
}

/// Looks at what was sent, and puts it into the store if it is a picture. No transaction may be open.
///
/// # Errors
/// `INVALID` at `field` for what is none, or none that we take.
pub(crate) async fn receive(shop: &Shop, content: Vec<u8>, field: &[&str]) -> Result<Received> {
    let mut prepared = match shop.imaging.prepare(content).await {
        Ok(prepared) => prepared,
        Err(ImagingError::Refused(message)) => return Err(Refusal::new(ErrorCode::Invalid, message).at(field).into()),
        Err(ImagingError::Busy) => return Err(Fault::Crowded("sending pictures").into()),
    };
    let content = std::mem::take(&mut prepared.content);
    let (hash, byte_size) = (hash::of(&content), content.len() as i64);
    let received = Received {
        hash,
        byte_size,
        prepared,
    };
    let object = received.address("picture").object();
    let mime_type = mime_type(received.prepared.format);
    shop.media.put(&object, content, mime_type).await.map_err(Fault::from)?;
    Ok(received)
}

impl Received {
    fn address(&self, name: &str) -> MediaAddress {
        MediaAddress {
            hash: self.hash.clone(),
            name: name.to_owned(),
            shown: super::address::Shown::Original(self.prepared.format),
        }
    }

    /// Makes it known. The same picture is there once: who sends it again gets the one that is there, and one
    /// that was deleted is there again.
    pub(crate) async fn record(&self, tx: &Tx, original_name: &str, alt: Option<&str>) -> Result<media::Model> {
        self.insert(tx, original_name, alt).await?;
        let query = media::Entity::find().filter(media::Column::Hash.eq(&self.hash));
        let found = query.one(tx.db()).await?;
        let Some(found) = found else {
            return Err(Fault::Other("a picture was purged as it came in".to_owned(), None).into());
        };
        let wanted = alt.unwrap_or(&found.alt);
        if found.deleted_at.is_none() && found.alt == wanted {
            return Ok(found);
        }
        let again = media::Model {
            alt: wanted.to_owned(),
            version: found.version + 1,
            updated_at: tx.shop().now(),
            deleted_at: None,
            purge_at: None,
            ..found
        };
        again.clone().into_active_model().reset_all().update(tx.db()).await?;
        Ok(again)
    }

    async fn insert(&self, tx: &Tx, original_name: &str, alt: Option<&str>) -> Result<()> {
        let (shop, now) = (tx.shop(), tx.shop().now());
        let side = |length: u32| i32::try_from(length).unwrap_or(i32::MAX);
        let row = media::Model {
            id: MediaId(shop.new_id()),
            hash: self.hash.clone(),
            format: self.prepared.format,
            byte_size: self.byte_size,
            width: side(self.prepared.width),
            height: side(self.prepared.height),
            blur_hash: self.prepared.blur_hash.clone(),
            alt: alt.unwrap_or_default().to_owned(),
            name: name::of_file(original_name),
            original_name: original_name.to_owned(),
            created_by: tx.context().viewer.actor(),
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            purge_at: None,
        };
        let there = OnConflict::column(media::Column::Hash).do_nothing().to_owned();
        media::Entity::insert(row.into_active_model())
            .on_conflict(there)
            .exec_without_returning(tx.db())
            .await?;
        Ok(())
    }
}

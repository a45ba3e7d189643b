//! Gives pictures to whoever has their address.
//!
//! A size or format is made when it is first asked for, by one of those who ask at once, and kept. How many
//! are kept of a picture is bounded; what goes beyond is made again each time, so that nobody fills the store.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use futures::{
    FutureExt, TryStreamExt,
    future::{BoxFuture, Shared},
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, sea_query::OnConflict};
use std::sync::Arc;
use vitrine_entity::{media, media_rendition};

use super::address::{MediaAddress, Shown};
use crate::{
    Error, Fault, Result, Shop,
    ports::{
        imaging::{ImagingError, Rendering},
        media_store::{ByteRange, StoredObject},
    },
};

/// How many sizes and formats of one picture are kept.
const RENDITIONS_MAX: u64 = 200;

/// Gives pictures, and makes sizes and formats of them.
#[derive(Clone)]
pub struct Pictures {
    shop: Shop,
    /// What is being made at this moment, by its object's name.
    making: Arc<Mutex<HashMap<String, Making>>>,
}

/// Its outcome goes to everybody who asked: `None` where there is no such picture.
type Making = Shared<BoxFuture<'static, Result<Option<Arc<Vec<u8>>>, Arc<Error>>>>;

impl std::fmt::Debug for Pictures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pictures").finish_non_exhaustive()
    }
}

/// What is shown at an address.
pub enum Served {
    Object(StoredObject),
    /// It was made just now.
    Fresh(Arc<Vec<u8>>),
}

impl Pictures {
    pub fn new(shop: Shop) -> Self {
        Self {
            shop,
            making: Arc::default(),
        }
    }

    /// What lies at an address, or the part of it that is asked for; `None` where there is nothing.
    ///
    /// # Errors
    /// Faults, among them too many pictures being made at once.
    pub async fn get(&self, address: &MediaAddress, range: Option<ByteRange>) -> Result<Option<Served>, Arc<Error>> {
        let found = self.shop.media.get(&address.object(), range).await;
        if let Some(object) = found.map_err(|error| Arc::new(Fault::from(error).into()))? {
            return Ok(Some(Served::Object(object)));
        }
        let Shown::Rendered(rendering) = address.shown else {
            return Ok(None);
        };
        let made = self.made(address, rendering).await?;
        Ok(made.map(Served::Fresh))
    }

    async fn made(&self, address: &MediaAddress, rendering: Rendering) -> Result<Option<Arc<Vec<u8>>>, Arc<Error>> {
        let name = address.object();
        let making = {
            let mut all = self.making.lock().unwrap_or_else(PoisonError::into_inner);
            match all.get(&name) {
                Some(making) => making.clone(),
                None => {
                    let making = self.begin(address.clone(), rendering);
                    all.insert(name, making.clone());
                    making
                }
            }
        };
        making.await
    }

    /// In a task of its own: whoever asked first may go away, and the others wait for it.
    fn begin(&self, address: MediaAddress, rendering: Rendering) -> Making {
        let (shop, making, name) = (self.shop.clone(), self.making.clone(), address.object());
        let task = tokio::spawn(async move {
            // Also where it panics: nobody would ever be given it again.
            let _done = Done { making, name };
            make(&shop, &address, rendering).await.map_err(Arc::new)
        });
        let outcome = async move {
            task.await.unwrap_or_else(|error| {
                let error = Fault::other("making a size of a picture", error);
                Err(Arc::new(error.into()))
            })
        };
        outcome.boxed().shared()
    }
}

struct Done {
    making: Arc<Mutex<HashMap<String, Making>>>,
    name: String,
}

impl Drop for Done {
    fn drop(&mut self) {
        let mut all = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&self.name);
    }
}

async fn make(shop: &Shop, address: &MediaAddress, rendering: Rendering) -> Result<Option<Arc<Vec<u8>>>> {
    let query = media::Entity::find().filter(media::Column::Hash.eq(&address.hash));
    let Some(media) = query.one(&shop.db).await? else {
        return Ok(None);
    };
    let original = MediaAddress::original(&media).object();
    let Some(object) = shop.media.get(&original, None).await.map_err(Fault::from)? else {
        return Ok(None);
    };
    let content: Vec<Vec<u8>> = object.content.try_collect().await.map_err(Fault::from)?;
    let made = match shop.imaging.render(content.concat(), rendering).await {
        Ok(made) => made,
        Err(ImagingError::Busy) => return Err(Fault::Crowded("asking for sizes of pictures").into()),
        // It was looked at when it came in.
        Err(error) => return Err(Fault::other("making a size of a picture", error).into()),
    };
    if let Err(error) = keep(shop, &media, address, &made).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "a size of a picture could not be kept, and is made again when it is asked for"
        );
    }
    Ok(Some(Arc::new(made)))
}

/// The row first: whatever lies in the store is known, and goes with its picture.
async fn keep(shop: &Shop, media: &media::Model, address: &MediaAddress, made: &[u8]) -> Result<()> {
    let of_it = media_rendition::Entity::find().filter(media_rendition::Column::MediaId.eq(media.id));
    if of_it.count(&shop.db).await? >= RENDITIONS_MAX {
        return Ok(());
    }
    let row = media_rendition::Model {
        name: address.object(),
        media_id: media.id,
        byte_size: made.len() as i64,
        created_at: shop.now(),
    };
    let there = OnConflict::column(media_rendition::Column::Name)
        .do_nothing()
        .to_owned();
    let insert = || {
        media_rendition::Entity::insert(row.clone().into_active_model())
            .on_conflict(there.clone())
            .exec_without_returning(shop.writer())
    };
    shop.alone(|| async { Ok(insert().await?) }).await?;
    let stored = shop
        .media
        .put(&address.object(), made.to_vec(), address.mime_type())
        .await;
    Ok(stored.map_err(Fault::from)?)
}

//! Pictures' ports without pictures: what is decoded and fetched is tested through the door.

use std::{collections::HashMap, sync::Mutex};

use async_trait::async_trait;
use futures::{StreamExt, stream};
use vitrine_commerce::ports::{
    Imaging, MediaStore, PictureSource,
    imaging::{ImagingError, Prepared, Rendering},
    media_store::{ByteRange, MediaStoreError, StoredObject},
    picture_source::FetchError,
};

/// Remembers objects; of ranges it knows nothing.
#[derive(Default)]
pub struct MemoryStore(Mutex<HashMap<String, Vec<u8>>>);

#[async_trait]
impl MediaStore for MemoryStore {
    async fn put(&self, name: &str, content: Vec<u8>, _: &str) -> Result<(), MediaStoreError> {
        self.0.lock().expect("not poisoned").insert(name.to_owned(), content);
        Ok(())
    }

    async fn get(&self, name: &str, _: Option<ByteRange>) -> Result<Option<StoredObject>, MediaStoreError> {
        let found = self.0.lock().expect("not poisoned").get(name).cloned();
        Ok(found.map(|content| StoredObject {
            size: content.len() as u64,
            range: 0..content.len() as u64,
            content: stream::iter([Ok(content)]).boxed(),
        }))
    }

    async fn exists(&self, name: &str) -> Result<bool, MediaStoreError> {
        Ok(self.0.lock().expect("not poisoned").contains_key(name))
    }

    async fn delete(&self, name: &str) -> Result<(), MediaStoreError> {
        self.0.lock().expect("not poisoned").remove(name);
        Ok(())
    }
}

/// Takes nothing for a picture.
pub struct NoImaging;

#[async_trait]
impl Imaging for NoImaging {
    async fn prepare(&self, _: Vec<u8>) -> Result<Prepared, ImagingError> {
        Err(ImagingError::Refused("Nothing is a picture here.".to_owned()))
    }

    async fn render(&self, _: Vec<u8>, _: Rendering) -> Result<Vec<u8>, ImagingError> {
        Err(ImagingError::Refused("Nothing is a picture here.".to_owned()))
    }
}

/// Finds nothing.
pub struct Nowhere;

#[async_trait]
impl PictureSource for Nowhere {
    async fn fetch(&self, _: &str, _: u64) -> Result<Vec<u8>, FetchError> {
        Err(FetchError::Refused("There is nothing elsewhere.".to_owned()))
    }
}

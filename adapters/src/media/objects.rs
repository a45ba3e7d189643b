//! Any store that `object_store` speaks to.

use std::{ops::Range, sync::Arc};

use async_trait::async_trait;
use futures::{StreamExt, TryStreamExt};
use object_store::{
    Attribute, Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutOptions, PutPayload, path::Path,
};
use vitrine_commerce::ports::media_store::{ByteRange, MediaStore, MediaStoreError, StoredObject};

/// Objects under a prefix.
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    /// Whether it keeps what an object is: a folder does not.
    keeps_types: bool,
}

impl Objects {
    pub fn new(store: Arc<dyn ObjectStore>, prefix: &str, keeps_types: bool) -> Self {
        Self {
            store,
            prefix: Path::from(prefix),
            keeps_types,
        }
    }

    fn path(&self, name: &str) -> Path {
        // `Path::from` encodes whatever could lead elsewhere.
        let own = Path::from(name);
        Path::from_iter(self.prefix.parts().chain(own.parts()))
    }
}

#[async_trait]
impl MediaStore for Objects {
    async fn put(&self, name: &str, content: Vec<u8>, mime_type: &str) -> Result<(), MediaStoreError> {
        let mut options = PutOptions::default();
        if self.keeps_types {
            options
                .attributes
                .insert(Attribute::ContentType, mime_type.to_owned().into());
        }
        let put = self
            .store
            .put_opts(&self.path(name), PutPayload::from(content), options)
            .await;
        put.map(drop).map_err(unavailable)
    }

    async fn get(&self, name: &str, range: Option<ByteRange>) -> Result<Option<StoredObject>, MediaStoreError> {
        let path = self.path(name);
        let options = match range {
            None => GetOptions::default(),
            Some(wanted) => {
                // What a store answers to a range beyond the end differs: it is asked for the size first.
                let size = match self.store.head(&path).await {
                    Ok(meta) => meta.size,
                    Err(Error::NotFound { .. }) => return Ok(None),
                    Err(error) => return Err(unavailable(error)),
                };
                let range = within(wanted, size).ok_or(MediaStoreError::Range)?;
                GetOptions {
                    range: Some(GetRange::Bounded(range)),
                    ..GetOptions::default()
                }
            }
        };
        match self.store.get_opts(&path, options).await {
            Ok(result) => Ok(Some(StoredObject {
                size: result.meta.size,
                range: result.range.clone(),
                content: result
                    .into_stream()
                    .map_ok(|chunk| chunk.to_vec())
                    .map_err(unavailable)
                    .boxed(),
            })),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }

    async fn exists(&self, name: &str) -> Result<bool, MediaStoreError> {
        match self.store.head(&self.path(name)).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(unavailable(error)),
        }
    }

    async fn delete(&self, name: &str) -> Result<(), MediaStoreError> {
        match self.store.delete(&self.path(name)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unavailable(error)),
        }
    }
}

/// The bytes that an object has of those asked for; `None` for none.
fn within(range: ByteRange, size: u64) -> Option<Range<u64>> {
    let range = match range {
        ByteRange::Between(first, last) => first..last.saturating_add(1).min(size),
        ByteRange::From(first) => first..size,
        ByteRange::Last(count) => size.saturating_sub(count)..size,
    };
    (range.start < range.end).then_some(range)
}

fn unavailable(error: Error) -> MediaStoreError {
    MediaStoreError::Unavailable(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_lies_within_the_object() {
        assert_eq!(within(ByteRange::Between(0, 9), 100), Some(0..10));
        assert_eq!(within(ByteRange::Between(90, u64::MAX), 100), Some(90..100));
        assert_eq!(within(ByteRange::From(99), 100), Some(99..100));
        assert_eq!(within(ByteRange::Last(500), 100), Some(0..100));
        for beyond in [
            ByteRange::Between(100, 200),
            ByteRange::Between(9, 8),
            ByteRange::From(100),
            ByteRange::Last(0),
        ] {
            assert_eq!(within(beyond, 100), None, "{beyond:?}");
        }
    }
}

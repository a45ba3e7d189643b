//! A folder, which is made when the first picture comes.

use std::{path::PathBuf, sync::Arc};

use async_trait::async_trait;
use object_store::local::LocalFileSystem;
use tokio::sync::OnceCell;
use vitrine_commerce::ports::media_store::{ByteRange, MediaStore, MediaStoreError, StoredObject};

use super::Objects;

/// Keeps objects as files.
pub struct FolderStore {
    folder: PathBuf,
    objects: OnceCell<Objects>,
}

impl FolderStore {
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            objects: OnceCell::new(),
        }
    }

    /// The folder's objects; `None` while there is no folder.
    async fn opened(&self) -> Result<Option<&Objects>, MediaStoreError> {
        if !self.objects.initialized() && !self.folder.is_dir() {
            return Ok(None);
        }
        self.objects.get_or_try_init(|| async { self.open() }).await.map(Some)
    }

    fn open(&self) -> Result<Objects, MediaStoreError> {
        std::fs::create_dir_all(&self.folder).map_err(|error| MediaStoreError::Unavailable(Box::new(error)))?;
        let files = LocalFileSystem::new_with_prefix(&self.folder);
        let files = files.map_err(|error| MediaStoreError::Unavailable(Box::new(error)))?;
        Ok(Objects::new(Arc::new(files.with_automatic_cleanup(true)), "", false))
    }
}

#[async_trait]
impl MediaStore for FolderStore {
    async fn put(&self, name: &str, content: Vec<u8>, mime_type: &str) -> Result<(), MediaStoreError> {
        let objects = self.objects.get_or_try_init(|| async { self.open() }).await?;
        objects.put(name, content, mime_type).await
    }

    async fn get(&self, name: &str, range: Option<ByteRange>) -> Result<Option<StoredObject>, MediaStoreError> {
        match self.opened().await? {
            Some(objects) => objects.get(name, range).await,
            None => Ok(None),
        }
    }

    async fn exists(&self, name: &str) -> Result<bool, MediaStoreError> {
        match self.opened().await? {
            Some(objects) => objects.exists(name).await,
            None => Ok(false),
        }
    }

    async fn delete(&self, name: &str) -> Result<(), MediaStoreError> {
        match self.opened().await? {
            Some(objects) => objects.delete(name).await,
            None => Ok(()),
        }
    }
}

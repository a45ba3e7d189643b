//! An index that is built beside the one in use, and takes its place once it is whole.

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, atomic::Ordering},
};

use async_trait::async_trait;
use vitrine_commerce::ports::search::{Rebuild, SearchDocument, SearchError, Synonyms};

use super::{TantivySearch, on_blocking_thread, shelf::Shelf};

/// The folder of an index that is not in use yet: taken away unless it comes to that.
pub(super) struct Unpublished(pub(super) Option<PathBuf>);

impl Drop for Unpublished {
    fn drop(&mut self) {
        if let Some(index) = self.0.take()
            && let Err(error) = std::fs::remove_dir_all(index)
        {
            tracing::warn!(%error, "a search index that was not finished stays where it lies");
        }
    }
}

/// An index that is built beside the one in use.
pub(super) struct TantivyRebuild {
    pub(super) shelf: Arc<Shelf>,
    pub(super) unpublished: Unpublished,
    pub(super) synonyms: Arc<Synonyms>,
    pub(super) engine: TantivySearch,
}

#[async_trait]
impl Rebuild for TantivyRebuild {
    async fn add(&mut self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        let (shelf, documents) = (Arc::clone(&self.shelf), documents.to_vec());
        on_blocking_thread(move || shelf.put(&documents)).await
    }

    async fn publish(self: Box<Self>) -> Result<(), SearchError> {
        let engine = self.engine.clone();
        let _noting = engine.0.noting.lock().await;
        let seen = match engine.0.kept() {
            Some(kept) => kept.lineage.newest().await?,
            None => None,
        };
        on_blocking_thread(move || {
            self.shelf.commit()?;
            let Self {
                shelf,
                mut unpublished,
                synonyms,
                engine: TantivySearch(inner),
            } = *self;
            let before = inner.shelf().folder.clone();
            if let (Some(kept), Some(index)) = (inner.kept(), shelf.folder.as_deref()) {
                kept.folder.use_index(index, seen)?;
                unpublished.0 = None;
            }
            *inner.synonyms.write().unwrap_or_else(PoisonError::into_inner) = synonyms;
            inner.replace(shelf);
            inner.answers.store(true, Ordering::SeqCst);
            inner.is_sound.store(true, Ordering::SeqCst);
            if let Some(before) = before
                && let Err(error) = std::fs::remove_dir_all(before)
            {
                tracing::warn!(%error, "the search index before this one stays where it lies");
            }
            Ok(())
        })
        .await
    }
}

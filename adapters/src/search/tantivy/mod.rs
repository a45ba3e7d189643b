//! Search in this process's memory, by tantivy. Nothing is kept: the index is rebuilt at start.

mod collect;
mod query;
mod schema;
mod shelf;
mod typos;

use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use vitrine_commerce::ports::search::{
    Rebuild, SearchDocument, SearchEngine, SearchError, SearchRequest, SearchResponse, Synonyms,
};
use vitrine_entity::ids::ProductId;

use self::shelf::Shelf;

/// An index in memory. Clones share it.
#[derive(Clone)]
pub struct TantivySearch {
    current: Arc<RwLock<Arc<Shelf>>>,
    synonyms: Arc<RwLock<Arc<Synonyms>>>,
}

impl TantivySearch {
    /// An empty index.
    ///
    /// # Errors
    /// When its threads cannot be started.
    pub fn new() -> Result<Self, SearchError> {
        let shelf = Shelf::new().map_err(unavailable)?;
        Ok(Self {
            current: Arc::new(RwLock::new(Arc::new(shelf))),
            synonyms: Arc::default(),
        })
    }

    /// Runs `work` on the index in use, away from the async threads.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Shelf) -> tantivy::Result<T> + Send + 'static,
    ) -> Result<T, SearchError> {
        let shelf = Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner));
        on_blocking_thread(move || work(&shelf)).await
    }
}

#[async_trait]
impl SearchEngine for TantivySearch {
    /// It comes with the process, and whoever boots it fills it.
    async fn is_ready(&self) -> Result<bool, SearchError> {
        Ok(true)
    }

    async fn count(&self) -> Result<u64, SearchError> {
        self.work(|shelf| Ok(shelf.count())).await
    }

    async fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        let request = request.clone();
        let synonyms = Arc::clone(&self.synonyms.read().unwrap_or_else(PoisonError::into_inner));
        self.work(move |shelf| shelf.search(&request, &synonyms)).await
    }

    async fn upsert(&self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        if documents.is_empty() {
            return Ok(());
        }
        let documents = documents.to_vec();
        self.work(move |shelf| shelf.put(&documents).and_then(|()| shelf.commit()))
            .await
    }

    async fn remove(&self, products: &[ProductId]) -> Result<(), SearchError> {
        if products.is_empty() {
            return Ok(());
        }
        let products = products.to_vec();
        self.work(move |shelf| shelf.remove(&products)).await
    }

    async fn set_synonyms(&self, synonyms: &Synonyms) -> Result<(), SearchError> {
        *self.synonyms.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(synonyms.clone());
        Ok(())
    }

    async fn rebuild(&self, synonyms: &Synonyms) -> Result<Box<dyn Rebuild>, SearchError> {
        let shelf = on_blocking_thread(Shelf::new).await?;
        Ok(Box::new(TantivyRebuild {
            shelf: Arc::new(shelf),
            synonyms: Arc::new(synonyms.clone()),
            engine: self.clone(),
        }))
    }

    /// Nothing to wait for: upserts and removals are visible when they return.
    async fn settle(&self) -> Result<(), SearchError> {
        Ok(())
    }
}

struct TantivyRebuild {
    shelf: Arc<Shelf>,
    synonyms: Arc<Synonyms>,
    engine: TantivySearch,
}

#[async_trait]
impl Rebuild for TantivyRebuild {
    async fn add(&mut self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        let (shelf, documents) = (Arc::clone(&self.shelf), documents.to_vec());
        on_blocking_thread(move || shelf.put(&documents)).await
    }

    async fn publish(self: Box<Self>) -> Result<(), SearchError> {
        on_blocking_thread(move || {
            self.shelf.commit()?;
            let Self {
                shelf,
                synonyms,
                engine,
            } = *self;
            *engine.synonyms.write().unwrap_or_else(PoisonError::into_inner) = synonyms;
            let old = {
                let mut current = engine.current.write().unwrap_or_else(PoisonError::into_inner);
                std::mem::replace(&mut *current, shelf)
            };
            // Joins the old writer's thread, so not under the lock.
            drop(old);
            Ok(())
        })
        .await
    }
}

async fn on_blocking_thread<T: Send + 'static>(
    work: impl FnOnce() -> tantivy::Result<T> + Send + 'static,
) -> Result<T, SearchError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(unavailable),
        Err(panicked) => Err(unavailable(panicked)),
    }
}

fn unavailable(error: impl std::error::Error + Send + Sync + 'static) -> SearchError {
    SearchError::Unavailable(Box::new(error))
}

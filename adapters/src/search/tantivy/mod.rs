//! Search in this process, by tantivy: in its memory, or in a folder in which the index outlives it.
//!
//! An index in a folder is as far as the jobs that have finished: what one writes is there before the job is done,
//! and a job that was cut is run again. So it is opened and caught up at a start, and built anew only where it is not
//! the shop's, has seen what the shop's database does not know, or is not to be trusted.

mod collect;
mod directory;
mod folder;
mod query;
mod rebuild;
mod schema;
mod shelf;
mod typos;
mod values;

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use vitrine_commerce::{
    catalog::index::Stamp,
    ports::search::{Rebuild, SearchDocument, SearchEngine, SearchError, SearchRequest, SearchResponse, Synonyms},
};
use vitrine_entity::ids::ProductId;

use self::{
    folder::{Folder, Found},
    rebuild::{TantivyRebuild, Unpublished},
    shelf::Shelf,
};

/// The database of which an index in a folder is made: of two that are alike it tells which is older.
#[async_trait]
pub trait Lineage: Send + Sync {
    /// What was written down last, by a name that nothing else can have; `None` where there is nothing.
    async fn newest(&self) -> Result<Option<String>, SearchError>;

    /// Whether this was written down.
    async fn knows(&self, thing: &str) -> Result<bool, SearchError>;
}

/// An index. Clones share it.
#[derive(Clone)]
pub struct TantivySearch(Arc<Inner>);

struct Inner {
    current: RwLock<Arc<Shelf>>,
    synonyms: RwLock<Arc<Synonyms>>,
    /// Where indexes are kept; `None` in memory.
    folder: Mutex<Option<Kept>>,
    /// Held by whoever notes what the index is about to see: what is noted later is newer.
    noting: tokio::sync::Mutex<()>,
    /// Whether searches are answered: not before an index has been built where none could be opened.
    answers: AtomicBool,
    /// Whether it takes changes. A disk that refuses one ends that, until another index is built.
    is_sound: AtomicBool,
}

/// Where indexes are kept, and of which database.
#[derive(Clone)]
struct Kept {
    folder: Folder,
    lineage: Arc<dyn Lineage>,
}

impl TantivySearch {
    /// An empty index in memory.
    ///
    /// # Errors
    /// When its threads cannot be started.
    pub fn new() -> Result<Self, SearchError> {
        let shelf = Shelf::new().map_err(unavailable)?;
        Ok(Self::over(shelf, Arc::default()))
    }

    fn over(shelf: Shelf, synonyms: Arc<Synonyms>) -> Self {
        Self(Arc::new(Inner {
            current: RwLock::new(Arc::new(shelf)),
            synonyms: RwLock::new(synonyms),
            folder: Mutex::default(),
            noting: tokio::sync::Mutex::default(),
            answers: AtomicBool::new(true),
            is_sound: AtomicBool::new(true),
        }))
    }

    /// Another index in memory that holds what is found in this one; `None` where this one is kept in a folder.
    ///
    /// # Errors
    /// When it cannot be read, or its threads cannot be started.
    pub async fn copied(&self) -> Result<Option<Self>, SearchError> {
        let synonyms = Arc::clone(&self.0.synonyms.read().unwrap_or_else(PoisonError::into_inner));
        let copied = self.work(Shelf::copied).await?;
        Ok(copied.map(|shelf| Self::over(shelf, synonyms)))
    }

    /// Keeps its indexes of the database `lineage` in a folder from now on, under `mark`. Gives whether there was one
    /// of the mark `before`, whole, and no newer than the database: it is in use then. Else nothing is found until one is
    /// built.
    ///
    /// # Errors
    /// When the folder cannot be written to, another process has it open, or the database cannot be asked.
    pub async fn keep_in(
        &self,
        folder: &Path,
        before: Option<String>,
        mark: String,
        lineage: Arc<dyn Lineage>,
    ) -> Result<bool, SearchError> {
        let folder = folder.to_owned();
        let looking = on_blocking_thread(move || {
            let folder = Folder::open(&folder, &mark)?;
            let found = folder.trusted(before.as_deref());
            Ok((folder, found))
        });
        let (folder, found) = looking.await?;
        let found = match found {
            Some(Found { seen: Some(seen), .. }) if !lineage.knows(&seen).await? => {
                tracing::warn!("the search index may be newer than the database, and is built anew");
                None
            }
            found => found,
        };
        self.open_in(Kept { folder, lineage }, found).await
    }

    async fn open_in(&self, kept: Kept, found: Option<Found>) -> Result<bool, SearchError> {
        let engine = self.clone();
        on_blocking_thread(move || {
            let folder = &kept.folder;
            let opened = match found.as_ref().map(|found| Shelf::open(&found.index)) {
                Some(Ok(shelf)) => Some(shelf),
                // Another process has it open, and goes on with it.
                Some(Err(error @ tantivy::TantivyError::LockFailure(..))) => return Err(error),
                Some(Err(error)) => {
                    tracing::warn!(%error, "the search index cannot be opened and is built anew");
                    None
                }
                None => None,
            };
            match opened.as_ref().and_then(|shelf| shelf.folder.as_deref()) {
                Some(index) => folder.use_index(index, found.and_then(|found| found.seen))?,
                None => folder.forget()?,
            }
            if let Err(error) = folder.tidy(opened.as_ref().and_then(|shelf| shelf.folder.as_deref())) {
                tracing::warn!(%error, "search indexes that are no longer used stay where they lie");
            }
            let is_there = opened.is_some();
            let inner = &engine.0;
            inner.answers.store(is_there, Ordering::SeqCst);
            inner.is_sound.store(is_there, Ordering::SeqCst);
            if let Some(shelf) = opened {
                inner.replace(Arc::new(shelf));
            }
            *inner.folder.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
            Ok(is_there)
        })
        .await
    }

    /// Whether its indexes are kept in a folder.
    pub fn is_kept(&self) -> bool {
        self.0.kept().is_some()
    }

    /// Nothing is found until an index is built.
    pub fn wait_to_be_built(&self) {
        self.0.answers.store(false, Ordering::SeqCst);
        self.0.is_sound.store(false, Ordering::SeqCst);
    }

    /// What the index says of each product.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn stamps(&self) -> Result<HashMap<ProductId, Stamp>, SearchError> {
        self.work(Shelf::stamps).await
    }

    /// Has the disk confirm what lies in the folder: whoever stops in good order need not build anew after a power
    /// cut. Nobody may write any more.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn close(&self) -> Result<(), SearchError> {
        // What is older is forgotten some day, and the index would not be trusted any more.
        if let Err(error) = self.note_newest().await {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "the search index names an older state"
            );
        }
        let engine = self.clone();
        on_blocking_thread(move || {
            let (shelf, kept) = (engine.0.shelf(), engine.0.kept());
            let (Some(kept), Some(index)) = (kept, shelf.folder.as_deref()) else {
                return Ok(());
            };
            if engine.0.is_sound.swap(false, Ordering::SeqCst) {
                kept.folder.close(index)?;
            }
            Ok(())
        })
        .await
    }

    /// Whatever is written to the index from what was read before this, the database knows.
    async fn note_newest(&self) -> Result<(), SearchError> {
        let Some(kept) = self.0.kept() else { return Ok(()) };
        let _noting = self.0.noting.lock().await;
        let newest = kept.lineage.newest().await?;
        on_blocking_thread(move || Ok(kept.folder.see(newest)?)).await
    }

    /// Runs `work` on the index in use, away from the async threads.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Shelf) -> tantivy::Result<T> + Send + 'static,
    ) -> Result<T, SearchError> {
        let shelf = self.0.shelf();
        on_blocking_thread(move || work(&shelf)).await
    }

    /// As [`work`](Self::work), where it changes the index.
    async fn change(
        &self,
        work: impl FnOnce(&Shelf) -> tantivy::Result<()> + Send + 'static,
    ) -> Result<(), SearchError> {
        self.note_newest().await?;
        let outcome = self.work(work).await;
        // tantivy's writer takes nothing more after an error of the disk.
        if outcome.is_err() && self.0.kept().is_some() {
            self.0.is_sound.store(false, Ordering::SeqCst);
        }
        outcome
    }
}

impl Inner {
    fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn kept(&self) -> Option<Kept> {
        self.folder.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, shelf: Arc<Shelf>) {
        let old = {
            let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, shelf)
        };
        // Joins the old writer's thread, so not under the lock.
        drop(old);
    }
}

#[async_trait]
impl SearchEngine for TantivySearch {
    async fn is_ready(&self) -> Result<bool, SearchError> {
        Ok(self.0.is_sound.load(Ordering::SeqCst))
    }

    async fn count(&self) -> Result<u64, SearchError> {
        self.work(|shelf| Ok(shelf.count())).await
    }

    async fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        if !self.0.answers.load(Ordering::SeqCst) {
            return Err(SearchError::Unavailable("the index is being built".into()));
        }
        let request = request.clone();
        let synonyms = Arc::clone(&self.0.synonyms.read().unwrap_or_else(PoisonError::into_inner));
        self.work(move |shelf| shelf.search(&request, &synonyms)).await
    }

    async fn upsert(&self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        if documents.is_empty() {
            return Ok(());
        }
        let documents = documents.to_vec();
        self.change(move |shelf| shelf.put(&documents).and_then(|()| shelf.commit()))
            .await
    }

    async fn remove(&self, products: &[ProductId]) -> Result<(), SearchError> {
        if products.is_empty() {
            return Ok(());
        }
        let products = products.to_vec();
        self.change(move |shelf| shelf.remove(&products)).await
    }

    async fn set_synonyms(&self, synonyms: &Synonyms) -> Result<(), SearchError> {
        *self.0.synonyms.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(synonyms.clone());
        Ok(())
    }

    async fn rebuild(&self, synonyms: &Synonyms) -> Result<Box<dyn Rebuild>, SearchError> {
        let kept = self.0.kept();
        let made = on_blocking_thread(move || {
            let Some(kept) = kept else {
                return Ok((Shelf::new()?, Unpublished(None)));
            };
            let index = kept.folder.another()?;
            let unpublished = Unpublished(Some(index.clone()));
            Ok((Shelf::create(&index)?, unpublished))
        });
        let (shelf, unpublished) = made.await?;
        Ok(Box::new(TantivyRebuild {
            shelf: Arc::new(shelf),
            unpublished,
            synonyms: Arc::new(synonyms.clone()),
            engine: self.clone(),
        }))
    }

    /// Nothing to wait for: upserts and removals are visible when they return.
    async fn settle(&self) -> Result<(), SearchError> {
        Ok(())
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

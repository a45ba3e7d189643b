//! A search engine in memory that is away at times, loses its answers, and may be wiped. What it
//! finds is of no interest here: what it knows is.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use vitrine_commerce::ports::{
    SearchEngine,
    search::{Rebuild, SearchDocument, SearchError, SearchRequest, SearchResponse, Synonyms},
};
use vitrine_entity::ids::ProductId;

use crate::simulator::{defect::Defect, points::Points, weather::Weather};

/// `None` until the index is built, and when it was wiped.
type Index = Arc<Mutex<Option<BTreeMap<ProductId, SearchDocument>>>>;

pub(in crate::simulator) struct SimulatedSearch {
    points: Arc<Points>,
    weather: Arc<Weather>,
    defect: Option<Defect>,
    index: Index,
}

impl SimulatedSearch {
    pub(in crate::simulator) fn new(points: Arc<Points>, weather: Arc<Weather>, defect: Option<Defect>) -> Self {
        Self {
            points,
            weather,
            defect,
            index: Index::default(),
        }
    }

    pub(in crate::simulator) fn wipe(&self) {
        *lock(&self.index) = None;
    }

    /// Whether there is an index at all.
    pub(in crate::simulator) fn is_there(&self) -> bool {
        lock(&self.index).is_some()
    }

    /// What it knows.
    pub(in crate::simulator) fn documents(&self) -> Vec<SearchDocument> {
        lock(&self.index).iter().flat_map(BTreeMap::values).cloned().collect()
    }

    async fn answer(&self) -> Result<(), SearchError> {
        self.points.at_port().await;
        match self.weather.down().search || self.weather.happens(4) {
            true => Err(away()),
            false => Ok(()),
        }
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<ProductId, SearchDocument>)) -> Result<(), SearchError> {
        match lock(&self.index).as_mut() {
            Some(index) => {
                change(index);
                Ok(())
            }
            None => Err(away()),
        }
    }
}

#[async_trait]
impl SearchEngine for SimulatedSearch {
    async fn is_ready(&self) -> Result<bool, SearchError> {
        self.answer().await?;
        Ok(lock(&self.index).is_some())
    }

    async fn count(&self) -> Result<u64, SearchError> {
        self.answer().await?;
        Ok(self.documents().len() as u64)
    }

    async fn search(&self, _request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        self.answer().await?;
        Ok(SearchResponse::default())
    }

    async fn upsert(&self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        self.answer().await?;
        if self.defect == Some(Defect::ForgetsDocuments) {
            return self.change(|_| {});
        }
        self.change(|index| index.extend(documents.iter().map(|document| (document.id, document.clone()))))?;
        self.answer().await
    }

    async fn remove(&self, products: &[ProductId]) -> Result<(), SearchError> {
        self.answer().await?;
        self.change(|index| index.retain(|id, _| !products.contains(id)))
    }

    async fn set_synonyms(&self, _synonyms: &Synonyms) -> Result<(), SearchError> {
        self.answer().await
    }

    async fn rebuild(&self, _synonyms: &Synonyms) -> Result<Box<dyn Rebuild>, SearchError> {
        self.answer().await?;
        Ok(Box::new(Beside {
            index: self.index.clone(),
            documents: BTreeMap::new(),
        }))
    }

    async fn settle(&self) -> Result<(), SearchError> {
        self.answer().await
    }
}

struct Beside {
    index: Index,
    documents: BTreeMap<ProductId, SearchDocument>,
}

#[async_trait]
impl Rebuild for Beside {
    async fn add(&mut self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        self.documents
            .extend(documents.iter().map(|document| (document.id, document.clone())));
        Ok(())
    }

    async fn publish(self: Box<Self>) -> Result<(), SearchError> {
        *lock(&self.index) = Some(self.documents);
        Ok(())
    }
}

fn away() -> SearchError {
    SearchError::Unavailable("planned".into())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! A search index that remembers.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use tokio::sync::Notify;
use vitrine_commerce::ports::{
    SearchEngine,
    search::{Rebuild, SearchDocument, SearchError, SearchRequest, SearchResponse, Synonyms},
};
use vitrine_entity::ids::ProductId;

/// An index that finds whatever has the text in its title. It can be switched off, and its next
/// write can be held back.
#[derive(Default)]
pub struct MemorySearch {
    pub documents: Arc<Mutex<BTreeMap<ProductId, SearchDocument>>>,
    pub synonyms: Mutex<Synonyms>,
    pub down: AtomicBool,
    pub gate: Arc<Gate>,
}

/// Where a test holds a write until something else has happened.
#[derive(Default)]
pub struct Gate {
    pub hold_next: AtomicBool,
    pub held: Notify,
    pub let_go: Notify,
}

impl Gate {
    async fn pass(&self) {
        if self.hold_next.swap(false, Ordering::SeqCst) {
            self.held.notify_one();
            self.let_go.notified().await;
        }
    }
}

impl MemorySearch {
    pub fn all(&self) -> BTreeMap<ProductId, SearchDocument> {
        self.documents.lock().expect("not poisoned").clone()
    }

    fn check(&self) -> Result<(), SearchError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(SearchError::Unavailable("switched off".into()));
        }
        Ok(())
    }
}

#[async_trait]
impl SearchEngine for MemorySearch {
    async fn is_ready(&self) -> Result<bool, SearchError> {
        self.check().map(|()| true)
    }

    async fn count(&self) -> Result<u64, SearchError> {
        self.check()?;
        Ok(self.all().len() as u64)
    }

    async fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        self.check()?;
        let hits: Vec<_> = self
            .all()
            .into_values()
            .filter(|found| found.title.contains(&request.text))
            .map(|found| found.id)
            .collect();
        Ok(SearchResponse {
            total: hits.len(),
            hits: hits.into_iter().skip(request.offset).take(request.limit).collect(),
            ..SearchResponse::default()
        })
    }

    async fn upsert(&self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        self.check()?;
        self.gate.pass().await;
        let mut index = self.documents.lock().expect("not poisoned");
        index.extend(documents.iter().map(|document| (document.id, document.clone())));
        Ok(())
    }

    async fn remove(&self, products: &[ProductId]) -> Result<(), SearchError> {
        self.check()?;
        self.documents
            .lock()
            .expect("not poisoned")
            .retain(|id, _| !products.contains(id));
        Ok(())
    }

    async fn set_synonyms(&self, synonyms: &Synonyms) -> Result<(), SearchError> {
        self.check()?;
        *self.synonyms.lock().expect("not poisoned") = synonyms.clone();
        Ok(())
    }

    async fn rebuild(&self, _synonyms: &Synonyms) -> Result<Box<dyn Rebuild>, SearchError> {
        Ok(Box::new(MemoryRebuild {
            target: self.documents.clone(),
            documents: BTreeMap::new(),
            gate: self.gate.clone(),
        }))
    }

    async fn settle(&self) -> Result<(), SearchError> {
        Ok(())
    }
}

struct MemoryRebuild {
    target: Arc<Mutex<BTreeMap<ProductId, SearchDocument>>>,
    documents: BTreeMap<ProductId, SearchDocument>,
    gate: Arc<Gate>,
}

#[async_trait]
impl Rebuild for MemoryRebuild {
    async fn add(&mut self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        self.gate.pass().await;
        self.documents
            .extend(documents.iter().map(|document| (document.id, document.clone())));
        Ok(())
    }

    async fn publish(self: Box<Self>) -> Result<(), SearchError> {
        *self.target.lock().expect("not poisoned") = self.documents;
        Ok(())
    }
}

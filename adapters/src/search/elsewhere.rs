//! What stands for the search engine in a process that has none, while each server has an index of its own.

use async_trait::async_trait;
use vitrine_commerce::ports::search::{
    Rebuild, SearchDocument, SearchEngine, SearchError, SearchRequest, SearchResponse, Synonyms,
};
use vitrine_entity::ids::ProductId;

/// Takes whatever it is given, for that comes to the servers by the database, and finds nothing.
pub struct ElsewhereSearch;

#[async_trait]
impl SearchEngine for ElsewhereSearch {
    async fn is_ready(&self) -> Result<bool, SearchError> {
        Ok(true)
    }

    fn is_elsewhere(&self) -> bool {
        true
    }

    async fn count(&self) -> Result<u64, SearchError> {
        Err(elsewhere())
    }

    async fn search(&self, _: &SearchRequest) -> Result<SearchResponse, SearchError> {
        Err(elsewhere())
    }

    async fn upsert(&self, _: &[SearchDocument]) -> Result<(), SearchError> {
        Ok(())
    }

    async fn remove(&self, _: &[ProductId]) -> Result<(), SearchError> {
        Ok(())
    }

    async fn set_synonyms(&self, _: &Synonyms) -> Result<(), SearchError> {
        Ok(())
    }

    async fn rebuild(&self, _: &Synonyms) -> Result<Box<dyn Rebuild>, SearchError> {
        Err(elsewhere())
    }

    async fn settle(&self) -> Result<(), SearchError> {
        Ok(())
    }
}

fn elsewhere() -> SearchError {
    SearchError::Refused("each server has a search index of its own, which is built anew when it starts".to_owned())
}

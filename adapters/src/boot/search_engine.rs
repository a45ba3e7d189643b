//! Who searches: a search engine, this process' own index, or nobody here.

use std::sync::Arc;

use anyhow::Context;
use vitrine_commerce::ports::SearchEngine;

use super::Outside;
use crate::{
    config::Config,
    search::{ElsewhereSearch, MeilisearchConfig, MeilisearchSearch, TantivySearch},
};

/// The search engine, and itself once more where it is this process' own.
pub(super) fn search_engine(
    config: &Config,
    outside: &Outside,
) -> anyhow::Result<(Arc<dyn SearchEngine>, Option<TantivySearch>)> {
    Ok(match &config.search.meilisearch {
        Some(meilisearch) => {
            let meilisearch = MeilisearchConfig {
                url: meilisearch.url.clone(),
                api_key: meilisearch.api_key.as_ref().map(|key| key.expose().to_owned()),
                index: meilisearch.index.clone(),
                timeout: MeilisearchConfig::TIMEOUT,
                task_timeout: MeilisearchConfig::TASK_TIMEOUT,
            };
            let engine = MeilisearchSearch::new(&meilisearch).context("reading `search.meilisearch`")?;
            (Arc::new(engine), None)
        }
        None if !outside.has_index => (Arc::new(ElsewhereSearch), None),
        None => {
            let engine = match &outside.index {
                Some(index) => index.clone(),
                None => TantivySearch::new().context("making the search index")?,
            };
            (Arc::new(engine.clone()), Some(engine))
        }
    })
}

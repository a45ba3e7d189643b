//! Search by a Meilisearch server, over its own client.
//!
//! A call is bounded by [`MeilisearchConfig::timeout`]. Meilisearch takes a change as a task and
//! works it off later, so an upsert or a removal waits for its task, bounded by
//! [`MeilisearchConfig::task_timeout`]: a task that fails or does not finish must reach the job
//! that sent it, which repeats it. Nothing is lost by doing it twice.
//!
//! **An index that is missing, or was made by someone else, comes back by a rebuild only.** Until
//! then everything answers [`SearchError::Unavailable`] and searches degrade to the database. Were
//! an upsert to create it, searches would find that one product and nothing else.
//! [`SearchEngine::is_ready`] tells the worker whether to rebuild.

mod attributes;
mod client;
mod index;
mod query;
mod rebuild;
mod synonyms;

use std::{collections::HashMap, time::Duration};

use async_trait::async_trait;
use meilisearch_sdk::search::{SearchResults, Selectors};
use serde::Deserialize;
use vitrine_commerce::{
    ports::search::{Rebuild, SearchDocument, SearchEngine, SearchError, SearchRequest, SearchResponse, Synonyms},
    words::{QUERY_WORDS_MAX, fold, is_unspaced, pieces},
};
use vitrine_entity::ids::ProductId;

use self::{
    client::{Client, Fault},
    query::Window,
    rebuild::MeilisearchRebuild,
};
use super::{
    facets::{Counted, Value, facets},
    words::query_words,
};

/// Where Meilisearch is.
#[derive(Clone)]
pub struct MeilisearchConfig {
    /// As in `http://127.0.0.1:7700`.
    pub url: String,
    /// A key that may search, list indexes, and manage ours and their documents and tasks.
    pub api_key: Option<String>,
    /// The index's uid. Whatever begins with `{index}_next_` is ours too, for rebuilds.
    pub index: String,
    /// How long a call may take.
    pub timeout: Duration,
    /// How long a change may take from being accepted to being searchable.
    pub task_timeout: Duration,
}

impl MeilisearchConfig {
    pub const TIMEOUT: Duration = Duration::from_secs(2);
    pub const TASK_TIMEOUT: Duration = Duration::from_secs(60);
}

/// Without the key.
impl std::fmt::Debug for MeilisearchConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MeilisearchConfig")
            .field("url", &self.url)
            .field("index", &self.index)
            .field("timeout", &self.timeout)
            .field("task_timeout", &self.task_timeout)
            .finish_non_exhaustive()
    }
}

/// An index on a Meilisearch server.
#[derive(Clone)]
pub struct MeilisearchSearch {
    client: Client,
    index: String,
}

impl MeilisearchSearch {
    /// Calls nobody yet.
    ///
    /// # Errors
    /// When the key or the index's name cannot be one.
    pub fn new(config: &MeilisearchConfig) -> Result<Self, SearchError> {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if config.index.is_empty() || config.index.len() > 400 || !config.index.bytes().all(letter) {
            return Err(SearchError::Refused(format!(
                "`{}` is no name for an index",
                config.index
            )));
        }
        Ok(Self {
            client: Client::new(config)?,
            index: config.index.clone(),
        })
    }
}

#[async_trait]
impl SearchEngine for MeilisearchSearch {
    async fn is_ready(&self) -> Result<bool, SearchError> {
        Ok(index::is_ready(&self.client, &self.index).await?)
    }

    async fn count(&self) -> Result<u64, SearchError> {
        Ok(index::count(&self.client, &self.index).await? as u64)
    }

    async fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        let words = query_words(&request.text);
        if words.is_empty() && !request.text.trim().is_empty() {
            return Ok(SearchResponse::default());
        }
        let window = Window::over(request.offset, request.limit);
        let text = typed(&words, request);
        let results = self.execute(request, &text, window).await?;
        Ok(response(results, window, &attributes::price_in(request.currency)))
    }

    async fn upsert(&self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        if documents.is_empty() {
            return Ok(());
        }
        index::require_ready(&self.client, &self.index).await?;
        Ok(index::put(&self.client, &self.index, documents).await?)
    }

    async fn remove(&self, products: &[ProductId]) -> Result<(), SearchError> {
        if products.is_empty() {
            return Ok(());
        }
        let index = self.client.index(&self.index);
        let task = self.client.call(index.delete_documents(products)).await?;
        Ok(self.client.finish(task).await?)
    }

    async fn set_synonyms(&self, synonyms: &Synonyms) -> Result<(), SearchError> {
        index::require_ready(&self.client, &self.index).await?;
        Ok(index::set_synonyms(&self.client, &self.index, synonyms).await?)
    }

    async fn rebuild(&self, synonyms: &Synonyms) -> Result<Box<dyn Rebuild>, SearchError> {
        Ok(Box::new(
            MeilisearchRebuild::begin(self.client.clone(), &self.index, synonyms).await?,
        ))
    }

    /// Nothing to wait for: what was accepted is visible by then.
    async fn settle(&self) -> Result<(), SearchError> {
        Ok(())
    }
}

#[derive(Debug, Deserialize)]
struct Hit {
    id: ProductId,
}

impl MeilisearchSearch {
    async fn execute(&self, request: &SearchRequest, text: &str, window: Window) -> Result<SearchResults<Hit>, Fault> {
        let index = self.client.index(&self.index);
        let price = attributes::price_in(request.currency);
        let filter = query::filter(request, &price);
        let sort = query::sort(request.sort, text.is_empty(), &price);
        let searched = attributes::searched(request.language, request.within_words);
        let facets: Vec<&str> = query::FACETS.into_iter().chain([price.as_str()]).collect();
        let (sort, searched) = (as_texts(&sort), as_texts(&searched));
        let locale = request.language.map(|language| [language.code]);
        let mut search = index.search();
        search
            .with_query(text)
            .with_page(window.page)
            .with_hits_per_page(window.size)
            .with_attributes_to_retrieve(Selectors::Some(&["id"]))
            .with_attributes_to_search_on(&searched);
        if !filter.is_empty() {
            search.with_array_filter(filter.iter().map(String::as_str).collect());
        }
        if !sort.is_empty() {
            search.with_sort(&sort);
        }
        if request.facets {
            search.with_facets(Selectors::Some(&facets));
        }
        if let Some(locale) = &locale {
            search.with_locales(locale);
        }
        self.client.call(index.execute_query(&search)).await
    }
}

fn as_texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// The words as Meilisearch is to look for them: as their language compares them, for a document says all of its words so,
/// and with the letters that ours are folded to, of which it does not know all. How it takes apart what is written without spaces depends on what stands around it; where nothing is found
/// so, its letters are a phrase, as the index has them, too.
fn typed(words: &[String], request: &SearchRequest) -> String {
    let as_letters = |word: &String| format!("\"{}\"", pieces(&fold(word)).join(" "));
    let typed = words.iter().flat_map(|word| match request.language {
        _ if request.within_words && word.contains(is_unspaced) => vec![as_letters(word)],
        Some(language) => language.forms(word),
        None => vec![fold(word)],
    });
    let typed = synonyms::asked(typed.take(QUERY_WORDS_MAX).collect(), request);
    typed.join(" ")
}

fn response(results: SearchResults<Hit>, window: Window, price: &str) -> SearchResponse {
    let hits = results.hits.into_iter().map(|hit| hit.result.id);
    let counts = results.facet_distribution.unwrap_or_default();
    let prices = results.facet_stats.and_then(|mut stats| stats.remove(price));
    SearchResponse {
        hits: hits.skip(window.skip).take(window.take).collect(),
        total: results.total_hits.unwrap_or_default(),
        facets: facets(
            counts
                .into_iter()
                .flat_map(|(attribute, counts)| counted(&attribute, counts)),
        ),
        // Whole numbers, told as floating-point ones: no price is beyond what these hold exactly.
        prices_minor: prices.map(|prices| (prices.min as i64, prices.max as i64)),
    }
}

fn counted(attribute: &str, counts: HashMap<String, usize>) -> Vec<(Counted, Value, usize)> {
    let counted = match attribute {
        "categories" => Counted::Category,
        "collections" => Counted::Collection,
        "vendor" => Counted::Vendor,
        "tags" => Counted::Tag,
        "attributes" => Counted::Attribute,
        "in_stock" => Counted::InStock,
        _ => return Vec::new(),
    };
    counts
        .into_iter()
        .map(|(value, count)| (counted, Value::new(&value), count))
        .collect()
}

//! One index: its writer, and what its readers see.

use std::sync::{Mutex, PoisonError};

use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, indexer::IndexWriterOptions};
use vitrine_commerce::ports::search::{SearchDocument, SearchRequest, SearchResponse, Synonyms};
use vitrine_entity::ids::ProductId;

use super::{
    collect::{Hits, HitsCollector},
    query,
    schema::{Fields, WORDS, WordTokenizer, schema},
};
use crate::search::PAGE_HITS_MAX;

/// tantivy's least.
const WRITER_MEMORY_BYTES: usize = 15_000_000;

pub(super) struct Shelf {
    fields: Fields,
    writer: Mutex<IndexWriter>,
    reader: IndexReader,
}

impl Shelf {
    pub(super) fn new() -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        index.tokenizers().register(WORDS, WordTokenizer);
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(WRITER_MEMORY_BYTES)
            .num_merge_threads(1)
            .build();
        let writer = Mutex::new(index.writer_with_options(options)?);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { fields, writer, reader })
    }

    pub(super) fn search(&self, request: &SearchRequest, synonyms: &Synonyms) -> tantivy::Result<SearchResponse> {
        let searcher = self.reader.searcher();
        let Some(query) = query::build(&searcher, &self.fields, request, synonyms)? else {
            return Ok(SearchResponse::default());
        };
        let collector = HitsCollector::new(request.sort, !request.text.trim().is_empty(), request.facets);
        let Hits {
            found,
            facets,
            prices_minor,
        } = searcher.search(&*query, &collector)?;
        let total = found.len();
        let hits = page(found, request.offset, request.limit.min(PAGE_HITS_MAX));
        Ok(SearchResponse {
            hits,
            total,
            facets,
            prices_minor,
        })
    }

    pub(super) fn count(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Adds or replaces; seen after [`Shelf::commit`].
    pub(super) fn put(&self, documents: &[SearchDocument]) -> tantivy::Result<()> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        for document in documents {
            writer.delete_term(self.fields.id_term(document.id));
            writer.add_document(self.fields.document(document))?;
        }
        Ok(())
    }

    pub(super) fn remove(&self, products: &[ProductId]) -> tantivy::Result<()> {
        {
            let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            products.iter().for_each(|product| {
                writer.delete_term(self.fields.id_term(*product));
            });
        }
        self.commit()
    }

    pub(super) fn commit(&self) -> tantivy::Result<()> {
        // Reloaded under the lock, so that a later commit is never hidden by an earlier reload.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.commit()?;
        self.reader.reload()
    }
}

/// The page's ids. Only what stands before its end is sorted.
fn page(mut found: Vec<(i64, ProductId)>, offset: usize, limit: usize) -> Vec<ProductId> {
    let end = offset.saturating_add(limit);
    if end < found.len() {
        found.select_nth_unstable(end);
        found.truncate(end);
    }
    found.sort_unstable();
    found.into_iter().skip(offset).map(|(_, id)| id).collect()
}

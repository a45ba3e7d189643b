//! One index: its writer, and what its readers see.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tantivy::{
    Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyError,
    directory::{Directory, INDEX_WRITER_LOCK, RamDirectory},
    indexer::IndexWriterOptions,
};
use uuid::Uuid;
use vitrine_commerce::{
    catalog::index::Stamp,
    ports::search::{HITS_MAX, SearchDocument, SearchRequest, SearchResponse, Synonyms},
};
use vitrine_entity::ids::ProductId;

use super::{
    collect::{Hits, HitsCollector},
    directory::UnsyncedDirectory,
    query,
    schema::{Fields, ID_HIGH, ID_LOW, IN_STOCK, PRICE, SOLD, WORDS, WordTokenizer, schema},
    values::KeptValues,
};

/// How many hits are gathered, however far behind a page is asked for.
const GATHERED_MAX: usize = 1_000_000;

/// tantivy's least.
const WRITER_MEMORY_BYTES: usize = 15_000_000;

pub(super) struct Shelf {
    fields: Arc<Fields>,
    writer: Mutex<IndexWriter>,
    reader: IndexReader,
    /// How many changes were made, and how many of them are visible.
    changes: AtomicU64,
    committed: Mutex<u64>,
    values: Arc<KeptValues>,
    /// Where it lies; `None` in memory.
    pub(super) folder: Option<PathBuf>,
    /// Its files, where those are in memory.
    memory: Option<RamDirectory>,
}

impl Shelf {
    /// An empty one in memory.
    pub(super) fn new() -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let memory = RamDirectory::create();
        let index = Index::create(memory.clone(), schema, IndexSettings::default())?;
        let shelf = Self::over(index, Arc::new(fields), None)?;
        Ok(Self {
            memory: Some(memory),
            ..shelf
        })
    }

    /// Another one in memory with what is visible in this one; `None` where this one lies in a folder.
    pub(super) fn copied(&self) -> tantivy::Result<Option<Self>> {
        let Some(memory) = &self.memory else { return Ok(None) };
        let copy = RamDirectory::create();
        {
            // Nobody commits meanwhile.
            let _writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            memory.persist(&copy)?;
        }
        // This one's writer holds it, and came along.
        if copy.exists(&INDEX_WRITER_LOCK.filepath)? {
            let freed = copy.delete(&INDEX_WRITER_LOCK.filepath);
            freed.map_err(|error| TantivyError::InternalError(error.to_string()))?;
        }
        let shelf = Self::over(Index::open(copy.clone())?, Arc::clone(&self.fields), None)?;
        Ok(Some(Self {
            memory: Some(copy),
            ..shelf
        }))
    }

    /// An empty one in an empty folder.
    pub(super) fn create(folder: &Path) -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let index = Index::create(UnsyncedDirectory::open(folder)?, schema, IndexSettings::default())?;
        Self::over(index, Arc::new(fields), Some(folder))
    }

    /// The one that lies in a folder.
    pub(super) fn open(folder: &Path) -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let index = Index::open(UnsyncedDirectory::open(folder)?)?;
        if index.schema() != schema {
            return Err(TantivyError::SchemaError("another version has made it".to_owned()));
        }
        let damaged = index.validate_checksum()?;
        if !damaged.is_empty() {
            return Err(TantivyError::InternalError(format!(
                "{} files are damaged",
                damaged.len()
            )));
        }
        Self::over(index, Arc::new(fields), Some(folder))
    }

    fn over(index: Index, fields: Arc<Fields>, folder: Option<&Path>) -> tantivy::Result<Self> {
        index.tokenizers().register(WORDS, WordTokenizer);
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(WRITER_MEMORY_BYTES)
            .num_merge_threads(1)
            .build();
        let writer = Mutex::new(index.writer_with_options(options)?);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self {
            fields,
            writer,
            reader,
            changes: AtomicU64::new(0),
            committed: Mutex::new(0),
            values: Arc::default(),
            folder: folder.map(Path::to_owned),
            memory: None,
        })
    }

    pub(super) fn search(&self, request: &SearchRequest, synonyms: &Synonyms) -> tantivy::Result<SearchResponse> {
        let searcher = self.reader.searcher();
        let Some(query) = query::build(&searcher, &self.fields, request, synonyms)? else {
            return Ok(SearchResponse::default());
        };
        let limit = request.limit.min(HITS_MAX);
        let wanted = match limit {
            0 => 0,
            limit => request.offset.saturating_add(limit).min(GATHERED_MAX),
        };
        let values = request.facets.then_some(&self.values);
        let collector = HitsCollector::new(request, wanted, values);
        let Hits {
            total,
            first,
            facets,
            prices_minor,
        } = searcher.search(&*query, &collector)?;
        let hits = page(first, request.offset, limit);
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

    /// What it says of each product.
    pub(super) fn stamps(&self) -> tantivy::Result<HashMap<ProductId, Stamp>> {
        let searcher = self.reader.searcher();
        let mut stamps = HashMap::with_capacity(usize::try_from(searcher.num_docs()).unwrap_or_default());
        for segment in searcher.segment_readers() {
            let columns = segment.fast_fields();
            let high = columns.column_first_or_default::<u64>(ID_HIGH)?;
            let low = columns.column_first_or_default::<u64>(ID_LOW)?;
            let price = columns.column_first_or_default::<i64>(PRICE)?;
            let in_stock = columns.column_first_or_default::<bool>(IN_STOCK)?;
            let sold = columns.column_first_or_default::<i64>(SOLD)?;
            for doc in segment.doc_ids_alive() {
                let id = ProductId(Uuid::from_u64_pair(high.get_val(doc), low.get_val(doc)));
                let stamp = Stamp {
                    price_minor: price.get_val(doc),
                    in_stock: in_stock.get_val(doc),
                    sold: sold.get_val(doc),
                };
                stamps.insert(id, stamp);
            }
        }
        Ok(stamps)
    }

    /// Adds or replaces; seen after [`Shelf::commit`].
    pub(super) fn put(&self, documents: &[SearchDocument]) -> tantivy::Result<()> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        for document in documents {
            writer.delete_term(self.fields.id_term(document.id));
            writer.add_document(self.fields.document(document))?;
        }
        self.changes.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    pub(super) fn remove(&self, products: &[ProductId]) -> tantivy::Result<()> {
        {
            let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            products.iter().for_each(|product| {
                writer.delete_term(self.fields.id_term(*product));
            });
            self.changes.fetch_add(1, Ordering::SeqCst);
        }
        self.commit()
    }

    /// Makes everything before visible. Of several at once, one does it for those that wait.
    pub(super) fn commit(&self) -> tantivy::Result<()> {
        let wanted = self.changes.load(Ordering::SeqCst);
        // Reloaded under the lock, so that a later commit is never hidden by an earlier reload.
        let mut committed = self.committed.lock().unwrap_or_else(PoisonError::into_inner);
        if *committed < wanted {
            let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let changes = self.changes.load(Ordering::SeqCst);
            writer.commit()?;
            drop(writer);
            self.reader.reload()?;
            self.values.keep_those_of(&self.reader.searcher());
            *committed = changes;
        }
        Ok(())
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

//! Finds products by text, filters and facets.

mod named;
pub mod one_variant;
pub mod synonyms;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vitrine_entity::{
    currency::Currency,
    ids::{CollectionId, ProductId},
};

pub use self::{
    named::{named, parted},
    synonyms::Synonyms,
};
use crate::words::analysis::Analysis;

/// What a search engine knows of a product: everything it filters, sorts, counts and ranks by.
/// Only active products that have a price are in the index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchDocument {
    pub id: ProductId,
    pub title: String,
    /// Plain text, in the shop's own language and behind it in others.
    pub description: String,
    pub vendor: Option<String>,
    pub tags: Vec<String>,
    /// SKUs and barcodes: what must be typed right.
    pub skus: Vec<String>,
    /// The slug of the product's category and those of all its ancestors.
    pub categories: Vec<String>,
    /// The slugs of the published collections that hold it.
    #[serde(default)]
    pub collections: Vec<String>,
    /// All collections that hold it, published or not: a market may have what one of them holds, or not have it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held_by: Vec<CollectionId>,
    /// Typed attributes and option values alike, [`named()`], as in `Color=Oak`.
    pub attributes: Vec<String>,
    /// Of these, the product's own: what all of its variants have.
    #[serde(default)]
    pub own_attributes: Vec<String>,
    /// What its variants have together: see [`one_variant`].
    #[serde(default)]
    pub variant_sets: Vec<String>,
    /// What its title and the values of its options and attributes are called in other languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub translated: Vec<String>,
    /// In which languages it is looked for by more than the letters of words, each once. None in a shop that has no other
    /// language than English.
    #[serde(skip)]
    pub languages: Vec<InLanguage>,
    /// The lowest price of its variants in the shop's currency, in minor units.
    pub price_minor: i64,
    /// The same in the other currencies that it is sold in, each once, in minor units.
    #[serde(skip)]
    pub prices_minor: Vec<(Currency, i64)>,
    pub in_stock: bool,
    /// Units sold.
    pub sold: i64,
    /// Seconds since 1970.
    pub created_at: i64,
}

/// A product in one of the shop's languages.
#[derive(Debug, Clone, PartialEq)]
pub struct InLanguage {
    pub analysis: &'static Analysis,
    /// What it is called there; nothing where that is not translated, or is its own title.
    pub titles: Vec<String>,
}

/// The most hits of one request, whatever is asked.
pub const HITS_MAX: usize = 5_000;

/// What is asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchRequest {
    /// What the shopper typed; empty means everything. Literal: no operators, no syntax.
    pub text: String,
    /// In which language; `None` where words are compared by their letters alone.
    pub language: Option<&'static Analysis>,
    /// The [tag](crate::words::analysis::normal_tag) of the language of whoever searches, of which synonyms may be alone.
    pub spoken: Option<String>,
    /// The [keys](synonyms::in_language) of the terms within the text, as they are looked for, that have synonyms in that
    /// language alone, or in what it is a kind of.
    pub bound: Vec<String>,
    /// In which currency prices are compared and counted, where it is another than the shop's own: nothing is found that is
    /// not sold in it.
    pub currency: Option<Currency>,
    /// Whether a word may stand within a longer one: `tisch` in `Holztischlampe`. For what is found nowhere else.
    pub within_words: bool,
    pub filter: SearchFilter,
    pub sort: SearchSort,
    pub offset: usize,
    /// At most [`HITS_MAX`].
    pub limit: usize,
    /// Whether to count facets.
    pub facets: bool,
}

/// Restricts the hits. Everything given must hold; where several attributes are given, or one and being in stock, some
/// variant must hold them all ([`one_variant`]).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchFilter {
    /// Category slugs; any of them, or of their descendants.
    pub categories: Vec<String>,
    /// Slugs of collections, of which any will do.
    pub collections: Vec<String>,
    pub vendors: Vec<String>,
    pub tags: Vec<String>,
    /// For each attribute name, the values of which any will do.
    pub attributes: Vec<(String, Vec<String>)>,
    pub price_min_minor: Option<i64>,
    pub price_max_minor: Option<i64>,
    pub in_stock: Option<bool>,
    /// None but these, where there are any.
    pub only: Option<Vec<ProductId>>,
    /// Not these.
    pub except: Vec<ProductId>,
    /// None but what one of these collections holds, published or not, where there are any.
    pub held_by: Vec<CollectionId>,
    /// Not what one of these holds.
    pub not_held_by: Vec<CollectionId>,
}

/// The order of the hits; ties are broken by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SearchSort {
    /// Best match first; without text, best selling first.
    #[default]
    Relevance,
    PriceAscending,
    PriceDescending,
    Newest,
    BestSelling,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchResponse {
    pub hits: Vec<ProductId>,
    /// How many products match in all.
    pub total: usize,
    pub facets: Vec<Facet>,
    /// The least and the greatest price among all hits, where facets were asked for and there are hits.
    pub prices_minor: Option<(i64, i64)>,
}

/// The values of one property among all hits (not only this page), most frequent first, then by
/// value. At most 100 values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    pub kind: FacetKind,
    pub values: Vec<FacetValue>,
}

/// Which property a facet counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FacetKind {
    Category,
    Collection,
    Vendor,
    Tag,
    /// A named attribute.
    Attribute(String),
    /// Values `true` and `false`.
    InStock,
}

/// One value of a facet and how many hits have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    pub value: String,
    pub count: usize,
}

/// Searches and is kept up to date.
#[async_trait]
pub trait SearchEngine: Send + Sync {
    /// Whether there is an index, and it is ours; `false` means that a rebuild is needed. Says
    /// nothing of what is in it.
    async fn is_ready(&self) -> Result<bool, SearchError>;

    /// Whether each server has an index of its own, which [follows](crate::catalog::index::follow) the database: whoever
    /// does the jobs has none to write to.
    fn is_elsewhere(&self) -> bool {
        false
    }

    /// How many documents there are.
    async fn count(&self) -> Result<u64, SearchError>;

    async fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError>;

    /// Adds or replaces documents. When it returns, the engine has them (it may still take a
    /// moment to show them: see [`SearchEngine::settle`]).
    async fn upsert(&self, documents: &[SearchDocument]) -> Result<(), SearchError>;

    /// Removes documents; an id that is not there is no error.
    async fn remove(&self, products: &[ProductId]) -> Result<(), SearchError>;

    /// Puts these synonyms in the place of all that it knew. A synonym is found as it is written: with no typo,
    /// and its words one after the other.
    async fn set_synonyms(&self, synonyms: &Synonyms) -> Result<(), SearchError>;

    /// Begins an index beside the one in use, with these synonyms, filled by [`Rebuild::add`] and put in its
    /// place at once by [`Rebuild::publish`]; searches are answered by the old one until then.
    async fn rebuild(&self, synonyms: &Synonyms) -> Result<Box<dyn Rebuild>, SearchError>;

    /// Returns when everything accepted before is visible to searches.
    async fn settle(&self) -> Result<(), SearchError>;
}

/// An index being built.
#[async_trait]
pub trait Rebuild: Send {
    async fn add(&mut self, documents: &[SearchDocument]) -> Result<(), SearchError>;
    async fn publish(self: Box<Self>) -> Result<(), SearchError>;
}

/// Why a search engine gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Down, slow, or wiped: it may work later. Searches degrade to the database.
    #[error("the search engine is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It will never work as it stands.
    #[error("the search engine refused: {0}")]
    Refused(String),
}

//! The index's settings, and what is in it.

use std::collections::{BTreeMap, HashMap};

use meilisearch_sdk::{
    errors::ErrorCode,
    settings::{
        FacetSortValue, FacetingSettings, FilterableAttribute, MinWordSizeForTypos, PaginationSetting, Settings,
        TypoToleranceSettings,
    },
};
use serde::Serialize;
use vitrine_commerce::ports::search::{SearchDocument, Synonyms};

use super::{
    client::{Client, Fault},
    query::TOTAL_HITS_MAX,
};
use crate::search::found_by::FoundBy;

pub(super) const PRIMARY_KEY: &str = "id";

/// From what matters most to what matters least. In the last is looked only where a word may stand within another.
const SEARCHABLE: [&str; 9] = [
    "title",
    "skus",
    "categories",
    "vendor",
    "tags",
    "values",
    "description",
    "spellings",
    "within",
];
/// A code with a typo is another product's; another spelling with one, or a part of a word, is another word.
const EXACT: [&str; 3] = ["skus", "spellings", "within"];
const FILTERABLE: [&str; 10] = [
    PRIMARY_KEY,
    "categories",
    "collections",
    "vendor",
    "tags",
    "attributes",
    "own_attributes",
    "variant_sets",
    "price_minor",
    "in_stock",
];
const SORTABLE: [&str; 4] = ["id", "price_minor", "created_at", "sold"];

/// `sort` first: what is sorted by price must be in the order of prices, whatever matches better.
/// `id:asc` last breaks the ties of relevance.
const RANKING: [&str; 7] = ["sort", "words", "typo", "proximity", "attribute", "exactness", "id:asc"];

/// All attributes share one facet, and are parted into their own later: its bound must hold many.
const FACET_VALUES_MAX: usize = 2_000;

pub(super) fn settings() -> Settings {
    let most_frequent_first = BTreeMap::from([("*".to_owned(), FacetSortValue::Count)]);
    Settings::new()
        .with_searchable_attributes(SEARCHABLE)
        .with_filterable_attributes(FILTERABLE)
        .with_sortable_attributes(SORTABLE)
        .with_ranking_rules(RANKING)
        .with_typo_tolerance(TypoToleranceSettings {
            enabled: Some(true),
            disable_on_attributes: Some(EXACT.map(str::to_owned).to_vec()),
            disable_on_words: Some(Vec::new()),
            min_word_size_for_typos: Some(MinWordSizeForTypos {
                one_typo: Some(4),
                two_typos: Some(8),
            }),
            disable_on_numbers: None,
        })
        .with_faceting(FacetingSettings {
            max_values_per_facet: FACET_VALUES_MAX,
            sort_facet_values_by: Some(most_frequent_first),
        })
        .with_pagination(PaginationSetting {
            max_total_hits: TOTAL_HITS_MAX,
        })
}

/// Where a search looks for words.
pub(super) fn searched(within_words: bool) -> &'static [&'static str] {
    match within_words {
        true => &SEARCHABLE,
        false => &SEARCHABLE[..SEARCHABLE.len() - 1],
    }
}

/// Whether the index is there with what our searches need.
pub(super) async fn is_ready(client: &Client, index: &str) -> Result<bool, Fault> {
    match client.call(client.index(index).get_settings()).await {
        Ok(settings) => Ok(is_ours(&settings)),
        Err(fault) if fault.is(&ErrorCode::IndexNotFound) => Ok(false),
        Err(fault) => Err(fault),
    }
}

pub(super) async fn require_ready(client: &Client, index: &str) -> Result<(), Fault> {
    match is_ready(client, index).await? {
        true => Ok(()),
        false => Err(Fault::NotReady(index.to_owned())),
    }
}

fn is_ours(settings: &Settings) -> bool {
    let filterable = settings.filterable_attributes.as_deref().unwrap_or_default();
    let sortable = settings.sortable_attributes.as_deref().unwrap_or_default();
    let in_order = |theirs: &Option<Vec<String>>, ours: &[&str]| theirs.as_ref().is_some_and(|theirs| theirs == ours);
    FILTERABLE
        .iter()
        .all(|name| filterable.contains(&FilterableAttribute::from(*name)))
        && SORTABLE.iter().all(|name| sortable.iter().any(|theirs| theirs == name))
        && in_order(&settings.searchable_attributes, &SEARCHABLE)
        && in_order(&settings.ranking_rules, &RANKING)
}

/// How many documents the index has.
pub(super) async fn count(client: &Client, index: &str) -> Result<usize, Fault> {
    let stats = client.call(client.index(index).get_stats()).await?;
    Ok(stats.number_of_documents)
}

/// A document as it is kept.
#[derive(Serialize)]
struct Kept<'a> {
    #[serde(flatten)]
    document: &'a SearchDocument,
    values: Vec<String>,
    spellings: Vec<String>,
    within: Vec<String>,
}

/// Adds or replaces documents, and waits until they are searchable.
pub(super) async fn put(client: &Client, index: &str, documents: &[SearchDocument]) -> Result<(), Fault> {
    let kept = |document| {
        let FoundBy {
            values,
            spellings,
            within,
        } = FoundBy::of(document);
        Kept {
            document,
            values,
            spellings,
            within,
        }
    };
    let documents: Vec<Kept<'_>> = documents.iter().map(kept).collect();
    let index = client.index(index);
    let task = client.call(index.add_or_replace(&documents, Some(PRIMARY_KEY))).await?;
    client.finish(task).await
}

/// Puts synonyms in the place of those that were there, and waits until searches go by them.
pub(super) async fn set_synonyms(client: &Client, index: &str, synonyms: &Synonyms) -> Result<(), Fault> {
    let synonyms: HashMap<_, _> = synonyms.clone().into_iter().collect();
    let task = client.call(client.index(index).set_synonyms(&synonyms)).await?;
    client.finish(task).await
}

//! The index's settings, and what is in it.

use std::collections::BTreeMap;

use meilisearch_sdk::{
    errors::ErrorCode,
    settings::{
        FacetSortValue, FacetingSettings, FilterableAttribute, LocalizedAttributes, MinWordSizeForTypos,
        PaginationSetting, Settings, TypoToleranceSettings,
    },
};
use serde::Serialize;
use vitrine_commerce::{
    ports::search::{SearchDocument, Synonyms},
    words::analysis::LANGUAGES,
};

use super::{
    attributes::{exact, filterable, forms_in, price_in, searchable, sortable, title_in, within_in},
    client::{Client, Fault},
    query::TOTAL_HITS_MAX,
    synonyms,
};
use crate::search::found_by::{ByLanguage, FoundBy};

pub(super) const PRIMARY_KEY: &str = "id";

/// `sort` first: what is sorted by price must be in the order of prices, whatever matches better.
/// `id:asc` last breaks the ties of relevance.
const RANKING: [&str; 7] = ["sort", "words", "typo", "proximity", "attribute", "exactness", "id:asc"];

/// All attributes share one facet, and are parted into their own later: its bound must hold many.
const FACET_VALUES_MAX: usize = 2_000;

pub(super) fn settings() -> Settings {
    let most_frequent_first = BTreeMap::from([("*".to_owned(), FacetSortValue::Count)]);
    Settings::new()
        .with_searchable_attributes(searchable())
        .with_filterable_attributes(filterable())
        .with_sortable_attributes(sortable())
        .with_localized_attributes(localized())
        .with_ranking_rules(RANKING)
        .with_typo_tolerance(TypoToleranceSettings {
            enabled: Some(true),
            disable_on_attributes: Some(exact()),
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

/// In which language attributes are written: how Meilisearch parts their texts into words.
fn localized() -> Vec<LocalizedAttributes> {
    let of_language = LANGUAGES.iter().map(|language| LocalizedAttributes {
        locales: vec![language.code.to_owned()],
        attribute_patterns: vec![title_in(language), forms_in(language), within_in(language)],
    });
    of_language.collect()
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
    let theirs = settings.filterable_attributes.as_deref().unwrap_or_default();
    let filters = |name: String| theirs.contains(&FilterableAttribute::from(name));
    let sorts = settings.sortable_attributes.as_deref().unwrap_or_default();
    let ranks = settings.ranking_rules.as_deref().unwrap_or_default();
    filterable().into_iter().all(filters)
        && sortable().iter().all(|name| sorts.contains(name))
        && settings.searchable_attributes == Some(searchable())
        && settings.localized_attributes.is_some()
        && ranks == RANKING
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
    #[serde(flatten)]
    by_language: BTreeMap<String, Vec<String>>,
    #[serde(flatten)]
    prices: BTreeMap<String, i64>,
}

/// Adds or replaces documents, and waits until they are searchable.
pub(super) async fn put(client: &Client, index: &str, documents: &[SearchDocument]) -> Result<(), Fault> {
    let kept = |document| {
        let FoundBy {
            values,
            spellings,
            within,
            by_language,
        } = FoundBy::of(document);
        let prices = document.prices_minor.iter();
        Kept {
            document,
            values,
            spellings,
            within,
            by_language: by_language.into_iter().flat_map(attributes_of).collect(),
            prices: prices
                .map(|(currency, minor)| (price_in(Some(*currency)), *minor))
                .collect(),
        }
    };
    let documents: Vec<Kept<'_>> = documents.iter().map(kept).collect();
    let index = client.index(index);
    let task = client.call(index.add_or_replace(&documents, Some(PRIMARY_KEY))).await?;
    client.finish(task).await
}

/// What is looked for in a language; nothing where there is nothing to say.
fn attributes_of(language: ByLanguage) -> impl Iterator<Item = (String, Vec<String>)> {
    let analysis = language.analysis;
    let named = [
        (title_in(analysis), language.title),
        (forms_in(analysis), language.forms),
        (within_in(analysis), language.within),
    ];
    named.into_iter().filter(|(_, texts)| !texts.is_empty())
}

/// Puts synonyms in the place of those that were there, and waits until searches go by them.
pub(super) async fn set_synonyms(client: &Client, index: &str, synonyms: &Synonyms) -> Result<(), Fault> {
    let table = synonyms::table(synonyms);
    let task = client.call(client.index(index).set_synonyms(&table)).await?;
    client.finish(task).await
}

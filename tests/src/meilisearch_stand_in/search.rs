//! A search: checks what is asked, finds, orders, counts, pages.

use std::{cmp::Reverse, collections::BTreeMap};

use serde_json::{Map, Value, json};

use super::{
    error::ApiError,
    filter::Filter,
    ranking::{self, Query},
    settings::texts,
    store::Index,
    text::values,
};

const PARAMETERS: [&str; 30] = [
    "q",
    "offset",
    "limit",
    "page",
    "hitsPerPage",
    "attributesToRetrieve",
    "attributesToCrop",
    "cropLength",
    "cropMarker",
    "attributesToHighlight",
    "highlightPreTag",
    "highlightPostTag",
    "showMatchesPosition",
    "filter",
    "sort",
    "distinct",
    "facets",
    "matchingStrategy",
    "attributesToSearchOn",
    "rankingScoreThreshold",
    "locales",
    "hybrid",
    "vector",
    "retrieveVectors",
    "media",
    "personalize",
    "useNetwork",
    "showRankingScore",
    "showRankingScoreDetails",
    "showPerformanceDetails",
];

pub(super) fn search(uid: &str, index: &Index, body: &Map<String, Value>) -> Result<Value, ApiError> {
    let paging = Paging::of(body)?;
    let text = body.get("q").and_then(Value::as_str).unwrap_or_default();
    let filter = filter(uid, index, body)?;
    let sort = sort(uid, index, body)?;
    let facets = facets(uid, index, body)?;

    let found: Vec<&Value> = index
        .documents
        .iter()
        .filter(|document| filter.holds(document))
        .collect();
    let hits = ranking::rank(&index.settings, &Query::parse(text, &index.settings), &sort, found);
    let total = hits
        .len()
        .min(index.settings["pagination"]["maxTotalHits"].as_u64().unwrap_or(1_000) as usize);

    let mut answer = paging.answer(total);
    let page: Vec<Value> = paging
        .window(&hits[..total])
        .iter()
        .map(|hit| retrieved(hit, body))
        .collect();
    answer.insert("hits".to_owned(), Value::Array(page));
    answer.insert("query".to_owned(), Value::from(text));
    answer.insert("processingTimeMs".to_owned(), Value::from(0));
    answer.insert(
        "requestUid".to_owned(),
        Value::from("01a1f9a0-861d-73b3-9459-e74b27acce27"),
    );
    if let Some(facets) = facets {
        let (distribution, stats) = count(&index.settings, &facets, &hits);
        answer.insert("facetDistribution".to_owned(), distribution);
        answer.insert("facetStats".to_owned(), stats);
    }
    Ok(Value::Object(answer))
}

/// By offset, with an estimate, or by pages, with a total.
enum Paging {
    Offset { offset: usize, limit: usize },
    Pages { page: usize, size: usize },
}

impl Paging {
    fn of(body: &Map<String, Value>) -> Result<Self, ApiError> {
        if let Some(unknown) = body.keys().find(|name| !PARAMETERS.contains(&name.as_str())) {
            let known = PARAMETERS.map(|name| format!("`{name}`")).join(", ");
            return Err(ApiError::invalid(
                "bad_request",
                format!("Unknown field `{unknown}`: expected one of {known}"),
            ));
        }
        let number = |name: &str, code: &'static str| match body.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value.as_u64().map(|value| Some(value as usize)).ok_or_else(|| {
                let found = format!("expected a positive integer, but found a negative integer: `{value}`");
                ApiError::invalid(code, format!("Invalid value type at `.{name}`: {found}"))
            }),
        };
        let (page, size) = (
            number("page", "invalid_search_page")?,
            number("hitsPerPage", "invalid_search_hits_per_page")?,
        );
        let (offset, limit) = (
            number("offset", "invalid_search_offset")?,
            number("limit", "invalid_search_limit")?,
        );
        Ok(match (page, size) {
            (None, None) => Self::Offset {
                offset: offset.unwrap_or(0),
                limit: limit.unwrap_or(20),
            },
            (page, size) => Self::Pages {
                page: page.unwrap_or(1),
                size: size.unwrap_or(20),
            },
        })
    }

    fn window<'a, T>(&self, hits: &'a [T]) -> &'a [T] {
        let (offset, limit) = match *self {
            Self::Offset { offset, limit } => (offset, limit),
            Self::Pages { page: 0, .. } => (0, 0),
            Self::Pages { page, size } => ((page - 1) * size, size),
        };
        let start = offset.min(hits.len());
        &hits[start..(start + limit).min(hits.len())]
    }

    fn answer(&self, total: usize) -> Map<String, Value> {
        let answer = match *self {
            Self::Offset { offset, limit } => json!({"offset": offset, "limit": limit, "estimatedTotalHits": total}),
            Self::Pages { page, size } => {
                let pages = if size == 0 { 0 } else { total.div_ceil(size) };
                json!({"page": page, "hitsPerPage": size, "totalPages": pages, "totalHits": total})
            }
        };
        answer.as_object().cloned().unwrap_or_default()
    }
}

fn filter(uid: &str, index: &Index, body: &Map<String, Value>) -> Result<Filter, ApiError> {
    let filter = Filter::from_body(body.get("filter").unwrap_or(&Value::Null))?;
    let known = texts(&index.settings, "filterableAttributes");
    if let Some(unknown) = filter.attributes().into_iter().find(|name| !known.contains(name)) {
        let message = not_filterable(uid, unknown, known);
        return Err(ApiError::invalid("invalid_search_filter", message));
    }
    Ok(filter)
}

fn not_filterable(uid: &str, unknown: &str, mut known: Vec<&str>) -> String {
    let start = format!("Index `{uid}`: Attribute `{unknown}` is not filterable.");
    if known.is_empty() {
        return format!("{start} This index does not have configured filterable attributes.");
    }
    known.sort_unstable();
    let known: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
    format!(
        "{start} Available filterable attribute patterns are: {}.",
        known.join(", ")
    )
}

/// Attribute and whether descending.
fn sort(uid: &str, index: &Index, body: &Map<String, Value>) -> Result<Vec<(String, bool)>, ApiError> {
    let known = texts(&index.settings, "sortableAttributes");
    let mut sort = Vec::new();
    for rule in body
        .get("sort")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        let (name, direction) = rule.split_once(':').unwrap_or((rule, ""));
        if !matches!(direction, "asc" | "desc") {
            return Err(ApiError::invalid(
                "invalid_search_sort",
                format!("Invalid syntax for the sort parameter: `{rule}`"),
            ));
        }
        if !known.contains(&name) {
            let message = format!(
                "Index `{uid}`: Attribute `{name}` is not sortable. Available sortable attributes are: `{}`.",
                known.join(", ")
            );
            return Err(ApiError::invalid("invalid_search_sort", message));
        }
        sort.push((name.to_owned(), direction == "desc"));
    }
    Ok(sort)
}

fn facets<'a>(uid: &str, index: &Index, body: &'a Map<String, Value>) -> Result<Option<Vec<&'a str>>, ApiError> {
    if !body.get("facets").is_some_and(Value::is_array) {
        return Ok(None);
    }
    let asked = texts(body, "facets");
    let known = texts(&index.settings, "filterableAttributes");
    match asked.iter().find(|name| !known.contains(name)) {
        Some(unknown) => Err(ApiError::invalid(
            "invalid_search_facets",
            not_filterable(uid, unknown, known),
        )),
        None => Ok(Some(asked)),
    }
}

/// The distribution of the facets, and the bounds of the numbers among them.
fn count(settings: &Map<String, Value>, facets: &[&str], hits: &[&Value]) -> (Value, Value) {
    let values_max = settings["faceting"]["maxValuesPerFacet"].as_u64().unwrap_or(100) as usize;
    let by_count = settings["faceting"]["sortFacetValuesBy"]["*"] == "count";
    let (mut distribution, mut stats) = (Map::new(), Map::new());
    for facet in facets {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut numbers: Vec<f64> = Vec::new();
        for hit in hits {
            let mut of_hit: Vec<String> = values(hit, facet).into_iter().map(facet_value).collect();
            of_hit.sort_unstable();
            of_hit.dedup();
            of_hit
                .into_iter()
                .for_each(|value| *counts.entry(value).or_default() += 1);
            numbers.extend(values(hit, facet).into_iter().filter_map(Value::as_f64));
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        if by_count {
            counts.sort_by_key(|(_, count)| Reverse(*count));
        }
        counts.truncate(values_max);
        let counts: Map<String, Value> = counts.into_iter().map(|(value, count)| (value, count.into())).collect();
        distribution.insert((*facet).to_owned(), Value::Object(counts));
        if !numbers.is_empty() {
            let min = numbers.iter().copied().fold(f64::INFINITY, f64::min);
            let max = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            stats.insert((*facet).to_owned(), json!({"min": min, "max": max}));
        }
    }
    (Value::Object(distribution), Value::Object(stats))
}

fn facet_value(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn retrieved(hit: &Value, body: &Map<String, Value>) -> Value {
    let asked = texts(body, "attributesToRetrieve");
    match hit.as_object() {
        Some(hit) if !asked.is_empty() && asked != ["*"] => hit
            .iter()
            .filter(|(name, _)| asked.contains(&name.as_str()))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect(),
        _ => hit.clone(),
    }
}

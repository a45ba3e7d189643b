//! A search: checks what is asked, finds, orders, counts, pages.
//!
//! Of Meilisearch's language of filters, it knows what our adapter writes: comparisons by `=`, `>=` and
//! `<=`, and `IN` with a list of texts in quotes. Of its two ways of paging, both.

use std::{cmp::Reverse, collections::BTreeMap};

use serde_json::{Map, Value, json};

use super::{
    error::ApiError,
    ranking::{self, value_key, values},
    store::Index,
};

/// What a search may be asked with; anything else is refused.
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

pub(super) fn search(index: &Index, body: &Map<String, Value>) -> Result<Value, ApiError> {
    if let Some(unknown) = body.keys().find(|name| !PARAMETERS.contains(&name.as_str())) {
        return Err(ApiError::invalid("bad_request", format!("Unknown field `{unknown}`")));
    }
    let text = body.get("q").and_then(Value::as_str).unwrap_or_default();
    let (filters, ways) = filters(index, body)?;
    let sort = sort(index, body)?;
    let facets = texts(body, "facets");
    known(index, "filterableAttributes", &facets, "invalid_search_facets")?;

    let kept = index.documents.iter();
    let holds = |filters: &[Filter<'_>], document: &Value| filters.iter().all(|filter| filter.holds(document));
    let kept = kept.filter(|document| {
        holds(&filters, document) && ways.iter().all(|ways| ways.iter().any(|way| holds(way, document)))
    });
    let fields = searched(index, body)?;
    let mut hits = ranking::rank(index, text, fields, &sort, kept.collect());
    let hits_max = index.settings["pagination"]["maxTotalHits"].as_u64().unwrap_or(1_000) as usize;
    let mut answer = page(body, hits.len().min(hits_max));
    answer.insert("query".to_owned(), Value::from(text));
    answer.insert("processingTimeMs".to_owned(), Value::from(0));
    if body.get("facets").is_some_and(Value::is_array) {
        let counted = facets
            .iter()
            .map(|facet| ((*facet).to_owned(), count(index, facet, &hits)));
        answer.insert("facetDistribution".to_owned(), Value::Object(counted.collect()));
        let stats = facets
            .iter()
            .filter_map(|facet| Some(((*facet).to_owned(), stats(facet, &hits)?)));
        answer.insert("facetStats".to_owned(), Value::Object(stats.collect()));
    }
    hits.truncate(hits_max);
    let shown = hits
        .into_iter()
        .skip(number(&answer, "offset"))
        .take(number(&answer, "limit"));
    let shown = shown.map(|hit| retrieved(hit, body)).collect();
    if answer.contains_key("page") {
        answer.retain(|name, _| !matches!(name.as_str(), "offset" | "limit"));
    }
    answer.insert("hits".to_owned(), Value::Array(shown));
    Ok(Value::Object(answer))
}

/// Where words are looked for, in the order of the settings.
fn searched<'a>(index: &'a Index, body: &Map<String, Value>) -> Result<Vec<&'a str>, ApiError> {
    let mut fields = index.texts("searchableAttributes");
    if body.get("attributesToSearchOn").is_some_and(Value::is_array) {
        let asked = texts(body, "attributesToSearchOn");
        known(
            index,
            "searchableAttributes",
            &asked,
            "invalid_search_attributes_to_search_on",
        )?;
        fields.retain(|field| asked.contains(field));
    }
    Ok(fields)
}

/// Which hits are shown. By pages with a total, by offset with an estimate.
fn page(body: &Map<String, Value>, total: usize) -> Map<String, Value> {
    let asked = |name: &str, otherwise| body.get(name).and_then(Value::as_u64).unwrap_or(otherwise) as usize;
    let page = if body.contains_key("page") || body.contains_key("hitsPerPage") {
        let (page, size) = (asked("page", 1), asked("hitsPerPage", 20));
        let pages = total.checked_div(size).map_or(0, |_| total.div_ceil(size));
        let offset = page.saturating_sub(1) * size;
        json!({"page": page, "hitsPerPage": size, "totalPages": pages, "totalHits": total, "offset": offset, "limit": size})
    } else {
        json!({"offset": asked("offset", 0), "limit": asked("limit", 20), "estimatedTotalHits": total})
    };
    page.as_object().cloned().unwrap_or_default()
}

fn number(object: &Map<String, Value>, name: &str) -> usize {
    object[name].as_u64().unwrap_or_default() as usize
}

/// A condition: one of several values, or a bound.
struct Filter<'a> {
    attribute: &'a str,
    operator: &'a str,
    wanted: Vec<String>,
}

/// Conditions that must all hold.
type All<'a> = Vec<Filter<'a>>;

/// A text, or a list of texts that must all hold. Of some, which stand in brackets with `OR` between, one must.
fn filters<'a>(index: &Index, body: &'a Map<String, Value>) -> Result<(All<'a>, Vec<Vec<All<'a>>>), ApiError> {
    let asked = match body.get("filter") {
        Some(Value::String(text)) => vec![text.as_str()],
        _ => texts(body, "filter"),
    };
    let read = |text: &'a str| {
        let unreadable = || ApiError::invalid("invalid_search_filter", format!("The stand-in cannot read {text}"));
        Filter::read(text).ok_or_else(unreadable)
    };
    let (bracketed, plain): (Vec<&str>, Vec<&str>) = asked.into_iter().partition(|text| text.starts_with('('));
    let filters = plain.into_iter().map(read).collect::<Result<All<'_>, _>>()?;
    let bracketed = bracketed.into_iter().map(|text| {
        let ways = parts(text, " OR ").into_iter();
        let ways = ways.map(|way| {
            parts(way.trim_matches(['(', ')']), " AND ")
                .into_iter()
                .map(read)
                .collect()
        });
        ways.collect::<Result<Vec<All<'_>>, _>>()
    });
    let ways = bracketed.collect::<Result<Vec<_>, _>>()?;
    let all = filters.iter().chain(ways.iter().flatten().flatten());
    let attributes: Vec<&str> = all.map(|filter| filter.attribute).collect();
    known(index, "filterableAttributes", &attributes, "invalid_search_filter")?;
    Ok((filters, ways))
}

/// A text parted wherever `between` stands outside of quotes.
fn parts<'a>(text: &'a str, between: &str) -> Vec<&'a str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (place, letter) in text.char_indices() {
        if !quoted && place >= start && text[place..].starts_with(between) {
            parts.push(&text[start..place]);
            start = place + between.len();
        }
        quoted ^= letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
    }
    parts.push(&text[start..]);
    parts
}

impl<'a> Filter<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (attribute, rest) = text.split_once(' ')?;
        let (operator, rest) = match rest.strip_prefix("NOT IN ") {
            Some(rest) => ("NOT IN", rest),
            None => rest.split_once(' ')?,
        };
        let wanted = match operator {
            "IN" | "NOT IN" => list(rest.strip_prefix('[')?.strip_suffix(']')?)?,
            "=" | ">=" | "<=" if rest.starts_with('"') => list(rest)?,
            "=" | ">=" | "<=" if rest.chars().all(|letter| letter.is_alphanumeric() || letter == '-') => {
                vec![rest.to_owned()]
            }
            _ => return None,
        };
        Some(Self {
            attribute,
            operator,
            wanted,
        })
    }

    fn holds(&self, document: &Value) -> bool {
        if self.operator == "NOT IN" {
            let wanted = Self {
                operator: "IN",
                attribute: self.attribute,
                wanted: self.wanted.clone(),
            };
            return !wanted.holds(document);
        }
        values(document, self.attribute).into_iter().any(|value| {
            self.wanted.iter().any(|wanted| match (self.operator, value) {
                ("IN" | "=", Value::String(text)) => value_key(text) == value_key(wanted),
                // A number or a boolean, as it is written.
                ("IN" | "=", value) => {
                    let written = value.to_string();
                    written == *wanted
                }
                (bound, value) => match (value.as_f64(), wanted.parse::<f64>()) {
                    (Some(value), Ok(wanted)) if bound == ">=" => value >= wanted,
                    (Some(value), Ok(wanted)) => value <= wanted,
                    _ => false,
                },
            })
        })
    }
}

/// Texts in quotes, parted by commas; `\` takes the meaning of what follows it.
fn list(text: &str) -> Option<Vec<String>> {
    let (mut list, mut letters) = (Vec::new(), text.chars());
    loop {
        if letters.next()? != '"' {
            return None;
        }
        let mut value = String::new();
        loop {
            match letters.next()? {
                '"' => break,
                '\\' => value.push(letters.next().filter(|letter| matches!(letter, '\\' | '"'))?),
                letter => value.push(letter),
            }
        }
        list.push(value);
        match letters.as_str() {
            "" => return Some(list),
            rest => letters = rest.strip_prefix(", ")?.chars(),
        }
    }
}

/// Attribute and whether descending.
fn sort<'a>(index: &Index, body: &'a Map<String, Value>) -> Result<Vec<(&'a str, bool)>, ApiError> {
    let rules = texts(body, "sort").into_iter();
    let rules: Vec<_> = rules.filter_map(|rule| rule.split_once(':')).collect();
    let attributes: Vec<&str> = rules.iter().map(|(attribute, _)| *attribute).collect();
    known(index, "sortableAttributes", &attributes, "invalid_search_sort")?;
    Ok(rules
        .into_iter()
        .map(|(attribute, way)| (attribute, way == "desc"))
        .collect())
}

fn known(index: &Index, setting: &str, attributes: &[&str], code: &'static str) -> Result<(), ApiError> {
    let known = index.texts(setting);
    match attributes.iter().find(|attribute| !known.contains(attribute)) {
        Some(unknown) => Err(ApiError::invalid(code, format!("`{unknown}` is not among {setting}"))),
        None => Ok(()),
    }
}

/// How many hits have each value of a facet.
fn count(index: &Index, facet: &str, hits: &[&Value]) -> Value {
    let faceting = &index.settings["faceting"];
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for hit in hits {
        for value in values(hit, facet) {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    if faceting["sortFacetValuesBy"]["*"] == "count" {
        counts.sort_by_key(|(_, count)| Reverse(*count));
    }
    counts.truncate(faceting["maxValuesPerFacet"].as_u64().unwrap_or(100) as usize);
    counts
        .into_iter()
        .map(|(value, count)| (value, Value::from(count)))
        .collect::<Map<_, _>>()
        .into()
}

/// The bounds of a facet whose values are numbers.
fn stats(facet: &str, hits: &[&Value]) -> Option<Value> {
    let numbers = || hits.iter().flat_map(|hit| values(hit, facet)).filter_map(Value::as_f64);
    let (min, max) = (numbers().reduce(f64::min)?, numbers().reduce(f64::max)?);
    Some(json!({"min": min, "max": max}))
}

fn retrieved(hit: &Value, body: &Map<String, Value>) -> Value {
    let asked = texts(body, "attributesToRetrieve");
    let mut hit = hit.clone();
    if let (Some(hit), false) = (hit.as_object_mut(), asked.is_empty()) {
        hit.retain(|name, _| asked.contains(&name.as_str()));
    }
    hit
}

fn texts<'a>(body: &'a Map<String, Value>, name: &str) -> Vec<&'a str> {
    let list = body.get(name).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).collect()
}

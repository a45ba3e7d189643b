//! An index's settings.

use serde_json::{Map, Value, json};

pub(super) fn defaults() -> Map<String, Value> {
    let defaults = json!({
        "displayedAttributes": ["*"],
        "searchableAttributes": ["*"],
        "filterableAttributes": [],
        "sortableAttributes": [],
        "rankingRules": ["words", "typo", "proximity", "attribute", "sort", "exactness"],
        "stopWords": [],
        "nonSeparatorTokens": [],
        "separatorTokens": [],
        "dictionary": [],
        "synonyms": {},
        "distinctAttribute": null,
        "proximityPrecision": "byWord",
        "typoTolerance": {
            "enabled": true,
            "minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9},
            "disableOnWords": [],
            "disableOnAttributes": [],
            "disableOnNumbers": false,
        },
        "faceting": {"maxValuesPerFacet": 100, "sortFacetValuesBy": {"*": "alpha"}},
        "pagination": {"maxTotalHits": 1000},
        "embedders": {},
        "searchCutoffMs": null,
        "localizedAttributes": null,
        "facetSearch": true,
        "prefixSearch": "indexingTime",
    });
    match defaults {
        Value::Object(defaults) => defaults,
        _ => Map::new(),
    }
}

/// Sortable attributes are a set, and are told in order.
pub(super) fn tidy(patch: &mut Map<String, Value>) {
    if let Some(Value::Array(sortable)) = patch.get_mut("sortableAttributes") {
        sortable.sort_by_key(Value::to_string);
        sortable.dedup();
    }
}

pub(super) fn merge(settings: &mut Map<String, Value>, patch: &Map<String, Value>) {
    for (name, value) in patch {
        match (settings.get_mut(name), value) {
            (Some(Value::Object(known)), Value::Object(patch)) => merge(known, patch),
            _ => {
                settings.insert(name.clone(), value.clone());
            }
        }
    }
}

/// The texts of a list among the settings.
pub(super) fn texts<'a>(settings: &'a Map<String, Value>, name: &str) -> Vec<&'a str> {
    settings
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

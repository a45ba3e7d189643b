//! Facets, from what an engine counted.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, hash_map::Entry},
    sync::Arc,
};

use vitrine_commerce::ports::search::{Facet, FacetKind, FacetValue, parted};

use super::words::value_key;

const FACET_VALUES_MAX: usize = 100;

/// What is counted. `Attribute` holds all attributes at once, as `name=value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Counted {
    Category,
    Collection,
    Vendor,
    Tag,
    Attribute,
    InStock,
}

/// A value as it is shown, and as filters compare it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Value {
    shown: Arc<str>,
    key: Arc<str>,
}

impl Value {
    pub(super) fn new(shown: &str) -> Self {
        Self {
            shown: shown.into(),
            key: value_key(shown).into(),
        }
    }
}

/// Facets in the order of their kinds; one without a value is left out. Values that filters hold
/// for equal are counted together, under the form that is met most.
pub(super) fn facets(counts: impl IntoIterator<Item = (Counted, Value, usize)>) -> Vec<Facet> {
    let mut kinds: BTreeMap<FacetKind, Vec<FacetValue>> = BTreeMap::new();
    for (counted, value, count) in merged(counts) {
        if let Some((kind, value)) = kind_of(counted, value.shown.as_ref().to_owned()) {
            kinds.entry(kind).or_default().push(FacetValue { value, count });
        }
    }
    kinds
        .into_iter()
        .map(|(kind, mut values)| {
            values.sort_by(|a, b| (Reverse(a.count), &a.value).cmp(&(Reverse(b.count), &b.value)));
            values.truncate(FACET_VALUES_MAX);
            Facet { kind, values }
        })
        .collect()
}

fn merged(counts: impl IntoIterator<Item = (Counted, Value, usize)>) -> Vec<(Counted, Value, usize)> {
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, _, count)| *count > 0).collect();
    counts.sort_by(|a, b| (Reverse(a.2), &a.1.shown).cmp(&(Reverse(b.2), &b.1.shown)));
    let mut places: HashMap<(Counted, Arc<str>), usize> = HashMap::new();
    let mut merged: Vec<(Counted, Value, usize)> = Vec::new();
    for (counted, value, count) in counts {
        match places.entry((counted, Arc::clone(&value.key))) {
            Entry::Occupied(place) => merged[*place.get()].2 += count,
            Entry::Vacant(place) => {
                place.insert(merged.len());
                merged.push((counted, value, count));
            }
        }
    }
    merged
}

fn kind_of(counted: Counted, value: String) -> Option<(FacetKind, String)> {
    Some(match counted {
        Counted::Category => (FacetKind::Category, value),
        Counted::Collection => (FacetKind::Collection, value),
        Counted::Vendor => (FacetKind::Vendor, value),
        Counted::Tag => (FacetKind::Tag, value),
        Counted::InStock => (FacetKind::InStock, value),
        Counted::Attribute => {
            let (name, value) = parted(&value)?;
            (FacetKind::Attribute(name), value.to_owned())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(facet: &Facet) -> Vec<(&str, usize)> {
        facet
            .values
            .iter()
            .map(|value| (value.value.as_str(), value.count))
            .collect()
    }

    #[test]
    fn the_most_frequent_come_first_and_equal_values_count_together() {
        let counts = [("Grain", 2), ("GRAIN", 1), ("Ember", 3), ("Lift", 0), ("Birch", 4)];
        let facets = facets(counts.map(|(value, count)| (Counted::Vendor, Value::new(value), count)));
        assert_eq!(facets.len(), 1);
        assert_eq!(values(&facets[0]), [("Birch", 4), ("Ember", 3), ("Grain", 3)]);
    }

    #[test]
    fn attributes_become_a_facet_each() {
        let counts =
            ["Size=M", "Color=Oak", "Color=a=b", "W%3DH=1"].map(|value| (Counted::Attribute, Value::new(value), 1));
        let facets = facets(counts);
        assert_eq!(facets[0].kind, FacetKind::Attribute("Color".into()));
        assert_eq!(values(&facets[0]), [("Oak", 1), ("a=b", 1)]);
        assert_eq!(facets[1].kind, FacetKind::Attribute("Size".into()));
        assert_eq!(facets[2].kind, FacetKind::Attribute("W=H".into()));
    }
}

//! What is counted of two sets of products, put together.

use std::cmp::Reverse;

use crate::ports::search::{Facet, SearchResponse};

const FACET_VALUES_MAX: usize = 100;

/// What two sets of products without a common one count together. Hits and totals are those of the first.
pub(super) fn merged(mut all: SearchResponse, other: SearchResponse) -> SearchResponse {
    let bounds = [all.prices_minor, other.prices_minor].into_iter().flatten();
    all.prices_minor = bounds.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    for facet in other.facets {
        match all.facets.iter_mut().find(|known| known.kind == facet.kind) {
            Some(known) => add(known, facet),
            None => all.facets.push(facet),
        }
    }
    all.facets.sort_by(|a, b| a.kind.cmp(&b.kind));
    all
}

fn add(known: &mut Facet, other: Facet) {
    for value in other.values {
        match known.values.iter_mut().find(|known| known.value == value.value) {
            Some(known) => known.count += value.count,
            None => known.values.push(value),
        }
    }
    known
        .values
        .sort_by(|a, b| (Reverse(a.count), &a.value).cmp(&(Reverse(b.count), &b.value)));
    known.values.truncate(FACET_VALUES_MAX);
}

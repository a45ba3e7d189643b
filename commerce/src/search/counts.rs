//! What is counted of a search: each facet as if nothing were selected in it, so that it offers the other values, each
//! with what it would bring; and the bounds of the prices as if none were asked for.

use std::cmp::Reverse;

use futures::future::try_join_all;

use super::{answers::Answers, placing, rules::Curation};
use crate::{
    Result,
    ports::search::{Facet, FacetKind, FacetValue, SearchFilter, SearchRequest, SearchResponse},
};

/// Of attributes in a filter, how many are opened up; the facets of the others count what is selected.
const ATTRIBUTES_MAX: usize = 10;

/// Of the values of attributes, how many are counted each by itself.
const VALUES_MAX: usize = 40;

/// What a filter restricts, and is counted without it.
enum Own {
    Prices,
    Facet(FacetKind),
}

/// Puts counts without their own restriction in the place of those of `found`.
pub(super) async fn open_up(
    answers: &Answers<'_>,
    request: &SearchRequest,
    curation: &Curation,
    found: &mut SearchResponse,
) -> Result<()> {
    let mut without = without_own(&request.filter);
    if !answers.counts_facets() {
        without.retain(|(own, _)| matches!(own, Own::Prices));
    }
    let counted = without.into_iter().map(|(own, filter)| async move {
        let asked = SearchRequest {
            filter,
            offset: 0,
            limit: 0,
            ..request.clone()
        };
        Ok::<_, crate::Error>((own, placing::page(answers, &asked, curation).await?))
    });
    for (own, opened) in try_join_all(counted).await? {
        match own {
            Own::Prices => found.prices_minor = opened.prices_minor,
            Own::Facet(kind) => {
                found.facets.retain(|facet| facet.kind != kind);
                found
                    .facets
                    .extend(opened.facets.into_iter().filter(|facet| facet.kind == kind));
            }
        }
    }
    found.facets.sort_by(|a, b| a.kind.cmp(&b.kind));
    count_choices(answers, request, curation, &mut found.facets).await
}

/// Where one variant must hold the filter, a product that has a value need not be found by it: its red one may be
/// another than its small one. So each value is counted as if it were chosen.
async fn count_choices(
    answers: &Answers<'_>,
    request: &SearchRequest,
    curation: &Curation,
    facets: &mut Vec<Facet>,
) -> Result<()> {
    let counted = choices(&request.filter, facets)
        .into_iter()
        .map(|(place, filter)| async move {
            let asked = SearchRequest {
                filter,
                offset: 0,
                limit: 0,
                facets: false,
                ..request.clone()
            };
            Ok::<_, crate::Error>((place, placing::page(answers, &asked, curation).await?.total))
        });
    for ((facet, value), total) in try_join_all(counted).await? {
        facets[facet].values[value].count = total;
    }
    for facet in facets.iter_mut() {
        let chosen = request.filter.attributes.iter();
        let chosen: Vec<&String> = chosen
            .filter(|(name, _)| facet.kind == FacetKind::Attribute(name.clone()))
            .flat_map(|(_, values)| values)
            .collect();
        // What was chosen can be taken back, though it bring nothing.
        facet
            .values
            .retain(|value| value.count > 0 || chosen.contains(&&value.value));
        let order = |value: &FacetValue| (Reverse(value.count), value.value.clone());
        facet.values.sort_by_key(order);
    }
    facets.retain(|facet| !facet.values.is_empty());
    Ok(())
}

/// Where a value stands: its facet's place, and its own.
type Place = (usize, usize);

/// The values that something else restricts, with the filter that each would make.
fn choices(filter: &SearchFilter, facets: &[Facet]) -> Vec<(Place, SearchFilter)> {
    let mut choices = Vec::new();
    for (facet_place, facet) in facets.iter().enumerate() {
        let is_other = |name: &str| match &facet.kind {
            FacetKind::Attribute(own) => own != name,
            _ => true,
        };
        let is_chosen = filter
            .attributes
            .iter()
            .any(|(name, values)| is_other(name) && !values.is_empty());
        for (place, value) in facet.values.iter().enumerate() {
            let mut filter = filter.clone();
            match &facet.kind {
                FacetKind::Attribute(name) if is_chosen || filter.in_stock == Some(true) => {
                    filter.attributes.retain(|(other, _)| other != name);
                    filter.attributes.push((name.clone(), vec![value.value.clone()]));
                }
                FacetKind::InStock if is_chosen && value.value == "true" => filter.in_stock = Some(true),
                _ => continue,
            }
            choices.push(((facet_place, place), filter));
        }
    }
    choices.truncate(VALUES_MAX);
    choices
}

fn without_own(filter: &SearchFilter) -> Vec<(Own, SearchFilter)> {
    let mut all = Vec::new();
    let mut add = |is_given: bool, own: Own, open: &dyn Fn(&mut SearchFilter)| {
        if is_given {
            let mut filter = filter.clone();
            open(&mut filter);
            all.push((own, filter));
        }
    };
    let is_priced = filter.price_min_minor.is_some() || filter.price_max_minor.is_some();
    add(is_priced, Own::Prices, &|filter| {
        (filter.price_min_minor, filter.price_max_minor) = (None, None);
    });
    let facet = Own::Facet;
    add(!filter.categories.is_empty(), facet(FacetKind::Category), &|filter| {
        filter.categories.clear()
    });
    add(
        !filter.collections.is_empty(),
        facet(FacetKind::Collection),
        &|filter| filter.collections.clear(),
    );
    add(!filter.vendors.is_empty(), facet(FacetKind::Vendor), &|filter| {
        filter.vendors.clear()
    });
    add(!filter.tags.is_empty(), facet(FacetKind::Tag), &|filter| {
        filter.tags.clear()
    });
    add(filter.in_stock.is_some(), facet(FacetKind::InStock), &|filter| {
        filter.in_stock = None
    });
    for (name, values) in filter.attributes.iter().take(ATTRIBUTES_MAX) {
        add(
            !values.is_empty(),
            facet(FacetKind::Attribute(name.clone())),
            &|filter| {
                filter.attributes.retain(|(other, _)| other != name);
            },
        );
    }
    all
}

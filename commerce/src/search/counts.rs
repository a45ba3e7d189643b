//! What is counted of a search: each facet as if nothing were selected in it, so that it offers the other values, and
//! the bounds of the prices as if none were asked for.

use futures::future::try_join_all;

use super::{answers::Answers, placing, rules::Curation};
use crate::{
    Result,
    ports::search::{FacetKind, SearchFilter, SearchRequest, SearchResponse},
};

/// Of attributes in a filter, how many are opened up; the facets of the others count what is selected.
const ATTRIBUTES_MAX: usize = 10;

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
    Ok(())
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

//! Puts what staff pin among the hits of whoever answers, and leaves out what they hide, so that pages and totals
//! stay exact.
//!
//! The answerer is asked for everything but the pinned and hidden products, and once for the pinned ones that the
//! filters let pass. A page then takes its hits from both, by the pins' places.

use vitrine_entity::ids::ProductId;

use super::{answers::Answers, merged::merged, rules::Curation};
use crate::{
    Result,
    ports::search::{SearchFilter, SearchRequest, SearchResponse},
};

/// A page of a search, with its total and what is counted.
pub(super) async fn page(
    answers: &Answers<'_>,
    request: &SearchRequest,
    curation: &Curation,
) -> Result<SearchResponse> {
    let pinned = pinned(answers, request, curation).await?;
    let places = curation.places(&pinned.hits);
    let before = places.iter().filter(|(place, _)| *place < request.offset).count();
    let others = SearchRequest {
        filter: SearchFilter {
            except: [&request.filter.except[..], &curation.products()].concat(),
            ..request.filter.clone()
        },
        offset: request.offset - before,
        ..request.clone()
    };
    let found = answers.ask(&others).await?;
    let total = found.total + places.len();
    let hits = mixed(
        &places,
        &found,
        request.offset,
        request.limit.min(total.saturating_sub(request.offset)),
    );
    Ok(SearchResponse {
        hits,
        total,
        ..merged(found, pinned)
    })
}

/// Those of the pinned products that the filters let pass, whatever the text is.
async fn pinned(answers: &Answers<'_>, request: &SearchRequest, curation: &Curation) -> Result<SearchResponse> {
    let only: Vec<ProductId> = curation.pins.iter().map(|(_, product)| *product).collect();
    if only.is_empty() {
        return Ok(SearchResponse::default());
    }
    let asked = SearchRequest {
        text: String::new(),
        filter: SearchFilter {
            only: Some(only.clone()),
            ..request.filter.clone()
        },
        offset: 0,
        limit: only.len(),
        ..request.clone()
    };
    answers.ask(&asked).await
}

/// The hits of a page, of which `places` says where the pinned ones stand; those that stand beyond the end come last.
fn mixed(places: &[(usize, ProductId)], found: &SearchResponse, offset: usize, count: usize) -> Vec<ProductId> {
    let mut others = found.hits.iter();
    let place_of = |nth: usize, place: usize| place.min(found.total + nth);
    let pin_at = |at: usize| {
        let mut pins = places.iter().enumerate();
        pins.find_map(|(nth, (place, product))| (place_of(nth, *place) == at).then_some(*product))
    };
    (offset..offset + count)
        .filter_map(|at| pin_at(at).or_else(|| others.next().copied()))
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> ProductId {
        ProductId(Uuid::from_u128(number))
    }

    /// All pages of a size, one after the other, over hits from 1 on.
    fn paged(pins: &[(usize, u128)], others: u128, size: usize) -> Vec<u128> {
        let places: Vec<_> = pins.iter().map(|(place, number)| (*place, id(*number))).collect();
        let all: Vec<ProductId> = (1..=others).map(id).collect();
        let total = all.len() + places.len();
        let mut seen = Vec::new();
        for offset in (0..total).step_by(size) {
            let before = places.iter().filter(|(place, _)| *place < offset).count();
            let hits = all.iter().skip(offset - before).take(size).copied().collect();
            let found = SearchResponse {
                hits,
                total: all.len(),
                ..SearchResponse::default()
            };
            let page = mixed(&places, &found, offset, size.min(total - offset));
            assert_eq!(
                page.len(),
                size.min(total - offset),
                "{pins:?} {others} {size} at {offset}"
            );
            seen.extend(page.iter().map(|ProductId(id)| id.as_u128()));
        }
        seen
    }

    #[test]
    fn every_hit_stands_on_one_page_whatever_its_size() {
        for others in 0..9 {
            for pins in [
                &[][..],
                &[(0, 101)],
                &[(1, 101), (2, 102), (7, 103)],
                &[(3, 101), (90, 102)],
            ] {
                let whole = paged(pins, others, 100);
                for size in 1..7 {
                    assert_eq!(paged(pins, others, size), whole);
                }
            }
        }
        assert_eq!(paged(&[(0, 101), (2, 102)], 3, 2), [101, 1, 102, 2, 3]);
        assert_eq!(paged(&[(5, 101), (8, 102)], 2, 2), [1, 2, 101, 102]);
    }
}

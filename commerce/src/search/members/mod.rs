//! What those find who pay by catalogs. The engine ranks, forgives and counts; of prices it knows everybody's, so that the
//! database is asked which of the hits lie within the bounds, and in which order of the prices that they are shown; and it finds
//! among what they alone are sold ([`OwnGoods`]), which no index has. Facets count what the engine has.

mod own;

use std::collections::HashSet;

use vitrine_entity::ids::ProductId;

pub(super) use self::own::OwnGoods;
use super::sources::{self, database, engine};
use crate::{
    Context, Result, Shop,
    catalog::{
        list::{self, ProductFilter},
        synonyms,
    },
    ports::search::{Facet, HITS_MAX, SearchFilter, SearchRequest, SearchResponse, SearchSort, Synonyms},
};

/// A page of a search, or of the database's own where more is found than engines give at once.
pub(super) async fn read(
    shop: &Shop,
    context: &Context,
    own: &OwnGoods,
    request: &SearchRequest,
) -> Result<SearchResponse> {
    let by_price = matches!(request.sort, SearchSort::PriceAscending | SearchSort::PriceDescending);
    let asked = &request.filter;
    let is_bounded = asked.price_min_minor.is_some() || asked.price_max_minor.is_some();
    let is_otherwise = context.terms.has_prices(context.shown) || own.is_beyond();
    let in_one_order = by_price || (own.is_beyond() && request.sort != SearchSort::Relevance);
    if !(is_otherwise && (in_one_order || is_bounded || request.facets)) {
        return one_after_the_other(shop, context, own, request).await;
    }
    let unpriced = SearchRequest {
        filter: SearchFilter {
            price_min_minor: None,
            price_max_minor: None,
            ..asked.clone()
        },
        sort: match by_price {
            true => SearchSort::Relevance,
            false => request.sort,
        },
        offset: 0,
        limit: HITS_MAX,
        facets: request.facets && !is_bounded,
        ..request.clone()
    };
    let found = of_engine(shop, own, &unpriced).await?;
    if found.total > found.hits.len() {
        return too_many(shop, context, request, found).await;
    }
    let beyond = own.find(shop, context, &unpriced).await?;
    let all = [&beyond[..], &found.hits].concat();
    let within = ProductFilter {
        only: Some(all.clone()),
        ..sources::filter(&of_prices(request), &Synonyms::new())
    };
    let hits = match is_bounded {
        true => {
            let kept = list::ids(shop, context, &within, (HITS_MAX + beyond.len()) as u64).await?;
            let kept: HashSet<ProductId> = kept.into_iter().collect();
            all.into_iter().filter(|id| kept.contains(id)).collect()
        }
        false => all,
    };
    Ok(SearchResponse {
        total: hits.len(),
        facets: match is_bounded {
            true => facets_of(shop, own, request, &unpriced, &hits).await?,
            false => found.facets,
        },
        prices_minor: match request.facets {
            true => list::price_bounds(shop, context, &within).await?,
            false => None,
        },
        hits: match in_one_order {
            true => sorted(shop, context, request, &within).await?,
            false => hits.into_iter().skip(request.offset).take(request.limit).collect(),
        },
    })
}

/// What they alone are sold, which holds all words, and then what the engine finds.
async fn one_after_the_other(
    shop: &Shop,
    context: &Context,
    own: &OwnGoods,
    request: &SearchRequest,
) -> Result<SearchResponse> {
    let beyond = own.find(shop, context, request).await?;
    let mut hits: Vec<_> = beyond
        .iter()
        .skip(request.offset)
        .take(request.limit)
        .copied()
        .collect();
    let others = SearchRequest {
        offset: request.offset.saturating_sub(beyond.len()),
        limit: request.limit - hits.len(),
        ..request.clone()
    };
    let found = of_engine(shop, own, &others).await?;
    hits.extend(found.hits);
    Ok(SearchResponse {
        total: found.total + beyond.len(),
        hits,
        ..found
    })
}

/// What the engine finds of what they are sold.
async fn of_engine(shop: &Shop, own: &OwnGoods, request: &SearchRequest) -> Result<SearchResponse> {
    match own.within(request) {
        Some(request) => engine(shop, &request).await,
        None => Ok(SearchResponse::default()),
    }
}

/// Nothing of a search but the bounds of its prices: all else holds of the hits already.
fn of_prices(request: &SearchRequest) -> SearchRequest {
    SearchRequest {
        text: String::new(),
        filter: SearchFilter {
            price_min_minor: request.filter.price_min_minor,
            price_max_minor: request.filter.price_max_minor,
            ..SearchFilter::default()
        },
        ..request.clone()
    }
}

/// What is counted of the hits that lie within the bounds.
async fn facets_of(
    shop: &Shop,
    own: &OwnGoods,
    request: &SearchRequest,
    unpriced: &SearchRequest,
    hits: &[ProductId],
) -> Result<Vec<Facet>> {
    if !request.facets || hits.is_empty() {
        return Ok(Vec::new());
    }
    let counted = SearchRequest {
        filter: SearchFilter {
            only: Some(hits.to_vec()),
            ..unpriced.filter.clone()
        },
        limit: 0,
        facets: true,
        ..unpriced.clone()
    };
    Ok(of_engine(shop, own, &counted).await?.facets)
}

/// The page of the hits in the order asked for.
async fn sorted(
    shop: &Shop,
    context: &Context,
    request: &SearchRequest,
    within: &ProductFilter,
) -> Result<Vec<ProductId>> {
    if request.limit == 0 {
        return Ok(Vec::new());
    }
    let (offset, limit) = (request.offset as u64, request.limit as u64);
    let rows = list::by_offset(shop, context, within, sources::sort(request.sort), offset, limit).await?;
    Ok(rows.into_iter().map(|product| product.id).collect())
}

/// The database finds by words, too, if less well; what the engine counted stays where no price is asked for.
async fn too_many(
    shop: &Shop,
    context: &Context,
    request: &SearchRequest,
    found: SearchResponse,
) -> Result<SearchResponse> {
    let synonyms = match request.text.is_empty() {
        true => Synonyms::new(),
        false => synonyms::in_searches(shop, request.spoken.as_deref()).await?,
    };
    Ok(SearchResponse {
        facets: found.facets,
        ..database(shop, context, request, &synonyms).await?
    })
}

//! What a search asks: the engine, and the database.

use tracing::{Instrument, field::Empty};
use vitrine_entity::product::ProductStatus;

use crate::{
    Context, Fault, Result, Shop,
    catalog::list::{self, ProductFilter, ProductSort},
    ports::search::{SearchRequest, SearchResponse, SearchSort, Synonyms},
    shown,
    trace::step,
};

/// What the engine finds.
pub(super) async fn engine(shop: &Shop, request: &SearchRequest) -> Result<SearchResponse> {
    shown::search_ran();
    let step = step!("search", otel.kind = "client", otel.status_code = Empty);
    let found = shop.search.search(request).instrument(step.clone()).await;
    if found.is_err() {
        step.record("otel.status_code", "ERROR");
    }
    Ok(found.map_err(Fault::from)?)
}

/// What the database finds in its place: it ranks and forgives nothing, and counts no facets.
pub(super) async fn database(
    shop: &Shop,
    context: &Context,
    request: &SearchRequest,
    synonyms: &Synonyms,
) -> Result<SearchResponse> {
    let filter = filter(request, synonyms);
    let sort = sort(request.sort);
    let (offset, limit) = (request.offset as u64, request.limit as u64);
    let hits = match limit {
        0 => Vec::new(),
        _ => list::by_offset(shop, context, &filter, sort, offset, limit).await?,
    };
    let prices_minor = match request.facets {
        true => list::price_bounds(shop, context, &filter).await?,
        false => None,
    };
    let total = list::count(shop, context, &filter).await?.rows;
    Ok(SearchResponse {
        hits: hits.into_iter().map(|product| product.id).collect(),
        total: usize::try_from(total).unwrap_or(usize::MAX),
        facets: Vec::new(),
        prices_minor,
    })
}

/// The order of the database's list.
pub(super) fn sort(sort: SearchSort) -> ProductSort {
    match sort {
        SearchSort::Relevance | SearchSort::BestSelling => ProductSort::BestSelling,
        SearchSort::PriceAscending => ProductSort::PriceAscending,
        SearchSort::PriceDescending => ProductSort::PriceDescending,
        SearchSort::Newest => ProductSort::Newest,
    }
}

/// The same restrictions for the database's list.
pub(super) fn filter(request: &SearchRequest, synonyms: &Synonyms) -> ProductFilter {
    let wanted = request.filter.clone();
    ProductFilter {
        category_slugs: wanted.categories,
        price_min_minor: wanted.price_min_minor,
        price_max_minor: wanted.price_max_minor,
        in_stock: wanted.in_stock,
        text: Some(request.text.clone()),
        attributes: wanted.attributes,
        tags: wanted.tags,
        vendors: wanted.vendors,
        // Staff, too, search among what shoppers see: the index holds nothing else.
        status: Some(ProductStatus::Active),
        deleted: false,
        collections: wanted.collections,
        only: wanted.only,
        except: wanted.except,
        synonyms: synonyms.clone(),
        language: request.language,
    }
}

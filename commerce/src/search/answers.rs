//! Who answers a search: the engine, or the database in its place.

use vitrine_entity::product::ProductStatus;

use crate::{
    Context, Fault, Result, Shop,
    catalog::list::{self, ProductFilter, ProductSort},
    ports::search::{SearchRequest, SearchResponse, SearchSort, Synonyms},
    shown,
};

pub(super) enum Answers<'a> {
    Engine(&'a Shop),
    Database(&'a Shop, &'a Context, Synonyms),
}

impl Answers<'_> {
    /// What is found: a page, how many there are in all and, where facets are asked for, what is counted. The
    /// database counts no facets.
    pub(super) async fn ask(&self, request: &SearchRequest) -> Result<SearchResponse> {
        match self {
            Self::Engine(shop) => {
                shown::search_ran();
                Ok(shop.search.search(request).await.map_err(Fault::from)?)
            }
            Self::Database(shop, context, synonyms) => read(shop, context, request, synonyms).await,
        }
    }

    pub(super) fn counts_facets(&self) -> bool {
        matches!(self, Self::Engine(_))
    }
}

async fn read(shop: &Shop, context: &Context, request: &SearchRequest, synonyms: &Synonyms) -> Result<SearchResponse> {
    let filter = filter(request, synonyms);
    let sort = match request.sort {
        SearchSort::Relevance | SearchSort::BestSelling => ProductSort::BestSelling,
        SearchSort::PriceAscending => ProductSort::PriceAscending,
        SearchSort::PriceDescending => ProductSort::PriceDescending,
        SearchSort::Newest => ProductSort::Newest,
    };
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

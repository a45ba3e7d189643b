//! Search: the engine finds, the database says what is shown.

use std::time::Duration;

use vitrine_entity::{product, product::ProductStatus};

use super::{
    attributes, list,
    list::{ProductFilter, ProductSort},
    load,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    ports::search::{Facet, SearchError, SearchRequest, SearchResponse, SearchSort},
};

/// How long a shopper waits for the engine before the database answers instead.
const ENGINE_TIMEOUT: Duration = Duration::from_millis(1_500);

const LIMIT_MAX: usize = 100;
const OFFSET_MAX: usize = 10_000;

/// What was found.
#[derive(Debug, Clone)]
pub struct ProductSearch {
    pub products: Vec<product::Model>,
    /// How many match in all.
    pub total: usize,
    pub facets: Vec<Facet>,
    /// The engine was out of reach and the database answered: no ranking, no tolerance for typing
    /// errors, no facets.
    pub degraded: bool,
}

/// Searches among active products. Of the text, the first sixteen words (and 256 characters) count.
///
/// # Errors
/// Refuses a text of more than a thousand characters, and a page or filter out of bounds. An
/// engine that is down is no error.
pub async fn search(shop: &Shop, context: &Context, request: &SearchRequest) -> Result<ProductSearch> {
    let request = check(request)?;
    match ask(shop, &request).await {
        Ok(found) => show(shop, found).await,
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the search degrades to the database"
            );
            degrade(shop, context, &request).await
        }
    }
}

fn check(request: &SearchRequest) -> Result<SearchRequest, Refusal> {
    let out_of_bounds = |field: &str, message: String| Refusal::new(ErrorCode::Invalid, message).at(&[field]);
    if !(1..=LIMIT_MAX).contains(&request.limit) {
        return Err(out_of_bounds(
            "first",
            format!("`first` must be between 1 and {LIMIT_MAX}."),
        ));
    }
    if request.offset > OFFSET_MAX {
        return Err(out_of_bounds(
            "after",
            format!("A search shows its first {OFFSET_MAX} hits: narrow it down."),
        ));
    }
    let text = list::words(&request.text)?.join(" ");
    list::check(&filter(&text, request))?;
    Ok(SearchRequest {
        text,
        ..request.clone()
    })
}

async fn ask(shop: &Shop, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
    match tokio::time::timeout(ENGINE_TIMEOUT, shop.search.search(request)).await {
        Ok(answer) => answer,
        Err(elapsed) => Err(SearchError::Unavailable(elapsed.into())),
    }
}

/// The hits as the database has them, without those that are not sold any more: the index lags
/// behind by a moment.
async fn show(shop: &Shop, found: SearchResponse) -> Result<ProductSearch> {
    let mut rows = load::products(shop, &found.hits).await?;
    rows.retain(|_, product| product.status == ProductStatus::Active);
    let products = found.hits.iter().filter_map(|id| rows.remove(id)).collect();
    let facets = match found.facets.is_empty() {
        true => Vec::new(),
        false => attributes::arrange(found.facets, &attributes::read(&shop.db, false).await?),
    };
    Ok(ProductSearch {
        products,
        total: found.total,
        facets,
        degraded: false,
    })
}

async fn degrade(shop: &Shop, context: &Context, request: &SearchRequest) -> Result<ProductSearch> {
    let filter = filter(&request.text, request);
    let sort = match request.sort {
        SearchSort::Relevance | SearchSort::BestSelling => ProductSort::BestSelling,
        SearchSort::PriceAscending => ProductSort::PriceAscending,
        SearchSort::PriceDescending => ProductSort::PriceDescending,
        SearchSort::Newest => ProductSort::Newest,
    };
    let (offset, limit) = (request.offset as u64, request.limit as u64);
    let products = list::by_offset(shop, context, &filter, sort, offset, limit).await?;
    let total = list::count(shop, context, &filter).await?;
    Ok(ProductSearch {
        products,
        total: usize::try_from(total).unwrap_or(usize::MAX),
        facets: Vec::new(),
        degraded: true,
    })
}

/// The same restrictions for the database's list.
fn filter(text: &str, request: &SearchRequest) -> ProductFilter {
    let wanted = request.filter.clone();
    ProductFilter {
        category_slugs: wanted.categories,
        price_min_minor: wanted.price_min_minor,
        price_max_minor: wanted.price_max_minor,
        in_stock: wanted.in_stock,
        text: Some(text.to_owned()),
        attributes: wanted.attributes,
        tags: wanted.tags,
        vendors: wanted.vendors,
        // Staff, too, search among what shoppers see: the index holds nothing else.
        status: Some(ProductStatus::Active),
        deleted: false,
        collections: wanted.collections,
    }
}

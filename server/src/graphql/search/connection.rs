use async_graphql::SimpleObject;
use vitrine_commerce::paging::Page;

use super::facet::Facet;
use crate::graphql::{
    product::object::Product,
    shared::{Money, connection},
};

/// The bounds of the prices of what was found: of a product's variants the cheapest counts.
#[derive(Debug, SimpleObject)]
pub struct SearchPriceRange {
    /// The least price.
    pub min: Money,
    /// The greatest price.
    pub max: Money,
}

/// What a search found besides its page.
#[derive(Debug)]
pub struct Found {
    pub total: usize,
    pub facets: Vec<Facet>,
    pub price_range: Option<SearchPriceRange>,
    pub degraded: bool,
}

connection! { ProductSearchConnection, ProductSearchEdge, Product, Found, {
    /// How many products match in all.
    async fn total_count(&self) -> i32 {
        self.context.total.try_into().unwrap_or(i32::MAX)
    }

    /// What the products found have in common, to narrow the search down: not only those of this
    /// page. Each is counted as if nothing were selected in it, so that it offers the other values, too.
    /// Empty while the search is degraded.
    async fn facets(&self) -> &[Facet] {
        &self.context.facets
    }

    /// The bounds of the prices that whoever asks is shown, as if none were asked for; null where nothing is found.
    async fn price_range(&self) -> Option<&SearchPriceRange> {
        self.context.price_range.as_ref()
    }

    /// Whether the database answered: the search engine is out of reach, or whoever asks has catalogs with more than 5,000 goods of
    /// their own. No ranking, no tolerance for typing errors, no facets. Everything else of the shop works as always.
    async fn degraded(&self) -> bool {
        self.context.degraded
    }
} }

impl ProductSearchConnection {
    /// A page of hits, and what else was found.
    pub fn of(page: Page<Product>, found: Found) -> Self {
        Self { page, context: found }
    }
}

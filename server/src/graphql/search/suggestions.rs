use async_graphql::SimpleObject;
use vitrine_commerce::search::suggest;

use crate::graphql::{category::object::Category, collection::object::Collection, product::object::Product};

/// What to offer for what was typed so far, the best first of each kind.
#[derive(Debug, SimpleObject)]
pub struct SearchSuggestions {
    /// Whole searches: what others searched for and found, then what titles and vendors make of what was typed.
    pub terms: Vec<String>,
    /// The products that a search finds now.
    pub products: Vec<Product>,
    /// The categories whose name has the words.
    pub categories: Vec<Category>,
    /// The collections whose title has the words.
    pub collections: Vec<Collection>,
    /// Whether the search engine is out of reach and the database answered: typing errors are not forgiven then.
    pub degraded: bool,
}

impl From<suggest::Suggestions> for SearchSuggestions {
    fn from(found: suggest::Suggestions) -> Self {
        Self {
            terms: found.terms,
            products: found.products.into_iter().map(Product).collect(),
            categories: found.categories.into_iter().map(Category).collect(),
            collections: found.collections.into_iter().map(Collection).collect(),
            degraded: found.degraded,
        }
    }
}

//! Who answers a search: the engine, or the database in its place.

use super::{members, sources};
use crate::{
    Context, Result, Shop,
    ports::search::{SearchRequest, SearchResponse, Synonyms},
};

pub(super) enum Answers<'a> {
    Engine(&'a Shop),
    /// The engine, and for the prices, which it knows of nobody's catalogs, the database.
    Members(&'a Shop, &'a Context),
    Database(&'a Shop, &'a Context, Synonyms),
}

impl Answers<'_> {
    /// What is found: a page, how many there are in all and, where facets are asked for, what is counted. The
    /// database counts no facets.
    pub(super) async fn ask(&self, request: &SearchRequest) -> Result<SearchResponse> {
        match self {
            Self::Engine(shop) => sources::engine(shop, request).await,
            Self::Members(shop, context) => members::read(shop, context, request).await,
            Self::Database(shop, context, synonyms) => sources::database(shop, context, request, synonyms).await,
        }
    }

    pub(super) fn counts_facets(&self) -> bool {
        !matches!(self, Self::Database(..))
    }
}

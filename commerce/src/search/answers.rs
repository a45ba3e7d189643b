//! Who answers a search: the engine, or the database in its place.

use super::{
    members::{self, OwnGoods},
    sources,
};
use crate::{
    Context, Result, Shop,
    ports::search::{SearchRequest, SearchResponse, Synonyms},
};

pub(super) enum Answers<'a> {
    Engine(&'a Shop),
    /// The engine, and for what it knows of nobody's catalogs, prices and goods, the database.
    Members(&'a Shop, &'a Context, OwnGoods),
    Database(&'a Shop, &'a Context, Synonyms),
}

impl Answers<'_> {
    /// What is found: a page, how many there are in all and, where facets are asked for, what is counted. The
    /// database counts no facets.
    pub(super) async fn ask(&self, request: &SearchRequest) -> Result<SearchResponse> {
        match self {
            Self::Engine(shop) => sources::engine(shop, request).await,
            Self::Members(shop, context, own) => members::read(shop, context, own, request).await,
            Self::Database(shop, context, synonyms) => sources::database(shop, context, request, synonyms).await,
        }
    }

    pub(super) fn counts_facets(&self) -> bool {
        !matches!(self, Self::Database(..))
    }
}

//! The schema as a whole.

use async_graphql::{
    SDLExportOptions, Schema, SchemaBuilder,
    extensions::apollo_persisted_queries::{ApolloPersistedQueries, LruCacheStorage},
};
use vitrine_commerce::Shop;

use super::{
    roots::{Mutation, Query, Subscription},
    shared::PublicUrl,
};
use crate::edge::document::{self, limits::GraphqlLimits};

/// How many documents a server remembers by their hash. A client whose hash is not known sends the
/// document again, so that every server learns by itself.
const PERSISTED_QUERIES_MAX: usize = 1_000;

/// The schema of a shop.
pub type ShopSchema = Schema<Query, Mutation, Subscription>;

/// The schema, over `shop`, for a server that the world reaches at `public_url`. Every operation
/// brings its caller and its loaders: see [`crate::auth`].
pub fn schema(shop: Shop, public_url: PublicUrl, limits: &GraphqlLimits, development: bool) -> ShopSchema {
    document::apply(builder(), limits, development)
        .extension(ApolloPersistedQueries::new(LruCacheStorage::new(PERSISTED_QUERIES_MAX)))
        .data(shop)
        .data(public_url)
        .finish()
}

/// The contract, as `schema.graphql` holds it.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident();
    builder().finish().sdl_with_options(options)
}

pub(super) fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
}

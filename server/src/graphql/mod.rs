//! The GraphQL API: one schema for shoppers and staff.
//!
//! Resolvers are thin: they read the arguments, call one use case, and show what it gave. One
//! type a file in [`types`]; a mutation stands with its input and its payload. What must hold
//! everywhere:
//!
//! - **In a mutation** a refusal of the use case is data: the payload's `userErrors`, with the
//!   object null. So is an id that is ill-formed or of another kind: it answers like a missing one.
//! - **In a query** such an id, a missing object and somebody else's answer alike: null. What is
//!   wrong with an argument (a page of a million, a forged cursor) is a GraphQL error with the
//!   code `BAD_USER_INPUT` at that field, which is nullable, so that the rest is still answered.
//! - **A fault** is a GraphQL error with the code `INTERNAL_ERROR` and a correlation id. Every field
//!   of the roots is nullable, so that it takes nothing else along: not what an earlier mutation of
//!   the same request has done.
//! - Every edge goes through [`loaders`]; every list is bounded and priced by [`connection::cost`].
//! - Everything that a client can name is described, staff's fields with the permission they need.
//!   The doc comments are the manual; `schema.graphql` is generated from them.

pub mod connection;
pub mod cost;
pub mod error;
pub mod failure;
mod guard;
pub mod ids;
pub mod limits;
pub mod loaders;
pub mod mutation;
mod nulls;
pub mod operation;
pub mod public_url;
pub mod query;
pub mod request;
pub mod rows;
pub mod scalars;
pub mod subscription;
pub mod types;
pub mod user_error;

#[cfg(test)]
mod tests;

use async_graphql::{
    SDLExportOptions, Schema, SchemaBuilder,
    extensions::apollo_persisted_queries::{ApolloPersistedQueries, LruCacheStorage},
};
use vitrine_commerce::Shop;

use limits::GraphqlLimits;
use mutation::Mutation;
use public_url::PublicUrl;
use query::Query;
use subscription::Subscription;

/// How many documents a server remembers by their hash. A client whose hash is not known sends the
/// document again, so that every server learns by itself.
const PERSISTED_QUERIES_MAX: usize = 1_000;

/// The schema of a shop.
pub type ShopSchema = Schema<Query, Mutation, Subscription>;

/// The schema, over `shop`, for a server that the world reaches at `public_url`. Every operation
/// brings its caller and its loaders: see [`crate::auth`].
pub fn schema(shop: Shop, public_url: PublicUrl, limits: &GraphqlLimits, development: bool) -> ShopSchema {
    limits::apply(builder(), limits, development)
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
        .use_space_ident();
    builder().finish().sdl_with_options(options)
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
}

/// A count in the range of GraphQL's `Int`; what is greater is shown as the greatest.
pub(crate) fn int(count: i64) -> i32 {
    count.try_into().unwrap_or(if count < 0 { i32::MIN } else { i32::MAX })
}

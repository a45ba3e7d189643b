//! The schema as a whole.

use std::sync::{Arc, LazyLock};

use async_graphql::{SDLExportOptions, Schema, SchemaBuilder};
use vitrine_commerce::Shop;
use vitrine_edge::document::{self, Documents, Language};

use super::{
    roots::{Mutation, Query, Subscription},
    shared::{InContext, PublicUrl},
};

/// It is the same for all shops of a process.
static LANGUAGE: LazyLock<Arc<Language>> = LazyLock::new(|| {
    let language = Language::new(&builder().finish().sdl());
    Arc::new(language.expect("what is exported of a schema is valid"))
});

/// The schema of a shop.
pub type ShopSchema = Schema<Query, Mutation, Subscription>;

/// The schema, over `shop`, for a server that the world reaches at `public_url`. Every operation
/// brings its caller and its loaders: see [`crate::auth`].
pub fn schema(shop: Shop, public_url: PublicUrl, documents: impl Into<Arc<Documents>>) -> ShopSchema {
    document::apply(builder(), documents)
        .data(shop)
        .data(public_url)
        .finish()
}

/// What documents are checked against.
pub fn language() -> Arc<Language> {
    Arc::clone(&LANGUAGE)
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

/// The schema, without a shop and without documents.
pub fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default()).directive(InContext)
}

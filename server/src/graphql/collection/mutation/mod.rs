//! What staff change of collections.

pub mod edit;
pub mod life;
pub mod picks;

use async_graphql::{Context, Object};

use super::mutation::{
    edit::{CollectionCreateInput, CollectionCreatePayload, CollectionUpdateInput, CollectionUpdatePayload},
    life::{CollectionDeleteInput, CollectionDeletePayload, CollectionRestoreInput, CollectionRestorePayload},
    picks::{
        CollectionProductsAddInput, CollectionProductsAddPayload, CollectionProductsRemoveInput,
        CollectionProductsRemovePayload, CollectionProductsReorderInput, CollectionProductsReorderPayload,
    },
};
use crate::graphql::shared::Result;

#[derive(Debug, Default)]
pub struct CollectionMutation;

#[Object]
impl CollectionMutation {
    /// Creates a collection, whose products are picked by hand or by a rule; what a rule asks for is in it within
    /// moments. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn collection_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The collection as it should be.")] input: CollectionCreateInput,
    ) -> Result<Option<CollectionCreatePayload>> {
        CollectionCreatePayload::of(edit::create(ctx, input).await)
    }

    /// Changes some of a collection's fields. A slug that it had before goes on leading to it. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn collection_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which collection changes, and how.")] input: CollectionUpdateInput,
    ) -> Result<Option<CollectionUpdatePayload>> {
        CollectionUpdatePayload::of(edit::update(ctx, input).await)
    }

    /// Deletes a collection; `collectionRestore` brings it back with all that it held. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn collection_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which collection goes.")] input: CollectionDeleteInput,
    ) -> Result<Option<CollectionDeletePayload>> {
        CollectionDeletePayload::of(life::delete(ctx, input).await)
    }

    /// Brings a deleted collection back. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn collection_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which collection comes back.")] input: CollectionRestoreInput,
    ) -> Result<Option<CollectionRestorePayload>> {
        CollectionRestorePayload::of(life::restore(ctx, input).await)
    }

    /// Puts products behind the others of a collection that is picked by hand; those that are in it stay where they
    /// are. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn collection_products_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which collection, and what comes into it.")] input: CollectionProductsAddInput,
    ) -> Result<Option<CollectionProductsAddPayload>> {
        CollectionProductsAddPayload::of(picks::add(ctx, input).await)
    }

    /// Takes products out of a collection that is picked by hand. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn collection_products_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which collection, and what goes out of it.")] input: CollectionProductsRemoveInput,
    ) -> Result<Option<CollectionProductsRemovePayload>> {
        CollectionProductsRemovePayload::of(picks::remove(ctx, input).await)
    }

    /// Moves products of a collection to other places in its own order, `COLLECTION_ORDER`. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn collection_products_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which collection, and what moves where.")] input: CollectionProductsReorderInput,
    ) -> Result<Option<CollectionProductsReorderPayload>> {
        CollectionProductsReorderPayload::of(picks::reorder(ctx, input).await)
    }
}

//! What staff change in the catalogue.

pub mod create;
pub mod duplicate;
pub mod life;
pub mod options;
pub mod pictures;
pub mod relations;
pub mod set;
pub mod update;
pub mod videos;

use async_graphql::{Context, Object};

use super::mutation::{
    create::{ProductCreateInput, ProductCreatePayload},
    duplicate::{ProductDuplicateInput, ProductDuplicatePayload},
    life::{
        ProductDeleteInput, ProductDeletePayload, ProductRestoreInput, ProductRestorePayload, ProductsDeleteInput,
        ProductsDeletePayload,
    },
    options::{ProductOptionsUpdateInput, ProductOptionsUpdatePayload},
    relations::{ProductRelationsSetInput, ProductRelationsSetPayload},
    set::{ProductSetInput, ProductSetPayload},
    update::{ProductUpdateInput, ProductUpdatePayload},
    videos::{ProductVideosSetInput, ProductVideosSetPayload},
};
use crate::graphql::shared::Result;

#[derive(Debug, Default)]
pub struct ProductMutation;

#[Object]
impl ProductMutation {
    /// Makes the product with this slug exactly what is sent, and creates it if there is none.
    /// Variants that are left out are switched off. Sending the same twice changes nothing. For
    /// staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn product_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product as it should be.")] input: ProductSetInput,
    ) -> Result<Option<ProductSetPayload>> {
        ProductSetPayload::of(set::set(ctx, input).await)
    }

    /// Creates a product, of which only its title must be known. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn product_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new product.")] input: ProductCreateInput,
    ) -> Result<Option<ProductCreatePayload>> {
        ProductCreatePayload::of(create::create(ctx, input).await)
    }

    /// Copies a product with its options, variants, prices, attributes, pictures, videos, safety and metafields, beside the
    /// same products and in the same collections that are picked by hand. The copy is a draft, has
    /// SKUs of its own and nothing in stock. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn product_duplicate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product is copied, and what the copy is called.")] input: ProductDuplicateInput,
    ) -> Result<Option<ProductDuplicatePayload>> {
        ProductDuplicatePayload::of(duplicate::duplicate(ctx, input).await)
    }

    /// Adds, renames, reorders and takes away what a product's variants are chosen by, with its values and how
    /// they are shown. The variants follow. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn product_options_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product, and its options as they should be.")] input: ProductOptionsUpdateInput,
    ) -> Result<Option<ProductOptionsUpdatePayload>> {
        ProductOptionsUpdatePayload::of(options::update(ctx, input).await)
    }

    /// Makes a product's videos what is sent. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_videos_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product, and its videos as they should be.")] input: ProductVideosSetInput,
    ) -> Result<Option<ProductVideosSetPayload>> {
        ProductVideosSetPayload::of(videos::set(ctx, input).await)
    }

    /// Changes some of a product's fields. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product changes, and how.")] input: ProductUpdateInput,
    ) -> Result<Option<ProductUpdatePayload>> {
        ProductUpdatePayload::of(update::update(ctx, input).await)
    }

    /// Deletes a product, whatever orders name it: they keep copies. Its slug and SKUs are free for others; carts
    /// that hold it are told that it is no longer sold. `productRestore` brings it back. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product goes.")] input: ProductDeleteInput,
    ) -> Result<Option<ProductDeletePayload>> {
        ProductDeletePayload::of(life::delete(ctx, input).await)
    }

    /// Deletes products, all that are named or none. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn products_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which products go.")] input: ProductsDeleteInput,
    ) -> Result<Option<ProductsDeletePayload>> {
        ProductsDeletePayload::of(life::delete_many(ctx, input).await)
    }

    /// Brings a deleted product back as it was: with its variants, prices, stock and status, and its place in
    /// collections. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product comes back.")] input: ProductRestoreInput,
    ) -> Result<Option<ProductRestorePayload>> {
        ProductRestorePayload::of(life::restore(ctx, input).await)
    }

    /// Says which products are shown beside a product, in place of those that were. For staff with the permission
    /// `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_relations_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which products stand beside which.")] input: ProductRelationsSetInput,
    ) -> Result<Option<ProductRelationsSetPayload>> {
        ProductRelationsSetPayload::of(relations::set(ctx, input).await)
    }
}

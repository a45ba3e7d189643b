//! What staff change in the category tree.

pub mod edit;
pub mod life;
pub mod place;

use async_graphql::{Context, Object};

use super::mutation::{
    edit::{CategoryCreateInput, CategoryCreatePayload, CategoryUpdateInput, CategoryUpdatePayload},
    life::{CategoryDeleteInput, CategoryDeletePayload, CategoryRestoreInput, CategoryRestorePayload},
    place::{CategoryMoveInput, CategoryMovePayload, CategoryReorderInput, CategoryReorderPayload},
};
use crate::graphql::shared::Result;

#[derive(Debug, Default)]
pub struct CategoryMutation;

#[Object]
impl CategoryMutation {
    /// Creates a category. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn category_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The category as it should be.")] input: CategoryCreateInput,
    ) -> Result<Option<CategoryCreatePayload>> {
        CategoryCreatePayload::of(edit::create(ctx, input).await)
    }

    /// Changes some of a category's fields. A slug that it had before goes on leading to it. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn category_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which category changes, and how.")] input: CategoryUpdateInput,
    ) -> Result<Option<CategoryUpdatePayload>> {
        CategoryUpdatePayload::of(edit::update(ctx, input).await)
    }

    /// Moves a category, with all that lies beneath it, to another parent or another place among its siblings.
    /// For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn category_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which category moves, and where to.")] input: CategoryMoveInput,
    ) -> Result<Option<CategoryMovePayload>> {
        CategoryMovePayload::of(place::move_to(ctx, input).await)
    }

    /// Puts the branches of a category, or the roots, in order. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + 10 * child_complexity")]
    async fn category_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose branches, and their order.")] input: CategoryReorderInput,
    ) -> Result<Option<CategoryReorderPayload>> {
        CategoryReorderPayload::of(place::reorder(ctx, input).await)
    }

    /// Deletes a category; `categoryRestore` brings it back. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn category_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which category goes, and what becomes of what it holds.")] input: CategoryDeleteInput,
    ) -> Result<Option<CategoryDeletePayload>> {
        CategoryDeletePayload::of(life::delete(ctx, input).await)
    }

    /// Brings a deleted category back, as the last branch of the parent that it had, or as a root if that is
    /// gone. Products that were moved when it was deleted come back as well, within moments, unless somebody has
    /// put them elsewhere. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn category_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which category comes back.")] input: CategoryRestoreInput,
    ) -> Result<Option<CategoryRestorePayload>> {
        CategoryRestorePayload::of(life::restore(ctx, input).await)
    }
}

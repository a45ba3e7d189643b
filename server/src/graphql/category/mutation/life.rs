use async_graphql::{Context, Enum, ID, InputObject};
use vitrine_commerce::catalog::categories::change::{self, CategoryDelete, CategoryRestore};

use crate::{
    graphql::{
        category::object::Category,
        shared::{ContextExt, payload},
    },
    ids,
};

/// What becomes of the branches of a category that is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Enum)]
#[graphql(remote = "vitrine_commerce::catalog::categories::change::Branches")]
pub enum CategoryBranches {
    /// It is not deleted while it has any.
    #[default]
    Refuse,
    /// They take its place beneath its parent.
    MoveToParent,
}

/// Which category goes, and what becomes of what it holds.
#[derive(Debug, InputObject)]
pub struct CategoryDeleteInput {
    /// The category's id.
    pub id: ID,
    /// The category's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
    /// The category to which its products go, within moments; its slug leads there from then on. Without it they
    /// are in no category.
    pub move_products_to: Option<ID>,
    /// What becomes of its branches.
    #[graphql(default)]
    pub branches: CategoryBranches,
}

payload! {
    /// What `categoryDelete` answers.
    CategoryDeletePayload {
        /// The category that is deleted.
        category: Category,
    }
}

/// Which category comes back.
#[derive(Debug, InputObject)]
pub struct CategoryRestoreInput {
    /// The category's id.
    pub id: ID,
    /// Another slug for it, where a new category has taken its own.
    pub slug: Option<String>,
}

payload! {
    /// What `categoryRestore` answers.
    CategoryRestorePayload {
        /// The category as it is now.
        category: Category,
    }
}

pub(super) async fn delete(ctx: &Context<'_>, input: CategoryDeleteInput) -> vitrine_commerce::Result<Category> {
    let to = input.move_products_to.as_ref();
    let delete = CategoryDelete {
        category: ids::input(&input.id, "category", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        products_to: to
            .map(|id| ids::input(id, "category", &["moveProductsTo"]))
            .transpose()?,
        branches: input.branches.into(),
    };
    Ok(Category(change::delete(ctx.shop(), ctx.caller(), delete).await?))
}

pub(super) async fn restore(ctx: &Context<'_>, input: CategoryRestoreInput) -> vitrine_commerce::Result<Category> {
    let restore = CategoryRestore {
        category: ids::input(&input.id, "category", &["id"])?,
        slug: input.slug,
    };
    Ok(Category(change::restore(ctx.shop(), ctx.caller(), restore).await?))
}

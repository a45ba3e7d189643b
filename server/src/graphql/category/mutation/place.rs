use async_graphql::{Context, ID, InputObject, MaybeUndefined};
use vitrine_commerce::{
    ErrorCode, Refusal,
    catalog::categories::change::{self, CategoryMove},
};

use crate::{
    graphql::{
        category::object::Category,
        shared::{ContextExt, payload},
    },
    ids,
};

/// Which category moves, and where to.
#[derive(Debug, InputObject)]
pub struct CategoryMoveInput {
    /// The category's id.
    pub id: ID,
    /// The category's version that you saw: refuse to move any other.
    pub expected_version: Option<i32>,
    /// The category beneath which it is to stand; null makes it a root; left out, the parent stays.
    pub parent_id: MaybeUndefined<ID>,
    /// Its place among its siblings, from 0. Left out, it becomes the last branch of another parent, and keeps its
    /// place beneath the same.
    pub position: Option<i32>,
}

payload! {
    /// What `categoryMove` answers.
    CategoryMovePayload {
        /// The category as it is now.
        category: Category,
    }
}

/// Whose branches, and their order.
#[derive(Debug, InputObject)]
pub struct CategoryReorderInput {
    /// The category whose branches are put in order; the roots unless given.
    pub parent_id: Option<ID>,
    /// Its branches in their new order. Those that are left out follow as they stood.
    pub category_ids: Vec<ID>,
}

payload! {
    /// What `categoryReorder` answers.
    CategoryReorderPayload {
        /// All of the branches, in their order.
        categories: Vec<Category>,
    }
}

pub(super) async fn move_to(ctx: &Context<'_>, input: CategoryMoveInput) -> vitrine_commerce::Result<Category> {
    let parent = match input.parent_id {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(id) => Some(Some(ids::input(&id, "category", &["parentId"])?)),
    };
    let to = CategoryMove {
        category: ids::input(&input.id, "category", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        parent,
        position: position(input.position)?,
    };
    Ok(Category(change::move_to(ctx.shop(), ctx.caller(), to).await?))
}

pub(super) async fn reorder(ctx: &Context<'_>, input: CategoryReorderInput) -> vitrine_commerce::Result<Vec<Category>> {
    let parent = input.parent_id.map(|id| ids::input(&id, "category", &["parentId"]));
    let wanted = input.category_ids.iter();
    let wanted: Result<Vec<_>, _> = wanted.map(|id| ids::input(id, "category", &["categoryIds"])).collect();
    let rows = change::reorder(ctx.shop(), ctx.caller(), parent.transpose()?, &wanted?).await?;
    Ok(rows.into_iter().map(Category).collect())
}

/// A place in a list.
pub(super) fn position(position: Option<i32>) -> Result<Option<usize>, Refusal> {
    let read = |position: i32| {
        let negative = |_| Refusal::new(ErrorCode::Invalid, "A position is 0 or more.").at(&["position"]);
        usize::try_from(position).map_err(negative)
    };
    position.map(read).transpose()
}

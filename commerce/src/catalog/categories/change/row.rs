//! The rows of the tree, read and written in turn.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};
use uuid::Uuid;
use vitrine_entity::{category, ids::CategoryId};

use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::categories::{
        all_on,
        tree::{DEPTH_MAX, Tree},
    },
    jobs::Job,
    language::{Message, messages},
    turn::{self, Turn},
};

/// The most branches of one category, and the most roots.
pub(super) const BRANCHES_MAX: usize = 1_000;
/// The tree is read whole by whoever asks about branches.
const CATEGORIES_MAX: usize = 10_000;

/// The tree, which nobody else changes until this transaction ends.
pub(super) async fn locked_tree(tx: &Tx) -> Result<Tree> {
    turn::take(tx, Turn::Categories).await?;
    Ok(Tree::new(all_on(tx.db()).await?))
}

/// A category of the tree, by the id at a field.
pub(super) fn in_tree<'a>(tree: &'a Tree, id: CategoryId, field: &str) -> Result<&'a category::Model, Refusal> {
    let found = tree.categories.get(&id);
    found.ok_or_else(|| Refusal::not_found("category").at(&[field]))
}

/// # Errors
/// Refuses one more category where there are enough, and a branch that would reach too deep.
pub(super) fn require_room(tree: &Tree, parent: Option<CategoryId>, height: usize) -> Result<(), Refusal> {
    let refused = |message: Message| Err(Refusal::new(ErrorCode::Invalid, message).at(&["parentId"]));
    let above = parent.map_or(0, |parent| tree.path(parent).len());
    if above + height > DEPTH_MAX {
        return refused(messages::category_depth_max(DEPTH_MAX));
    }
    if tree.siblings(parent).len() >= BRANCHES_MAX {
        return refused(messages::category_branches_max(BRANCHES_MAX));
    }
    if tree.categories.len() >= CATEGORIES_MAX {
        return refused(messages::categories_max(CATEGORIES_MAX));
    }
    Ok(())
}

/// Writes the row at its next version.
pub(super) async fn write(tx: &Tx, mut row: category::Model) -> Result<category::Model> {
    row.version += 1;
    row.updated_at = Some(tx.shop().now());
    category::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(category::Column::Id.eq(row.id))
        .exec(tx.db())
        .await?;
    Ok(row)
}

/// Numbers siblings from 0 in their new order. The order is their parent's: their own versions stay.
pub(super) async fn number(tx: &Tx, siblings: &[&category::Model], moved: Option<CategoryId>) -> Result<()> {
    for (position, sibling) in (0..).zip(siblings) {
        if sibling.position != position && Some(sibling.id) != moved {
            category::Entity::update_many()
                .col_expr(category::Column::Position, Expr::value(position))
                .filter(category::Column::Id.eq(sibling.id))
                .exec(tx.db())
                .await?;
        }
    }
    Ok(())
}

/// Has the documents of all products in these branches written anew, however many there are.
pub(super) fn reindex(tx: &Tx, categories: Vec<CategoryId>) {
    tx.enqueue(
        None,
        Job::IndexCategories {
            categories,
            after: None,
        },
    );
}

/// Its id as redirects keep it.
pub(super) fn target(id: CategoryId) -> Uuid {
    id.0
}

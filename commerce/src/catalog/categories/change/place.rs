//! Where a category stands: beneath another, and among its siblings.

use serde_json::json;
use vitrine_entity::{category, ids::CategoryId};

use super::row::{BRANCHES_MAX, in_tree, locked_tree, number, reindex, require_room, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{access::require_catalog, categories::all},
    error::expect_version,
    language::messages,
    staff::audit,
};

/// A category's new place. What is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct CategoryMove {
    pub category: CategoryId,
    pub expected_version: Option<i64>,
    /// `Some(None)` makes it a root.
    pub parent: Option<Option<CategoryId>>,
    /// From 0; without it, a category that gets another parent becomes its last branch.
    pub position: Option<usize>,
}

/// Moves a category, with all that lies beneath it.
///
/// # Errors
/// Refuses a place beneath itself, or too deep in the tree.
pub async fn move_to(shop: &Shop, context: &Context, input: CategoryMove) -> Result<category::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { move_to_in(&tx, input).await })
        .await
}

/// As [`move_to`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn move_to_in(tx: &Tx, input: &CategoryMove) -> Result<category::Model> {
    require_catalog(tx.context())?;
    let tree = locked_tree(tx).await?;
    let before = in_tree(&tree, input.category, "id")?;
    expect_version("category", before.version, input.expected_version)?;
    let parent = input.parent.unwrap_or(before.parent_id);
    let is_moved = parent != before.parent_id;
    if let Some(parent) = parent.filter(|_| is_moved) {
        in_tree(&tree, parent, "parentId")?;
        if tree.path(parent).iter().any(|above| above.id == before.id) {
            let message = messages::category_beneath_itself();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["parentId"]).into());
        }
    }
    if is_moved {
        require_room(&tree, parent, tree.height(before.id))?;
    }
    let mut order = tree.siblings(parent);
    let present = order.iter().position(|sibling| sibling.id == before.id);
    order.retain(|sibling| sibling.id != before.id);
    let place = input.position.or(present).unwrap_or(usize::MAX).min(order.len());
    order.insert(place, before);
    let after = category::Model {
        parent_id: parent,
        position: place as i32,
        ..before.clone()
    };
    if after == *before && present == Some(place) {
        return Ok(after);
    }
    number(tx, &order, Some(before.id)).await?;
    let after = write(tx, after).await?;
    if is_moved {
        reindex(tx, vec![after.id]);
    }
    let data = json!({ "parentId": parent, "position": place });
    audit(tx, "category.move", after.id.to_string(), data).await?;
    Ok(after)
}

/// Puts the branches of a category, or without one the roots, in order; those that are not named follow as
/// they stood. Gives them all.
///
/// # Errors
/// Refuses a category that is not among them, or is named twice.
pub async fn reorder(
    shop: &Shop,
    context: &Context,
    parent: Option<CategoryId>,
    wanted: &[CategoryId],
) -> Result<Vec<category::Model>> {
    require_catalog(context)?;
    shop.transact(context, |tx| async move { reorder_in(&tx, parent, wanted).await })
        .await?;
    let rows = all(shop).await?;
    Ok(rows.into_iter().filter(|row| row.parent_id == parent).collect())
}

/// As [`reorder`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn reorder_in(tx: &Tx, parent: Option<CategoryId>, wanted: &[CategoryId]) -> Result<()> {
    require_catalog(tx.context())?;
    if wanted.len() > BRANCHES_MAX {
        let message = messages::categories_named_max(BRANCHES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["categoryIds"]).into());
    }
    let tree = locked_tree(tx).await?;
    if let Some(parent) = parent {
        in_tree(&tree, parent, "parentId")?;
    }
    let mut left = tree.siblings(parent);
    let mut order = Vec::with_capacity(left.len());
    for id in wanted {
        let Some(place) = left.iter().position(|sibling| sibling.id == *id) else {
            let message = messages::category_no_branch(id.to_string());
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["categoryIds"]).into());
        };
        order.push(left.remove(place));
    }
    order.append(&mut left);
    number(tx, &order, None).await?;
    let object = parent.map_or_else(|| "categories".to_owned(), |parent| parent.to_string());
    audit(tx, "category.reorder", object, json!({ "categoryIds": wanted })).await
}

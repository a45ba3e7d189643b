//! Takes a category out of the tree. It can be restored.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{category, ids::CategoryId, slug_redirect::SlugKind};

use super::row::{BRANCHES_MAX, in_tree, locked_tree, number, reindex, target, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{access::require_catalog, categories::tree::Tree, heading::tombstone, redirects},
    error::expect_version,
    jobs::Job,
    language::messages,
    staff::audit,
};

/// What becomes of the branches of a category that is deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Branches {
    /// It is not deleted while it has any.
    #[default]
    Refuse,
    /// They take its place beneath its parent.
    MoveToParent,
}

/// Which category goes.
#[derive(Debug, Clone)]
pub struct CategoryDelete {
    pub category: CategoryId,
    pub expected_version: Option<i64>,
    /// Where its products go; without it they are in no category.
    pub products_to: Option<CategoryId>,
    pub branches: Branches,
}

/// Deletes a category. Its products are moved by a job, however many there are.
///
/// # Errors
/// Refuses a category that has branches, unless they are to move; and to move products to where they are.
pub async fn delete(shop: &Shop, context: &Context, input: CategoryDelete) -> Result<category::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { delete_in(&tx, input).await })
        .await
}

/// As [`delete`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn delete_in(tx: &Tx, input: &CategoryDelete) -> Result<category::Model> {
    require_catalog(tx.context())?;
    let tree = locked_tree(tx).await?;
    if let Some(gone) = gone_so(tx, input).await? {
        return Ok(gone);
    }
    let before = in_tree(&tree, input.category, "id")?;
    expect_version("category", before.version, input.expected_version)?;
    if let Some(to) = input.products_to {
        in_tree(&tree, to, "moveProductsTo")?;
        if to == before.id {
            let message = messages::category_goods_cannot_stay();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["moveProductsTo"]).into());
        }
    }
    let mut stale = raise_branches(tx, &tree, before, input.branches).await?;
    stale.push(before.id);
    let after = category::Model {
        slug: tombstone(before.id),
        deleted_slug: Some(before.slug.clone()),
        deleted_at: Some(tx.shop().now()),
        products_to: input.products_to,
        ..before.clone()
    };
    let after = write(tx, after).await?;
    if let Some(to) = input.products_to {
        // Whoever follows an old link is led to where its products are.
        redirects::slugs::keep(tx, SlugKind::Category, &before.slug, target(to)).await?;
        tx.enqueue(None, Job::RefileProducts { category: before.id });
    }
    reindex(tx, stale);
    let data = json!({ "slug": before.slug, "moveProductsTo": input.products_to });
    audit(tx, "category.delete", after.id.to_string(), data).await?;
    Ok(after)
}

/// The category, where this was done before: asked again, perhaps because the answer was lost.
async fn gone_so(tx: &Tx, input: &CategoryDelete) -> Result<Option<category::Model>> {
    let row = category::Entity::find_by_id(input.category).one(tx.db()).await?;
    Ok(row.filter(|row| row.deleted_at.is_some() && row.products_to == input.products_to))
}

/// Puts the branches in the place of their parent. Gives them.
async fn raise_branches(tx: &Tx, tree: &Tree, parent: &category::Model, branches: Branches) -> Result<Vec<CategoryId>> {
    let children = tree.siblings(Some(parent.id));
    if children.is_empty() {
        return Ok(Vec::new());
    }
    if branches == Branches::Refuse {
        let message = messages::category_has_branches(children.len());
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["branches"]).into());
    }
    let mut order = tree.siblings(parent.parent_id);
    if order.len() + children.len() > BRANCHES_MAX {
        let message = messages::category_branches_full(BRANCHES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["branches"]).into());
    }
    let place = order
        .iter()
        .position(|sibling| sibling.id == parent.id)
        .unwrap_or(order.len());
    let mut raised = Vec::with_capacity(children.len());
    for (offset, child) in children.iter().enumerate() {
        let moved = category::Model {
            parent_id: parent.parent_id,
            position: (place + offset) as i32,
            ..(*child).clone()
        };
        raised.push(write(tx, moved).await?);
    }
    order.retain(|sibling| sibling.id != parent.id);
    let after = order.split_off(place.min(order.len()));
    order.extend(raised.iter().chain(after));
    number(tx, &order, None).await?;
    Ok(raised.iter().map(|child| child.id).collect())
}

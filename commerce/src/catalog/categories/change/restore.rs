//! Brings a deleted category back.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{category, ids::CategoryId};

use super::row::{locked_tree, reindex, require_room, write};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{
        access::require_catalog,
        fields::Refusals,
        heading::{Slugs, check_slug, is_called},
    },
    jobs::Job,
    language::messages,
    staff::audit,
};

/// Which category comes back.
#[derive(Debug, Clone)]
pub struct CategoryRestore {
    pub category: CategoryId,
    /// Another slug, where somebody has its own by now.
    pub slug: Option<String>,
}

/// Restores a category, as the last branch of the parent that it had, or as a root if that is gone. The
/// products that it had come back by a job, unless somebody put them elsewhere meanwhile.
///
/// # Errors
/// Refuses a category that is there under another slug than is asked for, and a slug that is taken.
pub async fn restore(shop: &Shop, context: &Context, input: CategoryRestore) -> Result<category::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { restore_in(&tx, input).await })
        .await
}

/// As [`restore`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn restore_in(tx: &Tx, input: &CategoryRestore) -> Result<category::Model> {
    require_catalog(tx.context())?;
    let (mut slug, mut refusals) = (input.slug.clone(), Refusals::default());
    if let Some(slug) = &mut slug {
        check_slug(slug, &mut refusals);
    }
    refusals.any().map_err(Error::Refused)?;
    let tree = locked_tree(tx).await?;
    let found = category::Entity::find_by_id(input.category).one(tx.db()).await?;
    let before = found.ok_or_else(|| Refusal::not_found("category").at(&["id"]))?;
    if before.deleted_at.is_none() {
        if is_called(slug.as_deref(), &before.slug) {
            return Ok(before);
        }
        let message = messages::category_not_deleted();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["slug"]).into());
    }
    let own = before.deleted_slug.clone().unwrap_or_default();
    let slug = slug.clone().unwrap_or(own);
    Slugs::Categories.require_free(tx, &slug).await?;
    let parent = before.parent_id.filter(|parent| tree.categories.contains_key(parent));
    require_room(&tree, parent, 1)?;
    let after = category::Model {
        slug,
        parent_id: parent,
        position: tree
            .siblings(parent)
            .last()
            .map_or(0, |last| last.position.saturating_add(1)),
        deleted_at: None,
        deleted_slug: None,
        ..before
    };
    let after = write(tx, after).await?;
    tx.enqueue(None, Job::RefileProducts { category: after.id });
    reindex(tx, vec![after.id]);
    audit(
        tx,
        "category.restore",
        after.id.to_string(),
        json!({ "slug": after.slug }),
    )
    .await?;
    Ok(after)
}

//! Takes a collection away, and brings it back.

use serde_json::json;
use vitrine_entity::{collection, ids::CollectionId};

use super::row::{any, reindex, write};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{
        access::require_catalog,
        fields::Refusals,
        heading::{Slugs, check_slug, is_called, tombstone},
    },
    error::expect_version,
    language::messages,
    staff::audit,
};

/// Which collection goes.
#[derive(Debug, Clone)]
pub struct CollectionDelete {
    pub collection: CollectionId,
    pub expected_version: Option<i64>,
}

/// Which collection comes back.
#[derive(Debug, Clone)]
pub struct CollectionRestore {
    pub collection: CollectionId,
    /// Another slug, where somebody has its own by now.
    pub slug: Option<String>,
}

/// Deletes a collection. What it held is kept with it. One that is gone stays so.
///
/// # Errors
/// Refuses those who may not, and a version that is no longer the collection's.
pub async fn delete(shop: &Shop, context: &Context, input: CollectionDelete) -> Result<collection::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { delete_in(&tx, input).await })
        .await
}

/// As [`delete`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn delete_in(tx: &Tx, input: &CollectionDelete) -> Result<collection::Model> {
    require_catalog(tx.context())?;
    let before = any(tx, input.collection).await?;
    if before.deleted_at.is_some() {
        return Ok(before);
    }
    expect_version("collection", before.version, input.expected_version)?;
    let after = collection::Model {
        slug: tombstone(before.id),
        deleted_slug: Some(before.slug.clone()),
        deleted_at: Some(tx.shop().now()),
        ..before
    };
    let after = write(tx, after).await?;
    reindex(tx, after.id);
    let data = json!({ "slug": after.deleted_slug });
    audit(tx, "collection.delete", after.id.to_string(), data).await?;
    Ok(after)
}

/// Restores a collection as it was.
///
/// # Errors
/// Refuses a collection that is there under another slug than is asked for, and a slug that is taken.
pub async fn restore(shop: &Shop, context: &Context, input: CollectionRestore) -> Result<collection::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { restore_in(&tx, input).await })
        .await
}

/// As [`restore`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn restore_in(tx: &Tx, input: &CollectionRestore) -> Result<collection::Model> {
    require_catalog(tx.context())?;
    let (mut slug, mut refusals) = (input.slug.clone(), Refusals::default());
    if let Some(slug) = &mut slug {
        check_slug(slug, &mut refusals);
    }
    refusals.any().map_err(Error::Refused)?;
    let before = any(tx, input.collection).await?;
    if before.deleted_at.is_none() {
        if is_called(slug.as_deref(), &before.slug) {
            return Ok(before);
        }
        let message = messages::collection_not_deleted();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["slug"]).into());
    }
    let own = before.deleted_slug.clone().unwrap_or_default();
    let slug = slug.clone().unwrap_or(own);
    Slugs::Collections.require_free(tx, &slug).await?;
    let after = collection::Model {
        slug,
        deleted_at: None,
        deleted_slug: None,
        ..before
    };
    let after = write(tx, after).await?;
    reindex(tx, after.id);
    let data = json!({ "slug": after.slug });
    audit(tx, "collection.restore", after.id.to_string(), data).await?;
    Ok(after)
}

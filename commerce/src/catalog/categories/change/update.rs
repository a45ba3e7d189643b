//! A category's name, address, words and picture.

use serde_json::json;
use vitrine_entity::{category, ids::CategoryId, slug_redirect::SlugKind};

use super::row::{in_tree, locked_tree, reindex, target, write};
use crate::{
    Context, Error, Result, Shop, Tx,
    catalog::{
        access::require_catalog,
        fields::Refusals,
        heading::{self, Heading, Slugs},
        redirects,
    },
    error::expect_version,
    staff::audit,
};

/// A change of a category.
#[derive(Debug, Clone)]
pub struct CategoryUpdate {
    pub category: CategoryId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub heading: Heading,
}

/// Changes a category. Gives it as it is now.
///
/// # Errors
/// Refuses those who may not, fields that are wrong, a slug that is taken, and a version that is no longer
/// the category's.
pub async fn update(shop: &Shop, context: &Context, input: CategoryUpdate) -> Result<category::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { update_in(&tx, input).await })
        .await
}

/// As [`update`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn update_in(tx: &Tx, input: &CategoryUpdate) -> Result<category::Model> {
    require_catalog(tx.context())?;
    let mut refusals = Refusals::default();
    let given = &heading::check(tx, input.heading.clone(), "name", &mut refusals).await?;
    refusals.any().map_err(Error::Refused)?;
    let tree = locked_tree(tx).await?;
    let before = in_tree(&tree, input.category, "id")?;
    expect_version("category", before.version, input.expected_version)?;
    let after = changed(before, given);
    if after == *before {
        return Ok(after);
    }
    if after.slug != before.slug {
        Slugs::Categories.require_free(tx, &after.slug).await?;
        redirects::slugs::keep(tx, SlugKind::Category, &before.slug, target(before.id)).await?;
        reindex(tx, vec![before.id]);
    }
    let after = write(tx, after).await?;
    let data = json!({ "fields": heading::named(given, "name") });
    audit(tx, "category.update", after.id.to_string(), data).await?;
    Ok(after)
}

fn changed(before: &category::Model, given: &Heading) -> category::Model {
    let given = given.clone();
    let (picture_source, picture_alt) = match given.picture {
        None => (before.picture_source.clone(), before.picture_alt.clone()),
        Some(picture) => heading::columns(picture),
    };
    category::Model {
        name: given.name.unwrap_or_else(|| before.name.clone()),
        slug: given.slug.unwrap_or_else(|| before.slug.clone()),
        description: given.description.unwrap_or_else(|| before.description.clone()),
        seo_title: given.seo_title.unwrap_or_else(|| before.seo_title.clone()),
        seo_description: given.seo_description.unwrap_or_else(|| before.seo_description.clone()),
        picture_source,
        picture_alt,
        ..before.clone()
    }
}

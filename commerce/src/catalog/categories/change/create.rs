//! A new category.

use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{category, ids::CategoryId};

use super::row::{in_tree, locked_tree, number, require_room};
use crate::{
    Context, Error, Result, Shop, Tx,
    catalog::{
        access::require_catalog,
        fields::Refusals,
        heading::{self, Heading, Slugs},
    },
    staff::audit,
};

/// A category as it should be.
#[derive(Debug, Clone, Default)]
pub struct CategoryCreate {
    /// Its name must be given; a slug is made of it unless one is.
    pub heading: Heading,
    pub parent: Option<CategoryId>,
    /// Its place among its siblings, from 0; the last unless given.
    pub position: Option<usize>,
}

/// Creates a category.
///
/// # Errors
/// Refuses those who may not, fields that are wrong, a slug that is taken, and a place too deep in the tree.
pub async fn create(shop: &Shop, context: &Context, input: CategoryCreate) -> Result<category::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { create_in(&tx, input).await })
        .await
}

/// As [`create`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn create_in(tx: &Tx, input: &CategoryCreate) -> Result<category::Model> {
    require_catalog(tx.context())?;
    let mut refusals = Refusals::default();
    let mut given = input.heading.clone();
    given.name = Some(given.name.unwrap_or_default());
    let given = &heading::check(tx, given, "name", &mut refusals).await?;
    refusals.any().map_err(Error::Refused)?;
    let tree = locked_tree(tx).await?;
    if let Some(parent) = input.parent {
        in_tree(&tree, parent, "parentId")?;
    }
    require_room(&tree, input.parent, 1)?;
    let name = given.name.clone().unwrap_or_default();
    let slug = Slugs::Categories
        .choose(tx, given.slug.as_deref(), &name, "name")
        .await?;
    let siblings = tree.siblings(input.parent);
    let place = input.position.unwrap_or(usize::MAX).min(siblings.len());
    let (picture_source, picture_alt) = heading::columns(given.picture.clone().flatten());
    let row = category::Model {
        id: CategoryId(tx.shop().new_id()),
        parent_id: input.parent,
        slug,
        name,
        description: given.description.clone().unwrap_or_default(),
        position: place as i32,
        version: 1,
        seo_title: given.seo_title.clone().flatten(),
        seo_description: given.seo_description.clone().flatten(),
        picture_alt,
        picture_source,
        updated_at: Some(tx.shop().now()),
        deleted_at: None,
        deleted_slug: None,
        products_to: None,
    };
    category::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    let mut order = siblings;
    order.insert(place, &row);
    number(tx, &order, Some(row.id)).await?;
    let data = json!({ "slug": row.slug, "name": row.name });
    audit(tx, "category.create", row.id.to_string(), data).await?;
    Ok(row)
}

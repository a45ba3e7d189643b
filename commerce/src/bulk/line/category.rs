//! Categories.

use serde::Deserialize;
use serde_json::{Value, json};
use vitrine_entity::category;

use super::{Place, input::nullable};
use crate::{
    Result,
    catalog::{
        categories::change::{self, Branches, CategoryCreate, CategoryDelete, CategoryMove, CategoryUpdate},
        heading::Heading,
    },
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Create {
    name: String,
    slug: Option<String>,
    description: Option<String>,
    seo_title: Option<String>,
    seo_description: Option<String>,
    parent_id: Option<String>,
    /// Its slug.
    parent: Option<String>,
    position: Option<usize>,
}

pub(super) async fn create(place: &Place<'_>, input: Create) -> Result<Value> {
    let parent = match (&input.parent_id, &input.parent) {
        (None, None) => None,
        (id, slug) => Some(
            place
                .category(id.as_deref(), slug.as_deref(), ["parentId", "parent"])
                .await?,
        ),
    };
    let create = CategoryCreate {
        heading: Heading {
            name: Some(input.name),
            slug: input.slug,
            description: input.description,
            seo_title: input.seo_title.map(Some),
            seo_description: input.seo_description.map(Some),
            picture: None,
        },
        parent,
        position: input.position,
    };
    Ok(named(&change::create(place.shop(), place.context, create).await?))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Update {
    id: Option<String>,
    slug: Option<String>,
    expected_version: Option<i64>,
    new_slug: Option<String>,
    name: Option<String>,
    description: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    seo_title: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    seo_description: Option<Option<String>>,
    /// Null makes it a top category.
    #[serde(default, deserialize_with = "nullable")]
    parent_id: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    parent: Option<Option<String>>,
    position: Option<usize>,
}

/// Changes what a category says of itself, and moves it where a place is named.
pub(super) async fn update(place: &Place<'_>, input: Update) -> Result<Value> {
    let (id, slug) = (input.id.as_deref(), input.slug.as_deref());
    let category = place.category(id, slug, ["id", "slug"]).await?;
    let update = CategoryUpdate {
        category,
        expected_version: input.expected_version,
        heading: Heading {
            name: input.name,
            slug: input.new_slug,
            description: input.description,
            seo_title: input.seo_title,
            seo_description: input.seo_description,
            picture: None,
        },
    };
    let is_moved = input.parent_id.is_some() || input.parent.is_some();
    let parent = match (input.parent_id.flatten(), input.parent.flatten()) {
        (None, None) => None,
        (id, slug) => {
            let found = place.category(id.as_deref(), slug.as_deref(), ["parentId", "parent"]);
            Some(found.await?)
        }
    };
    let to = CategoryMove {
        category,
        expected_version: None,
        parent: is_moved.then_some(parent),
        position: input.position,
    };
    let to = (is_moved || input.position.is_some()).then_some(to);
    let (update, to) = (&update, &to);
    let row = place
        .shop()
        .transact(place.context, |tx| async move {
            let updated = change::update_in(&tx, update).await?;
            match to {
                Some(to) => change::move_to_in(&tx, to).await,
                None => Ok(updated),
            }
        })
        .await?;
    Ok(named(&row))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Delete {
    id: Option<String>,
    slug: Option<String>,
    expected_version: Option<i64>,
    /// The id or the slug of the category to which its products go; in no category without one.
    move_products_to_id: Option<String>,
    move_products_to: Option<String>,
    /// Whether its branches take its place; otherwise it is not deleted while it has any.
    #[serde(default)]
    move_branches_to_parent: bool,
}

pub(super) async fn delete(place: &Place<'_>, input: Delete) -> Result<Value> {
    let (id, slug) = (input.id.as_deref(), input.slug.as_deref());
    let category = place.category(id, slug, ["id", "slug"]).await?;
    let products_to = match (&input.move_products_to_id, &input.move_products_to) {
        (None, None) => None,
        (id, slug) => {
            let fields = ["moveProductsToId", "moveProductsTo"];
            Some(place.category(id.as_deref(), slug.as_deref(), fields).await?)
        }
    };
    let delete = CategoryDelete {
        category,
        expected_version: input.expected_version,
        products_to,
        branches: match input.move_branches_to_parent {
            true => Branches::MoveToParent,
            false => Branches::Refuse,
        },
    };
    change::delete(place.shop(), place.context, delete).await?;
    Ok(json!({ "id": category.to_string() }))
}

fn named(category: &category::Model) -> Value {
    json!({ "id": category.id.to_string(), "slug": category.slug })
}

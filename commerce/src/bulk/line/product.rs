//! Products.

use serde::Deserialize;
use serde_json::{Value, json};
use vitrine_entity::{ids::CategoryId, product};

use super::{
    Place,
    input::{NamedValue, Status, nullable, pairs},
    variant::Fields,
};
use crate::{
    Result,
    catalog::{
        life::{self, ProductDelete},
        products::{self, ProductCreate},
        update::{self, ProductUpdate},
    },
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Create {
    title: String,
    slug: Option<String>,
    description_html: Option<String>,
    vendor: Option<String>,
    /// By its id.
    category_id: Option<String>,
    /// By its slug.
    category: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    attributes: Vec<NamedValue>,
    status: Option<Status>,
    seo_title: Option<String>,
    seo_description: Option<String>,
    #[serde(default)]
    options: Vec<OptionOfProduct>,
    #[serde(default)]
    variants: Vec<Fields>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionOfProduct {
    name: String,
    #[serde(default)]
    values: Vec<String>,
}

pub(super) async fn create(place: &Place<'_>, input: Create) -> Result<Value> {
    let category = match (&input.category_id, &input.category) {
        (None, None) => None,
        (id, slug) => Some(
            place
                .category(id.as_deref(), slug.as_deref(), ["categoryId", "category"])
                .await?,
        ),
    };
    let variants = input.variants.into_iter();
    let create = ProductCreate {
        title: input.title,
        slug: input.slug,
        description_html: input.description_html,
        vendor: input.vendor,
        category,
        tags: input.tags,
        attributes: pairs(input.attributes),
        status: input.status.map(Into::into),
        seo_title: input.seo_title,
        seo_description: input.seo_description,
        options: input
            .options
            .into_iter()
            .map(|option| (option.name, option.values))
            .collect(),
        variants: variants
            .map(|fields| fields.new_variant(place.context.currency))
            .collect::<Result<_, _>>()?,
    };
    Ok(named(&products::create(place.shop(), place.context, create).await?))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Update {
    id: Option<String>,
    slug: Option<String>,
    expected_version: Option<i64>,
    new_slug: Option<String>,
    title: Option<String>,
    description_html: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    vendor: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    category_id: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    category: Option<Option<String>>,
    tags: Option<Vec<String>>,
    status: Option<Status>,
    #[serde(default, deserialize_with = "nullable")]
    seo_title: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    seo_description: Option<Option<String>>,
}

pub(super) async fn update(place: &Place<'_>, input: Update) -> Result<Value> {
    let id = place
        .product(input.id.as_deref(), input.slug.as_deref(), ["id", "slug"])
        .await?;
    // Where a text is taken away, the use case wants an empty one.
    let emptied = |text: Option<Option<String>>| text.map(Option::unwrap_or_default);
    let update = ProductUpdate {
        product: id,
        expected_version: input.expected_version,
        title: input.title,
        slug: input.new_slug,
        description_html: input.description_html,
        vendor: emptied(input.vendor),
        category: category_change(place, input.category_id, input.category).await?,
        tags: input.tags,
        status: input.status.map(Into::into),
        seo_title: emptied(input.seo_title),
        seo_description: emptied(input.seo_description),
    };
    Ok(named(&update::update(place.shop(), place.context, update).await?))
}

/// `None` leaves it as it is, `Some(None)` takes it out of its category.
async fn category_change(
    place: &Place<'_>,
    id: Option<Option<String>>,
    slug: Option<Option<String>>,
) -> Result<Option<Option<CategoryId>>> {
    if id.is_none() && slug.is_none() {
        return Ok(None);
    }
    match (id.flatten(), slug.flatten()) {
        (None, None) => Ok(Some(None)),
        (id, slug) => {
            let found = place.category(id.as_deref(), slug.as_deref(), ["categoryId", "category"]);
            Ok(Some(Some(found.await?)))
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SetCategory {
    id: Option<String>,
    slug: Option<String>,
    expected_version: Option<i64>,
    category_id: Option<String>,
    category: Option<String>,
}

/// Puts a product into a category, or where none is named, into none.
pub(super) async fn set_category(place: &Place<'_>, input: SetCategory) -> Result<Value> {
    let id = place
        .product(input.id.as_deref(), input.slug.as_deref(), ["id", "slug"])
        .await?;
    let update = ProductUpdate {
        expected_version: input.expected_version,
        category: category_change(place, Some(input.category_id), Some(input.category)).await?,
        ..ProductUpdate::of(id)
    };
    Ok(named(&update::update(place.shop(), place.context, update).await?))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Delete {
    id: Option<String>,
    slug: Option<String>,
    expected_version: Option<i64>,
}

pub(super) async fn delete(place: &Place<'_>, input: Delete) -> Result<Value> {
    let product = place
        .product(input.id.as_deref(), input.slug.as_deref(), ["id", "slug"])
        .await?;
    let delete = ProductDelete {
        product,
        expected_version: input.expected_version,
    };
    life::delete(place.shop(), place.context, &[delete], |_| vec!["id".to_owned()]).await?;
    Ok(json!({ "id": product.to_string() }))
}

fn named(product: &product::Model) -> Value {
    json!({ "id": product.id.to_string(), "slug": product.slug })
}

//! Staff change a product.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{
    category,
    ids::{CategoryId, ProductId},
    product,
    product::ProductStatus,
    slug_redirect::SlugKind,
};

use super::row::{locked, write};
use crate::{
    Context, Error, Refusal, Result, Shop, Tx,
    catalog::{
        access::require_catalog,
        fields::{Refusals, description, tags},
        heading::{Slugs, check_slug},
        redirects,
    },
    error::expect_version,
    staff::audit,
};

/// A change of a product; what is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct ProductUpdate {
    pub product: ProductId,
    /// The product's version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub title: Option<String>,
    /// The name in its address; the former one goes on leading to it.
    pub slug: Option<String>,
    /// HTML; sanitised.
    pub description_html: Option<String>,
    /// Empty takes it away.
    pub vendor: Option<String>,
    /// `Some(None)` takes it out of its category.
    pub category: Option<Option<CategoryId>>,
    pub tags: Option<Vec<String>>,
    pub status: Option<ProductStatus>,
    /// Empty takes it away.
    pub seo_title: Option<String>,
    /// Empty takes it away.
    pub seo_description: Option<String>,
}

impl ProductUpdate {
    /// A change that changes nothing yet.
    pub fn of(product: ProductId) -> Self {
        Self {
            product,
            expected_version: None,
            title: None,
            slug: None,
            description_html: None,
            vendor: None,
            category: None,
            tags: None,
            status: None,
            seo_title: None,
            seo_description: None,
        }
    }
}

/// Changes a product. Gives it as it is now.
///
/// # Errors
/// Refuses those who are not administrators, fields that are wrong, and a version that is no longer
/// the product's.
pub async fn update(shop: &Shop, context: &Context, input: ProductUpdate) -> Result<product::Model> {
    require_catalog(context)?;
    let input = &check_update(input)?;
    shop.transact(context, |tx| async move {
        let before = locked(&tx, input.product).await?;
        expect_version("product", before.version, input.expected_version)?;
        if let Some(Some(category)) = input.category {
            ensure_category(&tx, category).await?;
        }
        let after = changed(&before, input);
        if after == before {
            return Ok(before);
        }
        if after.slug != before.slug {
            Slugs::Products.require_free(&tx, &after.slug).await?;
            redirects::slugs::keep(&tx, SlugKind::Product, &before.slug, before.id.0).await?;
        }
        let after = write(&tx, after).await?;
        audit(
            &tx,
            "product.update",
            after.id.to_string(),
            json!({ "fields": named(input) }),
        )
        .await?;
        Ok(after)
    })
    .await
}

fn check_update(mut input: ProductUpdate) -> Result<ProductUpdate> {
    let mut refusals = Refusals::default();
    if let Some(title) = &mut input.title {
        refusals.line(&["title"], title, 255);
    }
    if let Some(slug) = &mut input.slug {
        check_slug(slug, &mut refusals);
    }
    for (field, value, length_max) in [
        ("vendor", &mut input.vendor, 255),
        ("seoTitle", &mut input.seo_title, 255),
        ("seoDescription", &mut input.seo_description, 1_000),
    ] {
        if value.is_some() {
            refusals.optional(&[field], value, length_max);
            *value = Some(value.take().unwrap_or_default());
        }
    }
    input.tags = input.tags.map(|given| tags(&given, &mut refusals));
    input.description_html = input.description_html.map(|html| description(&html, &mut refusals));
    refusals.any().map_err(Error::Refused)?;
    Ok(input)
}

async fn ensure_category(tx: &Tx, category: CategoryId) -> Result<()> {
    match category::Entity::find_by_id(category).one(tx.db()).await? {
        Some(row) if row.deleted_at.is_none() => Ok(()),
        _ => Err(Refusal::not_found("category").at(&["categoryId"]).into()),
    }
}

fn changed(before: &product::Model, input: &ProductUpdate) -> product::Model {
    let input = input.clone();
    // Checked text: empty stands for "taken away".
    let replaced = |new: Option<String>, old: &Option<String>| {
        new.map_or_else(|| old.clone(), |text| Some(text).filter(|text| !text.is_empty()))
    };
    product::Model {
        title: input.title.unwrap_or_else(|| before.title.clone()),
        slug: input.slug.unwrap_or_else(|| before.slug.clone()),
        description_html: input
            .description_html
            .unwrap_or_else(|| before.description_html.clone()),
        vendor: replaced(input.vendor, &before.vendor),
        category_id: input.category.unwrap_or(before.category_id),
        tags: input.tags.map_or_else(|| before.tags.clone(), |tags| json!(tags)),
        status: input.status.unwrap_or(before.status),
        seo_title: replaced(input.seo_title, &before.seo_title),
        seo_description: replaced(input.seo_description, &before.seo_description),
        ..before.clone()
    }
}

/// The fields that a change names, for the audit log.
fn named(input: &ProductUpdate) -> Vec<&'static str> {
    let given = [
        ("title", input.title.is_some()),
        ("slug", input.slug.is_some()),
        ("descriptionHtml", input.description_html.is_some()),
        ("vendor", input.vendor.is_some()),
        ("categoryId", input.category.is_some()),
        ("tags", input.tags.is_some()),
        ("status", input.status.is_some()),
        ("seoTitle", input.seo_title.is_some()),
        ("seoDescription", input.seo_description.is_some()),
    ];
    given
        .into_iter()
        .filter(|(_, given)| *given)
        .map(|(field, _)| field)
        .collect()
}

//! Staff create a product, of which only its title must be known.

use std::collections::HashSet;

use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    category,
    ids::{CategoryId, ProductId},
    product,
    product::ProductStatus,
};

use super::slug;
use crate::{
    Context, Error, Refusal, Result, Shop, Tx,
    catalog::{
        access::require_catalog,
        attributes, edit,
        fields::{Refusals, description, tags},
        save::{OPTIONS_MAX, attribute_rows, check_attributes, upsert},
        titles,
        variants::{Family, NewVariant, ProductOption, add, add_stock, paths},
    },
    events::{self, EventKind},
    language::messages,
    staff::audit,
};

/// A product to be created.
#[derive(Debug, Clone, Default)]
pub struct ProductCreate {
    pub title: String,
    /// Made of the title unless given.
    pub slug: Option<String>,
    /// HTML; sanitised.
    pub description_html: Option<String>,
    pub vendor: Option<String>,
    pub category: Option<CategoryId>,
    pub tags: Vec<String>,
    pub attributes: Vec<(String, String)>,
    /// A draft unless given.
    pub status: Option<ProductStatus>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    /// Names of what a variant is chosen by, each with its values in display order; values that variants name
    /// are added.
    pub options: Vec<(String, Vec<String>)>,
    /// Without options at most one: what is bought then.
    pub variants: Vec<NewVariant>,
}

/// Creates a product.
///
/// # Errors
/// Refuses everything that is wrong with it at once.
pub async fn create(shop: &Shop, context: &Context, input: ProductCreate) -> Result<product::Model> {
    require_catalog(context)?;
    let (input, options) = &check(input)?;
    shop.transact(context, |tx| async move {
        let head = head(&tx, input).await?;
        product::Entity::insert(head.clone().into_active_model())
            .exec_without_returning(tx.db())
            .await?;
        events::product(&tx, EventKind::ProductCreated, &head, head.version);
        let definitions = attributes::read(tx.db(), false).await?;
        let rows = attribute_rows(head.id, &input.attributes, &definitions);
        upsert(tx.db(), rows, None).await?;
        let mut family = Family::of(&tx, head).await?;
        family.options.clone_from(options);
        let mut refusals = Refusals::default();
        let ids = add(&tx, &mut family, &input.variants, &mut refusals).await?;
        let made = family.close(&tx, &paths(&ids), refusals).await?;
        add_stock(&tx, &made.variants, &input.variants).await?;
        let product = match made.product.version {
            // Nothing belongs to it yet: it is to be indexed all the same.
            1 => edit::close(&tx, made.product).await?,
            _ => made.product,
        };
        audit(
            &tx,
            "product.create",
            product.id.to_string(),
            json!({ "slug": product.slug }),
        )
        .await?;
        Ok(product)
    })
    .await
}

fn check(mut input: ProductCreate) -> Result<(ProductCreate, Vec<ProductOption>)> {
    let mut refusals = Refusals::default();
    refusals.line(&["title"], &mut input.title, 255);
    refusals.optional(&["slug"], &mut input.slug, 200);
    refusals.optional(&["vendor"], &mut input.vendor, 255);
    refusals.optional(&["seoTitle"], &mut input.seo_title, 255);
    refusals.optional_paragraph(&["seoDescription"], &mut input.seo_description, 1_000);
    input.tags = tags(&input.tags, &mut refusals);
    input.attributes = check_attributes(std::mem::take(&mut input.attributes), &mut refusals);
    input.description_html = input.description_html.map(|html| description(&html, &mut refusals));
    refusals.at_most("variants", input.variants.len(), 250);
    let options = check_options(std::mem::take(&mut input.options), &mut refusals);
    refusals.any().map_err(Error::Refused)?;
    Ok((input, options))
}

fn check_options(options: Vec<(String, Vec<String>)>, refusals: &mut Refusals) -> Vec<ProductOption> {
    refusals.at_most("options", options.len(), OPTIONS_MAX);
    let mut names = HashSet::new();
    let mut checked = Vec::new();
    for (index, (mut name, mut values)) in options.into_iter().enumerate().take(OPTIONS_MAX) {
        let path = index.to_string();
        refusals.line(&["options", &path, "name"], &mut name, 100);
        if !names.insert(name.clone()) {
            refusals.refuse(&["options", &path, "name"], messages::option_named_twice(&name));
        }
        let mut seen = HashSet::new();
        values.truncate(1_000);
        for value in &mut values {
            refusals.line(&["options", &path, "values"], value, 255);
        }
        values.retain(|value| seen.insert(value.clone()));
        checked.push(ProductOption { name, values });
    }
    checked
}

async fn head(tx: &Tx, input: &ProductCreate) -> Result<product::Model> {
    let id = ProductId(tx.shop().new_id());
    let now = tx.shop().now();
    if let Some(category) = input.category {
        let row = category::Entity::find_by_id(category).one(tx.db()).await?;
        let there = row.filter(|row| row.deleted_at.is_none());
        there.ok_or_else(|| Refusal::not_found("category").at(&["categoryId"]))?;
    }
    Ok(product::Model {
        id,
        slug: slug::free(tx, input.slug.as_deref(), &input.title, &id.to_string()).await?,
        title: input.title.clone(),
        title_key: titles::key(tx.shop(), &input.title),
        words: titles::words(&input.title, input.vendor.as_deref(), &json!(input.tags)),
        description_html: input.description_html.clone().unwrap_or_default(),
        vendor: input.vendor.clone(),
        category_id: input.category,
        status: input.status.unwrap_or(ProductStatus::Draft),
        tags: json!(input.tags),
        seo_title: input.seo_title.clone(),
        seo_description: input.seo_description.clone(),
        version: 1,
        created_at: now,
        updated_at: now,
        deleted_at: None,
        deleted_slug: None,
        deleted_status: None,
        category_before: None,
    })
}

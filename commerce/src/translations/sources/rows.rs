//! The texts that stand in a row of their thing's own.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::Value;
use uuid::Uuid;
use vitrine_entity::{
    category, collection, discount, location, menu, page, page_version, picture, product, product_safety,
    product_video, shipping_method,
};

use super::{
    super::thing::{Thing, value_field},
    Form, HTML, LINE, PARAGRAPH, Source, Texts,
};
use crate::Result;

type Found = HashMap<Thing, Vec<Source>>;

pub(super) async fn products(db: &impl ConnectionTrait, ids: Vec<Uuid>, found: &mut Found) -> Result<()> {
    let rows = product::Entity::find().filter(product::Column::Id.is_in(ids.clone()));
    let safety = product_safety::Entity::find().filter(product_safety::Column::ProductId.is_in(ids));
    let mut warnings: HashMap<_, _> = safety
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.product_id, row.warnings))
        .collect();
    for row in rows.all(db).await? {
        let texts = Texts::new()
            .add("title", LINE, row.title)
            .add("slug", Form::Slug, row.deleted_slug.unwrap_or(row.slug))
            .add("descriptionHtml", HTML, row.description_html)
            .add("seoTitle", LINE, row.seo_title)
            .add("seoDescription", PARAGRAPH, row.seo_description)
            .add("warnings", PARAGRAPH, warnings.remove(&row.id).flatten());
        found.insert(row.id.into(), texts.0);
    }
    Ok(())
}

pub(super) async fn pictures(db: &impl ConnectionTrait, ids: Vec<Uuid>, found: &mut Found) -> Result<()> {
    let rows = picture::Entity::find().filter(picture::Column::Id.is_in(ids));
    for row in rows.all(db).await? {
        found.insert(row.id.into(), Texts::new().add("alt", Form::Line(512), row.alt).0);
    }
    Ok(())
}

pub(super) async fn videos(db: &impl ConnectionTrait, ids: Vec<Uuid>, found: &mut Found) -> Result<()> {
    let rows = product_video::Entity::find().filter(product_video::Column::Id.is_in(ids));
    for row in rows.all(db).await? {
        found.insert(row.id.into(), Texts::new().add("title", LINE, row.title).0);
    }
    Ok(())
}

pub(super) async fn categories(db: &impl ConnectionTrait, ids: Vec<Uuid>, found: &mut Found) -> Result<()> {
    let rows = category::Entity::find().filter(category::Column::Id.is_in(ids));
    for row in rows.all(db).await? {
        let texts = Texts::new()
            .add("name", LINE, row.name)
            .add("slug", Form::Slug, row.deleted_slug.unwrap_or(row.slug))
            .add("description", PARAGRAPH, row.description)
            .add("seoTitle", LINE, row.seo_title)
            .add("seoDescription", PARAGRAPH, row.seo_description)
            .add("pictureAlt", Form::Line(512), row.picture_alt);
        found.insert(row.id.into(), texts.0);
    }
    Ok(())
}

pub(super) async fn collections(db: &impl ConnectionTrait, ids: Vec<Uuid>, found: &mut Found) -> Result<()> {
    let rows = collection::Entity::find().filter(collection::Column::Id.is_in(ids));
    for row in rows.all(db).await? {
        let texts = Texts::new()
            .add("title", LINE, row.title)
            .add("slug", Form::Slug, row.deleted_slug.unwrap_or(row.slug))
            .add("description", PARAGRAPH, row.description)
            .add("seoTitle", LINE, row.seo_title)
            .add("seoDescription", PARAGRAPH, row.seo_description)
            .add("pictureAlt", Form::Line(512), row.picture_alt);
        found.insert(row.id.into(), texts.0);
    }
    Ok(())
}

/// The newest text of each: an older one stays as it was agreed to.
pub(super) async fn pages(db: &impl ConnectionTrait, ids: Vec<Uuid>, found: &mut Found) -> Result<()> {
    let newest =
        Expr::col((page_version::Entity, page_version::Column::Number)).equals((page::Entity, page::Column::Number));
    let rows = page_version::Entity::find()
        .find_also_related(page::Entity)
        .filter(page_version::Column::PageId.is_in(ids))
        .filter(newest);
    for (text, _) in rows.all(db).await? {
        let texts = Texts::new()
            .add("title", LINE, text.title)
            .add("bodyHtml", HTML, text.body_html)
            .add("seoTitle", LINE, text.seo_title)
            .add("seoDescription", PARAGRAPH, text.seo_description);
        found.insert(text.page_id.into(), texts.0);
    }
    Ok(())
}

/// Its title, and what its links say, each once.
pub(super) async fn menus(db: &impl ConnectionTrait, ids: Vec<Uuid>, found: &mut Found) -> Result<()> {
    let rows = menu::Entity::find().filter(menu::Column::Id.is_in(ids));
    for row in rows.all(db).await? {
        let mut titles = Vec::new();
        titles_of(&row.items, &mut titles);
        let mut seen = BTreeSet::new();
        titles.retain(|title| seen.insert(title.clone()));
        let texts = titles
            .into_iter()
            .fold(Texts::new().add("title", LINE, row.title), |texts, title| {
                texts.add(value_field(&title), LINE, title)
            });
        found.insert(row.id.into(), texts.0);
    }
    Ok(())
}

/// From above to below; those beneath a link stand behind it.
fn titles_of(items: &Value, titles: &mut Vec<String>) {
    for item in items.as_array().into_iter().flatten() {
        titles.extend(item["title"].as_str().map(str::to_owned));
        titles_of(&item["items"], titles);
    }
}

pub(super) async fn shipping_methods(db: &impl ConnectionTrait, ids: Vec<Uuid>, found: &mut Found) -> Result<()> {
    let rows = shipping_method::Entity::find().filter(shipping_method::Column::Id.is_in(ids));
    for row in rows.all(db).await? {
        let texts = Texts::new()
            .add("name", LINE, row.name)
            .add("description", PARAGRAPH, row.description);
        found.insert(row.id.into(), texts.0);
    }
    Ok(())
}

pub(super) async fn locations(db: &impl ConnectionTrait, ids: Vec<Uuid>, found: &mut Found) -> Result<()> {
    let rows = location::Entity::find().filter(location::Column::Id.is_in(ids));
    for row in rows.all(db).await? {
        let texts = Texts::new()
            .add("name", LINE, row.name)
            .add("pickupInstructions", PARAGRAPH, row.pickup_instructions)
            .add("openingHours", PARAGRAPH, row.opening_hours);
        found.insert(row.id.into(), texts.0);
    }
    Ok(())
}

pub(super) async fn discounts(db: &impl ConnectionTrait, ids: Vec<Uuid>, found: &mut Found) -> Result<()> {
    let rows = discount::Entity::find().filter(discount::Column::Id.is_in(ids));
    for row in rows.all(db).await? {
        found.insert(row.id.into(), Texts::new().add("title", LINE, row.title).0);
    }
    Ok(())
}

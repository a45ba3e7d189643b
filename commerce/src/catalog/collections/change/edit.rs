//! What a collection is called, and what it holds by itself.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use vitrine_entity::{collection, ids::CollectionId, slug_redirect::SlugKind};

use super::row::{locked, refuse_taken, reindex, write};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{
        access::require_catalog,
        collections::rule::{self, CollectionRule},
        fields::Refusals,
        heading::{self, Heading, Slugs},
        redirects,
    },
    language::messages,
    staff::audit,
    turn::{self, Turn},
};

/// The most collections of a shop, and the most of them that have rules: each change of a product asks every rule.
const COLLECTIONS_MAX: u64 = 1_000;
const RULES_MAX: u64 = 100;

/// A collection as it should be.
#[derive(Debug, Clone, Default)]
pub struct CollectionCreate {
    /// Its title must be given; a slug is made of it unless one is.
    pub heading: Heading,
    pub published: bool,
    /// Lower stands first; the last unless given.
    pub position: Option<i32>,
    pub rule: Option<CollectionRule>,
}

/// A change of a collection. What is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct CollectionUpdate {
    pub collection: CollectionId,
    pub expected_version: Option<i64>,
    pub heading: Heading,
    pub published: Option<bool>,
    pub position: Option<i32>,
    /// `Some(None)` takes the rule away: what is in the collection stays, picked by hand from then on.
    pub rule: Option<Option<CollectionRule>>,
}

/// Creates a collection. What its rule asks for is in it within moments.
///
/// # Errors
/// Refuses those who may not, fields that are wrong, and a slug that is taken.
pub async fn create(shop: &Shop, context: &Context, input: CollectionCreate) -> Result<collection::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { create_in(&tx, input).await })
        .await
}

/// As [`create`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn create_in(tx: &Tx, input: &CollectionCreate) -> Result<collection::Model> {
    require_catalog(tx.context())?;
    let mut refusals = Refusals::default();
    let mut given = input.heading.clone();
    given.name = Some(given.name.unwrap_or_default());
    let given = &heading::check(tx, given, "title", &mut refusals).await?;
    let wanted = &input.rule.clone().map(|rule| rule::check(rule, &mut refusals));
    check_position(input.position, &mut refusals);
    refusals.any().map_err(Error::Refused)?;
    require_room(tx, wanted.is_some()).await?;
    let title = given.name.clone().unwrap_or_default();
    let slug = Slugs::Collections
        .choose(tx, given.slug.as_deref(), &title, "title")
        .await?;
    let (picture_source, picture_alt) = heading::columns(given.picture.clone().flatten());
    let row = collection::Model {
        id: CollectionId(tx.shop().new_id()),
        slug,
        title,
        description: given.description.clone().unwrap_or_default(),
        position: match input.position {
            Some(position) => position,
            None => last(tx).await?.saturating_add(1),
        },
        version: 1,
        published: input.published,
        rule: stored(tx, wanted.as_ref()).await?,
        seo_title: given.seo_title.clone().flatten(),
        seo_description: given.seo_description.clone().flatten(),
        picture_alt,
        picture_source,
        updated_at: Some(tx.shop().now()),
        deleted_at: None,
        deleted_slug: None,
    };
    let insert = collection::Entity::insert(row.clone().into_active_model());
    let inserted = insert.exec_without_returning(tx.db()).await;
    inserted.map_err(|error| refuse_taken(error, &row.slug))?;
    if row.rule.is_some() {
        reindex(tx, row.id);
    }
    let data = json!({ "slug": row.slug, "title": row.title, "rule": row.rule });
    audit(tx, "collection.create", row.id.to_string(), data).await?;
    Ok(row)
}

/// Changes a collection. Gives it as it is now.
///
/// # Errors
/// Refuses those who may not, fields that are wrong, a slug that is taken, and a version that is no longer
/// the collection's.
pub async fn update(shop: &Shop, context: &Context, input: CollectionUpdate) -> Result<collection::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { update_in(&tx, input).await })
        .await
}

/// As [`update`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn update_in(tx: &Tx, input: &CollectionUpdate) -> Result<collection::Model> {
    require_catalog(tx.context())?;
    let mut refusals = Refusals::default();
    let mut input = input.clone();
    input.heading = heading::check(tx, input.heading, "title", &mut refusals).await?;
    input.rule = input.rule.map(|rule| rule.map(|rule| rule::check(rule, &mut refusals)));
    check_position(input.position, &mut refusals);
    refusals.any().map_err(Error::Refused)?;
    let input = &input;
    let before = locked(tx, input.collection, input.expected_version).await?;
    let after = changed(tx, &before, input).await?;
    if after == before {
        return Ok(before);
    }
    if after.rule.is_some() && before.rule.is_none() {
        require_room(tx, true).await?;
    }
    if after.slug != before.slug {
        Slugs::Collections.require_free(tx, &after.slug).await?;
        redirects::slugs::keep(tx, SlugKind::Collection, &before.slug, before.id.0).await?;
    }
    let in_documents = |row: &collection::Model| (row.slug.clone(), row.published, row.rule.clone());
    if in_documents(&after) != in_documents(&before) {
        reindex(tx, before.id);
    }
    let after = write(tx, after).await?;
    let data = json!({ "fields": named(input) });
    audit(tx, "collection.update", after.id.to_string(), data).await?;
    Ok(after)
}

async fn changed(tx: &Tx, before: &collection::Model, input: &CollectionUpdate) -> Result<collection::Model> {
    let given = input.heading.clone();
    let (picture_source, picture_alt) = match given.picture {
        None => (before.picture_source.clone(), before.picture_alt.clone()),
        Some(picture) => heading::columns(picture),
    };
    let rule = match &input.rule {
        None => before.rule.clone(),
        Some(rule) => stored(tx, rule.as_ref()).await?,
    };
    Ok(collection::Model {
        title: given.name.unwrap_or_else(|| before.title.clone()),
        slug: given.slug.unwrap_or_else(|| before.slug.clone()),
        description: given.description.unwrap_or_else(|| before.description.clone()),
        seo_title: given.seo_title.unwrap_or_else(|| before.seo_title.clone()),
        seo_description: given.seo_description.unwrap_or_else(|| before.seo_description.clone()),
        picture_source,
        picture_alt,
        published: input.published.unwrap_or(before.published),
        position: input.position.unwrap_or(before.position),
        rule,
        ..before.clone()
    })
}

/// The rule as its column holds it.
async fn stored(tx: &Tx, rule: Option<&CollectionRule>) -> Result<Option<Value>> {
    let Some(rule) = rule else { return Ok(None) };
    rule::require_categories(tx, rule).await?;
    Ok(Some(json!(rule)))
}

fn named(input: &CollectionUpdate) -> Vec<&'static str> {
    let own = [
        ("published", input.published.is_some()),
        ("position", input.position.is_some()),
        ("rule", input.rule.is_some()),
    ];
    let own = own.into_iter().filter(|(_, given)| *given).map(|(field, _)| field);
    heading::named(&input.heading, "title").into_iter().chain(own).collect()
}

fn check_position(position: Option<i32>, refusals: &mut Refusals) {
    if position.is_some_and(|position| position < 0) {
        refusals.refuse(&["position"], messages::position_not_negative());
    }
}

async fn last(tx: &Tx) -> Result<i32> {
    let last = collection::Entity::find()
        .filter(collection::Column::DeletedAt.is_null())
        .order_by_desc(collection::Column::Position)
        .one(tx.db())
        .await?;
    Ok(last.map_or(-1, |last| last.position))
}

async fn require_room(tx: &Tx, ruled: bool) -> Result<(), Error> {
    turn::take(tx, Turn::Collections).await?;
    let live = collection::Entity::find().filter(collection::Column::DeletedAt.is_null());
    if live.clone().count(tx.db()).await? >= COLLECTIONS_MAX {
        let message = messages::collections_max(COLLECTIONS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    let rules = live.filter(collection::Column::Rule.is_not_null());
    if ruled && rules.count(tx.db()).await? >= RULES_MAX {
        let message = messages::collection_rules_max(RULES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["rule"]).into());
    }
    Ok(())
}

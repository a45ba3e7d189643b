//! Categories and collections whose names have the words: among those of the products found, which forgives typing
//! errors, and those that the database finds by itself.

use std::{collections::HashMap, sync::Arc};

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use vitrine_entity::{
    category, collection,
    ids::{CategoryId, ProductId},
    product, translation,
};

use super::fit;
use crate::{
    Result, Shop,
    catalog::{
        list::{like, lower},
        load,
    },
    translations::{Thing, Words, of_things},
};

/// How many rows are looked at.
const ROWS_MAX: u64 = 60;

pub(super) async fn categories(
    shop: &Shop,
    languages: &[Arc<str>],
    words: &[String],
    found: &[product::Model],
    limit: usize,
) -> Result<Vec<category::Model>> {
    let of_products: Vec<CategoryId> = found.iter().filter_map(|product| product.category_id).collect();
    let named = has_all(words, || lower(category::Entity, category::Column::Name));
    let translated = called(languages, "CATEGORY", "name", words);
    let translated = translated.map(|ids| category::Column::Id.in_subquery(ids));
    let meant = Condition::any().add(category::Column::Id.is_in(of_products)).add(named);
    let rows = category::Entity::find()
        .filter(meant.add_option(translated))
        .filter(category::Column::DeletedAt.is_null())
        .order_by_asc(category::Column::Position)
        .order_by_asc(category::Column::Id)
        .limit(ROWS_MAX)
        .all(&shop.db)
        .await?;
    let things: Vec<Thing> = rows.iter().map(|row| Thing::Category(row.id)).collect();
    let texts = of_things(&shop.db, languages, &things).await?;
    let name = |row: &category::Model| names(&texts, &Thing::Category(row.id), "name", &row.name);
    Ok(best(words, rows, limit, name))
}

pub(super) async fn collections(
    shop: &Shop,
    languages: &[Arc<str>],
    words: &[String],
    found: &[product::Model],
    limit: usize,
) -> Result<Vec<collection::Model>> {
    let ids: Vec<ProductId> = found.iter().map(|product| product.id).collect();
    let named = has_all(words, || lower(collection::Entity, collection::Column::Title));
    let translated = called(languages, "COLLECTION", "title", words);
    let translated = translated.map(|ids| collection::Column::Id.in_subquery(ids));
    let mut rows = collection::Entity::find()
        .filter(Condition::any().add(named).add_option(translated))
        .filter(collection::Column::DeletedAt.is_null())
        .filter(collection::Column::Published.eq(true))
        .order_by_asc(collection::Column::Position)
        .order_by_asc(collection::Column::Id)
        .limit(ROWS_MAX)
        .all(&shop.db)
        .await?;
    let of_products = load::collections_of(shop, &ids).await?.into_values().flatten();
    for other in of_products.filter(|collection| collection.published) {
        if !rows.iter().any(|row| row.id == other.id) {
            rows.push(other);
        }
    }
    rows.sort_by_key(|row| (row.position, row.id));
    let things: Vec<Thing> = rows.iter().map(|row| Thing::Collection(row.id)).collect();
    let texts = of_things(&shop.db, languages, &things).await?;
    let title = |row: &collection::Model| names(&texts, &Thing::Collection(row.id), "title", &row.title);
    Ok(best(words, rows, limit, title))
}

/// What a thing is called: in the language asked first, and in the shop's own.
fn names(texts: &HashMap<Thing, Words>, thing: &Thing, field: &str, own: &str) -> Vec<String> {
    let translated = texts.get(thing).and_then(|words| words.get(field));
    translated.into_iter().chain([own]).map(str::to_owned).collect()
}

/// The ids of those whose name in one of the languages has all of the words; nothing where no language is asked.
fn called(languages: &[Arc<str>], kind: &str, field: &str, words: &[String]) -> Option<SelectStatement> {
    if languages.is_empty() {
        return None;
    }
    let ids = translation::Entity::find()
        .select_only()
        .column(translation::Column::ThingId)
        .filter(translation::Column::Kind.eq(kind))
        .filter(translation::Column::Field.eq(field))
        .filter(translation::Column::Locale.is_in(languages.iter().map(|tag| tag.to_string())))
        .filter(has_all(words, || lower(translation::Entity, translation::Column::Text)));
    Some(ids.into_query())
}

fn has_all(words: &[String], name: impl Fn() -> Expr) -> Condition {
    let has = |all: Condition, word: &String| all.add(name().like(like(word)));
    words.iter().fold(Condition::all(), has)
}

/// Those that fit by any of their names, the ones with the fewest typos first.
fn best<T>(words: &[String], rows: Vec<T>, limit: usize, names: impl Fn(&T) -> Vec<String>) -> Vec<T> {
    let fit = |row: &T| names(row).iter().filter_map(|name| fit(words, name)).min();
    let fits = rows.into_iter().filter_map(|row| Some((fit(&row)?, row)));
    let mut fits: Vec<(u8, T)> = fits.collect();
    fits.sort_by_key(|(typos, _)| *typos);
    fits.into_iter().map(|(_, row)| row).take(limit).collect()
}

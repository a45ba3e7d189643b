//! Categories and collections whose names have the words: among those of the products found, which forgives typing
//! errors, and those that the database finds by itself.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{
    category, collection,
    ids::{CategoryId, ProductId},
    product,
};

use super::fit;
use crate::{
    Result, Shop,
    catalog::{
        list::{like, lower},
        load,
    },
};

/// How many rows are looked at.
const ROWS_MAX: u64 = 60;

pub(super) async fn categories(
    shop: &Shop,
    words: &[String],
    found: &[product::Model],
    limit: usize,
) -> Result<Vec<category::Model>> {
    let of_products: Vec<CategoryId> = found.iter().filter_map(|product| product.category_id).collect();
    let named = has_all(words, || lower(category::Entity, category::Column::Name));
    let rows = category::Entity::find()
        .filter(Condition::any().add(category::Column::Id.is_in(of_products)).add(named))
        .filter(category::Column::DeletedAt.is_null())
        .order_by_asc(category::Column::Position)
        .order_by_asc(category::Column::Id)
        .limit(ROWS_MAX)
        .all(&shop.db)
        .await?;
    Ok(best(words, rows, limit, |row| &row.name))
}

pub(super) async fn collections(
    shop: &Shop,
    words: &[String],
    found: &[product::Model],
    limit: usize,
) -> Result<Vec<collection::Model>> {
    let ids: Vec<ProductId> = found.iter().map(|product| product.id).collect();
    let mut rows = collection::Entity::find()
        .filter(has_all(words, || lower(collection::Entity, collection::Column::Title)))
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
    Ok(best(words, rows, limit, |row| &row.title))
}

fn has_all(words: &[String], name: impl Fn() -> Expr) -> Condition {
    let has = |all: Condition, word: &String| all.add(name().like(like(word)));
    words.iter().fold(Condition::all(), has)
}

/// Those that fit, the ones with the fewest typos first.
fn best<T>(words: &[String], rows: Vec<T>, limit: usize, name: impl Fn(&T) -> &str) -> Vec<T> {
    let fits = rows.into_iter().filter_map(|row| Some((fit(words, name(&row))?, row)));
    let mut fits: Vec<(u8, T)> = fits.collect();
    fits.sort_by_key(|(typos, _)| *typos);
    fits.into_iter().map(|(_, row)| row).take(limit).collect()
}

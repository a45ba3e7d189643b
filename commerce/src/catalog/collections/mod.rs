//! Sets of products across categories, picked by hand or by a rule. Whichever it is, their products are rows of
//! `collection_product`: what a rule says is kept there by the job that indexes products (`members`), so that
//! lists, filters, facets and search know one kind. Products are listed by [`super::list`], filtered by
//! [`ProductFilter::collections`](super::list::ProductFilter::collections).

pub mod change;
pub(super) mod contents;
mod find;
pub(super) mod members;
pub mod rule;

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{
    collection, collection_product,
    ids::{CollectionId, ProductId},
    product,
};

pub(in crate::catalog) use self::contents::join_like;
pub use self::{
    contents::{contents, missing},
    find::{CollectionFilter, all, all_on, by_id, by_ids, by_slug, count, is_visible, list},
};
use super::{
    draft::CollectionDraft,
    list::{self as goods, Listed, ProductFilter, ProductSort},
};
use crate::{
    Context, Result, Shop, Tx,
    paging::{Page, PageRequest},
};

/// How many slugs one statement asks about.
const SLUGS_AT_ONCE: usize = 1_000;

/// A page of a collection's products.
pub async fn products(
    shop: &Shop,
    context: &Context,
    slug: &str,
    sort: ProductSort,
    page: &PageRequest,
) -> Result<Page<Listed>> {
    let filter = ProductFilter {
        collections: vec![slug.to_owned()],
        ..ProductFilter::default()
    };
    goods::products(shop, context, &filter, sort, page).await
}

/// Creates collections, in the order to be shown. Products that are not there are left out.
///
/// # Errors
/// A fault when a slug is another collection's.
pub async fn create(tx: &Tx, drafts: &[CollectionDraft]) -> Result<()> {
    let slugs: Vec<String> = drafts.iter().flat_map(|draft| &draft.products).cloned().collect();
    let products = products_by_slug(tx.db(), &slugs).await?;
    let (mut rows, mut members) = (Vec::new(), Vec::new());
    for (position, draft) in (0..).zip(drafts) {
        let id = CollectionId(tx.shop().new_id());
        rows.push(collection::ActiveModel {
            id: Set(id),
            slug: Set(draft.slug.clone()),
            title: Set(draft.title.clone()),
            description: Set(draft.description.clone()),
            position: Set(position),
            ..Default::default()
        });
        let known = draft.products.iter().filter_map(|slug| products.get(slug));
        members.extend(
            (0..)
                .zip(known)
                .map(|(position, product)| collection_product::ActiveModel {
                    collection_id: Set(id),
                    product_id: Set(*product),
                    position: Set(position),
                }),
        );
    }
    collection::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    collection_product::Entity::insert_many(members)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Which product has which slug. What is deleted has none.
async fn products_by_slug(db: &impl ConnectionTrait, slugs: &[String]) -> Result<HashMap<String, ProductId>> {
    let mut found = HashMap::new();
    for slugs in slugs.chunks(SLUGS_AT_ONCE) {
        let rows: Vec<(String, ProductId)> = product::Entity::find()
            .select_only()
            .columns([product::Column::Slug, product::Column::Id])
            .filter(product::Column::Slug.is_in(slugs))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

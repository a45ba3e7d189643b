//! The demo shop: what an empty database is filled with, so that a first start shows a whole shop.

mod region;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait};
use vitrine_entity::{
    category, collection, collection_product,
    ids::{CategoryId, CollectionId, ProductId},
    product,
};

use super::{
    demo::{self, CategoryDraft, CollectionDraft, DemoCatalogue},
    draft::ProductDraft,
    save::{self, check::check},
};
use crate::{Context, Error, Result, Shop, Tx};

/// What a seed wrote; all zero where there were products already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SeedReport {
    pub categories: usize,
    pub products: usize,
    pub variants: usize,
    pub collections: usize,
}

/// Fills an empty catalogue with the demo shop, all or nothing; a second time does nothing. The
/// listing rows are written at once and no job is left behind: [`index::fill`](super::index::fill)
/// makes the search index. `on_progress` is told how many products are done, of how many.
pub async fn seed(shop: &Shop, context: &Context, on_progress: impl FnMut(usize, usize) + Send) -> Result<SeedReport> {
    if product::Entity::find().count(&shop.db).await? > 0 {
        return Ok(SeedReport::default());
    }
    let mut demo = demo::catalogue();
    for draft in &mut demo.products {
        *draft = check(draft).map_err(Error::Refused)?;
    }
    let (demo, on_progress) = (&demo, &Mutex::new(on_progress));
    shop.transact(context, |tx| async move {
        let tell = |done| on_progress.lock().unwrap_or_else(PoisonError::into_inner)(done, demo.products.len());
        write(&tx, demo, tell).await
    })
    .await
}

async fn write(tx: &Tx, demo: &DemoCatalogue, mut tell: impl FnMut(usize)) -> Result<SeedReport> {
    write_categories(tx, &demo.categories).await?;
    // Another process may have seeded while we waited for its categories.
    if product::Entity::find().count(tx.db()).await? > 0 {
        return Ok(SeedReport::default());
    }
    region::write(tx).await?;
    let mut products = HashMap::new();
    for batch in save::batches(&demo.products) {
        let written = write_products(tx, &batch).await?;
        products.extend(written);
        tell(products.len());
    }
    write_collections(tx, &demo.collections, &products).await?;
    Ok(SeedReport {
        categories: demo.categories.len(),
        products: products.len(),
        variants: demo.products.iter().map(|product| product.variants.len()).sum(),
        collections: demo.collections.len(),
    })
}

async fn write_categories(tx: &Tx, drafts: &[CategoryDraft]) -> Result<()> {
    let ids: HashMap<&str, CategoryId> = drafts
        .iter()
        .map(|draft| (draft.slug.as_str(), CategoryId(tx.shop().new_id())))
        .collect();
    // Parents stand before their children, as the foreign key wants them.
    let rows = drafts.iter().map(|draft| category::ActiveModel {
        id: Set(ids[draft.slug.as_str()]),
        parent_id: Set(draft
            .parent
            .as_ref()
            .and_then(|parent| ids.get(parent.as_str()).copied())),
        slug: Set(draft.slug.clone()),
        name: Set(draft.name.clone()),
        description: Set(draft.description.clone()),
        position: Set(draft.position),
    });
    let insert = category::Entity::insert_many(rows).on_conflict_do_nothing_on([category::Column::Slug]);
    insert.exec_without_returning(tx.db()).await?;
    Ok(())
}

async fn write_products<'a>(tx: &Tx, drafts: &[&'a ProductDraft]) -> Result<Vec<(&'a str, ProductId)>> {
    let outcomes = save::write(tx, drafts).await?;
    let written = drafts
        .iter()
        .zip(outcomes)
        .map(|(draft, outcome)| Ok((draft.slug.as_str(), outcome?.product)));
    written.collect::<Result<_, Vec<_>>>().map_err(Error::Refused)
}

async fn write_collections(tx: &Tx, drafts: &[CollectionDraft], products: &HashMap<&str, ProductId>) -> Result<()> {
    let ids: Vec<_> = drafts.iter().map(|_| CollectionId(tx.shop().new_id())).collect();
    let rows = drafts
        .iter()
        .zip(&ids)
        .enumerate()
        .map(|(position, (draft, id))| collection::ActiveModel {
            id: Set(*id),
            slug: Set(draft.slug.clone()),
            title: Set(draft.title.clone()),
            description: Set(draft.description.clone()),
            position: Set(position as i32),
        });
    collection::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    let members = drafts.iter().zip(&ids).flat_map(|(draft, id)| {
        let known = draft.products.iter().filter_map(|slug| products.get(slug.as_str()));
        known
            .enumerate()
            .map(|(position, product)| collection_product::ActiveModel {
                collection_id: Set(*id),
                product_id: Set(*product),
                position: Set(position as i32),
            })
    });
    collection_product::Entity::insert_many(members)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

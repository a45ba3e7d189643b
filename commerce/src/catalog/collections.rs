//! Hand-picked sets of products. Their products are listed by [`super::list`], filtered by
//! [`ProductFilter::collection`](super::list::ProductFilter::collection).

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    collection, collection_product,
    ids::{CollectionId, ProductId},
    product,
};

use super::{
    draft::CollectionDraft,
    list::{self, ProductFilter, ProductSort},
    slug::is_slug,
};
use crate::{
    Context, Result, Shop, Tx,
    paging::{Page, PageRequest},
};

/// Every collection, in their order.
pub async fn all(shop: &Shop) -> Result<Vec<collection::Model>> {
    let query = collection::Entity::find()
        .order_by_asc(collection::Column::Position)
        .order_by_asc(collection::Column::Id);
    Ok(query.all(&shop.db).await?)
}

pub async fn by_id(shop: &Shop, id: CollectionId) -> Result<Option<collection::Model>> {
    Ok(collection::Entity::find_by_id(id).one(&shop.db).await?)
}

pub async fn by_slug(shop: &Shop, slug: &str) -> Result<Option<collection::Model>> {
    if !is_slug(slug) {
        return Ok(None);
    }
    Ok(collection::Entity::find()
        .filter(collection::Column::Slug.eq(slug))
        .one(&shop.db)
        .await?)
}

/// A page of a collection's products.
pub async fn products(
    shop: &Shop,
    context: &Context,
    slug: &str,
    sort: ProductSort,
    page: &PageRequest,
) -> Result<Page<product::Model>> {
    let filter = ProductFilter {
        collection: Some(slug.to_owned()),
        ..ProductFilter::default()
    };
    list::products(shop, context, &filter, sort, page).await
}

/// Creates collections, in the order to be shown. Products that are not there are left out.
///
/// # Errors
/// A fault when a slug is another collection's.
pub async fn create(tx: &Tx, drafts: &[CollectionDraft]) -> Result<()> {
    let slugs = drafts.iter().flat_map(|draft| &draft.products);
    let products: HashMap<String, ProductId> = product::Entity::find()
        .select_only()
        .columns([product::Column::Slug, product::Column::Id])
        .filter(product::Column::Slug.is_in(slugs))
        .into_tuple::<(String, ProductId)>()
        .all(tx.db())
        .await?
        .into_iter()
        .collect();
    let (mut rows, mut members) = (Vec::new(), Vec::new());
    for (position, draft) in (0..).zip(drafts) {
        let id = CollectionId(tx.shop().new_id());
        rows.push(collection::ActiveModel {
            id: Set(id),
            slug: Set(draft.slug.clone()),
            title: Set(draft.title.clone()),
            description: Set(draft.description.clone()),
            position: Set(position),
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

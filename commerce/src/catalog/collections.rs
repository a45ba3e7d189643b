//! Hand-picked sets of products. Their products are listed by [`super::list`], filtered by
//! [`ProductFilter::collection`](super::list::ProductFilter::collection).

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{collection, ids::CollectionId};

use super::{
    list::{self, ProductFilter, ProductSort},
    slug::is_slug,
};
use crate::{
    Context, Result, Shop,
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
) -> Result<Page<vitrine_entity::product::Model>> {
    let filter = ProductFilter {
        collection: Some(slug.to_owned()),
        ..ProductFilter::default()
    };
    list::products(shop, context, &filter, sort, page).await
}

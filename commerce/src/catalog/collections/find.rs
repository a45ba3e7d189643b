//! Reads collections.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use vitrine_entity::{collection, ids::CollectionId, slug_redirect::SlugKind};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    catalog::{find::sees_all, redirects, slug::is_slug},
    language::messages,
    paging::{Page, PageRequest, Window, write_cursor},
    sql, text,
};

/// The most collections that are given at once.
const ALL_MAX: u64 = 1_000;

/// Restricts a list of collections. Shoppers see those that are published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CollectionFilter {
    /// For staff.
    pub published: Option<bool>,
    /// For staff: those that were deleted, and no others.
    pub deleted: bool,
}

/// Every collection that the caller may see, in their order; the first thousand.
pub async fn all(shop: &Shop, context: &Context) -> Result<Vec<collection::Model>> {
    let query = matching(context, CollectionFilter::default())?
        .order_by_asc(collection::Column::Position)
        .order_by_asc(collection::Column::Id)
        .limit(ALL_MAX);
    Ok(query.all(&shop.db).await?)
}

/// Every collection that is there, in their order. Unscoped: for whoever has asked who may.
pub async fn all_on(db: &impl ConnectionTrait) -> Result<Vec<collection::Model>> {
    let query = collection::Entity::find()
        .filter(collection::Column::DeletedAt.is_null())
        .order_by_asc(collection::Column::Position)
        .order_by_asc(collection::Column::Id);
    Ok(query.all(db).await?)
}

/// The collection, if the caller may see it: shoppers see published ones, staff all, deleted ones too.
pub async fn by_id(shop: &Shop, context: &Context, id: CollectionId) -> Result<Option<collection::Model>> {
    let found = collection::Entity::find_by_id(id).one(&shop.db).await?;
    Ok(found.filter(|collection| is_visible(context, collection)))
}

/// The collections with these ids that are there. Unscoped: for whoever has asked who may.
pub async fn by_ids(shop: &Shop, ids: &[CollectionId]) -> Result<HashMap<CollectionId, collection::Model>> {
    let rows = collection::Entity::find()
        .filter(sql::among(&shop.db, collection::Column::Id, ids.iter().copied()))
        .filter(collection::Column::DeletedAt.is_null())
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// As [`by_id`], by the slug that a collection has or, if none has it, had last.
pub async fn by_slug(shop: &Shop, context: &Context, slug: &str) -> Result<Option<collection::Model>> {
    let slug = &*text::normal(slug).to_lowercase();
    if !is_slug(slug) {
        return Ok(None);
    }
    let found = collection::Entity::find()
        .filter(collection::Column::Slug.eq(slug))
        .one(&shop.db)
        .await?;
    if found.is_none()
        && let Some(id) = redirects::slugs::led_to(shop, context, SlugKind::Collection, slug).await?
    {
        return by_id(shop, context, CollectionId(id)).await;
    }
    Ok(found.filter(|collection| is_visible(context, collection)))
}

/// Whether the caller may see `collection`.
pub fn is_visible(context: &Context, collection: &collection::Model) -> bool {
    (collection.published && collection.deleted_at.is_none()) || sees_all(context)
}

/// Where a row stands in the list.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Position {
    collection: CollectionId,
    position: i32,
}

/// A page of the collections that the caller may see, in their order.
///
/// # Errors
/// Refuses a page out of bounds, and shoppers who ask for what is not published.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: CollectionFilter,
    page: &PageRequest,
) -> Result<Page<collection::Model>> {
    let window: Window<Position> = page.window()?;
    let column = |column: collection::Column| Expr::col((collection::Entity, column));
    let keys = Expr::tuple([column(collection::Column::Position), column(collection::Column::Id)]);
    let mut select = matching(context, filter)?;
    if let Some(place) = window.cursor {
        let values = Expr::tuple([Expr::val(place.position), Expr::val(place.collection)]);
        select = select.filter(match window.backward {
            false => keys.gt(values),
            true => keys.lt(values),
        });
    }
    let order = match window.backward {
        false => sea_orm::Order::Asc,
        true => sea_orm::Order::Desc,
    };
    let rows = select
        .order_by(collection::Column::Position, order.clone())
        .order_by(collection::Column::Id, order)
        .limit(window.limit + 1)
        .all(&shop.db)
        .await?;
    Ok(window.page(rows, |row| {
        write_cursor(&Position {
            collection: row.id,
            position: row.position,
        })
    }))
}

/// How many collections match, of those that the caller may see.
pub async fn count(shop: &Shop, context: &Context, filter: CollectionFilter) -> Result<u64> {
    Ok(matching(context, filter)?.count(&shop.db).await?)
}

fn matching(context: &Context, filter: CollectionFilter) -> Result<Select<collection::Entity>> {
    if !sees_all(context) && (filter.deleted || filter.published == Some(false)) {
        let message = messages::collections_unpublished_for_staff();
        return Err(Refusal::new(ErrorCode::Forbidden, message).into());
    }
    let published = match sees_all(context) {
        true => filter.published,
        false => Some(true),
    };
    let deleted = match filter.deleted {
        true => collection::Column::DeletedAt.is_not_null(),
        false => collection::Column::DeletedAt.is_null(),
    };
    let condition = Condition::all()
        .add(deleted)
        .add_option(published.map(|published| collection::Column::Published.eq(published)));
    Ok(collection::Entity::find().filter(condition))
}

//! Where a path leads, and the list of redirects.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vitrine_entity::{
    ids::{CategoryId, CollectionId, ProductId, UrlRedirectId},
    slug_redirect::SlugKind,
    url_redirect,
};

use super::check::normal;
use crate::{
    Context, Result, Shop,
    catalog::{access::require_catalog, addresses, list::like, redirects::slugs},
    catalog::{categories, collections, find},
    paging::{Page, PageRequest, Window, write_cursor},
};

/// How many redirects are followed, one after the other.
pub(super) const STEPS_MAX: usize = 10;

/// Restricts a list of redirects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UrlRedirectFilter {
    /// What stands anywhere in the path or the target.
    pub text: Option<String>,
    /// Those that were deleted, and no others.
    pub deleted: bool,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Position {
    redirect: UrlRedirectId,
}

/// A page of the redirects, the newest first. For staff.
///
/// # Errors
/// Refuses those who may not change the catalogue, and a page out of bounds.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &UrlRedirectFilter,
    page: &PageRequest,
) -> Result<Page<url_redirect::Model>> {
    require_catalog(context)?;
    let window: Window<Position> = page.window()?;
    let mut select = url_redirect::Entity::find().filter(match filter.deleted {
        true => url_redirect::Column::DeletedAt.is_not_null(),
        false => url_redirect::Column::DeletedAt.is_null(),
    });
    // No stored text has a control character, and PostgreSQL would fail over a NUL.
    let text = filter.text.as_deref().map(|text| text.replace(char::is_control, " "));
    for word in text.iter().flat_map(|text| text.split_whitespace()).take(8) {
        let word: String = word.chars().take(256).collect();
        let held = |column| Expr::col((url_redirect::Entity, column)).like(like(&word));
        select = select.filter(held(url_redirect::Column::Path).or(held(url_redirect::Column::Target)));
    }
    if let Some(place) = window.cursor {
        select = select.filter(match window.backward {
            false => url_redirect::Column::Id.lt(place.redirect),
            true => url_redirect::Column::Id.gt(place.redirect),
        });
    }
    let order = match window.backward {
        false => sea_orm::Order::Desc,
        true => sea_orm::Order::Asc,
    };
    let select = select.order_by(url_redirect::Column::Id, order).limit(window.limit + 1);
    let rows = select.all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&Position { redirect: row.id })))
}

/// Where a path of the storefront leads by now: what staff wrote for it, to the end; or the new address of what had
/// the slug in it. `None` where it leads nowhere else.
pub async fn target(shop: &Shop, context: &Context, path: &str) -> Result<Option<String>> {
    if path.len() > 8_000 || path.contains(char::is_control) {
        return Ok(None);
    }
    let (mut seen, mut now) = (HashSet::new(), normal(path));
    while seen.len() < STEPS_MAX && seen.insert(now.clone()) {
        let next = match written(&shop.db, &now).await? {
            Some(row) => Some(row.target),
            None => renamed(shop, context, &now).await?,
        };
        match next {
            Some(next) => now = next,
            None => break,
        }
    }
    Ok(Some(now).filter(|now| *now != normal(path)))
}

pub(super) async fn written(db: &impl ConnectionTrait, path: &str) -> Result<Option<url_redirect::Model>> {
    let query = url_redirect::Entity::find()
        .filter(url_redirect::Column::Path.eq(path))
        .filter(url_redirect::Column::DeletedAt.is_null());
    Ok(query.one(db).await?)
}

/// The path of what had the slug in this one, where the shop knows how its addresses look.
async fn renamed(shop: &Shop, context: &Context, path: &str) -> Result<Option<String>> {
    for kind in [SlugKind::Product, SlugKind::Category, SlugKind::Collection] {
        let Some(slug) = addresses::slug_in(shop, kind, path) else {
            continue;
        };
        let Some(target) = slugs::target(&shop.db, kind, &slug).await? else {
            continue;
        };
        if let Some(now) = slug_now(shop, context, kind, target).await?
            && now != slug
            && !is_live(shop, context, kind, &slug).await?
        {
            return Ok(addresses::path(shop, kind, &now));
        }
    }
    Ok(None)
}

async fn slug_now(shop: &Shop, context: &Context, kind: SlugKind, id: Uuid) -> Result<Option<String>> {
    let slug = match kind {
        SlugKind::Product => {
            let found = find::by_id(shop, context, ProductId(id)).await?;
            found.filter(|row| row.deleted_at.is_none()).map(|row| row.slug)
        }
        SlugKind::Category => categories::by_id(shop, CategoryId(id)).await?.map(|row| row.slug),
        SlugKind::Collection => {
            let found = collections::by_id(shop, context, CollectionId(id)).await?;
            found.filter(|row| row.deleted_at.is_none()).map(|row| row.slug)
        }
    };
    Ok(slug)
}

/// Whether somebody has the slug now.
async fn is_live(shop: &Shop, context: &Context, kind: SlugKind, slug: &str) -> Result<bool> {
    let found = match kind {
        SlugKind::Product => find::by_slug(shop, context, slug).await?.map(|row| row.slug),
        SlugKind::Category => categories::by_slug(shop, context, slug).await?.map(|row| row.slug),
        SlugKind::Collection => collections::by_slug(shop, context, slug).await?.map(|row| row.slug),
    };
    Ok(found.is_some_and(|found| found == slug))
}

//! Pages, and their texts. Shoppers see what is published, staff with the permission all.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{
    ids::{PageId, PageVersionId},
    page::{self, PageKind},
    page_version,
};

use super::PageView;
use crate::{
    Context, Fault, Result, Shop,
    catalog::slug::is_slug,
    paging::{Page, PageRequest, Window, write_cursor},
    staff::{Permission, permission},
    text,
};

/// How many pages' texts one statement reads.
const PAGES_AT_ONCE: usize = 500;

/// Which pages; what is `None` does not matter.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageFilter {
    pub kind: Option<PageKind>,
    /// Only staff find what is not published.
    pub published: Option<bool>,
    /// Staff look for what was deleted.
    pub deleted: bool,
}

pub async fn by_id(shop: &Shop, context: &Context, id: PageId) -> Result<Option<PageView>> {
    let found = page::Entity::find_by_id(id).one(&shop.db).await?;
    shown(shop, context, found).await
}

pub async fn by_handle(shop: &Shop, context: &Context, handle: &str) -> Result<Option<PageView>> {
    let handle = &*text::normal(handle).to_lowercase();
    if !is_slug(handle) {
        return Ok(None);
    }
    let found = page::Entity::find()
        .filter(page::Column::Handle.eq(handle))
        .filter(page::Column::DeletedAt.is_null())
        .one(&shop.db)
        .await?;
    shown(shop, context, found).await
}

async fn shown(shop: &Shop, context: &Context, found: Option<page::Model>) -> Result<Option<PageView>> {
    let seen = |page: &page::Model| sees_all(context) || page.published && page.deleted_at.is_none();
    match found.filter(seen) {
        Some(page) => {
            let text = text_of(&shop.db, &page).await?;
            Ok(Some(PageView { page, text }))
        }
        None => Ok(None),
    }
}

/// Every page that is there, by its handle. Unscoped: for whoever has asked who may.
pub(crate) async fn all_on(db: &impl ConnectionTrait) -> Result<Vec<PageView>> {
    let pages = page::Entity::find()
        .filter(page::Column::DeletedAt.is_null())
        .order_by_asc(page::Column::Handle);
    let pages = pages.all(db).await?;
    let mut views = Vec::with_capacity(pages.len());
    for some in pages.chunks(PAGES_AT_ONCE) {
        views.extend(with_texts(db, some.to_vec()).await?);
    }
    Ok(views)
}

/// A page of the shop's pages, oldest first.
pub async fn list(shop: &Shop, context: &Context, filter: PageFilter, request: &PageRequest) -> Result<Page<PageView>> {
    let window: Window<PageId> = request.window()?;
    let pages = matching(context, filter);
    let pages = match (window.cursor, window.backward) {
        (None, false) => pages.order_by_asc(page::Column::Id),
        (Some(cursor), false) => pages.filter(page::Column::Id.gt(cursor)).order_by_asc(page::Column::Id),
        (None, true) => pages.order_by_desc(page::Column::Id),
        (Some(cursor), true) => pages
            .filter(page::Column::Id.lt(cursor))
            .order_by_desc(page::Column::Id),
    };
    let pages = pages.limit(window.limit + 1).all(&shop.db).await?;
    let views = with_texts(&shop.db, pages).await?;
    Ok(window.page(views, |view| write_cursor(&view.page.id)))
}

fn matching(context: &Context, filter: PageFilter) -> Select<page::Entity> {
    let mut pages = page::Entity::find();
    pages = match filter.deleted && sees_all(context) {
        true => pages.filter(page::Column::DeletedAt.is_not_null()),
        false => pages.filter(page::Column::DeletedAt.is_null()),
    };
    if let Some(kind) = filter.kind {
        pages = pages.filter(page::Column::Kind.eq(kind));
    }
    let published = if sees_all(context) {
        filter.published
    } else {
        Some(true)
    };
    match published {
        Some(published) => pages.filter(page::Column::Published.eq(published)),
        None => pages,
    }
}

/// A page's texts, newest first: for staff with the permission, a page of nothing for others.
pub async fn versions(
    shop: &Shop,
    context: &Context,
    page: PageId,
    request: &PageRequest,
) -> Result<Page<page_version::Model>> {
    permission::require(context, Permission::Content)?;
    let window: Window<i32> = request.window()?;
    let number = page_version::Column::Number;
    let texts = page_version::Entity::find().filter(page_version::Column::PageId.eq(page));
    let texts = match (window.cursor, window.backward) {
        (None, false) => texts.order_by_desc(number),
        (Some(cursor), false) => texts.filter(number.lt(cursor)).order_by_desc(number),
        (None, true) => texts.order_by_asc(number),
        (Some(cursor), true) => texts.filter(number.gt(cursor)).order_by_asc(number),
    };
    let texts = texts.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(texts, |text| write_cursor(&text.number)))
}

/// One text, whoever may see its page.
pub async fn version(shop: &Shop, id: PageVersionId) -> Result<Option<page_version::Model>> {
    Ok(page_version::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Each page with its newest text.
pub(in crate::content) async fn with_texts(
    db: &impl ConnectionTrait,
    pages: Vec<page::Model>,
) -> Result<Vec<PageView>> {
    let ids = pages.iter().map(|page| page.id);
    let newest = page_version::Entity::find()
        .inner_join(page::Entity)
        .filter(page_version::Column::PageId.is_in(ids))
        .filter(
            Expr::col((page_version::Entity, page_version::Column::Number))
                .equals((page::Entity, page::Column::Number)),
        )
        .all(db)
        .await?;
    let mut newest: HashMap<PageId, page_version::Model> =
        newest.into_iter().map(|text| (text.page_id, text)).collect();
    let view = |page: page::Model| match newest.remove(&page.id) {
        Some(text) => Ok(PageView { page, text }),
        None => Err(no_text(&page).into()),
    };
    pages.into_iter().map(view).collect()
}

/// The page's newest text.
pub(super) async fn text_of(db: &impl ConnectionTrait, page: &page::Model) -> Result<page_version::Model> {
    let text = page_version::Entity::find()
        .filter(page_version::Column::PageId.eq(page.id))
        .filter(page_version::Column::Number.eq(page.number))
        .one(db)
        .await?;
    Ok(text.ok_or_else(|| no_text(page))?)
}

fn no_text(page: &page::Model) -> Fault {
    Fault::Corrupt {
        table: "page",
        column: "number",
        id: page.id.to_string(),
    }
}

pub(in crate::content) fn sees_all(context: &Context) -> bool {
    permission::allowed(context, Permission::Content)
}

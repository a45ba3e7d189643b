//! The apps of a shop, page by page.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    app::{self, Column},
    ids::AppId,
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    staff::permission::{self, Permission},
};

/// Which apps. Everything given must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AppFilter {
    pub revoked: Option<bool>,
}

/// Apps, newest first.
///
/// # Errors
/// Refuses whoever may not see who works here.
pub async fn list(shop: &Shop, context: &Context, filter: AppFilter, page: &PageRequest) -> Result<Page<app::Model>> {
    permission::require_or_system(context, Permission::Staff)?;
    let window: Window<AppId> = page.window()?;
    let revoked = filter.revoked.map(|revoked| match revoked {
        true => Column::RevokedAt.is_not_null(),
        false => Column::RevokedAt.is_null(),
    });
    let beyond = window.cursor.map(|last| match window.backward {
        false => Column::Id.lt(last),
        true => Column::Id.gt(last),
    });
    let query = app::Entity::find().filter(Condition::all().add_option(revoked).add_option(beyond));
    let query = match window.backward {
        false => query.order_by_desc(Column::Id),
        true => query.order_by_asc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |app| write_cursor(&app.id)))
}

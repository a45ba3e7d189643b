//! Staff take a page away, and bring it back. Its texts stay: orders may name them.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::PageId, page};

use super::{PageView, create::taken, find::text_of};
use crate::{
    Context, Refusal, Result, Shop, Tx,
    error::expect_version,
    staff::{Permission, audit, permission::require_or_system},
};

/// Takes a page away: nobody sees it, and its handle is free. One that is gone stays so.
///
/// # Errors
/// `NOT_FOUND`, `VERSION_CONFLICT`.
pub async fn delete(shop: &Shop, context: &Context, id: PageId, expected_version: Option<i64>) -> Result<PageView> {
    require_or_system(context, Permission::Content)?;
    shop.transact(context, |tx| async move { delete_in(&tx, id, expected_version).await })
        .await
}

/// As [`delete`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn delete_in(tx: &Tx, id: PageId, expected_version: Option<i64>) -> Result<PageView> {
    require_or_system(tx.context(), Permission::Content)?;
    let mut page = any(tx, id).await?;
    if page.deleted_at.is_some() {
        return as_it_is(tx, page).await;
    }
    expect_version("page", page.version, expected_version)?;
    page.deleted_at = Some(tx.shop().now());
    write(tx, page, "page.delete").await
}

/// Brings a deleted page back, as it was. One that is there is given as it is.
///
/// # Errors
/// `NOT_FOUND`; `TAKEN` where another has its handle, or is the policy of its kind, by now.
pub async fn restore(shop: &Shop, context: &Context, id: PageId) -> Result<PageView> {
    require_or_system(context, Permission::Content)?;
    shop.transact(context, |tx| async move {
        let mut page = any(&tx, id).await?;
        if page.deleted_at.take().is_none() {
            return as_it_is(&tx, page).await;
        }
        write(&tx, page, "page.restore").await
    })
    .await
}

/// The page, deleted or not, locked.
async fn any(tx: &Tx, id: PageId) -> Result<page::Model> {
    let page = tx.lock::<page::Entity>(id).await?;
    page.ok_or_else(|| Refusal::not_found("page").at(&["id"]).into())
}

async fn as_it_is(tx: &Tx, page: page::Model) -> Result<PageView> {
    let text = text_of(tx.db(), &page).await?;
    Ok(PageView { page, text })
}

async fn write(tx: &Tx, mut page: page::Model, action: &str) -> Result<PageView> {
    page.version += 1;
    page.updated_at = tx.shop().now();
    let page = page
        .into_active_model()
        .reset_all()
        .update(tx.db())
        .await
        .map_err(taken)?;
    audit(tx, action, page.id.to_string(), json!({ "handle": page.handle })).await?;
    as_it_is(tx, page).await
}

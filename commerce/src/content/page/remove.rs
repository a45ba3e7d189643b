//! Staff take a page away, and bring it back. Its texts stay: orders may name them.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::PageId, page};

use super::{PageView, create::taken, find::text_of, update::locked};
use crate::{
    Context, Refusal, Result, Shop, Tx,
    staff::{Permission, audit, permission::require_or_system},
};

/// Takes a page away: nobody sees it, and its handle is free.
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
    let mut page = locked(tx, id, expected_version).await?;
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
        let page = tx.lock::<page::Entity>(id).await?;
        let mut page = page.ok_or_else(|| Refusal::not_found("page").at(&["id"]))?;
        if page.deleted_at.take().is_none() {
            let text = text_of(tx.db(), &page).await?;
            return Ok(PageView { page, text });
        }
        write(&tx, page, "page.restore").await
    })
    .await
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
    let text = text_of(tx.db(), &page).await?;
    Ok(PageView { page, text })
}

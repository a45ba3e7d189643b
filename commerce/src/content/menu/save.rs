//! Staff write menus.

use sea_orm::{ActiveModelTrait, DbErr, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::MenuId, menu};

use super::items::{ItemDraft, checked};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    content::fields::{TITLE_LENGTH_MAX, handle},
    error::expect_version,
    language::messages,
    staff::{Permission, audit, permission::require_or_system},
    text,
    transaction::is_unique_violation,
};

/// A menu as it should be.
#[derive(Debug, Clone)]
pub struct NewMenu {
    /// Made of the title where it is not given.
    pub handle: Option<String>,
    pub title: String,
    pub items: Vec<ItemDraft>,
}

/// A change of a menu; what is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct MenuUpdate {
    pub menu: MenuId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub handle: Option<String>,
    pub title: Option<String>,
    /// All of them.
    pub items: Option<Vec<ItemDraft>>,
}

/// Writes a menu.
///
/// # Errors
/// `INVALID`; `TAKEN` for another menu's handle.
pub async fn create(shop: &Shop, context: &Context, input: NewMenu) -> Result<menu::Model> {
    require_or_system(context, Permission::Content)?;
    let input = &input;
    shop.transact(context, |tx| async move { create_in(&tx, input).await })
        .await
}

/// As [`create`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn create_in(tx: &Tx, input: &NewMenu) -> Result<menu::Model> {
    require_or_system(tx.context(), Permission::Content)?;
    let title = text::line(&["title"], &input.title, TITLE_LENGTH_MAX)?;
    let now = tx.shop().now();
    let row = menu::Model {
        id: MenuId(tx.shop().new_id()),
        handle: handle(input.handle.as_deref(), &title)?,
        title,
        items: checked(&input.items)?,
        version: 1,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    };
    let menu = row.into_active_model().insert(tx.db()).await.map_err(taken)?;
    audit(tx, "menu.create", menu.id.to_string(), json!({ "handle": menu.handle })).await?;
    Ok(menu)
}

/// Changes a menu. Gives it as it is now.
///
/// # Errors
/// `INVALID`, `TAKEN`, `NOT_FOUND`; `VERSION_CONFLICT` where it has changed since `expected_version`.
pub async fn update(shop: &Shop, context: &Context, input: MenuUpdate) -> Result<menu::Model> {
    require_or_system(context, Permission::Content)?;
    let input = &input;
    shop.transact(context, |tx| async move { update_in(&tx, input).await })
        .await
}

/// As [`update`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn update_in(tx: &Tx, input: &MenuUpdate) -> Result<menu::Model> {
    require_or_system(tx.context(), Permission::Content)?;
    let title = input.title.as_deref();
    let title = title.map(|title| text::line(&["title"], title, TITLE_LENGTH_MAX));
    let name = input.handle.as_deref().map(|given| handle(Some(given), ""));
    let (title, name) = (title.transpose()?, name.transpose()?);
    let items = input.items.as_deref().map(checked).transpose()?;
    let before = locked(tx, input.menu, input.expected_version).await?;
    let after = menu::Model {
        handle: name.unwrap_or_else(|| before.handle.clone()),
        title: title.unwrap_or_else(|| before.title.clone()),
        items: items.unwrap_or_else(|| before.items.clone()),
        ..before.clone()
    };
    match after == before {
        true => Ok(before),
        false => write(tx, after, "menu.update").await,
    }
}

/// Takes a menu away; its handle is free. One that is gone stays so.
///
/// # Errors
/// `NOT_FOUND`, `VERSION_CONFLICT`.
pub async fn delete(shop: &Shop, context: &Context, id: MenuId, expected_version: Option<i64>) -> Result<menu::Model> {
    require_or_system(context, Permission::Content)?;
    shop.transact(context, |tx| async move { delete_in(&tx, id, expected_version).await })
        .await
}

/// As [`delete`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn delete_in(tx: &Tx, id: MenuId, expected_version: Option<i64>) -> Result<menu::Model> {
    require_or_system(tx.context(), Permission::Content)?;
    let mut menu = any(tx, id).await?;
    if menu.deleted_at.is_some() {
        return Ok(menu);
    }
    expect_version("menu", menu.version, expected_version)?;
    menu.deleted_at = Some(tx.shop().now());
    write(tx, menu, "menu.delete").await
}

/// Brings a deleted menu back. One that is there is given as it is.
///
/// # Errors
/// `NOT_FOUND`; `TAKEN` where another has its handle by now.
pub async fn restore(shop: &Shop, context: &Context, id: MenuId) -> Result<menu::Model> {
    require_or_system(context, Permission::Content)?;
    shop.transact(context, |tx| async move {
        let mut menu = any(&tx, id).await?;
        match menu.deleted_at.take() {
            None => Ok(menu),
            Some(_) => write(&tx, menu, "menu.restore").await,
        }
    })
    .await
}

/// The menu, deleted or not, locked.
async fn any(tx: &Tx, id: MenuId) -> Result<menu::Model> {
    Ok(tx.lock::<menu::Entity>(id).await?.ok_or_else(missing)?)
}

fn missing() -> Refusal {
    Refusal::not_found("menu").at(&["id"])
}

async fn locked(tx: &Tx, id: MenuId, expected_version: Option<i64>) -> Result<menu::Model> {
    let menu = any(tx, id).await?;
    if menu.deleted_at.is_some() {
        return Err(missing().into());
    }
    expect_version("menu", menu.version, expected_version)?;
    Ok(menu)
}

async fn write(tx: &Tx, mut menu: menu::Model, action: &str) -> Result<menu::Model> {
    menu.version += 1;
    menu.updated_at = tx.shop().now();
    let menu = menu
        .into_active_model()
        .reset_all()
        .update(tx.db())
        .await
        .map_err(taken)?;
    audit(tx, action, menu.id.to_string(), json!({ "handle": menu.handle })).await?;
    Ok(menu)
}

fn taken(error: DbErr) -> Error {
    match is_unique_violation(&error) {
        true => Refusal::new(ErrorCode::Taken, messages::menu_handle_taken())
            .at(&["handle"])
            .into(),
        false => error.into(),
    }
}

//! What staff write about an order among themselves.

use std::collections::HashMap;

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, OrderNoteId},
    order_note::{self, Column},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    orders::transition,
    sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// The most notes of one order, and the most characters of one.
const NOTES_MAX: u64 = 100;
const LENGTH_MAX: usize = 5_000;

/// Writes a note about an order.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID`.
pub async fn add(shop: &Shop, context: &Context, order: OrderId, text: &str) -> Result<order_note::Model> {
    permission::require(context, Permission::Orders)?;
    let text = &checked(text)?;
    shop.transact(context, |tx| async move {
        transition::lock(&tx, order).await?;
        refuse_too_many(&tx, order).await?;
        let now = shop.now();
        let row = order_note::Model {
            id: OrderNoteId(shop.new_id()),
            order_id: order,
            author: context.viewer.actor(),
            text: text.clone(),
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        };
        let note = row.into_active_model().insert(tx.db()).await?;
        audit(&tx, "order.note_add", order.to_string(), json!({ "note": note.id })).await?;
        Ok(note)
    })
    .await
}

/// Changes a note.
///
/// # Errors
/// As [`add`]; `VERSION_CONFLICT`.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: OrderNoteId,
    expected_version: Option<i64>,
    text: &str,
) -> Result<order_note::Model> {
    permission::require(context, Permission::Orders)?;
    let text = &checked(text)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_some() {
            return Err(missing().into());
        }
        expect_version("note", before.version, expected_version)?;
        let after = order_note::Model {
            text: text.clone(),
            ..before
        };
        write(&tx, after, "order.note_update").await
    })
    .await
}

/// Takes a note away. [`restore`] brings it back. One that is gone stays so.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `VERSION_CONFLICT`.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: OrderNoteId,
    expected_version: Option<i64>,
) -> Result<order_note::Model> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_some() {
            return Ok(before);
        }
        expect_version("note", before.version, expected_version)?;
        let after = order_note::Model {
            deleted_at: Some(shop.now()),
            ..before
        };
        write(&tx, after, "order.note_delete").await
    })
    .await
}

/// Brings a note back that was taken away.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID` where the order has too many by now.
pub async fn restore(shop: &Shop, context: &Context, id: OrderNoteId) -> Result<order_note::Model> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_none() {
            return Ok(before);
        }
        transition::lock(&tx, before.order_id).await?;
        refuse_too_many(&tx, before.order_id).await?;
        let after = order_note::Model {
            deleted_at: None,
            ..before
        };
        write(&tx, after, "order.note_restore").await
    })
    .await
}

/// The notes of orders, oldest first. Unscoped: whoever shows them asks for the permission.
pub async fn notes_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<order_note::Model>>> {
    let rows = order_note::Entity::find()
        .filter(sql::among(&shop.db, Column::OrderId, orders.iter().copied()))
        .filter(Column::DeletedAt.is_null())
        .order_by_asc(Column::Id)
        .all(&shop.db)
        .await?;
    let mut notes: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        notes.entry(row.order_id).or_default().push(row);
    }
    Ok(notes)
}

/// The note, deleted or not, locked.
async fn any(tx: &Tx, id: OrderNoteId) -> Result<order_note::Model> {
    Ok(tx.lock::<order_note::Entity>(id).await?.ok_or_else(missing)?)
}

fn missing() -> Refusal {
    Refusal::not_found("note").at(&["id"])
}

async fn write(tx: &Tx, row: order_note::Model, action: &str) -> Result<order_note::Model> {
    let row = order_note::Model {
        version: row.version + 1,
        updated_at: tx.shop().now(),
        ..row
    };
    let note = row.into_active_model().reset_all().update(tx.db()).await?;
    audit(tx, action, note.order_id.to_string(), json!({ "note": note.id })).await?;
    Ok(note)
}

async fn refuse_too_many(tx: &Tx, order: OrderId) -> Result<()> {
    let alive = order_note::Entity::find()
        .filter(Column::OrderId.eq(order))
        .filter(Column::DeletedAt.is_null());
    if alive.count(tx.db()).await? >= NOTES_MAX {
        let message = messages::order_notes_max(NOTES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    Ok(())
}

fn checked(text: &str) -> Result<String, Refusal> {
    let text = text::optional_paragraph(&["text"], Some(text), LENGTH_MAX)?;
    text.ok_or_else(|| Refusal::new(ErrorCode::Invalid, messages::note_empty()).at(&["text"]))
}

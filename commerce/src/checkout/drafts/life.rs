//! Staff take a draft order away, and bring it back.

use vitrine_entity::{
    draft_order::{self, DraftOrderState},
    ids::DraftOrderId,
};

use super::row::completed;
use crate::{
    Context, Result, Shop,
    error::expect_version,
    staff::{
        Permission,
        permission::require_or_system,
        removal::{self, Removable},
    },
};

/// Takes a draft order away: its link opens nothing any more. One that is gone stays so. For staff.
///
/// # Errors
/// Refuses whoever may not, one that is an order already, and a version that is no longer its own.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: DraftOrderId,
    expected_version: Option<i64>,
) -> Result<draft_order::Model> {
    require_or_system(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let mut row = removal::any::<draft_order::Entity>(&tx, id).await?;
        if row.deleted_at.is_some() {
            return Ok(row);
        }
        if row.state == DraftOrderState::Completed {
            return Err(completed().into());
        }
        expect_version(draft_order::Model::CALLED, row.version, expected_version)?;
        row.deleted_at = Some(tx.shop().now());
        removal::write::<draft_order::Entity>(&tx, row, "delete").await
    })
    .await
}

/// Brings a draft order back, with its link. One that is there stays as it is. For staff.
///
/// # Errors
/// Refuses whoever may not.
pub async fn restore(shop: &Shop, context: &Context, id: DraftOrderId) -> Result<draft_order::Model> {
    removal::restore::<draft_order::Entity>(shop, context, Permission::Orders, id).await
}

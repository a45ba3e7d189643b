//! A return ends: nothing more of it is awaited.

use serde_json::json;
use vitrine_entity::{
    ids::ReturnId,
    order,
    order_event::OrderEventKind,
    order_return::{self, ReturnStatus},
    order_return_event::ReturnEventKind,
};

use super::{
    row,
    state::{Step, uninspected},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// Ends a return. What has not come is the shopper's again. Asked again it answers the same.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the return's, one that is not approved, and one of which units came
/// that nobody has inspected.
pub async fn close(
    shop: &Shop,
    context: &Context,
    id: ReturnId,
    expected_version: Option<i64>,
) -> Result<order_return::Model> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let (order, row) = row::lock(&tx, id).await?;
        if row.status == ReturnStatus::Closed {
            return Ok(row);
        }
        expect_version("return", row.version, expected_version)?;
        let lines = row::lines(&tx, row.id).await?;
        let left: i32 = lines.iter().map(uninspected).sum();
        if left > 0 {
            let message = messages::return_uninspected(left);
            return Err(Refusal::new(ErrorCode::OrderState, message).at(&["id"]).into());
        }
        close_locked(&tx, &order, row).await
    })
    .await
}

/// Ends a return that this transaction has locked together with its order.
pub(super) async fn close_locked(
    tx: &Tx,
    order: &order::Model,
    mut row: order_return::Model,
) -> Result<order_return::Model> {
    row::step(tx, &mut row, Step::Close)?;
    let row = row::write(tx, row, ReturnEventKind::Closed, json!({})).await?;
    row::tell(tx, order, &row, OrderEventKind::ReturnClosed).await?;
    audit(tx, "return.close", row.id.to_string(), json!({ "order": order.number })).await?;
    Ok(row)
}

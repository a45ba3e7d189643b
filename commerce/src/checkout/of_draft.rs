//! What it means for a draft order that its cart becomes an order.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use vitrine_entity::{
    draft_order::{self, DraftOrderState},
    ids::OrderId,
};

use crate::{
    ErrorCode, Refusal, Result, Tx,
    cart::{CartView, has_expired},
    language::messages,
    staff::{Permission, permission},
};

/// Notes that a draft order is the order `id`, where the cart is one's; gives its number. Whoever places an order has locked
/// the cart before.
///
/// # Errors
/// Refuses whoever is no staff where it was not sent, has expired, or was taken back.
pub(super) async fn complete(tx: &Tx, view: &CartView, id: OrderId) -> Result<Option<String>> {
    let Some(draft) = &view.cart.draft else {
        return Ok(None);
    };
    let row = tx.lock::<draft_order::Entity>(draft.id).await?;
    let Some(row) = row.filter(|row| may_complete(tx, row)) else {
        let refusal = Refusal::new(ErrorCode::DraftOrderState, messages::draft_order_over());
        return Err(refusal.at(&["cartId"]).into());
    };
    let number = row.number.clone();
    let mut changed = row.clone().into_active_model();
    changed.state = Set(DraftOrderState::Completed);
    changed.order_id = Set(Some(id));
    changed.completed_at = Set(Some(tx.shop().now()));
    changed.updated_at = Set(tx.shop().now());
    changed.currency = Set(view.cart.currency);
    changed.total_minor = Set(view.cost.total_minor);
    changed.version = Set(row.version + 1);
    changed.update(tx.db()).await?;
    Ok(Some(number))
}

fn may_complete(tx: &Tx, row: &draft_order::Model) -> bool {
    if row.deleted_at.is_some() {
        return false;
    }
    let is_staff = permission::allowed(tx.context(), Permission::Orders);
    match row.state {
        DraftOrderState::Open => is_staff,
        DraftOrderState::Sent => is_staff || !has_expired(row, tx.shop()),
        DraftOrderState::Completed => false,
    }
}

//! Staff begin a draft order that holds what another does.

use sea_orm::{EntityTrait, IntoActiveModel};
use vitrine_entity::{
    cart as cart_row,
    cart_credits::CartCredits,
    cart_line, draft_order,
    ids::{CartId, CartLineId, DraftOrderId},
};

use super::{
    create::{insert, new_row},
    fields::decided,
};
use crate::{
    Context, Refusal, Result, Shop,
    cart::{self, CartView, drafting},
    staff::{Permission, permission::require_or_system, removal::Removable},
};

/// Begins a draft order that holds the same, for the same person, at the same prices. Any may be asked for, whatever became of
/// it. For staff.
///
/// # Errors
/// Refuses whoever may not, and one that there is not.
pub async fn duplicate(shop: &Shop, context: &Context, id: DraftOrderId) -> Result<(draft_order::Model, CartView)> {
    require_or_system(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let of = draft_order::Entity::find_by_id(id).one(tx.db()).await?;
        let of = of.ok_or_else(|| Refusal::not_found(draft_order::Model::CALLED).at(&["id"]))?;
        let (before, lines) = drafting::read(&tx, of.cart_id).await?;
        let id = DraftOrderId(tx.shop().new_id());
        let now = tx.shop().now();
        let mut draft = decided(&before, id);
        draft.id = id;
        let row = cart_row::Model {
            id: CartId(tx.shop().ids.unguessable()),
            version: 1,
            order_id: None,
            purchase_request_id: None,
            credits: CartCredits::default(),
            created_at: now,
            updated_at: now,
            draft: Some(draft),
            ..before
        };
        let found = cart::begin(&tx, row).await?;
        let mut copies = Vec::new();
        for (line, good) in lines {
            let line_id = CartLineId(tx.shop().new_id());
            let detail = match line.own_goods {
                Some(_) => line_id.to_string(),
                None => line.detail.clone(),
            };
            let copy = cart_line::Model {
                id: line_id,
                cart_id: found.row.id,
                created_at: now,
                detail,
                ..line
            };
            copies.push((copy, good));
        }
        if !copies.is_empty() {
            let rows = copies.iter().map(|(line, _)| line.clone().into_active_model());
            cart_line::Entity::insert_many(rows)
                .exec_without_returning(tx.db())
                .await?;
        }
        let view = cart::assemble_of(tx.shop(), tx.context(), tx.db(), found, copies).await?;
        let row = draft_order::Model {
            message: of.message,
            staff_note: of.staff_note,
            ..new_row(&tx, id, &view)
        };
        Ok((insert(&tx, row, "duplicate").await?, view))
    })
    .await
}

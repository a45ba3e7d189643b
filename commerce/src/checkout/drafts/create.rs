//! Staff begin a draft order.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use vitrine_entity::{
    cart as cart_row,
    draft_order::{self, DraftOrderState},
    ids::DraftOrderId,
};

use super::{
    fields::{DraftFields, decided, within},
    link::token,
    row::refuse_misplaced,
};
use crate::{
    Context, Locality, Result, Shop, Tx,
    cart::{
        self, CartView,
        drafting::{self, DraftLine},
    },
    orders::{access::hash, number},
    staff::{Permission, permission::require_or_system, removal},
};

/// What a new one holds, and what staff say of it.
#[derive(Debug, Clone, Default)]
pub struct Create {
    pub fields: DraftFields,
    pub lines: Vec<DraftLine>,
}

/// Begins a draft order. For staff.
///
/// # Errors
/// Refuses whoever may not, and what is wrong with its fields and lines.
pub async fn create(shop: &Shop, context: &Context, input: Create) -> Result<(draft_order::Model, CartView)> {
    require_or_system(context, Permission::Orders)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let id = DraftOrderId(tx.shop().new_id());
        let mut row = blank(&tx, id);
        let written = input.fields.write_cart(&tx, id, &mut row, false).await;
        written.map_err(within)?;
        let found = cart::begin(&tx, row).await?;
        let lines = drafting::set_lines(&tx, &found.row, Vec::new(), &input.lines).await?;
        let view = cart::assemble_of(tx.shop(), tx.context(), tx.db(), found, lines).await?;
        refuse_misplaced(&view).map_err(|refusal| within(refusal.into()))?;
        let mut row = new_row(&tx, id, &view);
        let written = input.fields.write_row(tx.shop(), &mut row);
        written.map_err(|refusal| within(refusal.into()))?;
        Ok((insert(&tx, row, "create").await?, view))
    })
    .await
}

/// A cart of nobody's, in the shop's own country, currency and language.
fn blank(tx: &Tx, id: DraftOrderId) -> cart_row::Model {
    let own = Locality::own(tx.shop());
    let empty = cart::empty(tx.shop(), tx.context());
    let draft = decided(&empty, id);
    cart_row::Model {
        customer_id: None,
        currency: own.currency,
        locale: own.language.to_string(),
        country: Some(own.country.to_string()),
        draft: Some(draft),
        ..empty
    }
}

pub(super) fn new_row(tx: &Tx, id: DraftOrderId, view: &CartView) -> draft_order::Model {
    let now = tx.shop().now();
    draft_order::Model {
        id,
        number: number::draw_as(tx.shop(), 'D'),
        cart_id: view.cart.id,
        state: DraftOrderState::Open,
        currency: view.cart.currency,
        total_minor: view.cost.total_minor,
        message: None,
        staff_note: None,
        token_hash: hash(&token(tx.shop(), id)),
        created_by: tx.context().viewer.actor(),
        expires_at: None,
        sent_at: None,
        completed_at: None,
        order_id: None,
        version: 1,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    }
}

pub(super) async fn insert(tx: &Tx, row: draft_order::Model, verb: &str) -> Result<draft_order::Model> {
    let row = row.into_active_model().insert(tx.db()).await?;
    removal::note(tx, &row, verb).await?;
    Ok(row)
}

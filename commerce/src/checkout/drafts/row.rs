//! The row of a draft order: locked, written, and told in the audit log.

use sea_orm::{ActiveEnum, EntityTrait};
use serde_json::{Value, json};
use vitrine_entity::{
    draft_order::{self, DraftOrderState},
    ids::DraftOrderId,
};

use super::fields::within;
use crate::{
    ErrorCode, Refusal, Result, Tx,
    cart::{self, CartRow, CartView, Lines, drafting},
    error::expect_version,
    language::messages,
    staff::removal::{self, Removable},
};

/// A draft order with its cart, both locked.
pub(super) struct Opened {
    pub(super) row: draft_order::Model,
    pub(super) cart: CartRow,
    pub(super) lines: Lines,
}

/// Locks a draft order that staff may still change.
///
/// # Errors
/// Refuses one that is not there, that is an order already, or whose version is another.
pub(super) async fn open(tx: &Tx, id: DraftOrderId, expected_version: Option<i64>) -> Result<Opened> {
    let seen = draft_order::Entity::find_by_id(id).one(tx.db()).await?;
    let seen = seen.filter(|row| row.deleted_at.is_none());
    let seen = seen.ok_or_else(|| Refusal::not_found(draft_order::Model::CALLED).at(&["id"]))?;
    if seen.state == DraftOrderState::Completed {
        return Err(completed().into());
    }
    let (cart, lines) = drafting::open(tx, seen.cart_id).await?;
    let row = removal::live::<draft_order::Entity>(tx, id).await?;
    expect_version(draft_order::Model::CALLED, row.version, expected_version)?;
    Ok(Opened { row, cart, lines })
}

/// Writes what has changed, and gives what it costs now.
pub(super) async fn save(
    tx: &Tx,
    row: draft_order::Model,
    cart: CartRow,
    lines: Lines,
    verb: &str,
) -> Result<(draft_order::Model, CartView)> {
    drafting::save(tx, &cart.row).await?;
    let view = cart::assemble_of(tx.shop(), tx.context(), tx.db(), cart, lines).await?;
    refuse_misplaced(&view).map_err(|refusal| within(refusal.into()))?;
    let row = draft_order::Model {
        currency: view.cart.currency,
        total_minor: view.cost.total_minor,
        ..row
    };
    let row = removal::write::<draft_order::Entity>(tx, row, verb).await?;
    Ok((row, view))
}

/// What only a company has.
pub(super) fn refuse_misplaced(view: &CartView) -> Result<(), Refusal> {
    match view.cart.purchase_order_number.is_some() && view.company.is_none() {
        true => {
            let refusal = Refusal::new(ErrorCode::Invalid, messages::purchase_order_of_company());
            Err(refusal.at(&["purchaseOrderNumber"]))
        }
        false => Ok(()),
    }
}

pub(super) fn completed() -> Refusal {
    Refusal::new(ErrorCode::DraftOrderState, messages::draft_order_completed()).at(&["id"])
}

impl Removable for draft_order::Model {
    const CALLED: &'static str = "draft order";
    const NOUN: &'static str = "draft_order";

    removal::life!();

    fn told(&self) -> (String, Value) {
        let data = json!({
            "number": self.number,
            "state": self.state.to_value(),
            "currency": self.currency,
            "totalMinor": self.total_minor,
            "expiresAt": self.expires_at,
        });
        (self.id.to_string(), data)
    }
}

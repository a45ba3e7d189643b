//! A customer does not want a card any more. It cannot be taken back: the provider has it no more either, and the card can be
//! saved anew with the next payment.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use vitrine_entity::{
    customer,
    ids::{CustomerId, SavedPaymentMethodId},
    saved_payment_method,
};

use super::list::saved_by;
use crate::{Context, Refusal, Result, Shop, Tx, customers::own::myself, jobs::Job};

/// Removes a card of one's own; a job has the provider forget it. Where it was the default, the newest other one is. One
/// that is gone stays so.
///
/// # Errors
/// `UNAUTHENTICATED`; `NOT_FOUND`, also for another's.
pub async fn remove(shop: &Shop, context: &Context, id: SavedPaymentMethodId) -> Result<SavedPaymentMethodId> {
    let customer = myself(context)?;
    shop.transact(context, |tx| async move {
        let row = any(&tx, customer, id).await?;
        if row.removed_at.is_some() {
            return Ok(id);
        }
        take_away(&tx, &row).await?;
        pass_on_default(&tx, &row).await?;
        Ok(id)
    })
    .await
}

/// Marks a card as removed that nobody else changes meanwhile, and has the provider forget it.
pub(super) async fn take_away(tx: &Tx, row: &saved_payment_method::Model) -> Result<()> {
    mark(tx, row, None).await?;
    tx.enqueue(None, Job::DetachPaymentMethod { method: row.id });
    Ok(())
}

/// Marks a card as removed that the provider has no more, and that nobody else changes meanwhile.
pub(super) async fn mark_gone(tx: &Tx, row: &saved_payment_method::Model) -> Result<()> {
    mark(tx, row, Some(tx.shop().now())).await
}

async fn mark(tx: &Tx, row: &saved_payment_method::Model, detached_at: Option<DateTime<Utc>>) -> Result<()> {
    let change = saved_payment_method::ActiveModel {
        id: Set(row.id),
        is_default: Set(false),
        removed_at: Set(Some(tx.shop().now())),
        detached_at: Set(detached_at),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}

/// Where a card that is gone was the default, the newest of its owner's is.
pub(super) async fn pass_on_default(tx: &Tx, gone: &saved_payment_method::Model) -> Result<()> {
    if !gone.is_default {
        return Ok(());
    }
    match saved_by(tx.db(), gone.customer_id).await?.first() {
        Some(newest) => set_default(tx, newest.id, true).await,
        None => Ok(()),
    }
}

pub(super) async fn set_default(tx: &Tx, id: SavedPaymentMethodId, is_default: bool) -> Result<()> {
    let change = saved_payment_method::ActiveModel {
        id: Set(id),
        is_default: Set(is_default),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}

/// A card of the customer's, removed or not. Changes of what one customer has take turns: one of them is the default.
pub(super) async fn any(
    tx: &Tx,
    customer: CustomerId,
    id: SavedPaymentMethodId,
) -> Result<saved_payment_method::Model> {
    tx.lock::<customer::Entity>(customer).await?;
    let row = saved_payment_method::Entity::find_by_id(id).one(tx.db()).await?;
    let row = row.filter(|row| row.customer_id == customer);
    Ok(row.ok_or_else(missing)?)
}

pub(super) fn missing() -> Refusal {
    Refusal::not_found("saved card").at(&["id"])
}

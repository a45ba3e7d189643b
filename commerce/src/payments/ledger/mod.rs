//! The payment ledger, append-only: each request, answer, webhook and decision, redacted.

mod export;
mod list;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    ids::{PaymentEntryId, PaymentId},
    payment_entry::{self, PaymentEntryKind},
    refund,
};

use crate::{
    Context, Result, Shop, Tx,
    error::chain,
    ports::payment::{ProviderCharge, ProviderError, ProviderRefund, RefundState},
};

pub use export::{Period, export};
pub use list::{EntryFilter, entries, entries_of};

/// Writes an entry. `body` holds nothing that identifies a card or opens an account.
pub(super) async fn write(
    tx: &Tx,
    payment: PaymentId,
    kind: PaymentEntryKind,
    operation: &str,
    key: Option<String>,
    body: Json,
) -> Result<()> {
    let row = payment_entry::ActiveModel {
        id: Set(PaymentEntryId(tx.shop().new_id())),
        payment_id: Set(payment),
        kind: Set(kind),
        operation: Set(operation.to_owned()),
        key: Set(key),
        body: Set(body),
        correlation_id: Set(tx.context().correlation_id.clone()),
        actor: Set(tx.context().viewer.actor()),
        created_at: Set(tx.shop().now()),
    };
    payment_entry::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Writes down that a call is about to be made. In a transaction of its own: it must stand whatever
/// becomes of the call.
pub(super) async fn request(
    shop: &Shop,
    context: &Context,
    payment: PaymentId,
    operation: &str,
    key: &str,
    body: Json,
) -> Result<()> {
    let (kind, body) = (PaymentEntryKind::Request, &body);
    shop.transact(context, |tx| async move {
        write(&tx, payment, kind, operation, Some(key.to_owned()), body.clone()).await
    })
    .await
}

/// Whether a call under this key may have gone out. Then the provider is asked first what became of
/// it: it may remember no more than that it failed, and say so for a day.
pub(super) async fn was_requested(shop: &Shop, payment: PaymentId, key: &str) -> Result<bool> {
    let requested = payment_entry::Entity::find()
        .filter(payment_entry::Column::PaymentId.eq(payment))
        .filter(payment_entry::Column::Kind.eq(PaymentEntryKind::Request))
        .filter(payment_entry::Column::Key.eq(key));
    Ok(requested.count(&shop.db).await? > 0)
}

/// Writes down that a call gave no outcome.
pub(super) async fn failed(
    shop: &Shop,
    context: &Context,
    payment: PaymentId,
    operation: &str,
    key: &str,
    error: &ProviderError,
) -> Result<()> {
    let body = &json!({ "error": name(error), "detail": chain(error) });
    shop.transact(context, |tx| async move {
        let (kind, key) = (PaymentEntryKind::Answer, Some(key.to_owned()));
        write(&tx, payment, kind, operation, key, body.clone()).await
    })
    .await
}

/// Writes down what a provider tells of a refund; what it told before is not written again.
pub(super) async fn refund_answer(tx: &Tx, refund: &refund::Model, told: &ProviderRefund) -> Result<()> {
    if told.state == RefundState::Pending && refund.provider_reference.is_some() {
        return Ok(());
    }
    let body = json!({
        "reference": told.reference,
        "state": told.state,
        "amountMinor": told.amount.minor,
        "currency": told.amount.currency.code(),
        "requestId": told.request_id,
    });
    let (kind, key) = (PaymentEntryKind::Answer, Some(refund.id.to_string()));
    write(tx, refund.payment_id, kind, "refund", key, body).await
}

fn name(error: &ProviderError) -> &'static str {
    match error {
        ProviderError::Unavailable(_) => "unavailable",
        ProviderError::Unknown(_) => "unknown",
        ProviderError::RateLimited { .. } => "rate_limited",
        ProviderError::CircuitOpen { .. } => "circuit_open",
        ProviderError::Rejected(_) => "rejected",
        ProviderError::Misconfigured(_) => "misconfigured",
    }
}

/// What is kept of a provider's record: the state without what the shopper's client was given.
pub(super) fn redacted(charge: &ProviderCharge) -> Json {
    let mut state = json!(charge.state);
    if let Some(client) = state.get_mut("client") {
        *client = json!("redacted");
    }
    json!({
        "reference": charge.reference,
        "state": state,
        "amountMinor": charge.amount.minor,
        "currency": charge.amount.currency.code(),
        "capturedMinor": charge.captured_minor,
        "refundedMinor": charge.refunded_minor,
        "requestId": charge.request_id,
    })
}

//! The payment ledger, append-only: each request, answer, webhook and decision, redacted.

use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    ids::{PaymentEntryId, PaymentId},
    payment_entry::{self, PaymentEntryKind},
};

use crate::{Result, Tx, ports::payment::ProviderCharge};

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
    })
}

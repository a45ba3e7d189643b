//! What a provider tells us by itself. The event's id is stored, once, in the transaction that
//! enqueues its effect; what is applied is the provider's own record, looked up by the job, so that
//! webhooks may come in any order and any number.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, EntityTrait, TryInsertResult};
use serde_json::json;
use vitrine_entity::{ids::PaymentId, payment, payment_entry::PaymentEntryKind, provider_event};

use super::{apply, ledger};
use crate::{
    Context, Error, Result, Shop, Tx,
    jobs::Job,
    money::Money,
    orders::transition,
    ports::payment::{ProviderEvent, WebhookError},
};

/// Why a webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub enum WebhookRefused {
    #[error("no payment provider has this name")]
    UnknownProvider,
    #[error(transparent)]
    Refused(#[from] WebhookError),
    #[error(transparent)]
    Fault(#[from] Error),
}

/// Verifies a webhook and stores it with the job that follows from it.
pub async fn webhook(
    shop: &Shop,
    context: &Context,
    provider: &str,
    headers: &HashMap<String, String>,
    body: &[u8],
) -> Result<(), WebhookRefused> {
    let adapter = shop
        .payment_providers
        .get(provider)
        .ok_or(WebhookRefused::UnknownProvider)?;
    match adapter.webhook(headers, body)? {
        ProviderEvent::Ignored { event_id, kind } => {
            tracing::debug!(provider, event_id, kind, "a webhook that we do not follow")
        }
        ProviderEvent::ChargeChanged {
            event_id,
            kind,
            payment,
            amount,
        } => {
            let (event_id, kind) = (&event_id, &kind);
            shop.transact(context, |tx| async move {
                store(&tx, provider, event_id, kind, payment, amount).await
            })
            .await?;
        }
    }
    Ok(())
}

async fn store(tx: &Tx, provider: &str, event_id: &str, kind: &str, id: PaymentId, amount: Money) -> Result<()> {
    let row = provider_event::ActiveModel {
        provider: Set(provider.to_owned()),
        event_id: Set(event_id.to_owned()),
        kind: Set(kind.to_owned()),
        payment_id: Set(Some(id)),
        received_at: Set(tx.shop().now()),
    };
    let inserted = provider_event::Entity::insert(row)
        .on_conflict_do_nothing_on([provider_event::Column::Provider, provider_event::Column::EventId])
        .exec_without_returning(tx.db())
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1)) {
        return Ok(());
    }
    let Some(payment) = payment::Entity::find_by_id(id).one(tx.db()).await? else {
        tracing::error!(provider, event_id, payment = %id, "a webhook names a payment that is not ours");
        return Ok(());
    };
    let body = json!({ "event": event_id, "kind": kind });
    ledger::write(tx, id, PaymentEntryKind::Webhook, "webhook", None, body).await?;
    if amount.minor == payment.amount_minor && amount.currency.code() == payment.currency {
        tx.enqueue(Job::CheckPayment { payment: id });
        return Ok(());
    }
    let order = transition::lock(tx, payment.order_id).await?;
    let message = format!("A webhook of {provider} named another amount or currency for {id}.");
    apply::alert(tx, &order, &message).await
}

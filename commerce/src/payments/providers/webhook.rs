//! What a provider tells us by itself. The event's id is stored, once, in the transaction that
//! enqueues its effect; what is applied is the provider's own record, looked up by the job, so that
//! webhooks may come in any order and any number.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TryInsertResult};
use serde_json::json;
use vitrine_entity::{
    payment::{self, CaptureMode, PaymentStatus},
    payment_entry::PaymentEntryKind,
    provider_event,
};

use crate::{
    Context, Error, Result, Shop, Tx,
    jobs::Job,
    money::Money,
    orders::{Alert, alert, transition},
    payments::ledger::{self, Operation},
    ports::payment::{ProviderEvent, Subject, WebhookError},
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

/// What a webhook says of a payment.
enum News {
    Changed {
        reference: Option<String>,
        amount: Option<Money>,
        live: bool,
        captured: bool,
    },
    Notice(String),
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
    let (event_id, kind, subject, news) = match adapter.webhook(headers, body)? {
        ProviderEvent::Ignored { event_id, kind } => {
            tracing::debug!(provider, event_id, kind, "a webhook that we do not follow");
            return Ok(());
        }
        ProviderEvent::ChargeChanged {
            event_id,
            kind,
            subject,
            reference,
            amount,
            live,
            captured,
        } => {
            let news = News::Changed {
                reference,
                amount,
                live,
                captured,
            };
            (event_id, kind, subject, news)
        }
        ProviderEvent::Notice {
            event_id,
            kind,
            subject,
            message,
        } => (event_id, kind, subject, News::Notice(message)),
    };
    let (event_id, kind, subject, news) = (&event_id, &kind, &subject, &news);
    shop.transact_briefly(context, |tx| async move {
        let payment = find(&tx, provider, subject).await?;
        if !store(&tx, provider, event_id, kind, payment.as_ref()).await? {
            return Ok(());
        }
        let Some(payment) = payment else {
            tracing::warn!(
                provider,
                event_id,
                ?subject,
                "a webhook names a payment that is not ours"
            );
            return Ok(());
        };
        let body = json!({ "event": event_id, "kind": kind });
        ledger::write(
            &tx,
            payment.id,
            PaymentEntryKind::Webhook,
            Operation::Webhook,
            None,
            body,
        );
        follow(&tx, &payment, provider, news).await
    })
    .await?;
    Ok(())
}

async fn find(tx: &Tx, provider: &str, subject: &Subject) -> Result<Option<payment::Model>> {
    let query = payment::Entity::find().filter(payment::Column::Provider.eq(provider));
    let query = match subject {
        Subject::Payment(id) => query.filter(payment::Column::Id.eq(*id)),
        Subject::Reference(reference) => query.filter(payment::Column::ProviderReference.eq(reference)),
    };
    Ok(query.one(tx.db()).await?)
}

/// Gives `false` if the event was stored before.
async fn store(tx: &Tx, provider: &str, event_id: &str, kind: &str, payment: Option<&payment::Model>) -> Result<bool> {
    let row = provider_event::ActiveModel {
        provider: Set(provider.to_owned()),
        event_id: Set(event_id.to_owned()),
        kind: Set(kind.to_owned()),
        payment_id: Set(payment.map(|payment| payment.id)),
        received_at: Set(tx.shop().now()),
    };
    let inserted = provider_event::Entity::insert(row)
        .on_conflict_do_nothing_on([provider_event::Column::Provider, provider_event::Column::EventId])
        .exec_without_returning(tx.db())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}

async fn follow(tx: &Tx, payment: &payment::Model, provider: &str, news: &News) -> Result<()> {
    let told = match news {
        News::Changed {
            reference,
            amount,
            live,
            captured,
        } => match contradiction(payment, reference.as_deref(), *amount, *live) {
            None if *captured && is_known(payment, reference.as_deref(), *amount) => return Ok(()),
            None => {
                tx.enqueue(payment.order_id, Job::CheckPayment { payment: payment.id });
                return Ok(());
            }
            Some(names) => Alert::WebhookDiffers {
                provider: provider.to_owned(),
                payment: payment.id,
                names,
            },
        },
        News::Notice(message) => Alert::Notice {
            message: message.clone(),
        },
    };
    let order = transition::lock(tx, payment.order_id).await?;
    alert(tx, order, &told).await?;
    Ok(())
}

/// Whether our row says already, by the provider's own answer, all that an event tells of money that was taken: mostly it
/// comes after that. Where a part may be taken, the event does not tell how much.
fn is_known(payment: &payment::Model, reference: Option<&str>, amount: Option<Money>) -> bool {
    let is_captured = payment.status == PaymentStatus::Captured && payment.capture_mode == CaptureMode::AtOnce;
    let is_whole = (payment.captured_minor, payment.refunded_minor) == (payment.amount_minor, 0);
    let is_named = amount.is_some() && reference.is_some() && reference == payment.provider_reference.as_deref();
    is_captured && is_whole && is_named && payment.trouble.is_none() && !payment.superseded
}

/// Whether an event speaks against our row, and which other charge it names if that is why. Until we know
/// the provider's own id of the attempt, any may be it: the look-up will tell.
fn contradiction(
    payment: &payment::Model,
    reference: Option<&str>,
    amount: Option<Money>,
    live: bool,
) -> Option<Option<String>> {
    let is_ours = |amount: Money| amount.minor == payment.amount_minor && amount.currency == payment.currency;
    if live != payment.live || !amount.is_none_or(is_ours) {
        return Some(None);
    }
    match (reference, payment.provider_reference.as_deref()) {
        (Some(theirs), Some(ours)) if theirs != ours => Some(Some(theirs.to_owned())),
        _ => None,
    }
}

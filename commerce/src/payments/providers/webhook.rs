//! What a provider tells us by itself. The event's id is stored, once, in the transaction that
//! enqueues its effect; what is applied is the provider's own record, looked up by the job, so that
//! webhooks may come in any order and any number.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryTrait, TryInsertResult};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    ids::PaymentId,
    payment::{self, CaptureMode, PaymentStatus},
    payment_entry::{self, PaymentEntryKind},
    provider_event,
};

use crate::{
    Context, Error, Fault, Result, Shop, Tx,
    jobs::Job,
    metrics::Counted,
    money::Money,
    orders::{Alert, alert, transition},
    payments::{
        ledger::{self, Operation},
        saved::follow::follow as follow_saved,
    },
    ports::payment::{ProviderEvent, SavedSubject, Subject, WebhookError},
    transaction::{is_unique_violation, together},
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
    let (event_id, kind, subject, news) = match adapter.webhook(headers, body).await? {
        ProviderEvent::Ignored { event_id, kind } => {
            tracing::debug!(provider, event_id, kind, "a webhook that we do not follow");
            return Ok(());
        }
        ProviderEvent::SavedChanged {
            event_id,
            kind,
            subject,
        } => return Ok(saved_changed(shop, context, provider, (event_id.as_str(), kind.as_str()), &subject).await?),
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
    if let Some(payment) = find(&shop.db, provider, subject).await?
        && tells_nothing_new(&payment, news)
    {
        let event = event_row(shop, provider, event_id, kind, Some(payment.id));
        return Ok(store_with_entry(shop, context, event).await?);
    }
    shop.transact_briefly(context, |tx| async move {
        let payment = find(tx.db(), provider, subject).await?;
        let id = payment.as_ref().map(|payment| payment.id);
        let event = event_row(tx.shop(), provider, event_id, kind, id);
        if !store(&tx, event).await? {
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
        ledger::write_of(&tx, tx.context(), payment.id, entry_of(event_id, kind));
        if let News::Notice(_) = news {
            tx.count(Counted::Notice {
                provider: provider.to_owned(),
                kind: kind.clone(),
            });
        }
        follow(&tx, &payment, provider, news).await
    })
    .await?;
    Ok(())
}

/// Stores what is told of a card that is kept, or of its customer, with the job that looks at it.
async fn saved_changed(
    shop: &Shop,
    context: &Context,
    provider: &str,
    (event_id, kind): (&str, &str),
    subject: &SavedSubject,
) -> Result<()> {
    let Some(job) = &follow_saved(&shop.db, provider, subject).await? else {
        tracing::debug!(provider, event_id, kind, "a webhook of what is not kept here");
        return Ok(());
    };
    shop.transact_briefly(context, |tx| async move {
        if store(&tx, event_row(tx.shop(), provider, event_id, kind, None)).await? {
            tx.enqueue(None, job.clone());
        }
        Ok(())
    })
    .await
}

async fn find(db: &impl ConnectionTrait, provider: &str, subject: &Subject) -> Result<Option<payment::Model>> {
    let query = payment::Entity::find().filter(payment::Column::Provider.eq(provider));
    let query = match subject {
        Subject::Payment(id) => query.filter(payment::Column::Id.eq(*id)),
        Subject::Reference(reference) => query.filter(payment::Column::ProviderReference.eq(reference)),
    };
    Ok(query.one(db).await?)
}

fn event_row(
    shop: &Shop,
    provider: &str,
    event_id: &str,
    kind: &str,
    payment: Option<PaymentId>,
) -> provider_event::ActiveModel {
    provider_event::ActiveModel {
        provider: Set(provider.to_owned()),
        event_id: Set(event_id.to_owned()),
        kind: Set(kind.to_owned()),
        payment_id: Set(payment),
        received_at: Set(shop.now()),
    }
}

/// What the ledger says of an event.
fn entry_of(event_id: &str, kind: &str) -> (PaymentEntryKind, Operation, Option<String>, Json) {
    let body = json!({ "event": event_id, "kind": kind });
    (PaymentEntryKind::Webhook, Operation::Webhook, None, body)
}

/// Gives `false` if the event was stored before.
async fn store(tx: &Tx, event: provider_event::ActiveModel) -> Result<bool> {
    let inserted = provider_event::Entity::insert(event)
        .on_conflict_do_nothing_on([provider_event::Column::Provider, provider_event::Column::EventId])
        .exec_without_returning(tx.db())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}

/// Stores an event of which nothing follows, if it was not before, with its entry in the ledger: one statement that stands
/// alone, or on SQLite in its turn.
async fn store_with_entry(shop: &Shop, context: &Context, event: provider_event::ActiveModel) -> Result<()> {
    let (event, payment) = (&event, event.payment_id.as_ref());
    let Some(payment) = *payment else { return Ok(()) };
    let entry = || entry_of(event.event_id.as_ref(), event.kind.as_ref());
    if shop.takes_turns() {
        return shop
            .transact_briefly(context, |tx| async move {
                if store(&tx, event.clone()).await? {
                    ledger::write_of(&tx, context, payment, entry());
                }
                Ok(())
            })
            .await;
    }
    let entry = payment_entry::Entity::insert(ledger::row(shop, context, payment, entry()));
    let (backend, event) = (
        shop.db.get_database_backend(),
        provider_event::Entity::insert(event.clone()),
    );
    let Some(statement) = together(vec![event.build(backend), entry.build(backend)], backend) else {
        return Ok(());
    };
    let stored = shop.alone(|| async { Ok(shop.writer().execute_raw(statement.clone()).await?) });
    match stored.await {
        Err(Error::Fault(Fault::Database(error))) if is_unique_violation(&error) => Ok(()),
        stored => stored.map(drop),
    }
}

async fn follow(tx: &Tx, payment: &payment::Model, provider: &str, news: &News) -> Result<()> {
    let told = match news {
        News::Changed {
            reference,
            amount,
            live,
            ..
        } => match contradiction(payment, reference.as_deref(), *amount, *live) {
            None if tells_nothing_new(payment, news) => return Ok(()),
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

/// Whether nothing follows from it.
fn tells_nothing_new(payment: &payment::Model, news: &News) -> bool {
    let News::Changed {
        reference,
        amount,
        live,
        captured: true,
    } = news
    else {
        return false;
    };
    let reference = reference.as_deref();
    contradiction(payment, reference, *amount, *live).is_none() && is_known(payment, reference, *amount)
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

//! The payment ledger, append-only: each request, answer, webhook and decision, redacted.

mod export;
mod list;
mod operation;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    ids::{PaymentEntryId, PaymentId},
    payment_entry::{self, PaymentEntryKind},
    refund,
};

use crate::{
    Context, Result, Shop, Tx,
    error::causes,
    ports::payment::{ProviderCharge, ProviderError, ProviderRefund, RefundState},
};

pub use export::{Period, export};
pub use list::{EntryFilter, entries, entries_of};
pub(super) use operation::Operation;

/// How often a call goes out before it takes another key.
const SENDS_UNDER_ONE_KEY: u64 = 4;

/// Writes an entry. `body` holds nothing that identifies a card or opens an account.
pub(super) fn write(
    tx: &Tx,
    payment: PaymentId,
    kind: PaymentEntryKind,
    operation: Operation,
    key: Option<String>,
    body: Json,
) {
    write_of(tx, tx.context(), payment, (kind, operation, key, body));
}

/// As [`write`], for whom `context` names.
pub(super) fn write_of(
    tx: &Tx,
    context: &Context,
    payment: PaymentId,
    entry: (PaymentEntryKind, Operation, Option<String>, Json),
) {
    tx.write_later::<payment_entry::Entity>([row(tx.shop(), context, payment, entry)]);
}

/// The row of an entry.
pub(super) fn row(
    shop: &Shop,
    context: &Context,
    payment: PaymentId,
    (kind, operation, key, body): (PaymentEntryKind, Operation, Option<String>, Json),
) -> payment_entry::ActiveModel {
    payment_entry::ActiveModel {
        id: Set(PaymentEntryId(shop.new_id())),
        payment_id: Set(payment),
        kind: Set(kind),
        operation: Set(operation.name().to_owned()),
        key: Set(key),
        body: Set(body),
        correlation_id: Set(context.correlation_id.clone()),
        actor: Set(context.viewer.actor()),
        created_at: Set(shop.now()),
    }
}

/// Writes down that a call is about to be made. In a transaction of its own: it must stand whatever
/// becomes of the call.
pub(super) async fn request(
    shop: &Shop,
    context: &Context,
    payment: PaymentId,
    operation: Operation,
    key: &str,
    body: Json,
) -> Result<()> {
    let (kind, body) = (PaymentEntryKind::Request, &body);
    shop.transact(context, |tx| async move {
        write(&tx, payment, kind, operation, Some(key.to_owned()), body.clone());
        Ok(())
    })
    .await
}

/// How often a call under this key, or one that followed it, may have gone out. If it was once, the
/// provider is asked first what became of it.
pub(super) async fn sends(shop: &Shop, payment: PaymentId, key: &str) -> Result<u64> {
    Ok(requests(payment, key).count(&shop.db).await?)
}

/// Whether it was decided that the attempt's charge goes out anew.
pub(super) async fn is_charged_anew(shop: &Shop, payment: PaymentId) -> Result<bool> {
    let decided = payment_entry::Entity::find()
        .filter(payment_entry::Column::PaymentId.eq(payment))
        .filter(payment_entry::Column::Operation.eq(Operation::ChargeAnew.name()));
    Ok(decided.one(&shop.db).await?.is_some())
}

/// When a call under this key, or one that followed it, last went out.
pub(super) async fn last_sent(shop: &Shop, payment: PaymentId, key: &str) -> Result<Option<DateTime<Utc>>> {
    let last = requests(payment, key).order_by_desc(payment_entry::Column::Id);
    Ok(last.one(&shop.db).await?.map(|entry| entry.created_at))
}

/// What went out under this key, or one that followed it.
fn requests(payment: PaymentId, key: &str) -> Select<payment_entry::Entity> {
    let followed = format!("{key}:");
    // What follows a charge's key is a number: that it was voided is another matter.
    let voided = format!("{followed}void");
    let is_void = Condition::all().add(payment_entry::Column::Key.starts_with(voided));
    let later = Condition::all()
        .add(payment_entry::Column::Key.starts_with(followed))
        .add(is_void.not());
    let keys = Condition::any().add(payment_entry::Column::Key.eq(key)).add(later);
    payment_entry::Entity::find()
        .filter(payment_entry::Column::PaymentId.eq(payment))
        .filter(payment_entry::Column::Kind.eq(PaymentEntryKind::Request))
        .filter(keys)
}

/// The key under which something is sent again. Every retry carries the first, but a provider remembers
/// for a day that a call failed: when that has been heard often enough, and a look-up has shown that
/// nothing was done, another key asks anew, which begins with the first and so is known as its. A void, or a
/// capture of all that is held, cannot act twice whatever its key: the provider's own state forbids it. A charge,
/// a refund and a capture of a part could: they wait until no earlier call can be on its way ([`is_key_spent`],
/// `providers::job`).
pub(super) fn key_after(key: &str, sends: u64) -> String {
    match sends / SENDS_UNDER_ONE_KEY {
        0 => key.to_owned(),
        keys => format!("{key}:{}", keys + 1),
    }
}

/// Whether the next call, after so many, takes another key than the one before.
pub(super) fn is_key_spent(sends: u64) -> bool {
    sends > 0 && sends.is_multiple_of(SENDS_UNDER_ONE_KEY)
}

/// Writes down that a call gave no outcome.
pub(super) async fn failed(
    shop: &Shop,
    context: &Context,
    payment: PaymentId,
    operation: Operation,
    key: &str,
    error: &ProviderError,
) -> Result<()> {
    let body = &json!({ "error": name(error), "detail": causes(error) });
    shop.transact(context, |tx| async move {
        let (kind, key) = (PaymentEntryKind::Answer, Some(key.to_owned()));
        write(&tx, payment, kind, operation, key, body.clone());
        Ok(())
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
    write(tx, refund.payment_id, kind, Operation::Refund, key, body);
    Ok(())
}

fn name(error: &ProviderError) -> &'static str {
    match error {
        ProviderError::Unavailable(_) => "unavailable",
        ProviderError::Unknown(_) => "unknown",
        ProviderError::RateLimited { .. } => "rate_limited",
        ProviderError::NotNow { .. } => "not_now",
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

//! Staff send a mail about an order again, to where its mails go now.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, OrderMailResendId},
    order, order_mail_resend,
    outbox::{self, OutboxState},
};

use super::{layout::Entry, of_entry};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    idempotency::{self, Claim},
    jobs::{Job, JobError},
    language::{Message, messages},
    notifications,
    orders::transition,
    ports::mailer::Mail,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// The most mails of one order that are sent again within an hour: nobody's mailbox is filled from here.
const RESENDS_MAX: u64 = 5;
const PERIOD: TimeDelta = TimeDelta::hours(1);

/// Which mail goes out once more.
#[derive(Debug, Clone)]
pub struct Resend {
    pub order: OrderId,
    /// The number of the timeline's entry of which the mail tells.
    pub event: i64,
    /// Chosen by the client, once for each mail it means to send.
    pub idempotency_key: String,
}

/// Sends a mail again that was sent before.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND` for an entry of which no mail tells; `ORDER_STATE` for a mail that has
/// nothing to tell any more, or has not gone out yet; `TOO_MANY_ATTEMPTS`; `IDEMPOTENCY_KEY_REUSED`.
pub async fn resend(shop: &Shop, context: &Context, input: Resend) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let (order, event) = (input.order.to_string(), input.event.to_string());
    let caller = context.viewer.actor();
    let request = &idempotency::Request::new("order_mail_resend", caller, key, &[&*order, &*event]);
    // Before the mail is written, which takes a while, and fails where it has nothing to tell any more.
    if idempotency::is_done(shop, request).await? {
        return in_place(shop, input.order).await;
    }
    let entry = &find(shop, &input).await?;
    let is_outdated = of_entry(shop, entry).await.map_err(in_words)?.is_none();
    shop.transact_keyed(context, |tx| async move {
        let order = transition::lock(&tx, entry.order.id).await?;
        let id = OrderMailResendId(shop.new_id());
        if let Claim::Replay(_) = idempotency::claim(&tx, request, order.id, id).await? {
            return Ok(order);
        }
        if is_outdated {
            return Err(refusal(messages::mail_outdated()).into());
        }
        refuse_unsent(&tx, entry).await?;
        refuse_too_many(&tx, order.id).await?;
        let row = order_mail_resend::Model {
            id,
            order_id: order.id,
            event: entry.event.number,
            created_by: context.viewer.actor(),
            created_at: shop.now(),
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        notifications::tell_again(&tx, &row);
        let data = json!({ "event": row.event });
        audit(&tx, "order.mail_resend", order.id.to_string(), data).await?;
        Ok(order)
    })
    .await
}

async fn in_place(shop: &Shop, id: OrderId) -> Result<order::Model> {
    let order = order::Entity::find_by_id(id).one(&shop.db).await?;
    Ok(order.ok_or_else(|| Refusal::not_found("order").at(&["orderId"]))?)
}

async fn find(shop: &Shop, input: &Resend) -> Result<Entry> {
    in_place(shop, input.order).await?;
    let entry = match Entry::find(shop, input.order, input.event).await {
        Ok(entry) => Some(entry),
        Err(JobError::Bury(_)) => None,
        Err(error) => return Err(in_words(error)),
    };
    let entry = entry.filter(|entry| notifications::mail_for(entry.event.kind).is_some());
    Ok(entry.ok_or_else(|| Refusal::not_found("mail").at(&["eventNumber"]))?)
}

fn in_words(error: JobError) -> crate::Error {
    match error {
        JobError::Retry(error) | JobError::Bury(error) | JobError::Outage { error, .. } => error,
        JobError::Defer(_) => Fault::Other("a mail cannot be written now".to_owned(), None).into(),
    }
}

/// A mail that waits goes out by itself, to where the order's mails go then.
async fn refuse_unsent(tx: &Tx, entry: &Entry) -> Result<()> {
    let (order, event) = (entry.order.id, entry.event.number);
    let first = serde_json::to_value(Job::SendOrderMail { order, event });
    let first = first.map_err(|error| Fault::other("writing a job", error))?;
    let open = outbox::Entity::find()
        .filter(outbox::Column::Subject.eq(Some(order.0)))
        .filter(outbox::Column::State.ne(OutboxState::Done))
        .all(tx.db())
        .await?;
    match open.into_iter().find(|row| row.job == first).map(|row| row.state) {
        None => Ok(()),
        Some(OutboxState::Buried) => Err(refusal(messages::mail_buried()).into()),
        Some(_) => Err(refusal(messages::mail_waits()).into()),
    }
}

async fn refuse_too_many(tx: &Tx, order: OrderId) -> Result<()> {
    let lately = order_mail_resend::Entity::find()
        .filter(order_mail_resend::Column::OrderId.eq(order))
        .filter(order_mail_resend::Column::CreatedAt.gt(tx.shop().now() - PERIOD));
    if lately.count(tx.db()).await? < RESENDS_MAX {
        return Ok(());
    }
    let message = messages::mail_resends_max(RESENDS_MAX);
    Err(Refusal::new(ErrorCode::TooManyAttempts, message).into())
}

fn refusal(message: Message) -> Refusal {
    Refusal::new(ErrorCode::OrderState, message).at(&["eventNumber"])
}

/// The mail, as it is written now.
pub(super) async fn load(shop: &Shop, id: OrderMailResendId) -> Result<Option<Mail>, JobError> {
    let row = order_mail_resend::Entity::find_by_id(id).one(&shop.db).await?;
    let gone = || JobError::Bury(Fault::Other(format!("the row of {id} does not exist"), None).into());
    let row = row.ok_or_else(gone)?;
    let entry = Entry {
        resend: Some(id),
        ..Entry::find(shop, row.order_id, row.event).await?
    };
    of_entry(shop, &entry).await
}

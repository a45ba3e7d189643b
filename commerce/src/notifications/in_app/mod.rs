//! Messages to signed-in customers inside the shop.
//!
//! A message is its kind and what it is about; the words are made when it is read, in [`title`]. Whoever
//! asks sees their own only: an id of somebody else's is answered like one that does not exist.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, UpdateMany, sea_query::Expr,
};
use vitrine_entity::{
    ids::{CustomerId, NotificationId},
    notification::{self, Column, NotificationKind},
    subject::Subject,
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::{Message, messages},
    paging::{PAGE_MAX, Page, PageRequest, Window, write_cursor},
    ports::event_bus::Topic,
};

/// Tells `customer`, in the transaction of what they are told. Which kinds are told is
/// [`super::in_app_for`]'s to say.
pub async fn notify(tx: &Tx, customer: CustomerId, subject: impl Into<Subject>, kind: NotificationKind) -> Result<()> {
    let subject = subject.into();
    let row = notification::ActiveModel {
        id: Set(NotificationId(tx.shop().new_id())),
        customer_id: Set(customer),
        order_id: Set(subject.order()),
        kind: Set(kind),
        read_at: Set(None),
        created_at: Set(tx.shop().now()),
        subject: Set(Some(subject)),
    };
    row.insert(tx.db()).await?;
    tx.announce(Topic::Notifications(customer));
    Ok(())
}

/// What a message is about.
pub fn subject(row: &notification::Model) -> Option<Subject> {
    row.subject.or(row.order_id.map(Subject::Order))
}

/// What a message says, in a sentence that stands alone in a list.
pub fn title(kind: NotificationKind, order_number: &str) -> Message {
    match kind {
        NotificationKind::PaymentActionRequired => messages::notice_action_required(order_number),
        NotificationKind::PaymentInstructions => messages::notice_instructions(order_number),
        NotificationKind::PaymentFailed => messages::notice_payment_failed(order_number),
        NotificationKind::Confirmed => messages::notice_confirmed(order_number),
        NotificationKind::Dispatched => messages::notice_dispatched(order_number),
        NotificationKind::ParcelDispatched => messages::notice_parcel_dispatched(order_number),
        NotificationKind::ParcelDelivered => messages::notice_parcel_delivered(order_number),
        NotificationKind::ParcelDeliveryFailed => messages::notice_parcel_delivery_failed(order_number),
        NotificationKind::Completed => messages::notice_completed(order_number),
        NotificationKind::Cancelled => messages::notice_cancelled(order_number),
        NotificationKind::Refunded => messages::notice_refunded(order_number),
        NotificationKind::OwedLess => messages::notice_owed_less(order_number),
        NotificationKind::Exchanged => messages::notice_exchanged(order_number),
        NotificationKind::ReturnApproved => messages::notice_return_approved(order_number),
        NotificationKind::ReturnRefused => messages::notice_return_refused(order_number),
        NotificationKind::ReturnReceived => messages::notice_return_received(order_number),
        NotificationKind::Edited => messages::notice_edited(order_number),
    }
}

/// The caller's own messages, newest first.
pub async fn list(shop: &Shop, context: &Context, request: &PageRequest) -> Result<Page<notification::Model>> {
    let mine = of(owner(context)?);
    let window: Window<NotificationId> = request.window()?;
    let rows = match (window.cursor, window.backward) {
        (None, false) => mine.order_by_desc(Column::Id),
        (Some(cursor), false) => mine.filter(Column::Id.lt(cursor)).order_by_desc(Column::Id),
        (None, true) => mine.order_by_asc(Column::Id),
        (Some(cursor), true) => mine.filter(Column::Id.gt(cursor)).order_by_asc(Column::Id),
    };
    let rows = rows.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// How many of the caller's messages are unread.
pub async fn unread_count(shop: &Shop, context: &Context) -> Result<u64> {
    Ok(of(owner(context)?)
        .filter(Column::ReadAt.is_null())
        .count(&shop.db)
        .await?)
}

/// Marks those of `ids` that are the caller's own. Gives how many were unread until now.
///
/// # Errors
/// `INVALID` for more than [`PAGE_MAX`] ids.
pub async fn mark_read(shop: &Shop, context: &Context, ids: &[NotificationId]) -> Result<u64> {
    if ids.len() as u64 > PAGE_MAX {
        let message = messages::notifications_marked_max(PAGE_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["ids"]).into());
    }
    mark(shop, context, |unread| {
        unread.filter(Column::Id.is_in(ids.iter().copied()))
    })
    .await
}

/// Marks every message of the caller's. Gives how many were unread until now.
pub async fn mark_all_read(shop: &Shop, context: &Context) -> Result<u64> {
    mark(shop, context, |unread| unread).await
}

async fn mark(
    shop: &Shop,
    context: &Context,
    which: impl Fn(UpdateMany<notification::Entity>) -> UpdateMany<notification::Entity> + Send + Sync,
) -> Result<u64> {
    let owner = owner(context)?;
    let which = &which;
    shop.transact(context, |tx| async move {
        let unread = notification::Entity::update_many()
            .col_expr(Column::ReadAt, Expr::value(shop.now()))
            .filter(Column::CustomerId.eq(owner))
            .filter(Column::ReadAt.is_null());
        let marked = which(unread).exec(tx.db()).await?.rows_affected;
        if marked > 0 {
            tx.announce(Topic::Notifications(owner));
        }
        Ok(marked)
    })
    .await
}

fn of(owner: CustomerId) -> Select<notification::Entity> {
    notification::Entity::find().filter(Column::CustomerId.eq(owner))
}

fn owner(context: &Context) -> Result<CustomerId, Refusal> {
    let refusal = || Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_notifications());
    context.viewer.customer().ok_or_else(refusal)
}

/// Forgets messages that are older than the shop keeps them, a bounded number at a time. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let Some(kept) = shop.settings.retention.messages else {
        return Ok(0);
    };
    // Ids sort by time, and have the index.
    let until = u64::try_from((shop.now() - kept).timestamp_millis()).unwrap_or_default();
    let first = NotificationId(uuid::Builder::from_unix_timestamp_millis(until, &[0; 10]).into_uuid());
    let sql = "delete from notification where id in (select id from notification where id < $1 order by id limit 1000)";
    shop.execute(sql, [first.into()]).await
}

#[cfg(test)]
mod tests;

//! Reads attempts, and locks them.

use std::sync::LazyLock;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryResult};
use vitrine_entity::{
    ids::{OrderId, PaymentId},
    order,
    payment::{self, CaptureMode, PaymentStatus},
    provider_circuit,
};

use super::state::UNDECIDED;
use crate::{
    Refusal, Result, Shop, Tx,
    money::Money,
    outbox::lease::Beside,
    sql::{self, columns},
};

macro_rules! of_payment {
    () => {
        "left join orders o on o.id = p.order_id left join provider_circuit c on c.provider = p.provider"
    };
}

/// Joins an attempt, `p`, to what belongs to it.
const OF_PAYMENT: &str = of_payment!();

/// An attempt with what belongs to it.
pub(in crate::payments) struct Loaded {
    pub(in crate::payments) payment: payment::Model,
    pub(in crate::payments) order: order::Model,
    /// How its provider has behaved of late, where that was written down.
    pub(in crate::payments) circuit: Option<provider_circuit::Model>,
}

/// The attempt, its order, and its provider's circuit; `None` when there is none.
pub(in crate::payments) async fn payment(shop: &Shop, id: PaymentId) -> Result<Option<Loaded>> {
    let sql = format!(
        "select {} from payment p {OF_PAYMENT} where p.id = $1",
        columns_of_loaded()
    );
    let rows = sql::rows(&shop.db, &sql, [id.into()]).await?;
    rows.first().map(of_row).transpose().map(Option::flatten)
}

/// An order with its latest attempt. Whoever shows it has asked whose it is.
pub(super) async fn latest(shop: &Shop, order: OrderId) -> Result<Option<(order::Model, Option<payment::Model>)>> {
    let sql = format!(
        "select {}, {} from orders o left join payment p on p.id = \
         (select id from payment where order_id = o.id order by id desc limit 1) where o.id = $1",
        columns::<order::Column>("o"),
        columns::<payment::Column>("p")
    );
    let rows = sql::rows(&shop.db, &sql, [order.into()]).await?;
    let read = |row: &QueryResult| -> Result<_> {
        Ok((
            order::Model::from_query_result(row, "o_")?,
            payment::Model::from_query_result_optional(row, "p_")?,
        ))
    };
    rows.first().map(read).transpose()
}

/// An attempt that a job is about, for whoever claims the job.
pub(crate) static BESIDE_JOB: LazyLock<Beside> = LazyLock::new(|| Beside {
    columns: columns_of_loaded(),
    joins: concat!("left join payment p on p.id = j.subject ", of_payment!()),
});

/// What belongs to an attempt, of a row in which there may be none.
pub(super) fn of_row(row: &QueryResult) -> Result<Option<Loaded>> {
    let payment = payment::Model::from_query_result_optional(row, "p_")?;
    let order = order::Model::from_query_result_optional(row, "o_")?;
    let circuit = provider_circuit::Model::from_query_result_optional(row, "c_")?;
    Ok(payment.zip(order).map(|(payment, order)| Loaded {
        payment,
        order,
        circuit,
    }))
}

fn columns_of_loaded() -> String {
    format!(
        "{}, {}, {}",
        columns::<payment::Column>("p"),
        columns::<order::Column>("o"),
        columns::<provider_circuit::Column>("c")
    )
}

/// The order and the attempt, both locked.
pub(in crate::payments) async fn lock_with_order(tx: &Tx, id: PaymentId) -> Result<(order::Model, payment::Model)> {
    tx.write_moves().await?;
    // In this order, as everywhere: two never wait for each other in a circle.
    let locking = match sql::locking(tx.db()) {
        "" => String::new(),
        locking => format!("{locking} of o {locking} of p"),
    };
    let sql = format!(
        "select {}, {} from payment p join orders o on o.id = p.order_id where p.id = $1 {locking}",
        columns::<payment::Column>("p"),
        columns::<order::Column>("o")
    );
    let rows = sql::rows(tx.db(), &sql, [id.into()]).await?;
    let row = rows.first().ok_or_else(|| Refusal::not_found("payment"))?;
    let payment = payment::Model::from_query_result(row, "p_")?;
    Ok((order::Model::from_query_result(row, "o_")?, payment))
}

/// The attempt, locked until the transaction ends. Its order is locked first, always: two never wait
/// for each other in a circle.
pub(in crate::payments) async fn lock(tx: &Tx, id: PaymentId) -> Result<payment::Model> {
    let payment = tx.lock::<payment::Entity>(id).await?;
    Ok(payment.ok_or_else(|| Refusal::not_found("payment"))?)
}

/// After this long the first call is not on its way any more.
pub(super) const FIRST_CALL_LOST_AFTER: TimeDelta = TimeDelta::seconds(60);

/// Whether an attempt of the order may be on its way, or may still be sent.
pub(crate) async fn is_in_flight(tx: &Tx, order: OrderId) -> Result<bool> {
    let undecided = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.is_in(UNDECIDED));
    Ok(undecided.one(tx.db()).await?.is_some())
}

/// The order's attempt that nobody has even tried to send.
pub(crate) async fn untried(shop: &Shop, order: OrderId) -> Result<Option<PaymentId>> {
    let created = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.eq(PaymentStatus::Created))
        .filter(payment::Column::Trouble.is_null())
        .one(&shop.db)
        .await?;
    Ok(created.map(|payment| payment.id))
}

/// For how long the first call of an attempt of the order may still be on its way, or the one that takes what its shopper
/// has agreed to; `None` for none.
pub(crate) async fn on_its_way(shop: &Shop, order: OrderId) -> Result<Option<TimeDelta>> {
    let sent_after = shop.now() - FIRST_CALL_LOST_AFTER;
    let to_be_sent = Condition::all()
        .add(payment::Column::SentAt.is_null())
        .add(payment::Column::UpdatedAt.gt(sent_after));
    let sent = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.eq(PaymentStatus::Unknown))
        .filter(
            Condition::any()
                .add(payment::Column::SentAt.gt(sent_after))
                .add(to_be_sent),
        )
        .order_by_desc(payment::Column::SentAt)
        .one(&shop.db)
        .await?;
    let sent_at = sent.map(|payment| payment.sent_at.unwrap_or(payment.updated_at));
    // Sent by a clock that runs ahead, it is no longer on its way for that.
    Ok(sent_at.map(|sent_at| (sent_at - sent_after).min(FIRST_CALL_LOST_AFTER)))
}

/// How long goods are held for the order until it is paid: by its latest attempt, for a transfer takes days.
pub(crate) async fn hold(shop: &Shop, order: OrderId) -> Result<TimeDelta> {
    let latest = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .order_by_desc(payment::Column::Id)
        .one(&shop.db)
        .await?;
    Ok(latest.map_or(shop.settings.reservation, |latest| shop.settings.hold(&latest.provider)))
}

/// The attempt for what the order was placed with that is live or has succeeded, locked.
pub(in crate::payments) async fn lock_live(tx: &Tx, order: OrderId) -> Result<Option<payment::Model>> {
    let live = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::OrderVersion.is_null())
        .filter(payment::Column::Superseded.eq(false))
        .filter(payment::Column::Status.is_not_in([PaymentStatus::Declined, PaymentStatus::Voided]))
        .one(tx.db())
        .await?;
    match live {
        Some(payment) => Ok(Some(lock(tx, payment.id).await?)),
        None => Ok(None),
    }
}

/// An attempt that staff settle, for what a change of the order has put on, and of which no money has come; locked.
pub(in crate::payments) async fn lock_awaited(tx: &Tx, order: OrderId) -> Result<Option<payment::Model>> {
    let awaited = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::OrderVersion.is_not_null())
        .filter(payment::Column::Superseded.eq(false))
        .filter(payment::Column::CaptureMode.eq(CaptureMode::ByStaff))
        .filter(payment::Column::Status.is_in([
            PaymentStatus::ActionRequired,
            PaymentStatus::Pending,
            PaymentStatus::Authorized,
        ]))
        .order_by_asc(payment::Column::Id)
        .one(tx.db())
        .await?;
    match awaited {
        Some(payment) => Ok(Some(lock(tx, payment.id).await?)),
        None => Ok(None),
    }
}

/// Whether any money of the order is here.
pub(crate) async fn is_captured(tx: &Tx, order: OrderId) -> Result<bool> {
    let captured = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.eq(PaymentStatus::Captured))
        .one(tx.db())
        .await?;
    Ok(captured.is_some())
}

/// An attempt that staff settle and that was given up, locked: its money may come late. Only where
/// no other is live.
pub(in crate::payments) async fn lock_late(tx: &Tx, order: OrderId) -> Result<Option<payment::Model>> {
    let late = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Superseded.eq(false))
        .filter(payment::Column::CaptureMode.eq(CaptureMode::ByStaff))
        .filter(payment::Column::Status.eq(PaymentStatus::Voided))
        .one(tx.db())
        .await?;
    match late {
        Some(payment) => Ok(Some(lock(tx, payment.id).await?)),
        None => Ok(None),
    }
}

/// The order's captured attempts, locked; those first that another took the place of, whose money
/// should not be here at all.
pub(in crate::payments) async fn lock_captured(tx: &Tx, order: OrderId) -> Result<Vec<payment::Model>> {
    let captured = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.eq(PaymentStatus::Captured))
        .order_by_desc(payment::Column::Superseded)
        .order_by_asc(payment::Column::Id)
        .all(tx.db())
        .await?;
    let mut locked = Vec::with_capacity(captured.len());
    for payment in captured {
        locked.push(lock(tx, payment.id).await?);
    }
    Ok(locked)
}

/// A part of the attempt's money, in its currency.
pub(in crate::payments) fn money(payment: &payment::Model, minor: i64) -> Money {
    Money::new(minor, payment.currency)
}

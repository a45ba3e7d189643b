//! Reads attempts, and locks them.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};
use vitrine_entity::{
    capture::{self, CaptureStatus},
    ids::{OrderId, PaymentId},
    order,
    payment::{self, CaptureMode, PaymentStatus},
    refund::{self, RefundStatus},
};

use crate::{Fault, Refusal, Result, Shop, Tx, money::Money, payments::transfers::balance::Balance};

/// The attempt and its order; `None` when there is none.
pub(in crate::payments) async fn payment(shop: &Shop, id: PaymentId) -> Result<Option<(payment::Model, order::Model)>> {
    let Some(payment) = payment::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    let order = order::Entity::find_by_id(payment.order_id).one(&shop.db).await?;
    Ok(order.map(|order| (payment, order)))
}

/// Which order the attempt is for.
pub(in crate::payments) async fn order_of(tx: &Tx, id: PaymentId) -> Result<OrderId> {
    let payment = payment::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(payment.ok_or_else(|| Refusal::not_found("payment"))?.order_id)
}

/// The attempt, locked until the transaction ends where the database locks rows. Its order is
/// locked first, always.
pub(in crate::payments) async fn lock(tx: &Tx, id: PaymentId) -> Result<payment::Model> {
    let sql = "update payment set updated_at = updated_at where id = $1 returning *";
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, [id.into()]);
    let payment = payment::Model::find_by_statement(statement).one(tx.db()).await?;
    Ok(payment.ok_or_else(|| Refusal::not_found("payment"))?)
}

/// Whether an attempt of the order may be on its way, or may still be sent.
pub(crate) async fn is_in_flight(tx: &Tx, order: OrderId) -> Result<bool> {
    let undecided = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.is_in([
            PaymentStatus::Created,
            PaymentStatus::Unknown,
            PaymentStatus::ActionRequired,
            PaymentStatus::Pending,
        ]));
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

/// The order's attempt that is live or has succeeded, locked.
pub(in crate::payments) async fn lock_live(tx: &Tx, order: OrderId) -> Result<Option<payment::Model>> {
    let live = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Superseded.eq(false))
        .filter(payment::Column::Status.is_not_in([PaymentStatus::Declined, PaymentStatus::Voided]))
        .one(tx.db())
        .await?;
    match live {
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

/// The money of a locked attempt, with what is on its way.
pub(in crate::payments) async fn balance(tx: &Tx, payment: &payment::Model) -> Result<Balance> {
    let capturing = live_capture(tx, payment.id)
        .await?
        .filter(|capture| capture.status == CaptureStatus::Requested)
        .map_or(0, |capture| capture.amount_minor);
    let refunding = refund::Entity::find()
        .filter(refund::Column::PaymentId.eq(payment.id))
        .filter(refund::Column::Status.eq(RefundStatus::Requested))
        .all(tx.db())
        .await?;
    Ok(Balance {
        authorized: payment.amount_minor,
        captured: payment.captured_minor,
        refunded: payment.refunded_minor,
        capturing,
        refunding: refunding.iter().map(|refund| refund.amount_minor).sum(),
    })
}

/// The capture that is asked for or has come; there is one at most.
pub(in crate::payments) async fn live_capture(tx: &Tx, payment: PaymentId) -> Result<Option<capture::Model>> {
    Ok(capture::Entity::find()
        .filter(capture::Column::PaymentId.eq(payment))
        .filter(capture::Column::Status.ne(CaptureStatus::Failed))
        .one(tx.db())
        .await?)
}

/// A part of the attempt's money, in its currency.
pub(in crate::payments) fn money(payment: &payment::Model, minor: i64) -> Result<Money, Fault> {
    Ok(Money::new(minor, payment.currency))
}

//! Ends a refund, and moves its payment with it.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, RefundId},
    order_event::OrderEventKind,
    refund::{self, RefundStatus},
};

use super::{exchanged::come_back, reason::RefundReason};
use crate::{
    Fault, Result, Tx,
    jobs::Job,
    metrics::Counted,
    orders::{Alert, alert, transition},
    payments::attempts::{load, state::Event, store},
    sql,
};

/// Ends a refund that came through: the payment, and what the shopper is told.
pub(in crate::payments) async fn succeed(tx: &Tx, refund: &refund::Model, reference: Option<&str>) -> Result<()> {
    let (order, payment) = load::lock_with_order(tx, refund.payment_id).await?;
    if !close(tx, refund, RefundStatus::Succeeded, reference, None).await? {
        return Ok(());
    }
    let event = Event::Refunded {
        amount_minor: refund.amount_minor,
    };
    if store::advance(tx, &payment, &event).await?.is_none() {
        return Err(Fault::Other(format!("{} would pay back more than was captured", refund.id), None).into());
    }
    let reason = RefundReason::of(refund).told();
    let data = json!({
        "amountMinor": refund.amount_minor, "currency": payment.currency, "reason": reason, "refund": refund.id,
    });
    transition::note(tx, &order, OrderEventKind::Refunded, true, data).await?;
    Ok(())
}

/// A refund that had come through has come back: the shopper's bank would not take it.
pub(in crate::payments) async fn fail_late(tx: &Tx, refund: &refund::Model, reason: &str) -> Result<()> {
    let (order, payment) = load::lock_with_order(tx, refund.payment_id).await?;
    let failed = end(tx, RefundStatus::Failed, None, Some(reason));
    if !moved(tx, refund, RefundStatus::Succeeded, failed).await? {
        return Ok(());
    }
    let event = Event::RefundReturned {
        amount_minor: refund.amount_minor,
    };
    if store::advance(tx, &payment, &event).await?.is_none() {
        return Err(Fault::Other(format!("{} came back, and had not gone", refund.id), None).into());
    }
    let (id, reason) = (refund.id, reason.to_owned());
    alert(tx, order, &Alert::RefundReturned { refund: id, reason }).await?;
    come_back(tx, refund).await
}

/// Ends a refund, unless it has ended before. Gives whether it did.
pub(super) async fn close(
    tx: &Tx,
    refund: &refund::Model,
    to: RefundStatus,
    reference: Option<&str>,
    failure: Option<&str>,
) -> Result<bool> {
    moved(tx, refund, RefundStatus::Requested, end(tx, to, reference, failure)).await
}

fn end(tx: &Tx, to: RefundStatus, reference: Option<&str>, failure: Option<&str>) -> refund::ActiveModel {
    let mut end = refund::ActiveModel {
        status: Set(to),
        failure: Set(failure.map(str::to_owned)),
        updated_at: Set(tx.shop().now()),
        ..Default::default()
    };
    if reference.is_some() {
        end.provider_reference = Set(reference.map(str::to_owned));
    }
    end
}

async fn moved(tx: &Tx, refund: &refund::Model, from: RefundStatus, change: refund::ActiveModel) -> Result<bool> {
    let to = change.status.try_as_ref().copied();
    let moved = refund::Entity::update_many()
        .set(change)
        .filter(refund::Column::Id.eq(refund.id))
        .filter(refund::Column::Status.eq(from))
        .exec(tx.db())
        .await?;
    let has_moved = moved.rows_affected == 1;
    if let Some(to) = to.filter(|_| has_moved) {
        tx.count(Counted::Refund(to));
        if to == RefundStatus::Failed && is_of_return(tx, refund.id).await? {
            tx.enqueue(refund.order_id, Job::ReopenReturn { refund: refund.id });
        }
        if to == RefundStatus::Succeeded {
            follow(tx, refund.order_id).await?;
        }
    }
    Ok(has_moved)
}

/// What is paid back is not sent any more: an order may wait for it, or be open for nothing else once a part of it has left.
pub(super) async fn follow(tx: &Tx, order: OrderId) -> Result<()> {
    let sql = "select o.id from orders o where o.id = $1 and (exists (select 1 from backorder b where b.order_id = o.id \
        and b.state = 'WAITING') or o.status = 'CONFIRMED' and exists (select 1 from shipment s where s.order_id = o.id \
        and s.status not in ('PACKED', 'CANCELLED')))";
    let open: Vec<OrderId> = sql::column(tx.db(), sql, [order.into()]).await?;
    if !open.is_empty() {
        tx.enqueue(order, Job::FollowPaidBack { order });
    }
    Ok(())
}

/// Whether a refund, or what it is a part of, is of a return.
async fn is_of_return(tx: &Tx, refund: RefundId) -> Result<bool> {
    let sql = "select s.order_refund_id from refund_share s join order_return_refund t on t.order_refund_id = s.order_refund_id \
        where s.refund_id = $1";
    let of: Vec<RefundId> = sql::column(tx.db(), sql, [refund.into()]).await?;
    Ok(!of.is_empty())
}

//! The last phase: orphaned money, whose order was cancelled or has another payment, is asked back
//! where it is not on its way already. What was asked back
//! and failed waits for staff.

use chrono::TimeDelta;
use vitrine_entity::{
    ids::PaymentId,
    order::OrderStatus,
    payment::{self, PaymentStatus},
    reconciliation,
};

use super::progress::{self, Counts, Step};
use crate::{
    Context, Result, Shop,
    jobs::JobError,
    outbox::Lease,
    payments::{attempts::load, transfers::refund},
    sql,
};

/// How far back attempts are looked at: older ones have been, by every run since they were made.
const LOOKED_BACK: TimeDelta = TimeDelta::days(90);

/// How many attempts are read at once.
const PAGE: i64 = 50;

/// Asks back a page, or ends the run, and with it the job.
pub(super) async fn page(
    shop: &Shop,
    context: &Context,
    run: &reconciliation::Model,
    lease: &Lease,
) -> Result<Step, JobError> {
    let orphaned = orphaned(shop, run).await?;
    let Some(last) = orphaned.last() else {
        return Ok(progress::finish(shop, context, run, lease, None).await?);
    };
    // Each in a transaction of its own: asked back twice is asked back once.
    for payment in &orphaned {
        shop.transact(context, |tx| async move {
            let (order, payment) = load::lock_with_order(&tx, payment.id).await?;
            let is_orphaned = order.status == OrderStatus::Cancelled || payment.superseded;
            if is_orphaned && payment.status == PaymentStatus::Captured {
                tracing::warn!(payment = %payment.id, "orphaned money was kept: it is paid back");
                refund::request(&tx, order, &payment, refund::RefundReason::NotWanted).await?;
            }
            Ok(())
        })
        .await?;
    }
    let last = last.id.to_string();
    let cursor = &last;
    let step = shop.transact(context, |tx| async move {
        if !progress::hold(&tx, run).await? {
            return Ok(Step::Lost);
        }
        progress::advance(&tx, run, run.phase, Some(cursor.clone()), Counts::default()).await?;
        Ok(Step::Moved)
    });
    Ok(step.await?)
}

async fn orphaned(shop: &Shop, run: &reconciliation::Model) -> Result<Vec<payment::Model>> {
    let sql = "select p.* from payment p join orders o on o.id = p.order_id \
               where p.provider = $1 and p.created_at >= $2 and p.id > $3 and p.status = 'CAPTURED' \
               and (o.status = 'CANCELLED' or p.superseded) \
               and p.captured_minor > p.refunded_minor + (select cast(coalesce(sum(r.amount_minor), 0) as bigint) \
                   from refund r where r.payment_id = p.id and r.status = 'REQUESTED') \
               and not exists (select 1 from refund r where r.payment_id = p.id and r.status = 'FAILED') \
               order by p.id limit $4";
    let cursor = run
        .page_cursor
        .as_deref()
        .and_then(|cursor| cursor.parse::<PaymentId>().ok());
    let values = [
        run.provider.clone().into(),
        (run.until - LOOKED_BACK).into(),
        cursor.unwrap_or(PaymentId(uuid::Uuid::nil())).into(),
        PAGE.into(),
    ];
    Ok(sql::all(&shop.db, sql, values).await?)
}

//! A provider could not pay back what a return was to pay: its units are not paid back, and staff may try again.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, sea_query::Expr};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderLineId, RefundId, ReturnId},
    order_return_event::ReturnEventKind,
    order_return_refund,
};

use super::row;
use crate::{Context, Result, Shop, Tx, jobs::JobError, outbox::Lease, sql};

/// A refund of a return of which a part has failed.
#[derive(FromQueryResult)]
struct Failed {
    order_refund_id: RefundId,
    return_id: ReturnId,
    fee_minor: i64,
    /// What was taken off the return before.
    known_minor: i64,
    failed_minor: i64,
}

#[derive(FromQueryResult)]
struct Units {
    order_line_id: OrderLineId,
    quantity: i32,
}

/// Job: takes off a return what a provider could not pay. Once, however often this runs.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, refund: RefundId) -> Result<(), JobError> {
    let found = find(shop, refund).await?;
    shop.transact(context, |tx| async move {
        if let Some(id) = found {
            take_off(&tx, id, refund).await?;
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// Whose return it is.
async fn find(shop: &Shop, refund: RefundId) -> Result<Option<ReturnId>> {
    let sql = "select t.return_id from refund_share s join order_return_refund t on t.order_refund_id = s.order_refund_id \
        where s.refund_id = $1";
    Ok(sql::column(&shop.db, sql, [refund.into()]).await?.into_iter().next())
}

async fn take_off(tx: &Tx, id: ReturnId, refund: RefundId) -> Result<()> {
    let (_, mut row) = row::lock(tx, id).await?;
    let Some(failed) = failed(tx, refund).await? else {
        return Ok(());
    };
    let more_minor = failed.failed_minor - failed.known_minor;
    if more_minor <= 0 {
        return Ok(());
    }
    // As where units are counted: they are not back where any part of their refund has failed, and nothing is kept of them.
    let is_first = failed.known_minor == 0;
    let mut units = 0;
    if is_first {
        for line in units_of(tx, failed.order_refund_id).await? {
            let sql = "update order_return_line set refunded = refunded - $3 \
                where return_id = $1 and order_line_id = $2 and refunded >= $3";
            let of = [failed.return_id.into(), line.order_line_id.into(), line.quantity.into()];
            sql::execute(tx.db(), sql, of).await?;
            units += line.quantity;
        }
        row.fee_minor = (row.fee_minor - failed.fee_minor).max(0);
    }
    row.refunded_minor = (row.refunded_minor - more_minor).max(0);
    order_return_refund::Entity::update_many()
        .col_expr(
            order_return_refund::Column::FailedMinor,
            Expr::value(failed.failed_minor),
        )
        .filter(order_return_refund::Column::OrderRefundId.eq(failed.order_refund_id))
        .exec(tx.db())
        .await?;
    let data = json!({ "units": units, "amountMinor": more_minor, "refund": failed.order_refund_id.to_string() });
    row::write(tx, row, ReturnEventKind::RefundFailed, data).await?;
    Ok(())
}

async fn failed(tx: &Tx, refund: RefundId) -> Result<Option<Failed>> {
    let sql = "select t.order_refund_id, t.return_id, t.fee_minor, t.failed_minor as known_minor, \
        cast(coalesce((select sum(f.amount_minor) from refund_share f join refund x on x.id = f.refund_id \
          where f.order_refund_id = t.order_refund_id and x.status = 'FAILED'), 0) as bigint) as failed_minor \
        from refund_share s join order_return_refund t on t.order_refund_id = s.order_refund_id where s.refund_id = $1";
    Ok(sql::all(tx.db(), sql, [refund.into()]).await?.into_iter().next())
}

async fn units_of(tx: &Tx, refund: RefundId) -> Result<Vec<Units>> {
    let sql = "select order_line_id, quantity from refund_line where refund_id = $1 order by order_line_id";
    Ok(sql::all(tx.db(), sql, [refund.into()]).await?)
}

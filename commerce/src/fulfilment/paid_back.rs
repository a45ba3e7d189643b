//! The job `FollowPaidBack`: units that are paid back before they came are not waited for any more. What of the order has come can
//! leave then, and what comes later is others'. Units that lie there already stay taken: they may be paid back because they broke.
//! An order of which nothing else was left to be sent is closed.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::FromQueryResult;
use vitrine_entity::{
    backorder,
    ids::{OrderId, OrderLineId, VariantId},
    order::OrderStatus,
    order_line,
};

use super::parcels::close_all;
use crate::{
    Context, Result, Shop, Tx, inventory,
    jobs::{Job, JobError},
    orders::{
        self, LineFulfilment,
        load::{self, PAID_BACK},
        transition,
    },
    outbox::Lease,
    sql,
};

/// How soon it is looked again whether an order is confirmed, whose goods are its own only then.
const UNCONFIRMED_PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Has an order wait for as many units as are still to come to be sent, and closes it where nothing is left to be. Asked again it
/// changes nothing.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: OrderId) -> Result<(), JobError> {
    let is_early = shop
        .transact(context, |tx| async move {
            let order = transition::lock(&tx, id).await?;
            match order.status {
                OrderStatus::PaymentSuccess => return Ok(true),
                OrderStatus::Confirmed | OrderStatus::Dispatched | OrderStatus::Completed => {
                    let lines = read(&tx, id).await?;
                    wait_for_less(&tx, id, &lines).await?;
                    if lines.iter().all(Line::is_over) {
                        close_all(&tx, &order).await?;
                    }
                }
                // It waits for nothing.
                OrderStatus::Created
                | OrderStatus::PaymentPending
                | OrderStatus::PaymentFailed
                | OrderStatus::Cancelled => {}
            }
            lease.finish(&tx).await?;
            Ok(false)
        })
        .await?;
    match is_early {
        true => Err(JobError::Defer(UNCONFIRMED_PAUSE)),
        false => Ok(()),
    }
}

async fn wait_for_less(tx: &Tx, order: OrderId, lines: &[Line]) -> Result<()> {
    let waiting = inventory::waiting_of(tx, order).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let sold = load::lines_on(tx.db(), order).await?;
    let taken = inventory::taken_for(tx, order).await?;
    let mut products = Vec::new();
    for variant in in_sku_order(&sold) {
        let of_it = sold.iter().filter(|line| line.variant_id == variant);
        let needed: i64 = of_it.map(|line| needed(line, lines)).sum();
        let taken = taken.iter().filter(|(of, _, _)| *of == variant);
        let taken: i64 = taken.map(|(_, _, quantity)| quantity).sum();
        let awaited = awaited(&waiting, variant);
        let too_many = (taken + awaited - needed).min(awaited);
        if too_many > 0 {
            inventory::wait_for_less(tx, &waiting, variant, too_many).await?;
            let of_it = sold.iter().filter(|line| line.variant_id == variant);
            products.extend(of_it.map(|line| line.product_id));
        }
    }
    products.sort_unstable();
    products.dedup();
    if !products.is_empty() {
        tx.enqueue(None, Job::IndexProducts { products });
    }
    Ok(())
}

/// How many units of a line were sent, or are to be.
fn needed(sold: &order_line::Model, lines: &[Line]) -> i64 {
    let of_it = lines.iter().find(|line| line.progress.order_line_id == sold.id);
    i64::from(sold.quantity) - of_it.map_or(0, |line| line.paid_back)
}

/// Each variant once, in the order in which all change stock and promises.
fn in_sku_order(lines: &[order_line::Model]) -> Vec<VariantId> {
    let mut lines: Vec<_> = lines.iter().collect();
    lines.sort_by(|a, b| a.sku.cmp(&b.sku));
    let mut variants: Vec<VariantId> = Vec::new();
    for line in lines {
        if !variants.contains(&line.variant_id) {
            variants.push(line.variant_id);
        }
    }
    variants
}

fn awaited(waiting: &[backorder::Model], variant: VariantId) -> i64 {
    let of_it = waiting.iter().filter(|row| row.variant_id == variant);
    of_it.map(|row| row.quantity - row.filled).sum()
}

/// A line, and of how many of its units that have not left the money has come back.
struct Line {
    progress: LineFulfilment,
    paid_back: i64,
}

impl Line {
    fn is_over(&self) -> bool {
        !self.progress.ships || self.progress.ordered <= self.progress.sent + self.paid_back
    }
}

async fn read(tx: &Tx, order: OrderId) -> Result<Vec<Line>> {
    let back = paid_back(tx, order).await?;
    let progress = orders::fulfilment_on(tx.db(), order).await?;
    let lines = progress.into_iter().map(|progress| {
        let unsent = (progress.ordered - progress.sent).max(0);
        let paid_back = back.get(&progress.order_line_id).copied().unwrap_or_default();
        Line {
            progress,
            paid_back: paid_back.clamp(0, unsent),
        }
    });
    Ok(lines.collect())
}

#[derive(FromQueryResult)]
struct Units {
    id: OrderLineId,
    units: i64,
}

/// How many units of each line the money has come back of, without their having been sent back.
async fn paid_back(tx: &Tx, order: OrderId) -> Result<HashMap<OrderLineId, i64>> {
    let sql = format!(
        "select o.id, cast(coalesce((select sum(l.quantity) from refund_line l \
         where l.order_line_id = o.id and {PAID_BACK}), 0) \
         - coalesce((select sum(b.refunded) from order_return_line b where b.order_line_id = o.id), 0) as bigint) as units \
         from order_line o where o.order_id = $1"
    );
    let rows: Vec<Units> = sql::all(tx.db(), &sql, [order.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.units)).collect())
}

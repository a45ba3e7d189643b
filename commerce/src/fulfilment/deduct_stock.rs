//! The job `DeductStock`: a paid order's hold becomes a deduction and the order is confirmed. What of it is a download
//! can be fetched from then on; where that is all, it is complete.

use serde_json::json;
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
};

use super::{cancel::cancel_locked, complete::complete_unsent, lapsed_holds::free_lapsed, way::way};
use crate::{
    Context, Result, Shop, Tx,
    catalog::sales,
    credit, downloads,
    inventory::{self, Deduction, Demand, Held},
    jobs::{Job, JobError},
    orders::{CancelReason, load, state::Transition, transition},
    outbox::Lease,
};

/// Deducts and confirms. If the hold has gone, the goods are taken afresh; if they are sold out,
/// the order is cancelled and the money goes back.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: OrderId) -> Result<(), JobError> {
    // A refusal rolls everything back: sold out is decided in a transaction of its own.
    if confirm(shop, context, lease, id).await? {
        return Ok(());
    }
    // Others may hold the goods who have no right to them any more.
    let lines = load::lines_on(&shop.db, id).await?;
    let skus = lines.into_iter().map(|line| line.sku).collect();
    if free_lapsed(shop, context, skus).await? && confirm(shop, context, lease, id).await? {
        return Ok(());
    }
    shop.transact_briefly(context, |tx| async move {
        let order = transition::lock(&tx, id).await?;
        if order.status == OrderStatus::PaymentSuccess {
            cancel_locked(&tx, &order, Some(CancelReason::SoldOut)).await?;
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// As the job does, within the transaction that has the order paid: where its goods are held, and are all sent. Gives
/// `false`, and changes nothing, where the job has to see to more.
pub(crate) async fn within(tx: &Tx, id: OrderId) -> Result<bool> {
    let order = match tx.moved(id) {
        Some(order) => order,
        None => transition::lock(tx, id).await?,
    };
    if order.status != OrderStatus::PaymentSuccess || !order.ships {
        return Ok(false);
    }
    match inventory::begin_deduction(tx, id).await? {
        Some(goods) => confirm_with(tx, &order, goods).await.map(|()| true),
        None => Ok(false),
    }
}

/// Gives `false`, and changes nothing, when the goods are not to be had.
async fn confirm(shop: &Shop, context: &Context, lease: &Lease, id: OrderId) -> Result<bool> {
    let outcome = shop
        .transact_briefly(context, |tx| async move {
            let order = transition::lock(&tx, id).await?;
            if order.status == OrderStatus::PaymentSuccess {
                let goods = take_goods(&tx, &order).await?;
                confirm_with(&tx, &order, goods).await?;
            }
            lease.finish(&tx).await
        })
        .await;
    match outcome {
        Ok(()) => Ok(true),
        Err(crate::Error::Refused(refusals))
            if refusals
                .iter()
                .all(|refusal| refusal.code == crate::ErrorCode::InsufficientStock) =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

async fn confirm_with(tx: &Tx, order: &order::Model, goods: Deduction) -> Result<()> {
    // Before the entry of whose mail they are told.
    let is_there = match order.ships && !goods.may_be_digital() {
        true => false,
        false => {
            credit::issue_sold(tx, order).await?;
            downloads::grant(tx, order.id).await?
        }
    };
    let data = json!({ "by": way(order) });
    let order = transition::apply_before_next(tx, order, Transition::Confirm, data).await?;
    if !order.ships && is_there && downloads::is_open(tx, order.id).await? {
        match complete_unsent(tx, &order).await {
            // The money that was held is gone again: staff see to it.
            Ok(_) | Err(crate::Error::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    sales::note(tx, order.id, sales::Change::Sold);
    // Last, so that whoever else wants the goods waits for nothing but the commit.
    goods.finish(tx).await
}

/// What the order holds; where that has gone, what it takes afresh.
async fn take_goods(tx: &Tx, order: &order::Model) -> Result<Deduction> {
    if let Some(goods) = inventory::begin_deduction(tx, order.id).await? {
        return Ok(goods);
    }
    let lines = load::lines_on(tx.db(), order.id).await?;
    let mut demands = Demand::together(lines.iter().map(|line| Demand {
        sku: line.sku.clone(),
        variant: line.variant_id,
        quantity: i64::from(line.quantity),
    }));
    // What is left of them changes.
    let products = lines.iter().map(|line| line.product_id).collect();
    tx.enqueue(None, Job::IndexProducts { products });
    let outcomes = inventory::reserve(tx, order.id, &mut demands, tx.shop().now()).await?;
    if outcomes
        .iter()
        .any(|outcome| matches!(outcome, Held::Insufficient { .. }))
    {
        return Err(crate::Refusal::new(crate::ErrorCode::InsufficientStock, CancelReason::SoldOut.message()).into());
    }
    let goods = inventory::begin_deduction(tx, order.id).await?;
    Ok(goods.unwrap_or_default())
}

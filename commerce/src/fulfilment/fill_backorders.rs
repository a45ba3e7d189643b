//! The job `FillBackorders`: goods that came are given to the orders that wait for them, the oldest first.

use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::{BackorderId, OrderId, VariantId},
    order::OrderStatus,
    variant,
};

use crate::{
    Context, Result, Shop, inventory,
    jobs::{Job, JobError},
    orders::transition,
    outbox::Lease,
};

/// How many orders one run gives goods to; the next one goes on.
const ORDERS_MAX: usize = 100;

/// Fills, an order a transaction, until nothing is left to give or nobody waits any more.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, variant: VariantId) -> Result<(), JobError> {
    let mut goes_on = true;
    for _ in 0..ORDERS_MAX {
        let next = inventory::next_to_fill(shop, variant).await?;
        goes_on = match next {
            Some((order, backorder)) => fill_one(shop, context, order, backorder).await?,
            None => false,
        };
        if !goes_on {
            break;
        }
    }
    let product = variant::Entity::find_by_id(variant).one(&shop.db).await?;
    let product = product.map(|row| row.product_id);
    shop.transact(context, |tx| async move {
        if goes_on {
            tx.enqueue(None, Job::FillBackorders { variant });
        }
        tx.enqueue(
            None,
            Job::IndexProducts {
                products: product.into_iter().collect(),
            },
        );
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// Gives one order what there is; gives whether there may be more for the next one. An order that is confirmed
/// has its goods deducted at once.
async fn fill_one(shop: &Shop, context: &Context, id: OrderId, backorder: BackorderId) -> Result<bool> {
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, id).await?;
        let Some(filled) = inventory::fill(&tx, id, backorder).await? else {
            // Another run was faster, or the order was cancelled.
            return Ok(true);
        };
        if filled.units > 0 && order.status == OrderStatus::Confirmed {
            inventory::deduct(&tx, id).await?;
        }
        Ok(filled.is_whole)
    })
    .await
}

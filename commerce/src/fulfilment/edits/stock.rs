//! Stock follows a change: what is not wanted any more is put back, once, and what is wanted more is taken as an order takes it.

use vitrine_entity::{
    ids::{LocationId, VariantId},
    order,
};

use super::plan::{Plan, units};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::goods::goods_on,
    error::Details,
    fulfilment::parcels::goods::pools,
    inventory::{self, Demand, Held},
    jobs::Job,
    language::messages,
};

/// What a change does to the stock of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockChange {
    pub variant: VariantId,
    pub sku: String,
    /// Units that are taken out of stock; put back, or waited for no more, where it is below nothing.
    pub units: i64,
    /// Of how many there are, or may be promised.
    pub available: i64,
}

impl StockChange {
    /// Whether there are as many as are wanted.
    pub fn is_to_be_had(&self) -> bool {
        self.units <= self.available
    }
}

/// What a change would do, by what there is at this moment.
pub(super) async fn foreseen(tx: &Tx, plan: &Plan) -> Result<Vec<StockChange>> {
    let units = units(plan);
    let variants: Vec<VariantId> = units.iter().map(|(_, variant, _)| *variant).collect();
    let goods = goods_on(tx.shop(), tx.db(), plan.before.currency, &variants).await?;
    let changes = units.into_iter().map(|(sku, variant, units)| StockChange {
        available: goods.get(&variant).map_or(0, |good| good.availability.to_be_had()),
        variant,
        sku,
        units,
    });
    Ok(changes.collect())
}

/// Has stock follow, of a locked order.
///
/// # Errors
/// `INSUFFICIENT_STOCK`.
pub(super) async fn follow(tx: &Tx, plan: &Plan) -> Result<()> {
    let units = units(plan);
    if units.is_empty() {
        return Ok(());
    }
    let order = &plan.before;
    let (back, fewer) = given_back(tx, order, &units).await?;
    inventory::give_back(tx, order.id, &back).await?;
    let waiting = inventory::waiting_of(tx, order.id).await?;
    for (variant, units) in fewer {
        inventory::wait_for_less(tx, &waiting, variant, units).await?;
    }
    take(tx, plan, &units).await?;
    let mut products: Vec<_> = plan.lines.iter().map(|line| line.row.product_id).collect();
    products.extend(plan.removed.iter().map(|row| row.product_id));
    products.sort_unstable();
    products.dedup();
    tx.enqueue(None, Job::IndexProducts { products });
    Ok(())
}

/// Units that lie somewhere for the order, and units that it waits for.
type Back = (Vec<(VariantId, LocationId, i64)>, Vec<(VariantId, i64)>);

/// What is given back: first what the order still waits for, then what lies farthest down the list of locations, and is in no
/// parcel. Of what nobody counts there is nothing.
async fn given_back(tx: &Tx, order: &order::Model, units: &[(String, VariantId, i64)]) -> Result<Back> {
    let waiting = inventory::waiting_of(tx, order.id).await?;
    let pools = pools(tx, order).await?;
    let (mut back, mut fewer) = (Vec::new(), Vec::new());
    for (_, variant, delta) in units.iter().filter(|(_, _, delta)| *delta < 0) {
        let mut left = -delta;
        let awaited = waiting.iter().filter(|row| row.variant_id == *variant);
        let awaited: i64 = awaited.map(|row| row.quantity - row.filled).sum();
        if awaited > 0 {
            let part = left.min(awaited);
            left -= part;
            fewer.push((*variant, part));
        }
        for pool in pools.iter().rev().filter(|pool| pool.variant_id == *variant) {
            let part = left.min(pool.quantity);
            if part > 0 {
                left -= part;
                back.push((*variant, pool.location_id, part));
            }
        }
    }
    Ok((back, fewer))
}

async fn take(tx: &Tx, plan: &Plan, units: &[(String, VariantId, i64)]) -> Result<()> {
    let more = units.iter().filter(|(_, _, delta)| *delta > 0);
    let mut demands: Vec<Demand> = more
        .map(|(sku, variant, delta)| Demand {
            sku: sku.clone(),
            variant: *variant,
            quantity: *delta,
        })
        .collect();
    if demands.is_empty() {
        return Ok(());
    }
    let now = tx.shop().now();
    let outcomes = inventory::reserve(tx, plan.before.id, &mut demands, now).await?;
    let refusals: Vec<Refusal> = demands
        .iter()
        .zip(outcomes)
        .filter_map(|(demand, outcome)| match outcome {
            Held::Reserved { .. } => None,
            Held::Insufficient { available } => Some(too_few(plan, demand, available)),
        })
        .collect();
    if !refusals.is_empty() {
        return Err(crate::Error::Refused(refusals));
    }
    inventory::deduct(tx, plan.before.id).await?;
    Ok(())
}

fn too_few(plan: &Plan, demand: &Demand, available: i64) -> Refusal {
    let line = plan.lines.iter().find(|line| line.row.variant_id == demand.variant);
    let name = line.map_or_else(|| demand.sku.clone(), |line| line.row.title.clone());
    let message = messages::only_so_many(available, name);
    let mut refusal = Refusal::new(ErrorCode::InsufficientStock, message).at(&["lines"]);
    refusal.details = Some(Details::InsufficientStock {
        line: None,
        sku: demand.sku.clone(),
        available,
    });
    refusal
}

//! Holds what is ordered.

use chrono::TimeDelta;
use vitrine_entity::{ids::ProductId, order};

use crate::{
    Error, ErrorCode, Refusal, Result, Tx,
    cart::{CartLineView, CartView},
    error::Details,
    inventory::{self, Demand, Held},
    jobs::Job,
    language::messages,
};

/// Holds the stock, or says of which line how much is left. What sold out is indexed anew.
pub(super) async fn reserve(tx: &Tx, order: &order::Model, view: &CartView, hold: TimeDelta) -> Result<()> {
    let mut demands = Demand::together(view.lines.iter().map(demand));
    let expires_at = tx.shop().now() + hold;
    let outcomes = inventory::reserve(tx, order.id, &mut demands, expires_at).await?;
    let mut refusals = Vec::new();
    let mut sold_out: Vec<ProductId> = Vec::new();
    for (demand, outcome) in demands.iter().zip(outcomes) {
        let line = view.lines.iter().find(|line| line.variant.id == demand.variant);
        match outcome {
            Held::Reserved { last: false } => {}
            Held::Reserved { last: true } => sold_out.extend(line.map(|line| line.product.id)),
            Held::Insufficient { available } => {
                let name = line.map_or_else(|| demand.sku.clone(), CartLineView::title);
                let message = messages::only_so_many(available, name);
                let mut refusal = Refusal::new(ErrorCode::InsufficientStock, message).at(&["cartId"]);
                let line = line.map(|line| line.line.id);
                refusal.details = Some(Details::InsufficientStock {
                    line,
                    sku: demand.sku.clone(),
                    available,
                });
                refusals.push(refusal);
            }
        }
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    if !sold_out.is_empty() {
        tx.enqueue(None, Job::IndexProducts { products: sold_out });
    }
    Ok(())
}

/// A cart holds each variant in one line at most.
fn demand(line: &CartLineView) -> Demand {
    Demand {
        sku: line.variant.sku.clone(),
        variant: line.variant.id,
        quantity: i64::from(line.line.quantity),
    }
}

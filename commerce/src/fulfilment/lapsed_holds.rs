//! Goods that unpaid orders hold, or were promised, for longer than they may. Their own job lets them go within a
//! moment; where it is late, whoever finds too little has it done.
//!
//! Nothing is ever taken behind an order's back. An order whose payment may still succeed somewhere
//! is left to its job, which asks the provider first; the job is called forward. Only an order that
//! no payment is in flight for is cancelled on the spot.

use std::future::Future;

use sea_orm::{EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::{OrderId, VariantId},
    variant,
};

use super::expire;
use crate::{Context, Error, Result, Shop, error::Details, jobs::Job, outbox, sql};

/// How many holds are looked at before somebody is told that the goods are gone.
const HOLDS_MAX: u64 = 20;

/// Tries once more what was refused for want of goods, if goods were let go meanwhile.
pub(crate) async fn with_lapsed_freed<T, F, Fut>(shop: &Shop, context: &Context, attempt: F) -> Result<T>
where
    F: Fn() -> Fut,
    Fut: Future<Output = Result<T>>,
{
    let outcome = attempt().await;
    let wanted = match &outcome {
        Err(Error::Refused(refusals)) => refusals.iter().filter_map(|refusal| refusal.details.as_ref()),
        _ => return outcome,
    };
    let skus: Vec<_> = wanted
        .filter_map(|details| match details {
            Details::InsufficientStock { sku, .. } => Some(sku.clone()),
            Details::RateLimited { .. } => None,
        })
        .collect();
    match free_lapsed(shop, context, skus).await {
        Ok(true) => attempt().await,
        Ok(false) => outcome,
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "lapsed holds could not be let go"
            );
            outcome
        }
    }
}

/// Has lapsed holds on these goods let go. Gives whether some are free now.
pub(super) async fn free_lapsed(shop: &Shop, context: &Context, skus: Vec<String>) -> Result<bool> {
    if skus.is_empty() {
        return Ok(false);
    }
    // Not the shopper's doing, whatever they asked for.
    let context = &Context {
        viewer: crate::Viewer::System,
        ..context.clone()
    };
    let mut freed = false;
    for order in lapsed_orders(shop, skus).await? {
        match expire::at_once(shop, context, order).await? {
            true => freed = true,
            false => outbox::hasten(shop, context, order, &Job::ExpireOrder { order }).await?,
        }
    }
    Ok(freed)
}

async fn lapsed_orders(shop: &Shop, skus: Vec<String>) -> Result<Vec<OrderId>> {
    let variants = variant::Entity::find()
        .filter(sql::among(&shop.db, variant::Column::Sku, skus))
        .all(&shop.db)
        .await?;
    let of_them = sql::among_parameter::<VariantId>(&shop.db, 2);
    let sql = format!(
        "select order_id from (\
           select r.order_id, r.expires_at from reservation r where r.state = 'HELD' \
             and r.expires_at <= $1 and r.variant_id {of_them} \
           union all select b.order_id, b.expires_at from backorder b join orders o on o.id = b.order_id \
             where b.state = 'WAITING' and b.expires_at <= $1 and b.variant_id {of_them} \
             and o.status in ('CREATED', 'PAYMENT_PENDING', 'PAYMENT_FAILED')) lapsed \
         order by expires_at limit {HOLDS_MAX}"
    );
    let variants: Vec<_> = variants.iter().map(|variant| variant.id).collect();
    let values = [shop.now().into(), sql::list(&shop.db, variants.iter().copied())];
    let mut orders: Vec<OrderId> = match variants.is_empty() {
        true => Vec::new(),
        false => sql::column(&shop.db, &sql, values).await?,
    };
    orders.sort_unstable();
    orders.dedup();
    Ok(orders)
}

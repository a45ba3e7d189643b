//! The job that follows a change of rates, or of the shop's languages: it goes through the products in small steps, makes
//! their prices and listing rows anew, and has them indexed.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{ids::ProductId, product};

use super::listing;
use crate::{
    Context, Result, Shop,
    catalog::list_prices::derive::{forget, lists_in},
    jobs::{Job, JobError},
    outbox::Lease,
    settings,
};

/// How many products one step takes.
const STEP: u64 = 100;

/// Makes the prices of the next products anew, from `after` on.
pub async fn run_prices(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    after: Option<ProductId>,
) -> Result<(), JobError> {
    // Another process may have changed the lists a moment ago.
    settings::refresh(shop).await?;
    let mut query = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .order_by_asc(product::Column::Id)
        .limit(STEP);
    if let Some(after) = after {
        query = query.filter(product::Column::Id.gt(after));
    }
    let products: Vec<ProductId> = query.into_tuple().all(&shop.db).await?;
    let products = &products;
    let work = shop.transact(context, |tx| async move {
        if let Some(last) = products.last() {
            listing::refresh(&tx, products).await?;
            forget(&tx, &lists_in(&tx).await?, products).await?;
            tx.enqueue(None, Job::PriceProducts { after: Some(*last) });
            // What is found by its price is found by that in every currency.
            let products = products.clone();
            tx.enqueue(None, Job::IndexProducts { products });
        }
        lease.finish(&tx).await
    });
    Ok(work.await?)
}

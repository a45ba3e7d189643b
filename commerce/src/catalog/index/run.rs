//! The job that follows a change of products.

use vitrine_entity::ids::ProductId;

use super::{listing, push::push};
use crate::{
    Context, Result, Shop,
    catalog::collections::{contents, members},
    jobs::JobError,
    outbox::Lease,
};

/// Brings listing rows, the collections that have rules, and search documents of `products` up to date.
///
/// The listing rows are the database's own and are written even when the engine is down, for then
/// it is them that shoppers are shown; the job is finished only when the engine has its part.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, products: &[ProductId]) -> Result<(), JobError> {
    // What the collections' rules say depends on the listing rows, and stands in the documents.
    let comes_first = members::has_rules(shop).await? || contents::is_any_awaited(shop).await?;
    if comes_first {
        shop.transact(context, |tx| async move {
            listing::refresh(&tx, products).await?;
            contents::arrive(&tx, products).await?;
            members::refresh(&tx, products).await
        })
        .await?;
    }
    let indexed = push(shop, context.currency, products).await;
    let finished = indexed.is_ok();
    shop.transact(context, |tx| async move {
        if !comes_first {
            listing::refresh(&tx, products).await?;
        }
        if finished { lease.finish(&tx).await } else { Ok(()) }
    })
    .await?;
    indexed.map_err(JobError::of_search)
}

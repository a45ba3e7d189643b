//! The job that follows a change of products.

use chrono::TimeDelta;
use vitrine_entity::ids::ProductId;

use super::{forms, listing, push::push};
use crate::{
    Context, Result, Shop,
    catalog::collections::{contents, members},
    changes,
    jobs::{Job, JobError},
    outbox::{Lease, lease},
    ports::event_bus::Topic,
    sql,
    transaction::ignore_failure,
};

/// How long jobs wait that were taken along by one that failed.
const PAUSE: TimeDelta = TimeDelta::seconds(5);

/// The most products whose listing rows are written together with the job's end, for which others may wait; and how many
/// of more are written in one transaction.
const FEW: usize = 32;
const STEP: usize = 200;

/// Brings listing rows, the collections that have rules, and search documents of `products` up to date, and of the
/// products of the jobs that wait behind it.
///
/// The listing rows are the database's own and are written even when the engine is down, for then
/// it is them that shoppers are shown; the job is finished only when the engine has its part.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, products: &[ProductId]) -> Result<(), JobError> {
    let mut ahead = look_ahead(shop).await?;
    // What failed before is tried by itself.
    let (along, products) = match lease.attempt {
        1 if ahead.contains(&OTHERS) => take_along(shop, products).await?,
        _ => (Vec::new(), products.to_vec()),
    };
    if !along.is_empty() {
        // For what was taken along a collection may have begun to wait since.
        ahead = look_ahead(shop).await?;
    }
    let comes_first = ahead.contains(&RULES);
    let outcome = index(shop, context, lease, &along, &products, comes_first).await;
    if outcome.is_err() && !along.is_empty() {
        let given_up = lease::give_up(shop, &along, PAUSE).await;
        ignore_failure("returning jobs that were taken along", given_up);
    }
    outcome
}

/// What [`look_ahead`] may find.
const RULES: i32 = 1;
const OTHERS: i32 = 2;

/// Whether collections have rules or await products: then a job does more than to index.
const HAS_RULES: &str = "(exists (select 1 from collection where rule is not null and deleted_at is null) \
    or exists (select 1 from collection_awaited))";

/// Whether collections have rules or await products, and whether further jobs wait that have products indexed.
async fn look_ahead(shop: &Shop) -> Result<Vec<i32>> {
    let sql = format!(
        "select {RULES} as found where {HAS_RULES} \
         union all select {OTHERS} where exists ({})",
        lease::to_index(&shop.db)
    );
    Ok(sql::column(&shop.db, &sql, []).await?)
}

/// Ends the jobs that a use case has left, where all that they would do is to index products which have been indexed since:
/// for whoever has built the whole index. Gives how many there were.
pub async fn end_covered(shop: &Shop, correlation_id: &str) -> Result<u64> {
    let sql = format!(
        "update outbox set state = 'DONE', finished_at = $2, lease_until = null where queue = 'SEARCH' \
         and state in ('READY', 'HANDED_OVER') and correlation_id = $1 and job->>'job' = 'index_products.v1' \
         and not {HAS_RULES}"
    );
    shop.execute(&sql, [correlation_id.into(), shop.now().into()]).await
}

/// Claims what waits behind this job: gives its leases, and all products.
async fn take_along(shop: &Shop, products: &[ProductId]) -> Result<(Vec<Lease>, Vec<ProductId>)> {
    let mut all = products.to_vec();
    let mut along = Vec::new();
    for row in lease::claim_to_index(shop).await? {
        along.push(Lease::from(&row));
        if let Ok(Job::IndexProducts { products }) = serde_json::from_value(row.job) {
            all.extend(products);
        }
    }
    all.sort_unstable();
    all.dedup();
    Ok((along, all))
}

async fn index(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    along: &[Lease],
    products: &[ProductId],
    comes_first: bool,
) -> Result<(), JobError> {
    // What the collections' rules say depends on the listing rows, and stands in the documents.
    let is_listed = comes_first || products.len() > FEW;
    if is_listed {
        for products in products.chunks(STEP) {
            list(shop, context, products, comes_first).await?;
        }
    }
    forms::refresh(shop, products).await?;
    let is_elsewhere = shop.search.is_elsewhere();
    let indexed = match is_elsewhere {
        true => Ok(()),
        false => push(shop, context.currency, products).await,
    };
    let finished = indexed.is_ok();
    shop.transact_briefly(context, |tx| async move {
        if !is_listed {
            listing::refresh(&tx, products).await?;
        }
        if is_elsewhere {
            changes::note_to_index(&tx, products).await?;
            tx.announce(Topic::Indexed);
        }
        match finished {
            true => lease.finish_with(&tx, along).await,
            false => Ok(()),
        }
    })
    .await?;
    indexed.map_err(JobError::of_search)
}

/// Brings listing rows up to date, and the collections whose rules look at them.
async fn list(shop: &Shop, context: &Context, products: &[ProductId], with_collections: bool) -> Result<()> {
    let listing = shop.transact(context, |tx| async move {
        listing::refresh(&tx, products).await?;
        if with_collections {
            contents::arrive(&tx, products).await?;
            members::refresh(&tx, products).await?;
        }
        Ok(())
    });
    listing.await
}

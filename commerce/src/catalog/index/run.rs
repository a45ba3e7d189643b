//! The job that follows a change of products.

use chrono::TimeDelta;
use vitrine_entity::ids::ProductId;

use super::{listing, push::push};
use crate::{
    Context, Error, Fault, Result, Shop,
    catalog::collections::{contents, members},
    jobs::JobError,
    outbox::Lease,
    ports::search::SearchError,
};

/// How long a job waits for an engine that is away. It does so for ever: an index that comes back
/// must be brought up to date, however long it was gone.
const OUTAGE_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// Brings listing rows, the collections that have rules, and search documents of `products` up to date.
///
/// The listing rows are the database's own and are written even when the engine is down, for then
/// it is them that shoppers are shown; the job is finished only when the engine has its part.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, products: &[ProductId]) -> Result<(), JobError> {
    // What the collections' rules say depends on the listing rows, and stands in the documents.
    let is_ruled = members::has_rules(shop).await?;
    if is_ruled || contents::is_any_awaited(shop).await? {
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
        if !is_ruled {
            listing::refresh(&tx, products).await?;
        }
        if finished { lease.finish(&tx).await } else { Ok(()) }
    })
    .await?;
    indexed.map_err(|error| match error {
        // A wrong key, say, which somebody will mend.
        Error::Fault(Fault::Search(SearchError::Refused(_))) => JobError::Retry(error),
        Error::Fault(Fault::Search(SearchError::Unavailable(_))) => JobError::Outage {
            error,
            pause: OUTAGE_PAUSE,
        },
        other => other.into(),
    })
}

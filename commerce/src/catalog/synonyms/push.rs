//! The job that follows a change of synonyms.

use super::table::push;
use crate::{Context, Result, Shop, jobs::JobError, outbox::Lease};

/// Brings the search engine the synonyms that the database has.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease) -> Result<(), JobError> {
    push(shop).await.map_err(JobError::of_search)?;
    shop.transact(context, |tx| async move { lease.finish(&tx).await })
        .await?;
    Ok(())
}

//! Follows a bulk operation live: how it stands, and then each time that it has gone on. The bus only says that it
//! did; a poll finds what the bus lost.

use std::time::Duration;

use async_stream::try_stream;
use futures::{Stream, StreamExt};
use vitrine_entity::{
    bulk_operation::{self, BulkStatus},
    ids::BulkOperationId,
};

use super::find::find;
use crate::{Context, Refusal, Result, Shop, ports::event_bus::Topic};

/// How long a step may stay unseen when the bus has lost its message.
const POLL: Duration = Duration::from_secs(5);

/// The operation as it stands, whenever that has changed. The stream ends when it is over.
///
/// # Errors
/// Refuses an operation that the caller may not see.
pub async fn follow(
    shop: Shop,
    context: Context,
    id: BulkOperationId,
) -> Result<impl Stream<Item = Result<bulk_operation::Model>> + Send + 'static> {
    let missing = || Refusal::not_found("bulk operation").at(&["id"]);
    // Listen first, then read: what happens in between is not lost.
    let mut changes = shop
        .bus
        .subscribe()
        .filter(move |topic| std::future::ready(*topic == Topic::BulkOperation(id)));
    let mut row = find(&shop, &context, id).await?.ok_or_else(missing)?;
    Ok(try_stream! {
        loop {
            let seen = (row.lines_done, row.status);
            let is_over = row.status != BulkStatus::Running;
            yield row.clone();
            if is_over {
                break;
            }
            while (row.lines_done, row.status) == seen {
                // Which of the two wakes us does not matter.
                let _ = tokio::time::timeout(POLL, changes.next()).await;
                // Rights may have been taken away meanwhile.
                row = find(&shop, &context, id).await?.ok_or_else(missing)?;
            }
        }
    })
}

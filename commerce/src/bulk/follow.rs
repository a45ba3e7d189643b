//! Follows a bulk operation live.

use futures::Stream;
use vitrine_entity::{
    bulk_operation::{self, BulkStatus},
    ids::BulkOperationId,
};

use super::find::find;
use crate::{
    Context, Result, Shop,
    ports::event_bus::Topic,
    steps::{self, Place},
};

/// The operation as it stands, whenever that has changed. The stream ends when it is over.
///
/// # Errors
/// Refuses an operation that the caller may not see.
pub async fn follow(
    shop: Shop,
    context: Context,
    id: BulkOperationId,
) -> Result<impl Stream<Item = Result<bulk_operation::Model>> + Send + 'static> {
    let place = |row: &bulk_operation::Model| Place {
        done: row.lines_done,
        is_over: row.status != BulkStatus::Running,
    };
    let find = move |shop: Shop, context: Context| async move { find(&shop, &context, id).await };
    let what = (Topic::BulkOperation(id), "bulk operation");
    steps::follow_one((shop, context), what, place, find).await
}

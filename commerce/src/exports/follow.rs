//! Follows an export live.

use futures::Stream;
use vitrine_entity::{
    data_export::{self, ExportStatus},
    ids::ExportId,
};

use super::find::find;
use crate::{
    Context, Result, Shop,
    ports::event_bus::Topic,
    steps::{self, Place},
};

/// The export as it stands, whenever that has changed. The stream ends when it is over.
///
/// # Errors
/// Refuses an export that the caller may not see.
pub async fn follow(
    shop: Shop,
    context: Context,
    id: ExportId,
) -> Result<impl Stream<Item = Result<data_export::Model>> + Send + 'static> {
    let place = |row: &data_export::Model| Place {
        done: row.pieces,
        is_over: row.status != ExportStatus::Running,
    };
    let find = move |shop: Shop, context: Context| async move { find(&shop, &context, id).await };
    let what = (Topic::Export(id), "export");
    steps::follow_one((shop, context), what, place, find).await
}

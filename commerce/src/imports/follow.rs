//! Follows an import live.

use futures::Stream;
use vitrine_entity::{
    ids::ProductImportId,
    product_import::{self, ImportStatus},
};

use super::find::find;
use crate::{
    Context, Result, Shop,
    ports::event_bus::Topic,
    steps::{self, Place},
};

/// The import as it stands, whenever that has changed. The stream ends when it is over.
///
/// # Errors
/// Refuses an import that the caller may not see.
pub async fn follow(
    shop: Shop,
    context: Context,
    id: ProductImportId,
) -> Result<impl Stream<Item = Result<product_import::Model>> + Send + 'static> {
    let place = |row: &product_import::Model| Place {
        done: row.products_done + i64::from(row.products_total.is_some()),
        is_over: row.status != ImportStatus::Running,
    };
    let find = move |shop: Shop, context: Context| async move { find(&shop, &context, id).await };
    let what = (Topic::ProductImport(id), "import");
    steps::follow_one((shop, context), what, place, find).await
}

//! Follows an import live.

use futures::Stream;
use vitrine_entity::{
    ids::ProductImportId,
    product_import::{self, ImportStatus},
};

use super::find::find;
use crate::{
    Context, Refusal, Result, Shop,
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
    let changes = shop.bus.subscribe();
    let place = |row: &product_import::Model| Place {
        done: row.products_done + i64::from(row.products_total.is_some()),
        is_over: row.status != ImportStatus::Running,
    };
    let look = move || {
        let (shop, context) = (shop.clone(), context.clone());
        async move {
            let found = find(&shop, &context, id).await?;
            found.ok_or_else(|| Refusal::not_found("import").at(&["id"]).into())
        }
    };
    steps::follow(changes, Topic::ProductImport(id), place, look).await
}

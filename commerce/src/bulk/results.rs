//! What became of each line.

use async_stream::try_stream;
use futures::Stream;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{bulk_result, ids::BulkOperationId};

use super::find::find;
use crate::{
    Context, Refusal, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
};

/// Results that are read at a time.
const BATCH: u64 = 500;

/// A page of the results in the order of the lines; `failed_only` leaves out those that were done.
///
/// # Errors
/// Refuses a page out of bounds. It does not ask who is asking: whoever holds the operation has asked.
pub async fn page(
    shop: &Shop,
    id: BulkOperationId,
    failed_only: bool,
    page: &PageRequest,
) -> Result<Page<bulk_result::Model>> {
    use bulk_result::Column as C;
    let window = page.window::<i64>()?;
    let mut query = bulk_result::Entity::find().filter(C::BulkOperationId.eq(id));
    if failed_only {
        query = query.filter(C::Ok.eq(false));
    }
    let query = match (window.cursor, window.backward) {
        (None, _) => query,
        (Some(line), false) => query.filter(C::Line.gt(line)),
        (Some(line), true) => query.filter(C::Line.lt(line)),
    };
    let query = match window.backward {
        true => query.order_by_desc(C::Line),
        false => query.order_by_asc(C::Line),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.line)))
}

/// The results as JSON lines, in the order of the lines, piece by piece: those that there are by now.
///
/// # Errors
/// Refuses an operation that the caller may not see.
pub async fn results(
    shop: Shop,
    context: &Context,
    id: BulkOperationId,
) -> Result<impl Stream<Item = Result<Vec<u8>>> + Send + 'static> {
    let found = find(&shop, context, id).await?;
    found.ok_or_else(|| Refusal::not_found("bulk operation").at(&["id"]))?;
    Ok(try_stream! {
        let mut after = 0;
        loop {
            let rows = bulk_result::Entity::find()
                .filter(bulk_result::Column::BulkOperationId.eq(id))
                .filter(bulk_result::Column::Line.gt(after))
                .order_by_asc(bulk_result::Column::Line)
                .limit(BATCH)
                .all(&shop.db)
                .await?;
            let Some(last) = rows.last() else { break };
            after = last.line;
            let lines = rows.into_iter().map(|row| row.result + "\n");
            yield lines.collect::<String>().into_bytes();
        }
    })
}

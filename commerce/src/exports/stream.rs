//! A table as a stream.

use async_stream::try_stream;
use futures::Stream;
use vitrine_entity::data_export::ExportKind;

use super::table::{Table, stock_lines};
use crate::{Context, Result, Shop, staff::permission, table::csv};

/// The whole table, as pieces of one CSV file in UTF-8, each with how many things it tells of. However many
/// there are, a piece is small; nothing of the database is held while a piece is on its way.
///
/// # Errors
/// Refuses whoever may not see what it tells of.
pub fn stream(
    shop: Shop,
    context: &Context,
    kind: ExportKind,
) -> Result<impl Stream<Item = Result<(Vec<u8>, u64)>> + Send + 'static> {
    permission::require_or_system(context, Table::permission(kind))?;
    let currency = context.currency;
    Ok(try_stream! {
        let table = Table::begin(&shop, kind, None).await?;
        yield (csv([table.header()])?, 0);
        let mut after = None;
        loop {
            let page = table.page(&shop, currency, after).await?;
            let Some(last) = page.last else { break };
            after = Some(last);
            yield (csv(page.rows)?, page.things);
        }
    })
}

/// What lies at the location that counts are of, as a file of bulk operations that counts it so: a `stockSet` for
/// each variant, each piece with how many variants were looked at.
///
/// # Errors
/// As [`stream()`].
pub fn stock_operations(
    shop: Shop,
    context: &Context,
) -> Result<impl Stream<Item = Result<(Vec<u8>, u64)>> + Send + 'static> {
    permission::require_or_system(context, Table::permission(ExportKind::Stock))?;
    Ok(try_stream! {
        let mut after = None;
        loop {
            let (lines, things, last) = stock_lines(&shop, after).await?;
            let Some(last) = last else { break };
            after = Some(last);
            yield (lines, things);
        }
    })
}

/// How many things a table tells of.
///
/// # Errors
/// As [`stream()`].
pub async fn count(shop: &Shop, context: &Context, kind: ExportKind) -> Result<u64> {
    permission::require_or_system(context, Table::permission(kind))?;
    Table::begin(shop, kind, None).await?.count(shop).await
}

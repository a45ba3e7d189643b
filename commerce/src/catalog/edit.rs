//! How every change of a product by staff begins and ends: its row is locked at the version that they saw,
//! and written at the next, which covers all that belongs to the product.

use vitrine_entity::{ids::ProductId, product};

use super::{index::listing, update};
use crate::{Refusal, Result, Tx, error::expect_version};

/// Locks the product, provided that it is at the version that the member of staff saw. `field` is where the
/// input names it.
pub(super) async fn open(
    tx: &Tx,
    product: ProductId,
    expected_version: Option<i64>,
    field: &str,
) -> Result<product::Model> {
    let row = tx.lock::<product::Entity>(product).await?;
    let row = row.filter(|row| row.deleted_at.is_none());
    let row = row.ok_or_else(|| Refusal::not_found("product").at(&[field]))?;
    expect_version("product", row.version, expected_version)?;
    Ok(row)
}

/// Writes the product at its next version, with its listing rows, and has it indexed.
pub(super) async fn close(tx: &Tx, product: product::Model) -> Result<product::Model> {
    let product = update::write(tx, product).await?;
    listing::refresh(tx, &[product.id]).await?;
    Ok(product)
}

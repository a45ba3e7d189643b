//! What servers with a search index of their own bring into it: whoever does the jobs has none to write to, and notes the
//! products among the changes instead.

use sea_orm::{ConnectionTrait, DbBackend};
use vitrine_entity::ids::ProductId;

use super::read::rows;
use crate::{Result, Tx, reader::Reader, shown::TO_INDEX, sql};

/// How many products one statement notes.
const ROWS_MAX: usize = 500;

/// What is to be indexed since a mark.
pub(crate) struct ToIndex {
    pub(crate) mark: String,
    /// `None`: too many to name.
    pub(crate) products: Option<Vec<ProductId>>,
    pub(crate) synonyms: bool,
}

/// Notes that these products are to be indexed, for whoever follows.
pub(crate) async fn note_to_index(tx: &Tx, products: &[ProductId]) -> Result<()> {
    let (table, nobody) = match tx.db().get_database_backend() {
        DbBackend::Postgres => ("public_change", "'00000000-0000-0000-0000-000000000000'"),
        _ => ("public_change_note", "null"),
    };
    for products in products.chunks(ROWS_MAX) {
        let rows: Vec<String> = (1..=products.len())
            .map(|place| format!("('{TO_INDEX}', ${place}, {nobody})"))
            .collect();
        let sql = format!(
            "insert into {table} (source, product_id, variant_id) values {}",
            rows.join(", ")
        );
        sql::execute(tx.db(), &sql, products.iter().map(|product| (*product).into())).await?;
    }
    Ok(())
}

/// What was noted since `since`.
pub(crate) async fn to_index(db: &Reader, since: &str) -> Result<ToIndex> {
    let wanted = format!("c.source in ('{TO_INDEX}', 'synonym_group')");
    let (mark, rows) = rows(db, since, &wanted).await?;
    let is_all = |source: &str| source == TO_INDEX;
    let synonyms = rows.as_ref().is_none_or(|rows| {
        rows.iter()
            .any(|row| row.source.as_deref().is_some_and(|source| !is_all(source)))
    });
    let products = rows.map(|rows| {
        let of_products = rows.into_iter().filter(|row| row.source.as_deref().is_some_and(is_all));
        of_products.filter_map(|row| row.product_id.map(ProductId)).collect()
    });
    Ok(ToIndex {
        mark,
        products,
        synonyms,
    })
}

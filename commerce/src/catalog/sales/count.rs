//! Counts what was sold, for many orders at once: a product that sells all the time would be counted and indexed all the
//! time, though nothing of it has changed but its place among the best-selling.

use std::collections::BTreeMap;

use sea_orm::{
    ActiveValue::Set,
    EntityTrait, FromQueryResult,
    sea_query::{Expr, OnConflict},
};
use vitrine_entity::{ids::ProductId, product_sold};

use crate::{Context, Result, Shop, Tx, jobs::Job, sql};

/// How many sales are counted in one transaction, and how often one is begun: the rest is counted the next time.
const SALES_MAX: usize = 1_000;
const ROUNDS_MAX: usize = 20;

/// How many products one job indexes.
const INDEXED_MAX: usize = 100;

#[derive(FromQueryResult)]
struct Sale {
    product_id: ProductId,
    units: i64,
}

/// Counts the sales that are noted, and has the lists and the search index told. Gives how many there were.
pub async fn count(shop: &Shop) -> Result<usize> {
    let context = &Context::system(shop, "count-sales");
    let mut all = 0;
    for _ in 0..ROUNDS_MAX {
        // Whoever writes to SQLite has to wait for it: not to find that there is nothing.
        let any: Vec<ProductId> = sql::column(&shop.db, "select product_id from product_sale limit 1", []).await?;
        if any.is_empty() {
            break;
        }
        let counted = shop.transact_briefly(context, |tx| async move { take(&tx).await });
        let counted = counted.await?;
        all += counted;
        if counted < SALES_MAX {
            break;
        }
    }
    Ok(all)
}

async fn take(tx: &Tx) -> Result<usize> {
    let sql = format!(
        "delete from product_sale where (line_id, units) in \
         (select line_id, units from product_sale limit {SALES_MAX} {}) returning product_id, units",
        sql::locking_free(tx.db())
    );
    let sales: Vec<Sale> = sql::all(tx.db(), &sql, []).await?;
    let mut sold: BTreeMap<ProductId, i64> = BTreeMap::new();
    for sale in &sales {
        *sold.entry(sale.product_id).or_default() += sale.units;
    }
    let products: Vec<ProductId> = sold.keys().copied().collect();
    add(tx, sold).await?;
    for products in products.chunks(INDEXED_MAX) {
        let products = products.to_vec();
        tx.enqueue(None, Job::IndexProducts { products });
    }
    Ok(sales.len())
}

/// Adds to what was sold of each product; in the order of their ids, so that two who add never wait for each other in a
/// circle.
pub(super) async fn add(tx: &Tx, sold: BTreeMap<ProductId, i64>) -> Result<()> {
    if sold.is_empty() {
        return Ok(());
    }
    let rows = sold.into_iter().map(|(product_id, units)| product_sold::ActiveModel {
        product_id: Set(product_id),
        units: Set(units),
    });
    let more = Expr::cust("product_sold.units + excluded.units");
    let on_conflict = OnConflict::column(product_sold::Column::ProductId)
        .value(product_sold::Column::Units, more)
        .to_owned();
    let insert = product_sold::Entity::insert_many(rows).on_conflict(on_conflict);
    insert.exec_without_returning(tx.db()).await?;
    Ok(())
}

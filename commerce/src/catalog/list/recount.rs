//! Puts what triggers keep of lists together, and counts it anew now and then: the slow way beside their fast one.

use chrono::TimeDelta;
use sea_orm::DbBackend;
use vitrine_entity::ids::CatalogId;

use crate::{
    Context, Result, Shop, Tx, sql, tick,
    turn::{self, Turn},
};

/// How often everything is counted anew, whatever the triggers say.
const PERIOD: TimeDelta = TimeDelta::hours(24);

/// So many rows are summed at every listing without anybody noticing.
const ROWS_MAX: usize = 2_000;

const COUNTED: &str = "insert into product_count (currency, category_id, in_stock, products) \
    select l.currency, p.category_id, l.in_stock, count(*) \
    from product_listing l join product p on p.id = l.product_id \
    where p.status = 'ACTIVE' group by l.currency, p.category_id, l.in_stock";

/// Puts the rows of each kind together.
const FOLDED: &str = "with gone as (delete from product_count returning *) \
    insert into product_count (currency, category_id, in_stock, products) \
    select currency, category_id, in_stock, cast(sum(products) as bigint) from gone group by currency, category_id, in_stock";

/// Counts the products anew once a day, and puts rows together where there are many to sum.
pub async fn recount_if_due(shop: &Shop) -> Result<()> {
    let sql = format!("select 1 from product_count limit {}", ROWS_MAX + 1);
    let is_long = sql::rows(&shop.db, &sql, []).await?.len() > ROWS_MAX;
    let context = &Context::system(shop, "count-products");
    shop.transact(context, |tx| async move {
        if tick::claim(&tx, "product_counts", PERIOD).await? {
            return recount(&tx).await;
        }
        // On SQLite there is one row of each kind, however many kinds there are.
        match tx.shop().db.get_database_backend() {
            DbBackend::Postgres if is_long => fold(&tx).await,
            _ => Ok(()),
        }
    })
    .await
}

async fn recount(tx: &Tx) -> Result<()> {
    // Two at once would each count everything.
    turn::take(tx, Turn::ProductCounts).await?;
    forget_listed(tx).await?;
    // One statement sees one state: a change that it counts has its rows taken away, and a later one keeps them.
    let sql = match tx.shop().db.get_database_backend() {
        DbBackend::Postgres => format!("with gone as (delete from product_count) {COUNTED}"),
        _ => {
            // Nobody else writes while this transaction is open.
            sql::execute(tx.db(), "delete from product_count", []).await?;
            COUNTED.to_owned()
        }
    };
    sql::execute(tx.db(), &sql, []).await?;
    Ok(())
}

/// Takes catalogs out of which all goods have a price otherwise by now.
async fn forget_listed(tx: &Tx) -> Result<()> {
    for row in sql::rows(tx.db(), "select catalog_id, noted from catalog_unlisted", []).await? {
        let (catalog, noted): (CatalogId, i64) = (row.try_get("", "catalog_id")?, row.try_get("", "noted")?);
        // One that was added again meanwhile stays: what added it may not be seen here yet.
        let sql = "delete from catalog_unlisted where catalog_id = $1 and noted = $2 and not exists (select 1 \
            from catalog_price p join variant v on v.id = p.variant_id where p.catalog_id = $1 and p.from_quantity = 1 \
            and not exists (select 1 from product_listing l where l.product_id = v.product_id and l.currency = p.currency))";
        sql::execute(tx.db(), sql, [catalog.into(), noted.into()]).await?;
    }
    Ok(())
}

async fn fold(tx: &Tx) -> Result<()> {
    turn::take(tx, Turn::ProductCounts).await?;
    sql::execute(tx.db(), FOLDED, []).await?;
    Ok(())
}

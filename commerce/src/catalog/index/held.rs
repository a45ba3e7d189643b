//! An index that outlives its process: whose it is, and what it lacks.

use std::collections::HashMap;

use sea_orm::{DbErr, FromQueryResult, QueryResult, Value};
use vitrine_entity::ids::{OutboxId, ProductId};

use super::push::push_readable;
use crate::{Context, Result, Shop, catalog::synonyms, reader::Reader, sql};

/// How many products are compared at once.
const STEP: u64 = 2_000;

/// What of a product changes without anybody editing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub price_minor: i64,
    pub in_stock: bool,
    pub sold: i64,
}

/// The mark that this process's index had when it was opened last: one of another shop, or of this one at another
/// time, has another.
pub async fn mark(shop: &Shop) -> Result<Option<String>> {
    let marks: Vec<String> = sql::column(&shop.db, "select mark from search_mark where name = 'own'", []).await?;
    Ok(marks.into_iter().next())
}

/// Puts another mark in its place.
pub async fn set_mark(shop: &Shop, mark: &str) -> Result<()> {
    let context = &Context::system(shop, "search-mark");
    shop.transact(context, |tx| async move {
        let sql = "insert into search_mark (name, mark) values ('own', $1) on conflict (name) do update set mark = excluded.mark";
        sql::execute(tx.db(), sql, [mark.into()]).await?;
        Ok(())
    })
    .await
}

/// What was written down last in an SQLite database, by a name that nothing else will have: whoever restores the database
/// from a backup of an earlier time takes it back.
pub async fn newest(db: &Reader) -> Result<Option<String>> {
    let last = "select id from outbox order by rowid desc limit 1";
    let last: Vec<OutboxId> = sql::column(db, last, []).await?;
    Ok(last.first().map(ToString::to_string))
}

/// Whether the [newest](newest) thing of some time is there. One that is so old that it was forgotten is not.
pub async fn knows(db: &Reader, thing: &str) -> Result<bool> {
    let Ok(id) = thing.parse::<OutboxId>() else {
        return Ok(false);
    };
    let found: Vec<i32> = sql::column(db, "select 1 from outbox where id = $1", [id.into()]).await?;
    Ok(!found.is_empty())
}

/// Brings an index that holds products with these stamps in step with the database, and its synonyms. Gives how many
/// products differed.
///
/// What the jobs that were cut would have written is not looked for: they are run again.
pub async fn catch_up(shop: &Shop, mut held: HashMap<ProductId, Stamp>) -> Result<u64> {
    let currency = Context::system(shop, "catch-up").currency;
    synonyms::push(shop).await?;
    let (mut after, mut done): (Option<ProductId>, u64) = (None, 0);
    loop {
        let mut values: Vec<Value> = vec![currency.into(), (STEP as i64).into()];
        values.extend(after.map(Value::from));
        let beyond = if after.is_some() { "and p.id > $3" } else { "" };
        let sql = format!(
            "select p.id, l.price_min_minor, l.in_stock, l.sold \
             from product p join product_listing l on l.product_id = p.id and l.currency = $1 \
             where p.status = 'ACTIVE' {beyond} order by p.id limit $2"
        );
        let rows: Vec<Row> = sql::all(&shop.db, &sql, values).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.product);
        let differs = |row: &Row| held.remove(&row.product) != Some(row.stamp);
        let differing: Vec<ProductId> = rows.into_iter().filter(differs).map(|row| row.product).collect();
        done += differing.len() as u64;
        push_readable(shop, currency, &differing).await?;
    }
    // What is no longer sold.
    let gone: Vec<ProductId> = held.into_keys().collect();
    push_readable(shop, currency, &gone).await?;
    Ok(done + gone.len() as u64)
}

struct Row {
    product: ProductId,
    stamp: Stamp,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            product: row.try_get(prefix, "id")?,
            stamp: Stamp {
                price_minor: row.try_get(prefix, "price_min_minor")?,
                in_stock: row.try_get(prefix, "in_stock")?,
                sold: row.try_get(prefix, "sold")?,
            },
        })
    }
}

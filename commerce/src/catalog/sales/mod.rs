//! How many units of each product were sold: counted as orders are confirmed and cancelled, so that it costs the same
//! however many there were.
//!
//! Once a day the orders themselves are asked, which mends what a server of the version before has left out.

use chrono::TimeDelta;
use sea_orm::FromQueryResult;
use vitrine_entity::ids::{OrderId, ProductId};

use crate::{Context, Result, Shop, Tx, jobs::Job, sql, tick};

/// How often the orders are asked, and of how many products at once.
const PERIOD: TimeDelta = TimeDelta::hours(24);
const PRODUCTS_MAX: u64 = 50;

/// What becomes of an order's goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Sold,
    Returned,
}

/// Counts the lines of an order that is confirmed, or that was and is cancelled, in the same transaction. The caller
/// has not locked its stock yet: everybody takes sales before stock.
pub(crate) async fn count(tx: &Tx, order: OrderId, change: Change) -> Result<()> {
    let sign = match change {
        Change::Sold => 1i64,
        Change::Returned => -1,
    };
    // In the order of their ids, so that two orders of the same goods never wait for each other in a circle.
    let sql = "insert into product_sold (product_id, units) \
        select product_id, cast(sum(quantity) as bigint) * $2 from order_line where order_id = $1 \
        group by product_id order by product_id \
        on conflict (product_id) do update set units = product_sold.units + excluded.units";
    sql::execute(tx.db(), sql, [order.into(), sign.into()]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Compared {
    id: ProductId,
    counted: i64,
    sold: i64,
}

/// Mends what was counted wrong, if it is time to and no other worker does.
pub(crate) async fn recount_if_due(shop: &Shop) -> Result<()> {
    let context = Context::system(shop, "recount-sales");
    let is_ours = shop.transact(
        &context,
        |tx| async move { tick::claim(&tx, "recount_sales", PERIOD).await },
    );
    if is_ours.await? {
        recount(shop, &context).await
    } else {
        Ok(())
    }
}

async fn recount(shop: &Shop, context: &Context) -> Result<()> {
    let mut after = None;
    loop {
        let page = compare(shop, after).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        let wrong: Vec<_> = page.into_iter().filter(|row| row.counted != row.sold).collect();
        if !wrong.is_empty() {
            mend(shop, context, &wrong).await?;
        }
    }
}

/// Both numbers are of one moment, so that their difference holds whatever is sold meanwhile.
async fn compare(shop: &Shop, after: Option<ProductId>) -> Result<Vec<Compared>> {
    let sql = format!(
        "select p.id, coalesce(s.units, 0) as counted, \
           coalesce((select cast(sum(l.quantity) as bigint) from order_line l join orders o on o.id = l.order_id \
             where l.product_id = p.id and o.status in ('CONFIRMED', 'DISPATCHED', 'COMPLETED')), 0) as sold \
         from product p left join product_sold s on s.product_id = p.id \
         where p.id > $1 order by p.id limit {PRODUCTS_MAX}"
    );
    let after = after.map_or_else(uuid::Uuid::nil, |id| id.0);
    Ok(sql::all(&shop.db, &sql, [after.into()]).await?)
}

async fn mend(shop: &Shop, context: &Context, wrong: &[Compared]) -> Result<()> {
    tracing::info!(products = wrong.len(), "sales that were counted wrong are mended");
    shop.transact(context, |tx| async move {
        let sql = "insert into product_sold (product_id, units) values ($1, $2) \
            on conflict (product_id) do update set units = product_sold.units + excluded.units";
        for row in wrong {
            sql::execute(tx.db(), sql, [row.id.into(), (row.sold - row.counted).into()]).await?;
        }
        let products = wrong.iter().map(|row| row.id).collect();
        tx.enqueue(None, Job::IndexProducts { products });
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests;

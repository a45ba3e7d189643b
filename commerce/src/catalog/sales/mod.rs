//! How many units of each product were sold: noted as orders are confirmed and cancelled, and counted every few seconds
//! for all of them together ([`count`]), so that it costs the same however many there were, and nobody waits for who else
//! buys the same.
//!
//! Once a day the orders themselves are asked, which mends what a server of the version before has left out.

mod count;

use chrono::TimeDelta;
use sea_orm::FromQueryResult;
use vitrine_entity::ids::{OrderId, OrderLineId, ProductId};

use crate::{Context, Result, Shop, Tx, jobs::Job, sql, tick};

pub use self::count::count;

/// How often the orders are asked, and of how many products at once.
const PERIOD: TimeDelta = TimeDelta::hours(24);
const PRODUCTS_MAX: u64 = 50;

/// What becomes of an order's goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Sold,
    Returned,
}

/// Notes the lines of an order that is confirmed, or that was and is cancelled, with the end of the same transaction. Goods that
/// are sent again were sold before.
pub(crate) fn note(tx: &Tx, order: OrderId, change: Change) {
    let sign = match change {
        Change::Sold => 1i64,
        Change::Returned => -1,
    };
    let sql = "insert into product_sale (line_id, product_id, units) \
        select id, product_id, quantity * $2 from order_line where order_id = $1 \
        and not exists (select 1 from order_claim c where c.replacement_id = $1) on conflict do nothing";
    tx.run_later(sql, [order.into(), sign.into()]);
}

/// Notes that so many units more of lines were sold, or fewer, of an order that was changed. The line's id, its product, and how many.
pub(crate) async fn note_changed(tx: &Tx, changed: &[(OrderLineId, ProductId, i64)]) -> Result<()> {
    let sql = "insert into product_sale (line_id, product_id, units) values ($1, $2, $3) on conflict do nothing";
    for (line, product, units) in changed.iter().filter(|(_, _, units)| *units != 0) {
        sql::execute(tx.db(), sql, [(*line).into(), (*product).into(), (*units).into()]).await?;
    }
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
        "select p.id, cast(coalesce(s.units, 0) + coalesce(n.units, 0) as bigint) as counted, \
           coalesce((select cast(sum(l.quantity) as bigint) from order_line l join orders o on o.id = l.order_id \
             where l.product_id = p.id and o.status in ('CONFIRMED', 'DISPATCHED', 'COMPLETED') \
             and not exists (select 1 from order_claim c where c.replacement_id = o.id)), 0) as sold \
         from product p left join product_sold s on s.product_id = p.id \
         left join (select product_id, sum(units) as units from product_sale group by product_id) n \
           on n.product_id = p.id \
         where p.id > $1 order by p.id limit {PRODUCTS_MAX}"
    );
    let after = after.map_or_else(uuid::Uuid::nil, |id| id.0);
    Ok(sql::all(&shop.db, &sql, [after.into()]).await?)
}

async fn mend(shop: &Shop, context: &Context, wrong: &[Compared]) -> Result<()> {
    tracing::info!(products = wrong.len(), "sales that were counted wrong are mended");
    shop.transact(context, |tx| async move {
        let missing = wrong.iter().map(|row| (row.id, row.sold - row.counted));
        count::add(&tx, missing.collect()).await?;
        let products = wrong.iter().map(|row| row.id).collect();
        tx.enqueue(None, Job::IndexProducts { products });
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests;

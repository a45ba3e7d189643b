//! The job `TellBackInStock`: tells those who wait for a variant, all of them, in the order in which they asked. Who
//! comes first is served first, as ever: nothing is held for anybody.

use vitrine_entity::ids::{StockAlertId, VariantId};

use crate::{
    Context, Result, Shop, Tx,
    catalog::goods::goods_on,
    jobs::{Job, JobError},
    notifications,
    outbox::Lease,
    sql,
};

/// How many are told in one transaction; the rest by the next job.
const BATCH: i64 = 100;

/// Asks for the mails of those who wait, if there is anything to be had.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, variant: VariantId) -> Result<(), JobError> {
    shop.transact(context, |tx| async move {
        if is_back(&tx, variant).await? {
            tell_some(&tx, variant).await?;
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

async fn is_back(tx: &Tx, variant: VariantId) -> Result<bool> {
    let goods = goods_on(tx.shop(), tx.db(), tx.context().currency, &[variant]).await?;
    let good = goods.get(&variant);
    Ok(good.is_some_and(|good| good.on_sale && good.price.is_some() && good.availability.in_stock() > 0))
}

async fn tell_some(tx: &Tx, variant: VariantId) -> Result<()> {
    let sql = "update stock_alert set state = 'TOLD', ended_at = $2 where state = 'WAITING' and id in \
               (select id from stock_alert where variant_id = $1 and state = 'WAITING' order by id limit $3) returning id";
    let values = [variant.into(), tx.shop().now().into(), BATCH.into()];
    let mut told: Vec<StockAlertId> = sql::column(tx.db(), sql, values).await?;
    told.sort_unstable();
    let is_full = told.len() as i64 == BATCH;
    for alert in told {
        notifications::tell_of_stock(tx, alert);
    }
    if is_full {
        tx.enqueue(None, Job::TellBackInStock { variant });
    }
    Ok(())
}

//! What is not kept of saved cards.

use chrono::TimeDelta;
use vitrine_entity::ids::{CustomerId, ProviderCustomerId};

use crate::{Context, Result, Shop, jobs::Job, sql};

/// How long it is known that a card was removed: a repeated removal answers alike.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Forgets cards that were removed a while ago and that no provider has any more, a bounded number at a time. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from saved_payment_method where id in (select id from saved_payment_method \
               where removed_at < $1 and detached_at is not null order by removed_at limit 500)";
    shop.execute(sql, [(shop.now() - KEPT).into()]).await
}

/// Forgets the cards of somebody who is erased, and has every provider forget them, too.
pub(crate) async fn forget_customer(shop: &Shop, context: &Context, customer: CustomerId) -> Result<()> {
    shop.transact(context, |tx| async move {
        let sql = "delete from saved_payment_method where customer_id = $1";
        sql::execute(tx.db(), sql, [customer.into()]).await?;
        let sql = "update provider_customer set customer_id = null where customer_id = $1 returning id";
        let known: Vec<ProviderCustomerId> = sql::column(tx.db(), sql, [customer.into()]).await?;
        for customer in known {
            tx.enqueue(None, Job::DeleteProviderCustomer { customer });
        }
        Ok(())
    })
    .await
}

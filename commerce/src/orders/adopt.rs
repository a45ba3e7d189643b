//! What a guest ordered with a mail address becomes their account's, once they have shown that it is theirs.

use sea_orm::EntityTrait;
use vitrine_entity::{customer, ids::CustomerId};

use crate::{
    Context, Shop, imported,
    jobs::{Job, JobError},
    outbox::Lease,
    sql,
};

/// How many orders one step takes.
const AT_ONCE: i64 = 100;

/// Job: gives a customer the next of the orders that a guest placed with their address.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: CustomerId) -> Result<(), JobError> {
    let adopted = shop.transact(context, |tx| async move {
        if let Some(customer) = customer::Entity::find_by_id(id).one(tx.db()).await? {
            let sql = "update orders set customer_id = $1 where id in \
                       (select id from orders where email = $2 and customer_id is null \
                       and not exists (select 1 from order_erasure where order_id = orders.id) order by id limit $3)";
            imported::adopt(&tx, id, &customer.email).await?;
            let values = [id.into(), customer.email.into(), AT_ONCE.into()];
            if sql::execute(tx.db(), sql, values).await? == AT_ONCE as u64 {
                tx.enqueue(None, Job::AdoptOrders { customer: id });
            }
        }
        lease.finish(&tx).await
    });
    Ok(adopted.await?)
}

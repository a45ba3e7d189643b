//! The job `ErasePerson`: in small steps, each a transaction of its own that may be done again.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::{OrderId, PersonErasureId},
    person_erasure::{self, ErasureState},
};

use super::{
    super::{export, person::Person},
    belongings,
    order::erase_due_of,
    plan::{due_at, open_orders},
};
use crate::{
    Context, Result, Shop,
    events::{self, EventKind},
    imported,
    jobs::{Job, JobError},
    outbox::Lease,
    payments, sql,
};

/// How long it waits for orders that are under way.
const OPEN_PAUSE: TimeDelta = TimeDelta::hours(6);

/// How many orders are set down at once.
const ORDERS_AT_ONCE: i64 = 100;

/// By what of an order its person is told of it elsewhere, and that they agreed to it: no law keeps that for years, and whoever
/// wants to be erased is told no more.
const TOLD_BY: [&str; 3] = [
    "delete from push_subscription where order_id = $1",
    "delete from order_sms_consent where order_id = $1",
    "delete from order_sms where order_id = $1",
];

/// How long it is kept that somebody was erased, without who: staff see that it was done.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Job: erases a person.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PersonErasureId) -> Result<(), JobError> {
    let row = person_erasure::Entity::find_by_id(id).one(&shop.db).await?;
    let Some((row, email)) = row.and_then(|row| Some((row.clone(), row.email?))) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    if row.state != ErasureState::Running {
        return Ok(lease.finish_alone(shop).await?);
    }
    let person = Person {
        customer: row.customer_id,
        email,
    };
    if !open_orders(shop, &person).await?.is_empty() {
        return Err(JobError::Defer(OPEN_PAUSE));
    }
    let (key, email) = (person.key(), person.email.as_str());
    shop.transact(
        context,
        |tx| async move { imported::ask_erasure(&tx, key, email).await },
    )
    .await?;
    let is_all = set_orders_down(shop, context, &person, id).await?
        && erase_due_of(shop, context, id).await?
        && export::remove_of(shop, &person).await?
        && forget_saved(shop, context, &person).await?
        && belongings::remove(shop, context, &person).await?;
    let finished = shop.transact(context, |tx| async move {
        if is_all {
            // Who it was is nowhere any more.
            let sql = "update person_erasure set state = 'DONE', email = null, customer_id = null, finished_at = $2 \
                       where id = $1";
            sql::execute(tx.db(), sql, [id.into(), shop.now().into()]).await?;
            if let Some(customer) = row.customer_id {
                events::customer(&tx, EventKind::CustomerErased, customer, None);
            }
        } else {
            tx.enqueue(None, Job::ErasePerson { erasure: id });
        }
        lease.finish(&tx).await
    });
    Ok(finished.await?)
}

/// Their saved cards, here and at whoever keeps them.
async fn forget_saved(shop: &Shop, context: &Context, person: &Person) -> Result<bool> {
    if let Some(customer) = person.customer {
        payments::saved::forget_customer(shop, context, customer).await?;
    }
    Ok(true)
}

/// Sets down when each order loses the person, and takes it out of the account. Whether that is all.
async fn set_orders_down(shop: &Shop, context: &Context, person: &Person, id: PersonErasureId) -> Result<bool> {
    let nothing = OrderId(uuid::Uuid::nil());
    let fresh = "not exists (select 1 from order_erasure where order_id = orders.id)";
    let orders = &person.orders(shop, fresh, nothing, ORDERS_AT_ONCE).await?;
    if orders.is_empty() {
        return Ok(true);
    }
    shop.transact(context, |tx| async move {
        for order in orders {
            // Another erasure of the same person may have set it down meanwhile: the first one's time holds.
            let sql = "insert into order_erasure (order_id, erasure_id, due_at) values ($1, $2, $3) \
                       on conflict (order_id) do nothing";
            let due_at = due_at(shop, order.placed_at);
            sql::execute(tx.db(), sql, [order.id.into(), id.into(), due_at.into()]).await?;
            let sql = "update orders set customer_id = null where id = $1";
            sql::execute(tx.db(), sql, [order.id.into()]).await?;
            for sql in TOLD_BY {
                sql::execute(tx.db(), sql, [order.id.into()]).await?;
            }
        }
        Ok(())
    })
    .await?;
    Ok((orders.len() as i64) < ORDERS_AT_ONCE)
}

/// Forgets what was asked for and not confirmed, and a while later what was done, a bounded number at a time. Gives
/// how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from person_erasure where id in (select id from person_erasure \
               where (state = 'ASKED' and expires_at < $1) or (state = 'DONE' and finished_at < $2) limit 500)";
    let values = [shop.now().into(), (shop.now() - KEPT).into()];
    shop.execute(sql, values).await
}

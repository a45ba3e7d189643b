//! The job `MakeDiscountCodes`: the next codes of a batch, a few hundred in a transaction.

use std::time::Duration;

use sea_orm::{EntityTrait, Value};
use vitrine_entity::{
    discount,
    discount_code_batch::{self, BatchStatus},
    ids::{DiscountCodeBatchId, DiscountCodeId},
};

use super::letters::code;
use crate::{
    Context, Error, Result, Shop, Tx,
    jobs::{Job, JobError},
    outbox::Lease,
    sql,
};

/// How many codes one transaction makes, and how many transactions one job: shoppers wait for the first on SQLite, and
/// other jobs for the second.
const CODES_AT_ONCE: i64 = 500;
const TRANSACTIONS_OF_JOB: usize = 10;

/// How long others have the database to themselves between two transactions.
const PAUSE: Duration = Duration::from_millis(5);

/// Goes on with a batch.
pub(crate) async fn run(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    id: DiscountCodeBatchId,
) -> Result<(), JobError> {
    let found = discount_code_batch::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(mut row) = found.filter(|row| row.status == BatchStatus::Running) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let discount = discount::Entity::find_by_id(row.discount_id).one(&shop.db).await?;
    if discount.is_none_or(|discount| discount.deleted_at.is_some()) {
        return Ok(fail(shop, context, lease, &row, "Its discount was deleted.").await?);
    }
    for number in 1..=TRANSACTIONS_OF_JOB {
        let is_last = number == TRANSACTIONS_OF_JOB || row.quantity - row.made <= CODES_AT_ONCE;
        match make(shop, context, &row, is_last.then_some(lease)).await? {
            Some(after) => row = after,
            // Cancelled, or another job goes on with it.
            None => return Ok(lease.finish_alone(shop).await?),
        }
        if is_last {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// Makes a few codes and notes how many there are, in one transaction. The last of a job finishes it, and has another go
/// on. `None` where the batch stands elsewhere by now.
async fn make(
    shop: &Shop,
    context: &Context,
    row: &discount_code_batch::Model,
    last: Option<&Lease>,
) -> Result<Option<discount_code_batch::Model>> {
    let made = shop.transact(context, |tx| async move {
        let count = insert(&tx, row, (row.quantity - row.made).min(CODES_AT_ONCE)).await?;
        let sql = "update discount_code_batch set made = made + $3, updated_at = $4, \
                   status = case when made + $3 >= quantity then 'DONE' else 'RUNNING' end, \
                   finished_at = case when made + $3 >= quantity then $4 end \
                   where id = $1 and made = $2 and status = 'RUNNING' returning *";
        let values: [Value; 4] = [row.id.into(), row.made.into(), count.into(), tx.shop().now().into()];
        let after: Option<discount_code_batch::Model> = sql::one(tx.db(), sql, values).await?;
        let Some(after) = after else {
            return Err(Error::Refused(Vec::new()));
        };
        if let Some(lease) = last {
            if after.status == BatchStatus::Running {
                tx.enqueue(None, Job::MakeDiscountCodes { batch: row.id });
            }
            lease.finish(&tx).await?;
        }
        Ok(after)
    });
    match made.await {
        Ok(after) => Ok(Some(after)),
        Err(Error::Refused(refusals)) if refusals.is_empty() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes so many codes, less those that there are already: others are made in their place the next time. Gives how many
/// were written.
async fn insert(tx: &Tx, row: &discount_code_batch::Model, count: i64) -> Result<i64> {
    let shop = tx.shop();
    let mut values: Vec<Value> = vec![row.discount_id.into(), shop.now().into(), row.id.into()];
    let mut rows = Vec::new();
    for _ in 0..count {
        let first = values.len() + 1;
        rows.push(format!("(${first}, $1, ${}, true, 0, $2, $3)", first + 1));
        let id = DiscountCodeId(shop.new_id());
        values.push(id.into());
        values.push(code(&row.prefix, row.length, shop.ids.unguessable()).into());
    }
    let sql = format!(
        "insert into discount_code (id, discount_id, code, active, used, created_at, batch_id) values {} \
         on conflict (code) do nothing",
        rows.join(", ")
    );
    let written = sql::execute(tx.db(), &sql, values).await?;
    Ok(i64::try_from(written).unwrap_or(i64::MAX))
}

async fn fail(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    row: &discount_code_batch::Model,
    why: &str,
) -> Result<()> {
    shop.transact(context, |tx| async move {
        let sql = "update discount_code_batch set status = 'FAILED', error = $2, updated_at = $3, finished_at = $3 \
                   where id = $1 and status = 'RUNNING'";
        sql::execute(tx.db(), sql, [row.id.into(), why.into(), shop.now().into()]).await?;
        lease.finish(&tx).await
    })
    .await
}

//! The job `ImportProducts`: the next products of a file, or of what else is in it, a batch in a transaction.

use std::time::Duration;

use sea_orm::{EntityTrait, Value};
use serde_json::json;
use tokio::time::Instant;
use vitrine_entity::{
    ids::ProductImportId,
    product_import::{self, ImportStatus},
};

use super::{
    file::{self, File},
    find::require_for,
};
use crate::{
    Context, Error, Fault, Result, Shop, Tx,
    catalog::import::{Problems, Step, is_free_of_conflicts, pause, rehearse_step, write_step},
    jobs::{Job, JobError},
    media, moving,
    outbox::Lease,
    ports::event_bus::Topic,
    sql,
    staff::access,
};

/// How long one job goes on, well within its lease; the file is read anew by the next.
const TIME: Duration = Duration::from_secs(10);

/// Goes on with an import.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: ProductImportId) -> Result<(), JobError> {
    let found = product_import::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = found.filter(|row| row.status == ImportStatus::Running) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let viewer = access::on_behalf(shop, row.staff_member_id, row.app_id).await?;
    let on_behalf = viewer.map(|viewer| Context {
        currency: row.currency,
        viewer,
        ..context.clone()
    });
    let on_behalf = on_behalf.filter(|context| require_for(context, row.what).is_ok());
    let Some(on_behalf) = &on_behalf else {
        let why = "Whoever started it may not import products any more.";
        return Ok(fail(shop, context, lease, &row, why).await?);
    };
    let file = file::read(shop, &row).await?;
    let Some(file) = &file else {
        return Ok(fail(shop, on_behalf, lease, &row, "Its file is gone.").await?);
    };
    let context = on_behalf;
    let began = match row.writes {
        Some(_) => Some(row),
        None => begin(shop, context, lease, file, &row).await?,
    };
    match began {
        Some(row) if row.status == ImportStatus::Running => Ok(go_on(shop, context, lease, file, row).await?),
        // It had no products, and its end is noted with the job's.
        Some(_) => Ok(()),
        // Cancelled, or another job goes on with it.
        None => Ok(lease.finish_alone(shop).await?),
    }
}

/// Notes what reading the file has found, and whether it is written: not where anything is wrong.
async fn begin(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    file: &File,
    row: &product_import::Model,
) -> Result<Option<product_import::Model>> {
    let is_right = match file {
        File::Products(parsed) => !parsed.has_errors() && is_free_of_conflicts(shop, context, parsed).await?,
        // What one row has wrong keeps no other out.
        File::Things(_) => true,
    };
    let writes = is_right && !row.dry_run;
    shop.transact(context, |tx| async move {
        let total = file.total() as i64;
        let sql = "update product_import set writes = $2, products_total = $3, problems = $4, error_count = $5, \
                   status = $6, updated_at = $7, finished_at = case when $6 = 'DONE' then $7 end \
                   where id = $1 and status = 'RUNNING' and writes is null returning *";
        let status = if total == 0 { "DONE" } else { "RUNNING" };
        let values: [Value; 7] = [
            row.id.into(),
            writes.into(),
            total.into(),
            json!(file.problems()).into(),
            (file.errors() as i64).into(),
            status.into(),
            tx.shop().now().into(),
        ];
        let after: Option<product_import::Model> = sql::one(tx.db(), sql, values).await?;
        if total == 0 && after.is_some() {
            lease.finish(&tx).await?;
        }
        tx.announce(Topic::ProductImport(row.id));
        Ok(after)
    })
    .await
}

/// Does batch after batch, until the time or the file is over.
async fn go_on(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    file: &File,
    mut row: product_import::Model,
) -> Result<()> {
    let began = Instant::now();
    loop {
        let step_began = Instant::now();
        let is_last = began.elapsed() >= TIME;
        match one_step(shop, context, lease, file, &row, is_last).await? {
            Some(after) if is_last || after.status != ImportStatus::Running => return Ok(()),
            Some(after) => row = after,
            None => return lease.finish_alone(shop).await,
        }
        pause(shop, step_began, true).await;
    }
}

/// One batch. The last of a job finishes it, and has another go on where there is more. `None` where the import stands
/// elsewhere by now.
async fn one_step(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    file: &File,
    row: &product_import::Model,
    is_last: bool,
) -> Result<Option<product_import::Model>> {
    let place = usize::try_from(row.products_done).unwrap_or(usize::MAX);
    // What is rehearsed is taken back with its transaction, and noted by another.
    let rehearsed = &match (file, row.writes) {
        (File::Things(_), _) | (File::Products(_), Some(true)) => None,
        (File::Products(parsed), _) => Some(rehearse_step(shop, context, parsed, place, row.created_at).await?),
    };
    let noted = shop.transact(context, |tx| async move {
        let step = match (rehearsed, file) {
            (Some(step), _) => step.clone(),
            (None, File::Products(parsed)) => write_step(&tx, parsed, place).await?,
            (None, File::Things(read)) => moving::step(&tx, read, place, row.writes != Some(true)).await?,
        };
        let Some(after) = advance(&tx, row, &step).await? else {
            // What it has written is another job's to write, or nobody's any more.
            return Err(Error::Refused(Vec::new()));
        };
        if is_last || after.status == ImportStatus::Done {
            lease.finish(&tx).await?;
        }
        tx.announce(Topic::ProductImport(row.id));
        if is_last && after.status == ImportStatus::Running {
            tx.enqueue(None, Job::ImportProducts { import: row.id });
        }
        Ok(after)
    });
    match noted.await {
        Ok(after) => Ok(Some(after)),
        Err(Error::Refused(refusals)) if refusals.is_empty() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Notes how far it is. `None` where it is not where it was.
async fn advance(tx: &Tx, row: &product_import::Model, step: &Step) -> Result<Option<product_import::Model>> {
    let done = row.products_done + step.products as i64;
    let is_done = row.products_total.is_none_or(|total| done >= total);
    let known = serde_json::from_value(row.problems.clone());
    let known = known.map_err(|error| Fault::other("reading product_import.problems", error))?;
    let problems = Problems::continued(known, row.error_count, &step.problems);
    let pictures = match (row.writes, is_done) {
        // All that wait to be fetched, of this file and of others.
        (Some(true), true) if row.what.is_none() => media::import::pending(tx).await? as i64,
        _ => row.pictures_count + step.pictures.len() as i64,
    };
    let sql = "update product_import set products_done = $3, created_count = created_count + $4, \
               updated_count = updated_count + $5, unchanged_count = unchanged_count + $6, pictures_count = $7, \
               error_count = $8, problems = $9, status = $10, updated_at = $11, \
               finished_at = case when $10 = 'DONE' then $11 end \
               where id = $1 and status = 'RUNNING' and products_done = $2 returning *";
    let values: [Value; 11] = [
        row.id.into(),
        row.products_done.into(),
        done.into(),
        (step.created as i64).into(),
        (step.updated as i64).into(),
        (step.unchanged as i64).into(),
        pictures.into(),
        (problems.errors as i64).into(),
        json!(problems.sorted()).into(),
        (if is_done { "DONE" } else { "RUNNING" }).into(),
        tx.shop().now().into(),
    ];
    Ok(sql::one(tx.db(), sql, values).await?)
}

async fn fail(shop: &Shop, context: &Context, lease: &Lease, row: &product_import::Model, why: &str) -> Result<()> {
    shop.transact(context, |tx| async move {
        let sql = "update product_import set status = 'FAILED', error = $2, updated_at = $3, finished_at = $3 \
                   where id = $1 and status = 'RUNNING'";
        sql::execute(tx.db(), sql, [row.id.into(), why.into(), shop.now().into()]).await?;
        tx.announce(Topic::ProductImport(row.id));
        lease.finish(&tx).await
    })
    .await
}

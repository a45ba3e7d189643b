//! The job `RunBulkOperation`: the next lines of a file, a few in a transaction.

use std::time::Duration;

use sea_orm::{EntityTrait, IntoActiveModel, Value};
use vitrine_entity::{
    bulk_operation::{self, BulkStatus},
    bulk_result,
    ids::BulkOperationId,
};

use super::{
    file::{self, Line},
    line::{self, Outcome},
};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx, Viewer,
    error::causes,
    jobs::{Job, JobError},
    outbox::Lease,
    ports::event_bus::Topic,
    sql,
    staff::access,
};

/// How many lines one transaction does, and how many transactions one job: shoppers wait for the first on SQLite,
/// and other jobs for the second.
const LINES_AT_ONCE: usize = 20;
const TRANSACTIONS_OF_JOB: usize = 10;

/// How long others have the database to themselves between two transactions. SQLite has one writer, and whoever
/// waits for it looks only now and then whether it is free.
const PAUSE: Duration = Duration::from_millis(5);

/// Goes on with a bulk operation.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: BulkOperationId) -> Result<(), JobError> {
    let found = bulk_operation::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(mut row) = found.filter(|row| row.status == BulkStatus::Running) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let (offset, size) = (row.byte_offset.unsigned_abs(), row.byte_size.unsigned_abs());
    let count = LINES_AT_ONCE * TRANSACTIONS_OF_JOB;
    let lines = file::lines(&*shop.media, row.storage_key, offset, size, count).await?;
    let viewer = access::on_behalf(shop, row.staff_member_id, row.app_id).await?;
    let (lines, viewer) = match (lines, viewer) {
        (Some(lines), Some(viewer)) => (lines, viewer),
        (None, _) => return Ok(fail(shop, context, lease, &row, "Its file is gone.").await?),
        (_, None) => {
            let why = "Whoever started it may not work here any more.";
            return Ok(fail(shop, context, lease, &row, why).await?);
        }
    };
    let pieces: Vec<&[Line]> = lines.chunks(LINES_AT_ONCE).collect();
    for (index, piece) in pieces.iter().enumerate() {
        let last = (index + 1 == pieces.len()).then_some(lease);
        match do_lines(shop, context, viewer, &row, piece, last).await? {
            Some(after) => row = after,
            // Cancelled, or another job goes on with it.
            None => return Ok(lease.finish_alone(shop).await?),
        }
        tokio::time::sleep(PAUSE).await;
    }
    if pieces.is_empty() {
        // Nothing is left, and nobody has said so.
        do_lines(shop, context, viewer, &row, &[], Some(lease)).await?;
    }
    Ok(())
}

/// Does a whole operation at once, for whoever waits for it; `on_progress` is told how it stands. Beside a job that
/// does the same, each line is done by one of the two.
///
/// # Errors
/// Refuses an operation whose file is gone.
pub async fn run_here(
    shop: &Shop,
    context: &Context,
    mut row: bulk_operation::Model,
    mut on_progress: impl FnMut(&bulk_operation::Model) + Send,
) -> Result<bulk_operation::Model> {
    let missing = || Refusal::not_found("file of operations");
    while row.status == BulkStatus::Running {
        let (offset, size) = (row.byte_offset.unsigned_abs(), row.byte_size.unsigned_abs());
        let lines = file::lines(&*shop.media, row.storage_key, offset, size, LINES_AT_ONCE).await?;
        let lines = lines.ok_or_else(missing)?;
        row = match do_lines(shop, context, context.viewer, &row, &lines, None).await? {
            Some(after) => after,
            // Cancelled, or a job has gone on with it.
            None => {
                let found = bulk_operation::Entity::find_by_id(row.id).one(&shop.db).await?;
                found.ok_or_else(missing)?
            }
        };
        on_progress(&row);
        tokio::time::sleep(PAUSE).await;
    }
    Ok(row)
}

/// Does a few lines and notes where to go on, all in one transaction. The last of a job finishes it, and has
/// another go on. `None` where the operation stands elsewhere by now.
async fn do_lines(
    shop: &Shop,
    context: &Context,
    viewer: Viewer,
    row: &bulk_operation::Model,
    lines: &[Line],
    last: Option<&Lease>,
) -> Result<Option<bulk_operation::Model>> {
    let begun = &Context {
        currency: row.currency,
        viewer,
        ..context.clone()
    };
    let done = shop.transact(context, |tx| async move {
        let mut results = Vec::new();
        for (line, number) in lines.iter().zip(row.lines_done + 1..) {
            if !line.text.is_empty() {
                let outcome = do_line(&tx, begun, row.dry_run, &line.text).await?;
                results.push(outcome.row(row.id, number));
            }
        }
        let Some(after) = advance(&tx, row, lines, &results).await? else {
            return Err(Error::Refused(Vec::new()));
        };
        if !results.is_empty() {
            bulk_result::Entity::insert_many(results.into_iter().map(IntoActiveModel::into_active_model))
                .exec_without_returning(tx.db())
                .await?;
        }
        if let Some(lease) = last {
            lease.finish(&tx).await?;
            if after.status == BulkStatus::Running {
                tx.enqueue(None, Job::RunBulkOperation { bulk: row.id });
            }
        }
        tx.announce(Topic::BulkOperation(row.id));
        Ok(after)
    });
    match done.await {
        Ok(after) => Ok(Some(after)),
        Err(Error::Refused(refusals)) if refusals.is_empty() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Does one line. What it lacks is its outcome; a database that is away, or a race that was lost, is no line's fault.
async fn do_line(tx: &Tx, context: &Context, dry_run: bool, text: &str) -> Result<Outcome> {
    let work = line::perform(tx, context, text);
    let (op, outcome) = match dry_run {
        true => tx.rehearse(work).await?,
        false => tx.enclose(work).await,
    };
    Ok(match outcome {
        Ok(ids) => Outcome::done(op, ids),
        Err(Error::Refused(refusals)) => Outcome::refused(op, &refusals),
        Err(fault) if fault.is_transient() => return Err(fault),
        Err(fault) => {
            tracing::error!(op, error = causes(&fault), "a line of a bulk operation failed");
            let message = "The shop failed at this line. It is in the log.";
            Outcome::refused(op, &[Refusal::new(ErrorCode::Invalid, message)])
        }
    })
}

/// Notes how far it is. `None` where it is not where it was.
async fn advance(
    tx: &Tx,
    row: &bulk_operation::Model,
    lines: &[Line],
    results: &[bulk_result::Model],
) -> Result<Option<bulk_operation::Model>> {
    let succeeded = results.iter().filter(|result| result.ok).count() as i64;
    let offset = lines.last().map_or(row.byte_offset, |line| line.end as i64);
    let status = match offset >= row.byte_size {
        true => "DONE",
        false => "RUNNING",
    };
    let sql = "update bulk_operation set status = $3, byte_offset = $4, lines_done = lines_done + $5, \
               succeeded = succeeded + $6, failed = failed + $7, updated_at = $8, \
               finished_at = case when $3 = 'DONE' then $8 end \
               where id = $1 and status = 'RUNNING' and byte_offset = $2 returning *";
    let values: [Value; 8] = [
        row.id.into(),
        row.byte_offset.into(),
        status.into(),
        offset.into(),
        (lines.len() as i64).into(),
        succeeded.into(),
        (results.len() as i64 - succeeded).into(),
        tx.shop().now().into(),
    ];
    Ok(sql::one(tx.db(), sql, values).await?)
}

async fn fail(shop: &Shop, context: &Context, lease: &Lease, row: &bulk_operation::Model, why: &str) -> Result<()> {
    shop.transact(context, |tx| async move {
        let sql = "update bulk_operation set status = 'FAILED', error = $2, updated_at = $3, finished_at = $3 \
                   where id = $1 and status = 'RUNNING'";
        sql::execute(tx.db(), sql, [row.id.into(), why.into(), shop.now().into()]).await?;
        tx.announce(Topic::BulkOperation(row.id));
        lease.finish(&tx).await
    })
    .await
}

//! Takes a file of operations, and has it done.

use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    bulk_operation::{self, BulkStatus},
    ids::BulkOperationId,
};

use super::{csv, file};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    jobs::Job,
    language::messages,
    sql,
    staff::audit,
    text,
    turn::{self, Turn},
};

/// How many of somebody's go on at a time.
const RUNNING_MAX: i64 = 5;

/// A file of operations.
#[derive(Debug, Clone)]
pub struct BulkStart {
    /// For people.
    pub file_name: String,
    /// A JSON object a line; or a table of translations as CSV.
    pub content: Vec<u8>,
    /// Whether every line is tried by itself, and taken back.
    pub dry_run: bool,
    /// Whether jobs do it; else whoever starts it does, by [`run_here`](super::run_here).
    pub by_job: bool,
}

/// Begins a bulk operation. What each line does asks for the permission that doing so by itself asks for.
///
/// # Errors
/// Refuses those who do not work here, a file that is empty or too large, and more than a few of somebody's at once.
pub async fn start(shop: &Shop, context: &Context, mut input: BulkStart) -> Result<bulk_operation::Model> {
    super::find::require(context)?;
    if input.content.len() as u64 <= shop.settings.bulk.bytes_max
        && let Some(operations) = csv::as_operations(&input.content)?
    {
        input.content = operations;
    }
    let file_name = text::line(&["fileName"], &input.file_name, 255)?;
    let line_count = file::check(shop, &input.content)?;
    let now = shop.now();
    let (staff_member_id, app_id) = context.viewer.worker();
    let by_job = input.by_job;
    let row = &bulk_operation::Model {
        id: BulkOperationId(shop.new_id()),
        status: BulkStatus::Running,
        dry_run: input.dry_run,
        file_name,
        storage_key: shop.ids.unguessable(),
        byte_size: input.content.len() as i64,
        line_count,
        byte_offset: 0,
        lines_done: 0,
        succeeded: 0,
        failed: 0,
        actor: context.viewer.actor(),
        staff_member_id,
        app_id,
        currency: context.currency,
        error: None,
        created_at: now,
        updated_at: now,
        finished_at: None,
    };
    // The file first: a row without one could not be done, a file without a row is merely space.
    let stored = shop
        .media
        .put(&file::object(row.storage_key), input.content, "application/jsonl")
        .await;
    stored.map_err(Fault::from)?;
    let begun = shop.transact(context, |tx| async move { begin(&tx, row, by_job).await });
    match begun.await {
        Ok(()) => Ok(row.clone()),
        Err(error) => {
            let removed = shop.media.delete(&file::object(row.storage_key)).await;
            crate::transaction::ignore_failure("removing a file of operations", removed.map_err(Fault::from));
            Err(error)
        }
    }
}

async fn begin(tx: &Tx, row: &bulk_operation::Model, by_job: bool) -> Result<()> {
    turn::take(tx, Turn::BulkOperations).await?;
    bulk_operation::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    let running = "select cast(count(*) as bigint) from bulk_operation where status = 'RUNNING' and actor = $1";
    let running: Vec<i64> = sql::column(tx.db(), running, [row.actor.clone().into()]).await?;
    if running.first().is_some_and(|running| *running > RUNNING_MAX) {
        let message = messages::bulk_running(RUNNING_MAX);
        return Err(Refusal::new(ErrorCode::TooManyAttempts, message).into());
    }
    if by_job {
        tx.enqueue(None, Job::RunBulkOperation { bulk: row.id });
    }
    let data = json!({ "fileName": row.file_name, "lines": row.line_count, "dryRun": row.dry_run });
    audit(tx, "bulk.start", row.id.to_string(), data).await
}

//! Takes a file of products.

use sea_orm::{ActiveEnum, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::ProductImportId,
    imported_order::ImportSource,
    product_import::{self, ImportKind, ImportStatus},
};

use super::{file, find::require_for};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    jobs::Job,
    language::messages,
    sql,
    staff::audit,
    text, transaction,
    turn::{self, Turn},
};

/// How many go on at a time: each is read into memory.
const RUNNING_MAX: i64 = 2;

/// A file of products, or of what else another shop system exports.
#[derive(Debug, Clone)]
pub struct ImportStart {
    /// For people.
    pub file_name: String,
    /// CSV, as the system exports it.
    pub content: Vec<u8>,
    /// Which system has exported it.
    pub source: ImportSource,
    /// What is in it; products where nothing is said.
    pub what: Option<ImportKind>,
    /// Whether it is only looked at, until [`apply`](super::apply()) has it written.
    pub dry_run: bool,
}

/// Begins an import, which jobs do.
///
/// # Errors
/// Refuses those without the permission `CATALOG`, and that for what is in the file, a file that is empty, too large or none, and
/// more than a few imports at once.
pub async fn start(shop: &Shop, context: &Context, input: ImportStart) -> Result<product_import::Model> {
    require_for(context, input.what)?;
    let file_name = text::line(&["fileName"], &input.file_name, 255)?;
    file::check(shop, &input.content)?;
    let now = shop.now();
    let (staff_member_id, app_id) = context.viewer.worker();
    let row = &product_import::Model {
        id: ProductImportId(shop.new_id()),
        status: ImportStatus::Running,
        dry_run: input.dry_run,
        writes: None,
        file_name,
        storage_key: shop.ids.unguessable(),
        byte_size: input.content.len() as i64,
        products_total: None,
        products_done: 0,
        created_count: 0,
        updated_count: 0,
        unchanged_count: 0,
        pictures_count: 0,
        error_count: 0,
        problems: json!([]),
        actor: context.viewer.actor(),
        staff_member_id,
        app_id,
        currency: context.currency,
        error: None,
        created_at: now,
        updated_at: now,
        finished_at: None,
        source: Some(input.source),
        what: input.what,
    };
    // The file first: a row without one could not be done, a file without a row is merely space.
    let object = file::object(row.storage_key);
    let stored = shop.media.put(&object, input.content, "text/csv").await;
    stored.map_err(Fault::from)?;
    let begun = shop.transact(context, |tx| async move { begin(&tx, row).await });
    match begun.await {
        Ok(()) => Ok(row.clone()),
        Err(error) => {
            let removed = shop.media.delete(&object).await;
            transaction::ignore_failure("removing a file of products", removed.map_err(Fault::from));
            Err(error)
        }
    }
}

async fn begin(tx: &Tx, row: &product_import::Model) -> Result<()> {
    product_import::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    refuse_too_many(tx).await?;
    tx.enqueue(None, Job::ImportProducts { import: row.id });
    let data =
        json!({ "fileName": row.file_name, "dryRun": row.dry_run, "what": row.what.map(|what| what.to_value()) });
    audit(tx, "product_import.start", row.id.to_string(), data).await
}

/// With the one that begins.
pub(super) async fn refuse_too_many(tx: &Tx) -> Result<()> {
    turn::take(tx, Turn::Imports).await?;
    let running = "select cast(count(*) as bigint) from product_import where status = 'RUNNING'";
    let running: Vec<i64> = sql::column(tx.db(), running, []).await?;
    if running.first().is_some_and(|running| *running > RUNNING_MAX) {
        let message = messages::imports_running(RUNNING_MAX);
        return Err(Refusal::new(ErrorCode::TooManyAttempts, message).into());
    }
    Ok(())
}

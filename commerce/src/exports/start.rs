//! Asks for a table.

use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    data_export::{self, ExportKind, ExportStatus},
    ids::{DiscountId, ExportId},
};

use super::table::Table;
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    jobs::Job,
    language::messages,
    sql,
    staff::{audit, permission},
    turn::{self, Turn},
};

/// How many of somebody's go on at a time.
const RUNNING_MAX: i64 = 5;

/// Begins an export, which a job writes; of discounts it may tell of one alone.
///
/// # Errors
/// Refuses whoever may not see what the table tells of, more than a few of somebody's at once, and a discount beside a
/// table that does not tell of discounts.
pub async fn start(
    shop: &Shop,
    context: &Context,
    kind: ExportKind,
    of: Option<DiscountId>,
) -> Result<data_export::Model> {
    permission::require_or_system(context, Table::permission(kind))?;
    let table = Table::begin(shop, kind, of).await?;
    let total = table.count(shop).await?;
    let layout = serde_json::to_value(table);
    let layout = layout.map_err(|error| Fault::other("writing a table's columns", error))?;
    let now = shop.now();
    let (staff_member_id, app_id) = context.viewer.worker();
    let row = &data_export::Model {
        id: ExportId(shop.new_id()),
        kind,
        status: ExportStatus::Running,
        storage_key: shop.ids.unguessable(),
        pieces: 0,
        byte_size: 0,
        layout,
        cursor: None,
        things_done: 0,
        things_total: i64::try_from(total).unwrap_or(i64::MAX),
        actor: context.viewer.actor(),
        staff_member_id,
        app_id,
        currency: context.currency,
        error: None,
        created_at: now,
        updated_at: now,
        finished_at: None,
    };
    shop.transact(context, |tx| async move { begin(&tx, row).await })
        .await?;
    Ok(row.clone())
}

async fn begin(tx: &Tx, row: &data_export::Model) -> Result<()> {
    turn::take(tx, Turn::Exports).await?;
    data_export::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    let running = "select cast(count(*) as bigint) from data_export where status = 'RUNNING' and actor = $1";
    let running: Vec<i64> = sql::column(tx.db(), running, [row.actor.clone().into()]).await?;
    if running.first().is_some_and(|running| *running > RUNNING_MAX) {
        let message = messages::exports_running(RUNNING_MAX);
        return Err(Refusal::new(ErrorCode::TooManyAttempts, message).into());
    }
    tx.enqueue(None, Job::WriteExport { export: row.id });
    let kind: String = sea_orm::ActiveEnum::to_value(&row.kind);
    audit(tx, "export.start", row.id.to_string(), json!({ "kind": kind })).await
}

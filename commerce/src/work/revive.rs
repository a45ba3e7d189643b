//! Staff have what was buried done again, once they have mended what it failed of.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde_json::json;
use vitrine_entity::{
    ids::OutboxId,
    outbox::{self, OutboxState},
    staff_audit,
};

use super::list::Kind;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// The most jobs that are revived at once.
pub const REVIVED_MAX: u64 = 500;

/// Has a buried job done again, with all its attempts before it. Gives it as it is then. One that
/// was revived before goes on.
///
/// # Errors
/// Refuses a job that is not buried: what waits or runs needs no help, and what is done is done.
pub async fn revive(shop: &Shop, context: &Context, id: OutboxId) -> Result<outbox::Model> {
    permission::require(context, Permission::Jobs)?;
    shop.transact(context, |tx| async move {
        let Some(row) = outbox::Entity::find_by_id(id).one(tx.db()).await? else {
            return Err(Refusal::not_found("job").at(&["jobId"]).into());
        };
        if return_to_relay(&tx, vec![id]).await? == 0 {
            if was_revived(&tx, id).await? {
                return Ok(row);
            }
            let message = messages::job_not_buried();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["jobId"]).into());
        }
        let data = json!({ "kind": Kind::of(&row), "attempts": row.attempts, "error": row.last_error });
        audit(&tx, "job.revive", id.to_string(), data).await?;
        let revived = outbox::Entity::find_by_id(id).one(tx.db()).await?;
        Ok(revived.ok_or_else(|| Refusal::not_found("job").at(&["jobId"]))?)
    })
    .await
}

/// Whether staff have revived it before: asked again, perhaps because the answer was lost.
async fn was_revived(tx: &Tx, id: OutboxId) -> Result<bool> {
    let revived = staff_audit::Entity::find()
        .filter(staff_audit::Column::Object.eq(id.to_string()))
        .filter(staff_audit::Column::Action.eq("job.revive"));
    Ok(revived.count(tx.db()).await? > 0)
}

/// Which buried jobs to revive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviveAll {
    pub kind: Kind,
    /// Buried at this time or later.
    pub buried_since: DateTime<Utc>,
}

/// Has buried jobs of a kind done again, the oldest first and at most `REVIVED_MAX` at once. Gives
/// how many it were.
pub async fn revive_all(shop: &Shop, context: &Context, input: ReviveAll) -> Result<u64> {
    permission::require(context, Permission::Jobs)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let buried = outbox::Entity::find()
            .filter(outbox::Column::State.eq(OutboxState::Buried))
            .filter(outbox::Column::RunAt.gte(input.buried_since))
            .filter(input.kind.condition())
            .order_by_asc(outbox::Column::Id)
            .limit(REVIVED_MAX)
            .all(tx.db())
            .await?;
        let ids: Vec<_> = buried.iter().map(|row| row.id).collect();
        let revived = return_to_relay(&tx, ids.clone()).await?;
        for id in ids {
            let data = json!({ "buriedSince": input.buried_since });
            audit(&tx, "job.revive", id.to_string(), data).await?;
        }
        Ok(revived)
    })
    .await
}

/// Gives how many of them were buried.
async fn return_to_relay(tx: &Tx, ids: Vec<OutboxId>) -> Result<u64> {
    let now = tx.shop().now();
    let update = outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::Ready))
        .col_expr(outbox::Column::Attempts, Expr::value(0))
        .col_expr(outbox::Column::RunAt, Expr::value(now))
        .col_expr(outbox::Column::ScheduledAt, Expr::value(now))
        .filter(sql::among(tx.db(), outbox::Column::Id, ids))
        .filter(outbox::Column::State.eq(OutboxState::Buried));
    Ok(update.exec(tx.db()).await?.rows_affected)
}

//! The job `ReconcilePayments`: a run, from where it stands, for as long as one job may take.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::ReconciliationId,
    reconciliation::{self, ReconciliationPhase, ReconciliationStatus},
};

use super::{check_unmatched, match_statement, progress::Step, recheck, refund_orphaned};
use crate::{Context, Shop, jobs::JobError, outbox::Lease};

/// After this the job lets others have its place, and goes on when they have had it. With the
/// time-outs of one look-up, and of one page before it, it stays within the job's lease.
const TURN: Duration = Duration::from_secs(15);

/// Goes on with the run.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: ReconciliationId) -> Result<(), JobError> {
    let deadline = Instant::now() + TURN;
    loop {
        let found = reconciliation::Entity::find_by_id(id).one(&shop.db).await?;
        let Some(run) = found.filter(|run| run.status == ReconciliationStatus::Running) else {
            return Ok(lease.finish_alone(shop).await?);
        };
        let step = match run.phase {
            ReconciliationPhase::Statement => match_statement::page(shop, context, &run, lease).await?,
            ReconciliationPhase::Unmatched => check_unmatched::page(shop, context, &run, deadline).await?,
            ReconciliationPhase::Findings => recheck::page(shop, context, &run, deadline).await?,
            ReconciliationPhase::Orphaned => refund_orphaned::page(shop, context, &run, lease).await?,
        };
        match step {
            Step::Finished => return Ok(()),
            // Another job goes on with it.
            Step::Lost => return Ok(lease.finish_alone(shop).await?),
            Step::Moved if Instant::now() >= deadline => return Err(JobError::Defer(TimeDelta::zero())),
            Step::Moved => {}
        }
    }
}

//! How far a run has come. Whoever does a page holds the run's row first, so that of two workers
//! one does it and the other leaves.

use sea_orm::Value;
use vitrine_entity::reconciliation::{self, ReconciliationPhase};

use crate::{Context, Result, Shop, Tx, language::Message, outbox::Lease, sql};

/// What a page found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) matched: i64,
    pub(super) foreign: i64,
    pub(super) missing_here: i64,
    pub(super) missing_there: i64,
    pub(super) different: i64,
    pub(super) unanswered: i64,
}

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It is done, and what comes next is stored.
    Moved,
    /// Somebody else has done it.
    Lost,
    /// It was the last.
    Finished,
}

/// Where a run stands: its phase, and the page in it.
const STANDS_THERE: &str = "id = $1 and status = 'RUNNING' and phase = $2 and coalesce(page_cursor, '') = $3";

/// Locks the run, if it still stands where `run` says.
pub(super) async fn hold(tx: &Tx, run: &reconciliation::Model) -> Result<bool> {
    let sql = format!("update reconciliation set phase = phase where {STANDS_THERE}");
    Ok(sql::execute(tx.db(), &sql, stands_there(run)).await? == 1)
}

fn stands_there(run: &reconciliation::Model) -> [Value; 3] {
    let cursor = run.page_cursor.clone().unwrap_or_default();
    [run.id.into(), run.phase.into(), cursor.into()]
}

/// Counts that the provider did not answer about what stands at the cursor.
pub(super) async fn tried(shop: &Shop, run: &reconciliation::Model) -> Result<()> {
    let sql = format!("update reconciliation set tries = tries + 1 where {STANDS_THERE}");
    shop.execute(&sql, stands_there(run)).await?;
    Ok(())
}

/// Stores what a page of a held run found, and where the next one begins.
pub(super) async fn advance(
    tx: &Tx,
    run: &reconciliation::Model,
    phase: ReconciliationPhase,
    cursor: Option<String>,
    counts: Counts,
) -> Result<()> {
    let sql = "update reconciliation set phase = $2, page_cursor = $3, matched = matched + $4, \
               foreign_charges = foreign_charges + $5, missing_here = missing_here + $6, \
               missing_there = missing_there + $7, different = different + $8, unanswered = unanswered + $9, tries = 0 \
               where id = $1";
    let values = [
        run.id.into(),
        phase.into(),
        cursor.into(),
        counts.matched.into(),
        counts.foreign.into(),
        counts.missing_here.into(),
        counts.missing_there.into(),
        counts.different.into(),
        counts.unanswered.into(),
    ];
    sql::execute(tx.db(), sql, values).await?;
    Ok(())
}

/// Goes on to `phase`, because the one before has nothing left.
pub(super) async fn next_phase(
    shop: &Shop,
    context: &Context,
    run: &reconciliation::Model,
    phase: ReconciliationPhase,
) -> Result<Step> {
    shop.transact(context, |tx| async move {
        if !hold(&tx, run).await? {
            return Ok(Step::Lost);
        }
        advance(&tx, run, phase, None, Counts::default()).await?;
        Ok(Step::Moved)
    })
    .await
}

/// Ends the run, and with it the job; before it is through because of an `error`.
pub(super) async fn finish(
    shop: &Shop,
    context: &Context,
    run: &reconciliation::Model,
    lease: &Lease,
    error: Option<&Message>,
) -> Result<Step> {
    if let Some(error) = error {
        tracing::error!(
            provider = run.provider,
            %error,
            "a reconciliation cannot go on: staff must look at it"
        );
    }
    shop.transact(context, |tx| async move {
        if !hold(&tx, run).await? {
            return Ok(Step::Lost);
        }
        let sql = "update reconciliation set status = 'DONE', page_cursor = null, finished_at = $2, error = $3, error_said = $4 \
                   where id = $1";
        let values = [
            run.id.into(),
            shop.now().into(),
            error.map(Message::to_string).into(),
            error.and_then(Message::kept).into(),
        ];
        sql::execute(tx.db(), sql, values).await?;
        lease.finish(&tx).await?;
        Ok(Step::Finished)
    })
    .await
}

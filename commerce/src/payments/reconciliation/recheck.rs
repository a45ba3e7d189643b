//! The third phase: looks again at every open finding, of this run and of earlier ones. Where our
//! side was merely behind it catches up here, as after a webhook; what has become equal is settled.

use std::time::Instant;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use vitrine_entity::{
    ids::{PaymentId, ReconciliationFindingId},
    payment,
    reconciliation::{self, ReconciliationPhase},
    reconciliation_finding::{self, FindingKind, FindingStatus},
};

use super::{
    ask::{self, Asked},
    compare::{Difference, compare},
    finding::{self, Found},
    match_statement::refunding,
    progress::{self, Counts, Step},
    record::ProviderRecord,
};
use crate::{
    Context, Result, Shop, Tx,
    jobs::JobError,
    payments::{
        attempts::{apply::apply, state},
        ledger::Operation,
    },
    ports::payment::ProviderCharge,
};

/// How many findings are read at once.
const PAGE: u64 = 100;

/// Looks at as many as there is time for, each with its cursor.
pub(super) async fn page(
    shop: &Shop,
    context: &Context,
    run: &reconciliation::Model,
    deadline: Instant,
) -> Result<Step, JobError> {
    let open = open_findings(shop, run).await?;
    let mut run = run.clone();
    if open.is_empty() {
        return Ok(progress::next_phase(shop, context, &run, ReconciliationPhase::Orphaned).await?);
    }
    for found in &open {
        let reference = found.reference.as_deref();
        let told = &ask::find_or_skip(shop, &run, found.payment_id, reference).await?;
        let held = &run;
        let step = shop
            .transact(context, |tx| async move {
                if !progress::hold(&tx, held).await? {
                    return Ok(Step::Lost);
                }
                let mut counts = Counts::default();
                match told {
                    Some(told) => look(&tx, held, found, told).await?,
                    None => counts.unanswered += 1,
                }
                let cursor = Some(found.id.to_string());
                progress::advance(&tx, held, held.phase, cursor, counts).await?;
                Ok(Step::Moved)
            })
            .await?;
        if step == Step::Lost || Instant::now() >= deadline {
            return Ok(step);
        }
        (run.page_cursor, run.tries) = (Some(found.id.to_string()), 0);
    }
    Ok(Step::Moved)
}

async fn open_findings(shop: &Shop, run: &reconciliation::Model) -> Result<Vec<reconciliation_finding::Model>> {
    let cursor = run.page_cursor.as_deref();
    let cursor = cursor.and_then(|cursor| cursor.parse::<ReconciliationFindingId>().ok());
    Ok(reconciliation_finding::Entity::find()
        .filter(reconciliation_finding::Column::Provider.eq(run.provider.as_str()))
        .filter(reconciliation_finding::Column::Status.eq(FindingStatus::Open))
        .apply_if(cursor, |query, cursor| {
            query.filter(reconciliation_finding::Column::Id.gt(cursor))
        })
        .order_by_asc(reconciliation_finding::Column::Id)
        .limit(PAGE)
        .all(&shop.db)
        .await?)
}

async fn look(tx: &Tx, run: &reconciliation::Model, found: &reconciliation_finding::Model, told: &Asked) -> Result<()> {
    let charge = match told {
        Asked::Charge(charge) => charge,
        // Given up since, as far as we are concerned: nothing is missing there any more.
        Asked::Nothing if is_given_up(tx, found.payment_id).await? => {
            return finding::settle(tx, &run.provider, vec![found.subject.clone()]).await;
        }
        Asked::Nothing | Asked::Refused => return Ok(()),
    };
    let theirs = ProviderRecord::from(&**charge);
    let subject = vec![found.subject.clone()];
    if found.kind == FindingKind::MissingHere {
        if theirs.is_spent() {
            finding::settle(tx, &run.provider, subject).await?;
        }
        return Ok(());
    }
    match catch_up(tx, found.payment_id, charge).await? {
        None => finding::settle(tx, &run.provider, subject).await,
        Some((ours, difference)) => finding::record(tx, run, Found::different(&ours, &theirs, &difference)).await,
    }
}

async fn is_given_up(tx: &Tx, id: PaymentId) -> Result<bool> {
    let ours = payment::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(ours.is_some_and(|ours| state::is_dead(ours.status)))
}

/// Applies what our machine allows; gives what still differs.
pub(super) async fn catch_up(
    tx: &Tx,
    id: PaymentId,
    charge: &ProviderCharge,
) -> Result<Option<(payment::Model, Difference)>> {
    let before = difference(tx, id, charge).await?;
    if before.as_ref().is_none_or(|(_, difference)| !difference.is_behind) {
        return Ok(before);
    }
    apply(tx, id, charge, Operation::LookUp).await?;
    difference(tx, id, charge).await
}

pub(super) async fn difference(
    tx: &Tx,
    id: PaymentId,
    charge: &ProviderCharge,
) -> Result<Option<(payment::Model, Difference)>> {
    let Some(ours) = payment::Entity::find_by_id(id).one(tx.db()).await? else {
        return Ok(None);
    };
    let refunding = refunding(tx.db(), [id].into_iter()).await?;
    let refunding = refunding.get(&id).copied().unwrap_or_default();
    Ok(compare(&ours, refunding, &ProviderRecord::from(charge)).map(|difference| (ours, difference)))
}

//! The second phase: looks up each attempt of ours that should stand in the provider's books and
//! was not met there, before it is said to be missing.

use std::time::Instant;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use vitrine_entity::{
    ids::PaymentId,
    payment::{self, PaymentStatus},
    reconciliation::{self, ReconciliationPhase},
};

use super::{
    ask::{self, Asked},
    compare::compare,
    finding::{self, Found},
    progress::{self, Counts, Step},
    record::Theirs,
    theirs::{mark_met, refunding},
};
use crate::{Context, Result, Shop, Tx, jobs::JobError};

/// How many attempts are read at once.
const PAGE: u64 = 200;

/// How long an attempt may be unknown at both ends before somebody should look at it:
/// `SettlePayment` has given it up long before, unless something keeps it from that.
const UNKNOWN_MAX: TimeDelta = TimeDelta::hours(24);

/// The states in which the provider must have given an attempt its reference.
const KNOWN: [PaymentStatus; 5] = [
    PaymentStatus::ActionRequired,
    PaymentStatus::Pending,
    PaymentStatus::Authorized,
    PaymentStatus::Captured,
    PaymentStatus::Refunded,
];

/// Looks up as many as there is time for, each with its cursor.
pub(super) async fn page(
    shop: &Shop,
    context: &Context,
    run: &reconciliation::Model,
    deadline: Instant,
) -> Result<Step, JobError> {
    let unmet = unmet(shop, run).await?;
    let mut run = run.clone();
    if unmet.is_empty() {
        return Ok(progress::next_phase(shop, context, &run, ReconciliationPhase::Findings).await?);
    }
    for payment in unmet {
        let reference = payment.provider_reference.as_deref();
        let told = &ask::find(shop, &run.provider, payment.id, reference, run.created_at).await?;
        let (held, id) = (&run, payment.id);
        let step = shop
            .transact(context, |tx| async move {
                if !progress::hold(&tx, held).await? {
                    return Ok(Step::Lost);
                }
                let counts = judge(&tx, held, id, told).await?;
                progress::advance(&tx, held, held.phase, Some(id.to_string()), counts).await?;
                Ok(Step::Moved)
            })
            .await?;
        if step == Step::Lost || Instant::now() >= deadline {
            return Ok(step);
        }
        run.page_cursor = Some(payment.id.to_string());
    }
    Ok(Step::Moved)
}

/// The next attempts that should have been met. Ids sort by the time at which attempts were made.
async fn unmet(shop: &Shop, run: &reconciliation::Model) -> Result<Vec<payment::Model>> {
    let cursor = run
        .page_cursor
        .as_deref()
        .and_then(|cursor| cursor.parse::<PaymentId>().ok());
    let not_met = Condition::any()
        .add(payment::Column::ReconciledIn.is_null())
        .add(payment::Column::ReconciledIn.ne(run.id));
    let should_be_there = Condition::any()
        .add(payment::Column::Status.eq(PaymentStatus::Unknown))
        .add(
            Condition::all()
                .add(payment::Column::Status.is_in(KNOWN))
                .add(payment::Column::ProviderReference.is_not_null()),
        );
    Ok(payment::Entity::find()
        .filter(payment::Column::Provider.eq(run.provider.as_str()))
        .filter(payment::Column::CreatedAt.gte(run.since))
        .filter(payment::Column::CreatedAt.lt(run.until))
        .filter(not_met)
        .filter(should_be_there)
        .apply_if(cursor, |query, cursor| query.filter(payment::Column::Id.gt(cursor)))
        .order_by_asc(payment::Column::Id)
        .limit(PAGE)
        .all(&shop.db)
        .await?)
}

/// Compares an attempt, as it stands now, with what the look-up brought.
async fn judge(tx: &Tx, run: &reconciliation::Model, id: PaymentId, told: &Asked) -> Result<Counts> {
    let mut counts = Counts::default();
    let Some(ours) = payment::Entity::find_by_id(id).one(tx.db()).await? else {
        return Ok(counts);
    };
    let found = match told {
        Asked::Refused => return Ok(counts),
        Asked::Nothing if is_believed(tx, &ours) => Found::missing_there(&ours),
        Asked::Nothing => return Ok(counts),
        Asked::Charge(charge) => {
            mark_met(tx, vec![id], run.id).await?;
            let theirs = Theirs::from(charge);
            let refunding = refunding(tx.db(), [id].into_iter()).await?;
            match compare(&ours, refunding.get(&id).copied().unwrap_or_default(), &theirs) {
                Some(difference) => Found::different(&ours, &theirs, &difference),
                None => {
                    counts.matched += 1;
                    finding::settle(tx, &run.provider, vec![finding::subject(id)]).await?;
                    return Ok(counts);
                }
            }
        }
    };
    found.count(&mut counts);
    finding::record(tx, run, found).await?;
    Ok(counts)
}

/// Whether we rely on the provider's having it. An unknown attempt may never have been sent.
fn is_believed(tx: &Tx, ours: &payment::Model) -> bool {
    match ours.status {
        PaymentStatus::Unknown => tx.shop().now() - ours.updated_at > UNKNOWN_MAX,
        status => KNOWN.contains(&status),
    }
}

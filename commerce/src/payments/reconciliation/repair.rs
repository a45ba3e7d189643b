//! The job `RepairFinding`: does what staff approved. Whatever was true when it was found, the
//! provider is asked anew.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::ReconciliationFindingId,
    payment,
    reconciliation_finding::{self, FindingRepair, FindingStatus},
    refund,
};

use super::{
    adopt::{adopt, give_up},
    ask::{self, Asked},
    compare::repair_missing_there,
    outcome::{Outcome, stuck},
    pay_back::pay_back,
    recheck,
};
use crate::{
    Context, Error, Result, Shop, Tx,
    jobs::JobError,
    language::{Message, messages},
    outbox::Lease,
    payments::transfers::refund::run::sent_back,
};

/// Repairs the finding, if it is approved and was not repaired before.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: ReconciliationFindingId) -> Result<(), JobError> {
    let found = reconciliation_finding::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(finding) = found.filter(|finding| finding.status == FindingStatus::Repairing) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let reference = finding.reference.as_deref();
    let told = ask::find(
        shop,
        &finding.provider,
        finding.payment_id,
        reference,
        finding.updated_at,
    )
    .await?;
    let finding = &finding;
    let done = match &told {
        Asked::Charge(charge) if finding.repair == FindingRepair::PayBack => {
            let outcome = pay_back(shop, context, finding, charge).await?;
            close(shop, context, lease, finding, &outcome).await
        }
        told => {
            let sent_back = refunds_sent_back(shop, finding, told).await?;
            mend(shop, context, lease, finding, told, &sent_back).await
        }
    };
    match done {
        // A rule stands against it, and nothing was changed: staff read which.
        Err(Error::Refused(refusals)) => {
            // One rule is enough to stand against it.
            let why = refusals.into_iter().next().map(|refusal| refusal.message);
            let why = why.unwrap_or_else(messages::finding_not_by_itself);
            Ok(close(shop, context, lease, finding, &Outcome::Open { why }).await?)
        }
        done => Ok(done?),
    }
}

/// If less went back there than our ledger says: which refunds the provider says have failed, and why.
async fn refunds_sent_back(
    shop: &Shop,
    finding: &reconciliation_finding::Model,
    told: &Asked,
) -> Result<Vec<(refund::Model, String)>, JobError> {
    let (FindingRepair::TakeOver, Asked::Charge(charge)) = (finding.repair, told) else {
        return Ok(Vec::new());
    };
    let ours = payment::Entity::find_by_id(finding.payment_id).one(&shop.db).await?;
    match ours.filter(|ours| charge.refunded_minor < ours.refunded_minor) {
        Some(ours) => sent_back(shop, &ours).await,
        None => Ok(Vec::new()),
    }
}

/// Changes our books, and ends the finding with it.
async fn mend(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    finding: &reconciliation_finding::Model,
    told: &Asked,
    sent_back: &[(refund::Model, String)],
) -> Result<()> {
    shop.transact(context, |tx| async move {
        let outcome = match (finding.repair, told) {
            (FindingRepair::TakeOver, Asked::Charge(charge)) => {
                adopt(&tx, finding.payment_id, charge, sent_back).await?;
                match recheck::difference(&tx, finding.payment_id, charge).await? {
                    None => Outcome::Repaired,
                    Some((_, difference)) => Outcome::Open {
                        why: difference.summary(),
                    },
                }
            }
            (FindingRepair::TakeOver, Asked::Nothing) => let_go(&tx, finding).await?,
            (FindingRepair::PayBack, Asked::Nothing) => stuck(messages::finding_charge_gone()),
            (_, Asked::Refused) => stuck(messages::finding_not_answered()),
            (FindingRepair::None | FindingRepair::PayBack, _) => stuck(messages::finding_not_by_itself()),
        };
        end(&tx, finding, &outcome).await?;
        lease.finish(&tx).await
    })
    .await
}

async fn close(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    finding: &reconciliation_finding::Model,
    outcome: &Outcome,
) -> Result<()> {
    shop.transact(context, |tx| async move {
        end(&tx, finding, outcome).await?;
        lease.finish(&tx).await
    })
    .await
}

/// The provider does not know what we believe to be held, or under way: it is given up.
async fn let_go(tx: &Tx, finding: &reconciliation_finding::Model) -> Result<Outcome> {
    let ours = payment::Entity::find_by_id(finding.payment_id).one(tx.db()).await?;
    match ours {
        Some(ours) if repair_missing_there(ours.status) == FindingRepair::TakeOver => {
            give_up(tx, ours.id).await?;
            Ok(Outcome::Repaired)
        }
        _ => Ok(stuck(messages::finding_money_had_come())),
    }
}

async fn end(tx: &Tx, finding: &reconciliation_finding::Model, outcome: &Outcome) -> Result<()> {
    let (status, repair, note) = match outcome {
        Outcome::Repaired => (FindingStatus::Repaired, finding.repair, None),
        Outcome::Open { why } => (FindingStatus::Open, finding.repair, Some(why)),
        Outcome::Stuck { why } => (FindingStatus::Open, FindingRepair::None, Some(why)),
    };
    if let Some(why) = note {
        tracing::error!(finding = %finding.id, %why, "a finding could not be repaired: staff must look at it");
    }
    let end = reconciliation_finding::ActiveModel {
        status: Set(status),
        repair: Set(repair),
        note: Set(note.map(Message::to_string)),
        note_said: Set(note.and_then(Message::kept)),
        updated_at: Set(tx.shop().now()),
        ..Default::default()
    };
    reconciliation_finding::Entity::update_many()
        .set(end)
        .filter(reconciliation_finding::Column::Id.eq(finding.id))
        .filter(reconciliation_finding::Column::Status.eq(FindingStatus::Repairing))
        .exec(tx.db())
        .await?;
    Ok(())
}

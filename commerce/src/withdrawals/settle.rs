//! The job that looks at a statement, for everybody alike: it writes down what the rules say, does what follows from that
//! by itself, and tells staff.

use serde_json::json;
use vitrine_entity::{
    ids::WithdrawalId,
    order,
    order_event::OrderEventKind,
    withdrawal::{self, WithdrawalJudgement, WithdrawalStatus},
    withdrawal_event::WithdrawalEventKind,
};

use super::{
    carry_out::{Exempt, Outcome, Units, carry_out},
    judge, notify, row,
};
use crate::{Context, Result, Shop, Tx, jobs::JobError, orders::transition, outbox::Lease};

/// Job: settles a statement that nobody has looked at.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: WithdrawalId) -> Result<(), JobError> {
    shop.transact(context, |tx| async move {
        let (order, row) = row::lock(&tx, id).await?;
        if row.judgement.is_none() {
            let row = match order {
                Some(order) => settle(&tx, &order, row).await?,
                None => judge::judge_unmatched(&tx, row).await?,
            };
            notify::tell_staff(&tx, &row);
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// Judges a locked statement of a locked order, and does what follows.
pub(super) async fn settle(tx: &Tx, order: &order::Model, row: withdrawal::Model) -> Result<withdrawal::Model> {
    let row = judge::judge(tx, order, row).await?;
    if row.judgement != Some(WithdrawalJudgement::InTime) {
        return Ok(row);
    }
    let units: Vec<Units> = row::lines(tx, row.id).await?.into_iter().map(Units::from).collect();
    let outcome = carry_out(tx, order, &row, &units, Exempt::Left).await?;
    match outcome.is_all {
        true => accepted(tx, row, &outcome).await,
        false => Ok(row),
    }
}

/// Writes down that what was declared is done.
pub(super) async fn accepted(tx: &Tx, mut row: withdrawal::Model, outcome: &Outcome) -> Result<withdrawal::Model> {
    row.status = WithdrawalStatus::Accepted;
    let data = json!({
        "return": outcome.returned.map(|id| id.to_string()), "cancelled": outcome.cancelled,
    });
    let row = row::write(tx, row, WithdrawalEventKind::Accepted, data).await?;
    if let Some(order) = row.order_id {
        // It may have moved in this transaction.
        let order = transition::lock(tx, order).await?;
        let data = json!({ "withdrawal": row.id.to_string(), "number": row.number });
        transition::note(tx, &order, OrderEventKind::WithdrawalAccepted, true, data).await?;
    }
    Ok(row)
}

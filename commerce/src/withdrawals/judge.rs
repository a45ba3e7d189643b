//! What the rules say of a statement: whether it came in time, and under which text the order was placed.

use sea_orm::FromQueryResult;
use serde_json::json;
use sha2::{Digest, Sha256};
use vitrine_entity::{
    ids::{OrderId, PageVersionId},
    order,
    withdrawal::{self, WithdrawalJudgement},
    withdrawal_event::WithdrawalEventKind,
};

use super::{period, row};
use crate::{Result, Tx, returns, sql};

/// Writes down what the rules say of a locked statement of a locked order: as of when it was received, whenever this runs.
pub(super) async fn judge(tx: &Tx, order: &order::Model, mut row: withdrawal::Model) -> Result<withdrawal::Model> {
    let policy = returns::policy_on(tx).await?;
    let period = period::read(tx.shop(), tx.db(), &policy, order).await?;
    let judgement = if !period.is_given() {
        WithdrawalJudgement::NotEntitled
    } else if period.is_over(row.received_at) {
        WithdrawalJudgement::Late
    } else {
        WithdrawalJudgement::InTime
    };
    row.judgement = Some(judgement);
    row.basis = Some(period.basis);
    row.counted_from = period.counted_from;
    row.ends_at = period.ends_at;
    if let Some(text) = text_of(tx, order.id).await? {
        row.policy_sha256 = Some(text.sha256());
        row.page_version_id = Some(text.id);
    }
    let data = json!({ "judgement": sea_orm::ActiveEnum::to_value(&judgement), "endsAt": row.ends_at });
    row::write(tx, row, WithdrawalEventKind::Judged, data).await
}

/// The same of a statement of which nobody knows the order.
pub(super) async fn judge_unmatched(tx: &Tx, mut row: withdrawal::Model) -> Result<withdrawal::Model> {
    row.judgement = Some(WithdrawalJudgement::Unmatched);
    row::write(
        tx,
        row,
        WithdrawalEventKind::Judged,
        json!({ "judgement": "UNMATCHED" }),
    )
    .await
}

/// The shop's text on withdrawal under which an order was placed.
#[derive(FromQueryResult)]
struct PolicyText {
    id: PageVersionId,
    title: String,
    body_html: String,
}

impl PolicyText {
    fn sha256(&self) -> Vec<u8> {
        let said = Sha256::new().chain_update(&self.title).chain_update([0]);
        said.chain_update(&self.body_html).finalize().to_vec()
    }
}

async fn text_of(tx: &Tx, order: OrderId) -> Result<Option<PolicyText>> {
    let sql = "select v.id, v.title, v.body_html from order_policy a join page_version v on v.id = a.page_version_id \
        join page p on p.id = v.page_id where a.order_id = $1 and p.kind = 'WITHDRAWAL'";
    Ok(sql::all(tx.db(), sql, [order.into()]).await?.into_iter().next())
}

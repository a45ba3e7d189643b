//! The refunds in the provider's books.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use vitrine_commerce::ports::payment::{ProviderError, RefundLookup};

use super::{
    books::{ALL_MAX, DUE_BATCH, change, statement},
    unknown,
};

/// How many refunds under one of our ids are weighed against each other.
const OF_REFUND_MAX: i64 = 100;

/// A refund.
#[derive(Debug, Clone, FromQueryResult, Serialize, Deserialize)]
pub(super) struct RefundRow {
    pub(super) reference: String,
    /// Our refund's id, in its public form.
    pub(super) refund_id: String,
    pub(super) charge_reference: String,
    pub(super) currency: String,
    pub(super) amount_minor: i64,
    pub(super) status: String,
    /// When what is pending succeeds.
    pub(super) due_at: Option<DateTime<Utc>>,
    pub(super) created_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RefundStatus {
    Succeeded,
    Pending,
    Failed,
}

impl RefundStatus {
    const ALL: [Self; 3] = [Self::Succeeded, Self::Pending, Self::Failed];

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Pending => "PENDING",
            Self::Failed => "FAILED",
        }
    }
}

impl RefundRow {
    pub(super) fn status(&self) -> Result<RefundStatus, ProviderError> {
        let status = RefundStatus::ALL
            .into_iter()
            .find(|status| status.text() == self.status);
        status.ok_or_else(|| {
            unknown(format!(
                "simulated_refund.status of {} is `{}`",
                self.reference, self.status
            ))
        })
    }
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: &RefundRow) -> Result<(), ProviderError> {
    let sql = "insert into simulated_refund (reference, refund_id, charge_reference, currency, amount_minor, status, \
               due_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        row.reference.clone().into(),
        row.refund_id.clone().into(),
        row.charge_reference.clone().into(),
        row.currency.clone().into(),
        row.amount_minor.into(),
        row.status.clone().into(),
        row.due_at.into(),
        row.created_at.into(),
    ];
    change(db, sql, values).await.map(|_| ())
}

pub(super) async fn find(db: &impl ConnectionTrait, reference: &str) -> Result<Option<RefundRow>, ProviderError> {
    let found = rows(db, "where reference = $1", [reference.into()]).await?;
    Ok(found.into_iter().next())
}

/// Every refund of a charge under our id of it, oldest first.
pub(super) async fn named(db: &impl ConnectionTrait, lookup: &RefundLookup) -> Result<Vec<RefundRow>, ProviderError> {
    let which = "where charge_reference = $1 and refund_id = $2 order by created_at, reference limit $3";
    let values = [
        lookup.charge_reference.clone().into(),
        lookup.refund.to_string().into(),
        OF_REFUND_MAX.into(),
    ];
    rows(db, which, values).await
}

pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<RefundRow>, ProviderError> {
    rows(db, "order by created_at, reference limit $1", [ALL_MAX.into()]).await
}

/// What time decides now.
pub(super) async fn due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<RefundRow>, ProviderError> {
    let which = "where due_at <= $1 order by due_at limit $2";
    rows(db, which, [now.into(), DUE_BATCH.into()]).await
}

async fn rows<const N: usize>(
    db: &impl ConnectionTrait,
    which: &str,
    values: [Value; N],
) -> Result<Vec<RefundRow>, ProviderError> {
    let sql = format!("select * from simulated_refund {which}");
    let statement = statement(db, &sql, values);
    RefundRow::find_by_statement(statement).all(db).await.map_err(unknown)
}

/// What was on its way has arrived.
pub(super) async fn arrive(db: &impl ConnectionTrait, reference: &str) -> Result<bool, ProviderError> {
    let sql =
        "update simulated_refund set status = 'SUCCEEDED', due_at = null where reference = $1 and status = 'PENDING'";
    change(db, sql, [reference.into()]).await
}

use async_graphql::{Enum, ID, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_entity::refund;

use super::Money;
use crate::graphql::{failure::Result, ids, rows};

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::refund::RefundStatus")]
pub enum RefundStatus {
    /// It is under way.
    Requested,
    /// The money is back.
    Succeeded,
    /// It did not work: staff look at it.
    Failed,
}

/// Money on its way back.
#[derive(Debug, SimpleObject)]
pub struct Refund {
    /// Names the refund.
    pub id: ID,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub status: RefundStatus,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

impl Refund {
    /// # Errors
    /// When the row cannot be read.
    pub fn read(row: refund::Model, currency: &str) -> Result<Self> {
        Ok(Self {
            id: ids::public(row.id),
            amount: rows::money(row.amount_minor, currency, "refund", row.id)?.into(),
            reason: row.reason,
            status: row.status.into(),
            created_at: row.created_at,
        })
    }
}

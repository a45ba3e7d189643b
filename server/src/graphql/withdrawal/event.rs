use async_graphql::{Context, Enum, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::withdrawal_event;

use crate::graphql::{
    shared::{Result, int},
    staff::actor::name_of,
};

/// What became of a statement of withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::withdrawal_event::WithdrawalEventKind")]
pub enum WithdrawalEventKind {
    /// It was received.
    Received,
    /// The rules were looked at.
    Judged,
    /// The mail that confirms its receipt was handed over.
    Confirmed,
    /// Staff said which order is meant.
    Matched,
    /// The goods come back, or the order was cancelled.
    Accepted,
    /// The shop does not accept it.
    Refused,
}

/// What became of a statement of withdrawal, append-only.
#[derive(Debug, Clone)]
pub struct WithdrawalEvent(pub withdrawal_event::Model);

/// What became of a statement of withdrawal, append-only. For staff with the permission `ORDERS`.
#[Object]
impl WithdrawalEvent {
    /// Its place among the statement's events, from 1 on, without gaps.
    async fn number(&self) -> i32 {
        int(self.0.number)
    }

    /// What happened.
    async fn kind(&self) -> WithdrawalEventKind {
        self.0.kind.into()
    }

    /// Who did it: an id, `shopper`, or `system`.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// What whoever did it is called, where a member of staff or an app did.
    #[graphql(complexity = 2)]
    async fn actor_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        name_of(ctx, &self.0.actor).await
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

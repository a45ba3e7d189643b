use async_graphql::{Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::discount_code_batch;

use crate::{graphql::shared::int, ids};

/// Where a batch of codes stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::discount_code_batch::BatchStatus")]
pub enum DiscountCodeBatchStatus {
    /// Its codes are being made: `made` still grows.
    Running,
    /// All of them are made.
    Done,
    /// Somebody stopped it: the codes that were made stay.
    Cancelled,
    /// It could not go on, and `error` says why: the codes that were made stay.
    Failed,
}

/// Codes of a discount that jobs make, many at once.
#[derive(Debug, Clone)]
pub struct DiscountCodeBatch(pub discount_code_batch::Model);

/// Codes of a discount that jobs make, many at once. For staff with the permission `CATALOG`.
#[Object]
impl DiscountCodeBatch {
    /// Names the batch.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where it stands.
    async fn status(&self) -> DiscountCodeBatchStatus {
        self.0.status.into()
    }

    /// The discount whose codes they are.
    async fn discount_id(&self) -> ID {
        ids::public(self.0.discount_id)
    }

    /// What each code begins with; may be empty.
    async fn prefix(&self) -> &str {
        &self.0.prefix
    }

    /// How many letters and digits follow.
    async fn length(&self) -> i32 {
        self.0.length
    }

    /// How many codes it is to have.
    async fn quantity(&self) -> i32 {
        int(self.0.quantity)
    }

    /// How many are made.
    async fn made(&self) -> i32 {
        int(self.0.made)
    }

    /// Who asked for it: the id of a member of staff or an app.
    async fn started_by(&self) -> &str {
        &self.0.actor
    }

    /// Why it could not go on.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it ended. Null while it goes on.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}

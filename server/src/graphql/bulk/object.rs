use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::bulk_operation;

use crate::{
    graphql::shared::{PublicUrl, Url, connection, int},
    ids,
};

/// Where a bulk operation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::bulk_operation::BulkStatus")]
pub enum BulkOperationStatus {
    /// It goes on: its counts still grow.
    Running,
    /// Every line was done or refused.
    Done,
    /// Somebody stopped it: what it had done stays.
    Cancelled,
    /// It could not go on, and `error` says why: what it had done stays.
    Failed,
}

/// A file of operations that jobs do, line by line.
#[derive(Debug, Clone)]
pub struct BulkOperation(pub bulk_operation::Model);

connection! { BulkOperationConnection, BulkOperationEdge, BulkOperation }

/// A file of operations that jobs do, line by line. For whoever started it, and staff with the permission `JOBS`.
#[Object]
impl BulkOperation {
    /// Names the bulk operation.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where it stands.
    async fn status(&self) -> BulkOperationStatus {
        self.0.status.into()
    }

    /// Whether every line is tried by itself, and taken back.
    async fn dry_run(&self) -> bool {
        self.0.dry_run
    }

    /// What the file is called.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// How many lines the file has.
    async fn line_count(&self) -> i32 {
        int(self.0.line_count)
    }

    /// How many of them are done or refused.
    async fn lines_done(&self) -> i32 {
        int(self.0.lines_done)
    }

    /// How many lines were done.
    async fn succeeded(&self) -> i32 {
        int(self.0.succeeded)
    }

    /// How many lines were refused: `bulkOperationResults` says why. Empty lines are neither.
    async fn failed(&self) -> i32 {
        int(self.0.failed)
    }

    /// Who started it: the id of a member of staff or an app, or `system` for the command line.
    async fn started_by(&self) -> &str {
        &self.0.actor
    }

    /// Why it could not go on.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// Where the results are, as JSON lines. Send the same `Authorization` as here.
    async fn results_url(&self, ctx: &Context<'_>) -> Url {
        let path = format!("/api/bulk-operations/{}/results.jsonl", self.0.id);
        Url(ctx.data_unchecked::<PublicUrl>().absolute(&path))
    }

    /// When it was started.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last went on.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was over.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}

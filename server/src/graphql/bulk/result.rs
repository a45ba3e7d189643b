use async_graphql::{Json, Object};
use vitrine_commerce::Fault;
use vitrine_entity::bulk_result;

use crate::graphql::shared::{Result, connection, int};

/// What became of a line of a bulk operation.
#[derive(Debug, Clone)]
pub struct BulkOperationResult(pub bulk_result::Model);

connection! { BulkOperationResultConnection, BulkOperationResultEdge, BulkOperationResult }

/// What became of a line of a bulk operation.
#[Object]
impl BulkOperationResult {
    /// The line's number, from 1.
    async fn line(&self) -> i32 {
        int(self.0.line)
    }

    /// Whether it was done; else it was refused, and changed nothing.
    async fn ok(&self) -> bool {
        self.0.ok
    }

    /// As it stands in the file of results: `op`, with the ids of what was made or changed, or with `errors`, each
    /// with its `code`, `field` and `message`.
    async fn result(&self) -> Result<Json<serde_json::Value>> {
        let read = serde_json::from_str(&self.0.result);
        let read = read.map_err(|_| Fault::Corrupt {
            table: "bulk_result",
            column: "result",
            id: format!("{} {}", self.0.bulk_operation_id, self.0.line),
        })?;
        Ok(Json(read))
    }
}

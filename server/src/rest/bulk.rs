//! Files of operations: sent as they are, and their results as they are kept.

use axum::{
    Json,
    body::Body,
    extract::{Path, Query, Request, State, rejection::QueryRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::TryStreamExt;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vitrine_commerce::{
    Refusal,
    bulk::{self, BulkStart},
};
use vitrine_entity::bulk_operation::Model as BulkRow;

use super::{
    extract::RestRequest,
    problem::{details::Problem, kind::NOT_FOUND, responses},
    received::{self, Kind},
    state::Rest,
};

const FILES: Kind = Kind {
    name: b"bulk",
    name_tried: b"bulk tried",
    // How JSON lines are called, for there is no registered name; and a table of translations.
    mime_types: &[
        "application/jsonl",
        "application/x-ndjson",
        "application/ndjson",
        "text/csv",
    ],
    other_type: "The body has to be `application/jsonl`, a JSON object a line; or `text/csv`, a table of translations.",
};

/// How a file of operations is taken.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct BulkQuery {
    /// What to call the file, for people.
    #[serde(default = "file_name")]
    #[param(example = "operations.jsonl")]
    file_name: String,
    /// Whether every line is only tried, by itself, and taken back.
    #[serde(default)]
    dry_run: bool,
}

fn file_name() -> String {
    "operations.jsonl".to_owned()
}

/// A file of operations that jobs do.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BulkOperation)]
pub(super) struct BulkView {
    /// Names the bulk operation.
    #[schema(example = "bulk_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// What the file is called.
    file_name: String,
    /// How many lines it has.
    line_count: i64,
    /// Whether every line is only tried.
    dry_run: bool,
}

impl From<BulkRow> for BulkView {
    fn from(row: BulkRow) -> Self {
        Self {
            id: row.id.to_string(),
            file_name: row.file_name,
            line_count: row.line_count,
            dry_run: row.dry_run,
        }
    }
}

/// Have a file of operations done
///
/// A JSON object a line, as in `{"op": "priceSet", "sku": "MUG-1", "price": "12.50"}`: see `bulkOperationRun` of the
/// GraphQL API, by which its progress is seen, too. Or a table of translations, as `text/csv`. For staff and apps; each line asks for the permission that its
/// operation asks for. With an `Idempotency-Key`, a repeated request is answered as the first was, for a day.
#[utoipa::path(
    post,
    path = "/api/bulk-operations",
    operation_id = "run_bulk_operation",
    tag = "bulk",
    params(BulkQuery),
    request_body(content = String, content_type = "application/jsonl", description = "A JSON object a line."),
    responses(
        (status = 202, description = "The bulk operation, which goes on in the background.", body = BulkView),
        responses::Bulk,
    ),
    security(("staff" = []))
)]
pub(super) async fn run(
    State(rest): State<Rest>,
    asked: RestRequest,
    query: Result<Query<BulkQuery>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    // Before any of the body is read.
    bulk::require(&asked.context)?;
    let query = received::query(query)?;
    let (shop, context) = (rest.shop.clone(), asked.context.clone());
    let (file_name, dry_run) = (query.file_name.clone(), query.dry_run);
    let start = |content: Vec<u8>| async move {
        let start = BulkStart {
            file_name: query.file_name,
            content,
            dry_run: query.dry_run,
            by_job: true,
        };
        let started = bulk::start(&shop, &context, start).await?;
        Ok::<_, Problem>((StatusCode::ACCEPTED, Json(BulkView::from(started))).into_response())
    };
    received::start(&rest, &asked, request, &FILES, (&file_name, dry_run), start).await
}

/// Read what became of the lines
///
/// A JSON object for each line that is done or refused by now, in their order: `line`, `op` and `ok`, with the ids of
/// what was made or changed, or with `errors`. For whoever started it, and staff with the permission `JOBS`.
#[utoipa::path(
    get,
    path = "/api/bulk-operations/{id}/results.jsonl",
    operation_id = "bulk_operation_results",
    tag = "bulk",
    params(("id" = String, Path, description = "The bulk operation's id.", example = "bulk_01j9zzzzzzzzzzzzzzzzzzzzzz")),
    responses(
        (status = 200, description = "A JSON object a line.", body = String, content_type = "application/jsonl"),
        responses::BulkResults,
    ),
    security(("staff" = []))
)]
pub(super) async fn results(
    State(rest): State<Rest>,
    asked: RestRequest,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    bulk::require(&asked.context)?;
    let id = id.parse();
    let id = id.map_err(|_| Problem::new(NOT_FOUND, Refusal::not_found("bulk operation").message))?;
    let pieces = bulk::results(rest.shop.clone(), &asked.context, id).await?;
    // The status is gone by then: whoever reads sees that the answer was cut off.
    let pieces = pieces.inspect_err(|error| {
        tracing::error!(
            error = error as &dyn std::error::Error,
            "the results of a bulk operation broke off"
        );
    });
    let headers = [
        (header::CONTENT_TYPE, "application/jsonl"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"results.jsonl\""),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

//! Files of products, sent as they are.

use axum::{
    Json,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vitrine_commerce::imports::{self, ImportStart};
use vitrine_entity::product_import::Model as ImportRow;

use super::{
    extract::RestRequest,
    problem::{details::Problem, responses},
    received::{self, Kind},
    state::Rest,
};

const FILES: Kind = Kind {
    name: b"import",
    name_tried: b"import tried",
    mime_types: &["text/csv"],
    other_type: "The body has to be `text/csv`: products, with a header.",
};

/// How a file of products is taken.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ImportQuery {
    /// What to call the file, for people.
    #[serde(default = "file_name")]
    #[param(example = "products.csv")]
    file_name: String,
    /// Whether the file is only looked at: `productImportApply` of the GraphQL API has it written.
    #[serde(default = "yes")]
    #[param(example = true)]
    dry_run: bool,
}

fn file_name() -> String {
    "products.csv".to_owned()
}

fn yes() -> bool {
    true
}

/// A file of products that jobs import.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProductImport)]
pub(super) struct ImportView {
    /// Names the import.
    #[schema(example = "pimport_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// What the file is called.
    file_name: String,
    /// Whether it is only looked at.
    dry_run: bool,
}

impl From<ImportRow> for ImportView {
    fn from(row: ImportRow) -> Self {
        Self {
            id: row.id.to_string(),
            file_name: row.file_name,
            dry_run: row.dry_run,
        }
    }
}

/// Have a file of products imported
///
/// Shopify's product CSV: nothing of it where a row has an error. Jobs go through it in the background; what would be
/// done, or was, and what is wrong with it is told by `productImport` of the GraphQL API. For staff and apps with the
/// permission `CATALOG`. With an `Idempotency-Key`, a repeated request is answered as the first was, for a day.
#[utoipa::path(
    post,
    path = "/api/product-imports",
    operation_id = "import_products",
    tag = "bulk",
    params(ImportQuery),
    request_body(content = String, content_type = "text/csv", description = "The file, with its header."),
    responses(
        (status = 202, description = "The import, which goes on in the background.", body = ImportView),
        responses::Bulk,
    ),
    security(("staff" = []))
)]
pub(super) async fn start(
    State(rest): State<Rest>,
    asked: RestRequest,
    query: Result<Query<ImportQuery>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    // Before any of the body is read.
    imports::require(&asked.context)?;
    let query = received::query(query)?;
    let (shop, context) = (rest.shop.clone(), asked.context.clone());
    let (file_name, dry_run) = (query.file_name.clone(), query.dry_run);
    let start = |content: Vec<u8>| async move {
        let start = ImportStart {
            file_name: query.file_name,
            content,
            dry_run: query.dry_run,
        };
        let started = imports::start(&shop, &context, start).await?;
        Ok::<_, Problem>((StatusCode::ACCEPTED, Json(ImportView::from(started))).into_response())
    };
    received::start(&rest, &asked, request, &FILES, (&file_name, dry_run), start).await
}

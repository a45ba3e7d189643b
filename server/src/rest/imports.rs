//! Files of products, sent as they are.

use axum::{
    Json,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vitrine_commerce::{
    Error, ErrorCode, Refusal,
    imports::{self, ImportStart},
};
use vitrine_entity::{
    imported_order::ImportSource,
    product_import::{ImportKind, Model as ImportRow},
};

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
    /// Which system has exported it: `SHOPIFY`, `WOOCOMMERCE` or `MEDUSA`.
    #[serde(default = "shopify")]
    #[param(example = "SHOPIFY")]
    source: String,
    /// What is in it: `PRODUCTS`, `CUSTOMERS`, `ORDERS`, `GIFT_CARDS` or `REDIRECTS`.
    #[serde(default = "products")]
    #[param(example = "PRODUCTS")]
    what: String,
}

fn shopify() -> String {
    "SHOPIFY".to_owned()
}

fn products() -> String {
    "PRODUCTS".to_owned()
}

impl ImportQuery {
    fn source(&self) -> Result<ImportSource, Error> {
        match self.source.as_str() {
            "SHOPIFY" => Ok(ImportSource::Shopify),
            "WOOCOMMERCE" => Ok(ImportSource::Woocommerce),
            "MEDUSA" => Ok(ImportSource::Medusa),
            _ => Err(unknown("source", "Say `SHOPIFY`, `WOOCOMMERCE` or `MEDUSA`.")),
        }
    }

    fn what(&self) -> Result<Option<ImportKind>, Error> {
        match self.what.as_str() {
            "PRODUCTS" => Ok(None),
            "CUSTOMERS" => Ok(Some(ImportKind::Customers)),
            "ORDERS" => Ok(Some(ImportKind::Orders)),
            "GIFT_CARDS" => Ok(Some(ImportKind::GiftCards)),
            "REDIRECTS" => Ok(Some(ImportKind::Redirects)),
            _ => Err(unknown(
                "what",
                "Say `PRODUCTS`, `CUSTOMERS`, `ORDERS`, `GIFT_CARDS` or `REDIRECTS`.",
            )),
        }
    }
}

fn unknown(field: &str, message: &str) -> Error {
    Refusal::new(ErrorCode::Invalid, message).at(&[field]).into()
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
/// What another shop system exports: products (nothing of them where a row has an error), or customers, orders, gift
/// cards, redirects (each row that is right). Jobs go through it in the background; what would be done, or was, and what is
/// wrong with it is told by `productImport` of the GraphQL API. For staff and apps with the permission `CATALOG`, and for
/// anything but products that for what is in the file. With an `Idempotency-Key`, a repeated request is answered as the
/// first was, for a day.
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
    let (source, what, dry_run) = (query.source()?, query.what()?, query.dry_run);
    // Another of them is another request.
    let asked_for = format!("{}/{}/{}", query.source, query.what, query.file_name);
    let start = |content: Vec<u8>| async move {
        let start = ImportStart {
            file_name: query.file_name,
            content,
            source,
            what,
            dry_run,
        };
        let started = imports::start(&shop, &context, start).await?;
        Ok::<_, Problem>((StatusCode::ACCEPTED, Json(ImportView::from(started))).into_response())
    };
    received::start(&rest, &asked, request, &FILES, (&asked_for, dry_run), start).await
}

//! `GET /api/payments/ledger.csv`: the payment ledger as a table.

use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use serde::Deserialize;
use utoipa::IntoParams;
use vitrine_commerce::{
    payments::ledger::{self, Period},
    staff::Permission,
};

use super::{
    extract::{Query, RestRequest},
    problem::{details::Problem, responses},
    state::Rest,
};

/// Which part of the ledger.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerQuery {
    /// From this time on (RFC 3339); from the beginning where it is left out.
    #[param(example = "2026-01-01T00:00:00Z")]
    since: Option<DateTime<Utc>>,
    /// Before this time (RFC 3339); until now where it is left out.
    #[param(example = "2026-02-01T00:00:00Z")]
    until: Option<DateTime<Utc>>,
}

/// Read the payment ledger
///
/// Each request to a payment provider, each answer, webhook and decision, oldest first, as CSV
/// (RFC 4180) in UTF-8 with a row of names. It comes piece by piece, however long it is; one that
/// was cut off is not whole. Cells that a spreadsheet would run as a formula begin with an
/// apostrophe. For staff with the permission `PAYMENTS`.
#[utoipa::path(
    get,
    path = "/api/payments/ledger.csv",
    tag = "payments",
    params(LedgerQuery),
    responses(
        (status = 200, description = "The ledger of the period.", body = String, content_type = "text/csv"),
        responses::Ledger,
    ),
    security(("staff" = []))
)]
pub(super) async fn export(
    State(rest): State<Rest>,
    request: RestRequest,
    query: Query<LedgerQuery>,
) -> Result<Response, Problem> {
    request.require(Permission::Payments)?;
    let query = query.read()?;
    let period = Period {
        since: query.since,
        until: query.until,
    };
    let pieces = ledger::export(rest.shop.clone(), &request.context, period)?;
    // The status is gone by then: whoever reads sees that the answer was cut off.
    let pieces = pieces.inspect_err(|error| {
        tracing::error!(
            error = error as &dyn std::error::Error,
            "an export of the ledger broke off"
        );
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"payment-ledger.csv\"",
        ),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

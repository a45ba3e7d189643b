//! `GET /api/audit.csv`: what staff and apps did, as a table.

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
    ErrorCode, Refusal,
    staff::{AuditFilter, Permission, export_audit},
};

use super::{
    extract::{Query, RestRequest},
    problem::{details::Problem, responses},
    state::Rest,
};

/// Which part of the audit log. Everything given must hold.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct AuditQuery {
    /// From this time on (RFC 3339); from the beginning where it is left out.
    #[param(example = "2026-01-01T00:00:00Z")]
    from: Option<DateTime<Utc>>,
    /// Before this time (RFC 3339); until now where it is left out.
    #[param(example = "2026-02-01T00:00:00Z")]
    to: Option<DateTime<Utc>>,
    /// The member of staff who did it.
    #[param(example = "staff_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    staff_member_id: Option<String>,
    /// The app that did it.
    #[param(example = "app_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    app_id: Option<String>,
    /// Noun and verb, or a noun for all of its verbs.
    #[param(example = "order.cancel")]
    action: Option<String>,
    /// The id of what it was done to.
    #[param(example = "ord_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    object: Option<String>,
}

impl AuditQuery {
    fn filter(self) -> Result<AuditFilter, Problem> {
        let invalid = |field: &'static str| {
            let message = format!("`{field}` is not such an id.");
            Problem::from(Refusal::new(ErrorCode::Invalid, message).at(&[field]))
        };
        let member = self.staff_member_id.map(|id| id.parse());
        let app = self.app_id.map(|id| id.parse());
        Ok(AuditFilter {
            staff_member: member.transpose().map_err(|_| invalid("staffMemberId"))?,
            app: app.transpose().map_err(|_| invalid("appId"))?,
            action: self.action,
            object: self.object,
            since: self.from,
            until: self.to,
        })
    }
}

/// Read the audit log
///
/// What staff and apps did, oldest first, as CSV (RFC 4180) in UTF-8 with a row of names. It comes piece by
/// piece, however long it is; one that was cut off is not whole. Cells that a spreadsheet would run as a formula
/// begin with an apostrophe. For staff with the permission `STAFF`.
#[utoipa::path(
    get,
    path = "/api/audit.csv",
    operation_id = "export_audit_log",
    tag = "staff",
    params(AuditQuery),
    responses(
        (status = 200, description = "The entries that were asked for.", body = String, content_type = "text/csv"),
        responses::Ledger,
    ),
    security(("staff" = []))
)]
pub(super) async fn export(
    State(rest): State<Rest>,
    request: RestRequest,
    query: Query<AuditQuery>,
) -> Result<Response, Problem> {
    request.require(Permission::Staff)?;
    let pieces = export_audit(rest.shop.clone(), &request.context, query.read()?.filter()?)?;
    // The status is gone by then: whoever reads sees that the answer was cut off.
    let pieces = pieces.inspect_err(|error| {
        tracing::error!(
            error = error as &dyn std::error::Error,
            "an export of the audit log broke off"
        );
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit-log.csv\""),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

//! The files of exports, at the addresses that the GraphQL API gives.

use axum::{
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::header,
    response::{IntoResponse, Response},
};
use futures::TryStreamExt;
use serde::Deserialize;
use vitrine_commerce::exports;

use super::{
    problem::{details::Problem, kind::NOT_FOUND},
    state::Rest,
};

/// The parameters of an address that was given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signed {
    expires: i64,
    signature: String,
}

/// Gives the file of an export to whoever has its address, whose signature is all the right that it needs.
pub(super) async fn open(
    State(rest): State<Rest>,
    Path((id, _name)): Path<(String, String)>,
    signed: Result<Query<Signed>, QueryRejection>,
) -> Result<Response, Problem> {
    let not_given = || Problem::new(NOT_FOUND, "The address is not one that the shop gave.");
    let (Ok(Query(signed)), Ok(id)) = (signed, id.parse()) else {
        return Err(not_given());
    };
    let (row, file) = exports::open(rest.shop.clone(), id, signed.expires, &signed.signature).await?;
    // The status is gone by then: whoever reads sees that the answer was cut off.
    let file = file.inspect_err(|error| {
        tracing::error!(
            error = error as &dyn std::error::Error,
            "the file of an export broke off"
        );
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_LENGTH, row.byte_size.to_string()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", exports::file_name(&row)),
        ),
    ];
    Ok((headers, Body::from_stream(file)).into_response())
}

//! The files of documents, at the addresses that the GraphQL API gives.

use axum::{
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use futures::TryStreamExt;
use serde::Deserialize;
use vitrine_commerce::documents::{self, DocumentFilter, Format};

use super::{
    problem::{details::Problem, kind::NOT_FOUND},
    state::Rest,
};

/// The parameters of a document's address that was given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signed {
    expires: i64,
    signature: String,
}

/// Those of an archive's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Archive {
    expires: i64,
    signature: String,
    kind: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// Gives the file of a document to whoever has its address, whose signature is all the right that it needs.
pub(super) async fn open(
    State(rest): State<Rest>,
    Path((id, name)): Path<(String, String)>,
    signed: Result<Query<Signed>, QueryRejection>,
) -> Result<Response, Problem> {
    // Numbers may have dots of their own.
    let mut formats = [Format::Ubl, Format::Cii, Format::Pdf].into_iter();
    let format = formats.find(|format| name.ends_with(&format!(".{}", format.extension())));
    let (Ok(Query(signed)), Ok(id), Some(format)) = (signed, id.parse(), format) else {
        return Err(not_given());
    };
    let file = documents::open(&rest.shop, id, format, signed.expires, &signed.signature).await?;
    let headers = [
        (header::CONTENT_TYPE, file.mime_type.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", file.name),
        ),
        not_kept(),
    ];
    Ok((headers, file.content).into_response())
}

/// Gives the files of a period, as one archive.
pub(super) async fn archive(
    State(rest): State<Rest>,
    asked: Result<Query<Archive>, QueryRejection>,
) -> Result<Response, Problem> {
    let Ok(Query(asked)) = asked else {
        return Err(not_given());
    };
    let kind = asked
        .kind
        .as_deref()
        .map(|name| documents::kind_of(name).ok_or_else(not_given));
    let filter = DocumentFilter {
        kind: kind.transpose()?,
        number: None,
        issued_from: asked.from,
        issued_to: asked.to,
    };
    let file = documents::open_archive(rest.shop.clone(), filter, asked.expires, &asked.signature)?;
    // The status is gone by then: whoever reads sees that the answer was cut off.
    let file = file.inspect_err(|error| {
        tracing::error!(
            error = error as &dyn std::error::Error,
            "the archive of documents broke off"
        );
    });
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"documents.zip\"".to_owned(),
        ),
        not_kept(),
    ];
    Ok((headers, Body::from_stream(file)).into_response())
}

/// Whoever is between keeps nothing of it.
fn not_kept() -> (HeaderName, String) {
    (header::CACHE_CONTROL, "private, no-store".to_owned())
}

fn not_given() -> Problem {
    Problem::new(NOT_FOUND, "The address is not one that the shop gave.")
}

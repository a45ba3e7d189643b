//! Files that are the whole of a request's body, for jobs to go through.

use std::future::Future;

use axum::{
    extract::{Query, Request, rejection::QueryRejection},
    http::header,
    response::Response,
};
use vitrine_commerce::{ErrorCode, Refusal};
use vitrine_edge::read_body;

use super::{
    extract::RestRequest,
    keyed,
    media::{UPLOAD_TIMEOUT, turn},
    problem::{details::Problem, kind::UNSUPPORTED_MEDIA_TYPE},
    state::Rest,
};

/// Which bodies are files of a kind.
pub(super) struct Kind {
    /// Tells its requests from others under one key.
    pub(super) name: &'static [u8],
    /// As `name`, where the file is only tried.
    pub(super) name_tried: &'static [u8],
    pub(super) mime_types: &'static [&'static str],
    /// What is said of any other type.
    pub(super) other_type: &'static str,
}

/// What a query says, or what is wrong with it.
///
/// # Errors
/// Refuses what is no such query.
pub(super) fn query<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, Problem> {
    let Query(query) = query.map_err(|error| Refusal::new(ErrorCode::Invalid, format!("{}.", error.body_text())))?;
    Ok(query)
}

/// Reads the body, and starts what is done with it, once under the request's key. Whether the caller may send it is asked
/// before.
///
/// # Errors
/// Refuses another type, too many bytes, and too many files at once; and as `start` does.
pub(super) async fn start<Started>(
    rest: &Rest,
    asked: &RestRequest,
    request: Request,
    kind: &Kind,
    (file_name, dry_run): (&str, bool),
    start: impl FnOnce(Vec<u8>) -> Started,
) -> Result<Response, Problem>
where
    Started: Future<Output = Result<Response, Problem>> + Send + 'static,
{
    let (parts, body) = request.into_parts();
    let sent = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let sent = sent.and_then(|sent| sent.split(';').next()).map(str::trim);
    if !sent.is_some_and(|sent| kind.mime_types.iter().any(|taken| taken.eq_ignore_ascii_case(sent))) {
        return Err(Problem::new(UNSUPPORTED_MEDIA_TYPE, kind.other_type));
    }
    let bytes_max = rest.shop.settings.bulk.bytes_max;
    let _turn = turn(rest, bytes_max)?;
    let content = read_body(body, usize::try_from(bytes_max).unwrap_or(usize::MAX), UPLOAD_TIMEOUT).await?;
    let name = if dry_run { kind.name_tried } else { kind.name };
    let work = start(content.to_vec());
    keyed::once(rest, asked, &[name, file_name.as_bytes(), &content], work).await
}

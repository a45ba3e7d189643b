//! `GET /problems/{slug}`: what a problem's `type` points to, in plain text.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

use super::{
    details::{Problem, ProblemBody},
    kind::{self, Kind},
};

/// A problem, explained
///
/// What the `type` of a problem points to.
#[utoipa::path(
    get,
    path = "/problems/{slug}",
    tag = "problems",
    params(("slug" = String, Path, description = "The problem's code in lower case, with hyphens.", example = "insufficient-stock")),
    responses(
        (status = 200, description = "What it means, and what to do about it.", body = String, content_type = "text/plain"),
        (status = 404, description = "There is no such kind of problem.", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::rest) async fn explain(Path(slug): Path<String>) -> Result<Response, Problem> {
    let Some(found) = Kind::by_slug(&slug) else {
        return Err(Problem::new(kind::NOT_FOUND, "There is no such kind of problem."));
    };
    let Kind {
        code,
        status,
        title,
        advice,
    } = found;
    let text = format!("{title}\n\n{code}, status {}\n\n{advice}\n", status.as_u16());
    Ok(([(header::CACHE_CONTROL, "max-age=3600")], text).into_response())
}

//! A problem, told without a frame.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use minijinja::context;

use crate::{
    answer::{Fields, page},
    problem::Problem,
    site::Site,
};

/// A page without a frame, where not even that can be had.
pub fn plain(site: &Site, language: &str, problem: Problem) -> Response {
    let theme = site.theme();
    let status = problem.status();
    let shown = context! { problem => problem.name(), status => status.as_u16(), language };
    let template = theme.templates.get_template("design/plain.html");
    match template.and_then(|template| template.render(shown)) {
        Ok(html) => page(site, status, html, Fields::Own),
        Err(error) => {
            tracing::error!(error = %format!("{error:#}"), "not even the plain page can be shown");
            status.into_response()
        }
    }
}

/// Says when to come again.
pub fn with_wait(mut response: Response, problem: Problem) -> Response {
    let seconds = match problem {
        Problem::TooOften(seconds) => seconds,
        Problem::Overloaded => 2,
        _ => return response,
    };
    if let Ok(seconds) = HeaderValue::try_from(seconds.to_string()) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

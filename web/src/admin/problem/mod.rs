//! What the dashboard shows where there is no page.

use axum::{
    extract::{Request, State},
    http::{Method, header, request::Parts},
    middleware::Next,
    response::Response,
};
use minijinja::context;

use super::staff::Staff;
use crate::{
    answer::Answer,
    plain::{plain, with_wait},
    problem::Problem,
    renewal::renew,
    site::Site,
    visit::Visit,
};

/// For an address below `/admin` that leads nowhere.
pub async fn nothing(_: Staff) -> Answer {
    Err(Problem::NotFound)
}

/// Around all pages: shows the problem that one of them had.
pub async fn explain(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    match response.extensions().get::<Problem>() {
        None => response,
        Some(Problem::SignedOut) => signed_out(&site, &parts).await,
        Some(problem) => show(&site, &parts, *problem).await,
    }
}

/// The session goes on if it can, and the request is sent again; or else there is the sign-in, which leads back.
async fn signed_out(site: &Site, parts: &Parts) -> Response {
    if let Some(response) = renew(Visit::of(site, parts)).await {
        return response;
    }
    let mut visit = Visit::of(site, parts);
    if visit.is_signed_in() {
        visit.sign_out();
    }
    let back = match parts.method {
        Method::GET => visit.here(),
        _ => before(parts),
    };
    let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
    visit.go(&format!("/admin/sign-in?back={back}"))
}

/// The page whose form it was.
fn before(parts: &Parts) -> &str {
    let whole = parts.headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let rest = whole
        .and_then(|whole| whole.split_once("://"))
        .map_or("", |(_, rest)| rest);
    rest.find('/').map_or("", |at| &rest[at..])
}

async fn show(site: &Site, parts: &Parts, problem: Problem) -> Response {
    let (visit, status) = (Visit::of(site, parts), problem.status());
    let language = visit.language.clone();
    let shown = context! { problem => problem.name(), status => status.as_u16() };
    let shown = match Staff::of(visit).await {
        Ok(staff) => staff.show_as(status, "admin/problem/page.html", shown),
        Err(problem) => Err(problem),
    };
    // Not even the frame can be had, or nobody is signed in who may see it.
    let shown = shown.unwrap_or_else(|_| plain(site, &language, problem));
    with_wait(shown, problem)
}

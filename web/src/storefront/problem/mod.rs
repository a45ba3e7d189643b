//! What is shown where there is no page: one that helps.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use minijinja::context;

use crate::{
    answer::moved,
    documents::{Moved, moved as document},
    plain::{plain, with_wait},
    problem::Problem,
    renewal::renew,
    site::Site,
    visit::{Visit, local},
};

/// Around all pages: shows the problem that one of them had.
pub async fn explain(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visit = Visit::of(&site, &parts);
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    match response.extensions().get::<Problem>() {
        None => response,
        Some(Problem::SignedOut) => signed_out(&site, visit, &parts).await,
        Some(problem) => show(visit, *problem).await,
    }
}

/// The session goes on if it can, and the request is sent again; or else there is a sign-in.
async fn signed_out(site: &Site, visit: Visit, parts: &Parts) -> Response {
    match renew(visit).await {
        Some(response) => response,
        None => {
            let mut visit = Visit::of(site, parts);
            visit.sign_out();
            let back = match parts.method {
                Method::GET => visit.here(),
                _ => "",
            };
            let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
            visit.go(&format!("/account/login?back={back}"))
        }
    }
}

/// For an address that nobody knows: where it has moved to, or a page that says so. Programs get no page.
pub async fn missing(State(site): State<Site>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let is_read = matches!(parts.method, Method::GET | Method::HEAD);
    match is_read && wants_html(&parts.headers) {
        true => show(Visit::of(&site, &parts), Problem::NotFound).await,
        false => StatusCode::NOT_FOUND.into_response(),
    }
}

fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

pub async fn show(mut visit: Visit, problem: Problem) -> Response {
    // The page that it goes back to has one then.
    if problem == Problem::Forged {
        visit.give_token();
    }
    if problem == Problem::NotFound
        && let Some(target) = target(&visit).await
    {
        return moved(&target);
    }
    let (site, language) = (visit.site.clone(), visit.language.clone());
    let status = problem.status();
    let shown = context! {
        problem => problem.name(),
        status => status.as_u16(),
        is_indexed => false,
    };
    let shown = match visit.show_as(status, "storefront/problem/page.html", shown).await {
        Ok(shown) => shown,
        // Not even the frame can be had.
        Err(_) => plain(&site, &language, problem),
    };
    with_wait(shown, problem)
}

/// Where it has moved to, if it has.
async fn target(visit: &Visit) -> Option<String> {
    let path = visit.uri.path().to_owned();
    let found = visit.ask(Moved, document::Variables { path }).await.ok()?;
    let target = found.url_redirect_target?;
    let ours = target.strip_prefix(&visit.site.settings().public_url);
    let target = ours.map_or(target.as_str(), |path| local(path)).to_owned();
    (target != visit.uri.path()).then_some(target)
}

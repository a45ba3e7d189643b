//! `GET /staff/invitation#…` and `/staff/password-reset#…`: where the links of mails to staff lead unless
//! `shop.staff_url` names a dashboard. The token stands in the fragment, which no log ever sees; the page hands it
//! to the API, as a dashboard would.

use axum::{Router, http::HeaderValue, http::header, response::IntoResponse, response::Response, routing::get};

use crate::pages::html::answer;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What leads on to the dashboard, where there is one.
const NEXT: &str = r#"  <p id="next" hidden><a href="/admin">Sign in to the dashboard</a></p>
"#;

pub fn routes(has_dashboard: bool) -> Router {
    let show = get(move || show(has_dashboard));
    Router::new()
        .route("/staff/invitation", show.clone())
        .route("/staff/password-reset", show)
        .route("/staff.js", get(script))
}

async fn show(has_dashboard: bool) -> Response {
    let page = include_str!("staff.html");
    match has_dashboard {
        true => answer(page.to_owned(), POLICY),
        false => answer(page.replace(NEXT, ""), POLICY),
    }
}

async fn script() -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/javascript; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, include_str!("staff.js")).into_response()
}

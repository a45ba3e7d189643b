//! The IDE.

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use serde_json::Value;
use tower::ServiceExt;
use vitrine_edge::{self as edge, Admission, Caller, Drain, GraphqlEndpoint, HttpSettings, NotAdmitted};
use vitrine_server::pages::ide;

use crate::new_id;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// Nothing of it is asked for.
struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &'static str {
        "hello"
    }
}

async fn anybody(_: Caller) -> Result<Admission, NotAdmitted> {
    Ok(Admission::new(|_| {}))
}

/// A server without a network.
fn app(development: bool) -> Router {
    let settings = HttpSettings::default();
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let endpoint = GraphqlEndpoint::new(schema, anybody, settings.clone(), Drain::default());
    let routes = match development {
        true => edge::routes(endpoint.with_page(ide::page)).merge(ide::routes("")),
        false => edge::routes(endpoint),
    };
    edge::finish(routes, &settings, new_id)
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("it is text"))
    }
}

async fn get(app: &Router, path: &str, accept: &str) -> Answer {
    let request = Request::get(path).header(header::ACCEPT, accept).body(Body::empty());
    let response = app.clone().oneshot(request.expect("a sane request")).await;
    let (parts, body) = response.expect("a router never fails").into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("the body is whole");
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8(body.to_vec()).expect("answers are UTF-8"),
    }
}

#[tokio::test]
async fn a_browser_sees_the_ide_in_development_alone() {
    let page = get(&app(true), "/graphql", BROWSER).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    assert!(!page.text.contains("https://"), "the page loads nothing from elsewhere");
    assert!(!page.text.contains("<style") && !page.text.contains(" style=") && !page.text.contains(" onclick="));

    let refused = get(&app(false), "/graphql", BROWSER).await;
    let told: Value = serde_json::from_str(&refused.text).expect("JSON");
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{told}");
    assert_eq!(told["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{told}");
    assert!(told.get("data").is_none(), "{told}");
}

#[tokio::test]
async fn everything_that_the_page_loads_is_served() {
    let (app, production) = (app(true), app(false));
    let page = get(&app, "/graphql", BROWSER).await.text;
    let script = get(&app, "/graphql/ide.js", "*/*").await;
    let all = format!("{page}{}", script.text);
    let files: Vec<&str> = all.split('"').filter(|text| text.starts_with("/graphql/")).collect();
    assert_eq!(files.len(), 4, "{files:?}");
    for file in files {
        let answer = get(&app, file, "*/*").await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(!answer.text.is_empty());
        assert_eq!(get(&production, file, "*/*").await.status, StatusCode::NOT_FOUND);
    }
}

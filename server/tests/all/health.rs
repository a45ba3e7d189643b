//! Liveness and readiness.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use tower::ServiceExt;
use vitrine_edge::{self as edge, Drain, HttpSettings};
use vitrine_server::health::{self, ComponentHealth};

use crate::new_id;

fn component(name: &'static str, ok: bool, required: bool) -> ComponentHealth {
    ComponentHealth {
        name,
        ok,
        required,
        detail: (!ok).then_some("does not answer"),
    }
}

async fn probe(path: &str, components: Vec<ComponentHealth>, drain: &Drain) -> (u16, Value) {
    let routes = health::routes(drain.clone(), move || {
        let components = components.clone();
        async move { components }
    });
    let app = edge::finish(routes, &HttpSettings::default(), new_id);
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let response = app.oneshot(request).await.expect("a router never fails");
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), 10_000)
        .await
        .expect("a small body");
    (status, serde_json::from_slice(&body).expect("JSON"))
}

#[tokio::test]
async fn ready_needs_every_required_component() {
    let drain = Drain::default();
    for path in ["/health", "/health/ready"] {
        let (status, report) = probe(path, vec![component("database", true, true)], &drain).await;
        assert_eq!(
            (status, report),
            (
                200,
                json!({ "status": "ready", "components": [{ "name": "database", "ok": true, "required": true }] })
            )
        );
        let (status, report) = probe(
            path,
            vec![component("database", true, true), component("search", false, false)],
            &drain,
        )
        .await;
        assert_eq!((status, &report["status"]), (200, &json!("degraded")));
        let (status, report) = probe(path, vec![component("database", false, true)], &drain).await;
        assert_eq!((status, &report["status"]), (503, &json!("unavailable")));
        assert_eq!(report["components"][0]["detail"], "does not answer");
    }
    let (status, _) = probe("/health/live", vec![component("database", false, true)], &drain).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn a_server_that_stops_is_live_and_not_ready() {
    let drain = Drain::default();
    drain.begin();
    assert_eq!(probe("/health/ready", vec![], &drain).await.0, 503);
    assert_eq!(probe("/health/live", vec![], &drain).await.0, 200);
}

//! Which pages may read answers.

use axum::http::{Method, header};
use vitrine_edge::HttpSettings;

use crate::support::{App, request};

#[tokio::test]
async fn only_a_configured_origin_may_read_answers_and_nobody_sends_credentials() {
    let origins_allowed = vec!["https://shop.example".to_owned()];
    let app = App::with(HttpSettings {
        origins_allowed,
        ..HttpSettings::default()
    });
    for (origin, allowed) in [
        ("https://shop.example", "https://shop.example"),
        ("https://evil.example", ""),
        ("null", ""),
    ] {
        let preflight = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type"),
        ];
        let answer = app.send(request(Method::OPTIONS, "/graphql", &preflight)).await;
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), allowed);
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_CREDENTIALS), "");
    }
}

#[tokio::test]
async fn pages_of_this_machine_may_where_that_is_allowed() {
    let app = App::with(HttpSettings {
        local_origins_allowed: true,
        ..HttpSettings::default()
    });
    let cases = [
        ("http://localhost:5173", true),
        ("http://localhost", true),
        ("http://shop.localhost:3000", true),
        ("http://127.0.0.1:3000", true),
        ("http://[::1]:3000", true),
        ("http://[::1]", true),
        ("http://localhost.evil.example", false),
        ("http://evil.example/localhost", false),
        ("http://localhost:evil", false),
        ("http://127.0.0.1.evil.example", false),
        ("null", false),
    ];
    for (origin, allowed) in cases {
        let asked = [("origin", origin), ("access-control-request-method", "POST")];
        let answer = app.send(request(Method::OPTIONS, "/graphql", &asked)).await;
        let told = answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        assert_eq!(told, if allowed { origin } else { "" });
    }
}

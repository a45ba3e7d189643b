//! Server-Sent Events, one operation a connection.

use std::{sync::atomic::Ordering, time::Duration};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use futures::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use vitrine_edge::HttpSettings;

use crate::support::{Answer, App, eventually, get, none_open, post};

const STREAM: &str = "text/event-stream";

/// Every event of a whole stream: its name and its data.
fn events(answer: &Answer) -> Vec<(String, Value)> {
    let blocks = answer.text.split("\n\n").filter(|block| block.contains("event:"));
    blocks
        .map(|block| {
            let field = |name: &str| {
                block
                    .lines()
                    .find_map(|line| line.strip_prefix(name))
                    .unwrap_or_default()
            };
            let data = serde_json::from_str(field("data: ")).unwrap_or_else(|_| panic!("no data: {block}"));
            (field("event: ").to_owned(), data)
        })
        .collect()
}

fn subscribe(query: &str) -> Request<Body> {
    post(STREAM, &json!({ "query": query }))
}

async fn open(app: &App, request: Request<Body>) -> Response {
    app.router.clone().oneshot(request).await.expect("a router never fails")
}

#[tokio::test]
async fn a_subscription_gives_next_events_and_completes() {
    let app = App::new();
    let by_get = get("/graphql?query=subscription%7Bcount(to:2)%7D", STREAM);
    for request in [subscribe("subscription { count(to: 2) }"), by_get] {
        let answer = app.send(request).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.header(header::CONTENT_TYPE).starts_with(STREAM));
        assert_eq!(answer.header("x-accel-buffering"), "no");
        assert_eq!(
            events(&answer),
            [
                ("next".to_owned(), json!({ "data": { "count": 1 } })),
                ("next".to_owned(), json!({ "data": { "count": 2 } })),
                ("complete".to_owned(), json!({})),
            ]
        );
    }
}

#[tokio::test]
async fn queries_mutations_and_mistakes_come_as_one_next() {
    let app = App::new();
    let answer = app.send(subscribe("mutation { bump }")).await;
    assert_eq!(events(&answer)[0].1["data"], json!({ "bump": 1 }));
    assert_eq!(events(&answer)[1].0, "complete");

    for (query, code) in [
        ("{ helo }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { refused }", "NOT_YOURS"),
    ] {
        let answer = app.send(subscribe(query)).await;
        let events = events(&answer);
        assert_eq!(events[0].1["errors"][0]["extensions"]["code"], code, "{}", answer.text);
        assert_eq!(events[0].1.get("data"), None, "nothing was executed");
        assert_eq!((events.len(), events[1].0.as_str()), (2, "complete"));
    }
    let two = "subscription { count(to: 1) other: count(to: 1) }";
    assert_eq!(
        events(&app.send(subscribe(two)).await)[0].1["errors"][0]["extensions"]["code"],
        "GRAPHQL_VALIDATION_FAILED"
    );
}

#[tokio::test]
async fn a_failed_event_and_a_panic_show_nothing_and_end_nothing_else() {
    let app = App::new();
    let found = events(&app.send(subscribe("subscription { failsOnce }")).await);
    assert_eq!(found[0].1["data"], json!({ "failsOnce": 1 }));
    assert_eq!(found[1].1["errors"][0]["extensions"]["code"], "INTERNAL_ERROR");
    let panicked = app.send(subscribe("subscription { panics }")).await;
    assert!(panicked.text.contains("INTERNAL_ERROR"), "{}", panicked.text);
    assert!(!panicked.text.contains("secret"), "{}", panicked.text);
    assert_eq!(
        events(&panicked).last().map(|(name, _)| name.as_str()),
        Some("complete")
    );
    assert!(app.ask("{ hello }").await.has_data());
}

#[tokio::test]
async fn a_subscription_without_a_stream_is_told_so() {
    let app = App::new();
    app.ask("subscription { count(to: 1) }")
        .await
        .assert_refused(406, "STREAM_REQUIRED");
}

#[tokio::test]
async fn a_quiet_stream_keeps_itself_alive_and_ends_with_its_client() {
    let app = App::with(HttpSettings {
        sse_keepalive: Duration::from_millis(20),
        ..HttpSettings::default()
    });
    let response = open(&app, subscribe("subscription { forever }")).await;
    let mut chunks = response.into_body().into_data_stream();
    let mut text = String::new();
    while !text.contains("\n:") {
        let chunk = chunks.next().await.expect("it lives").expect("it is whole");
        text += std::str::from_utf8(&chunk).expect("UTF-8");
    }
    assert!(text.contains("guest"));
    assert_eq!(app.seen.open.load(Ordering::SeqCst), 1);
    drop(chunks);
    none_open(&app.seen.open).await;
}

#[tokio::test]
async fn a_stream_says_that_its_token_has_expired_and_does_not_complete_when_the_server_stops() {
    let app = App::new();
    let mut expiring = subscribe("subscription { forever }");
    expiring
        .headers_mut()
        .insert(header::AUTHORIZATION, "Bearer short".parse().expect("a header"));
    let answer = app.send(expiring).await;
    let error = json!({ "message": "Token expired", "extensions": { "code": "UNAUTHENTICATED" } });
    assert_eq!(
        events(&answer),
        [
            ("next".to_owned(), json!({ "data": { "forever": "known" } })),
            ("next".to_owned(), json!({ "errors": [error] })),
            ("complete".to_owned(), json!({})),
        ]
    );

    let stop = app.drain.clone();
    let (answer, ()) = tokio::join!(app.send(subscribe("subscription { forever }")), async {
        eventually("it is open", || app.seen.open.load(Ordering::SeqCst) == 1).await;
        stop.begin();
    });
    assert!(!answer.text.contains("complete"), "{}", answer.text);
}

#[tokio::test]
async fn streams_are_counted_and_bounded() {
    let app = App::with(HttpSettings {
        streams_max: 1,
        ..HttpSettings::default()
    });
    let first = open(&app, subscribe("subscription { forever }")).await;
    let second = app.send(subscribe("subscription { forever }")).await;
    second.assert_refused(503, "TOO_MANY_STREAMS");
    assert_eq!(second.header(header::RETRY_AFTER), "5");
    drop(first);
    assert_eq!(
        app.send(subscribe("subscription { count(to: 1) }")).await.status,
        StatusCode::OK
    );
}

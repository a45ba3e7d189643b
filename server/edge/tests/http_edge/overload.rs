//! More than can be done at once: those inside are served, the others are told at once.

use std::{net::SocketAddr, time::Duration};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use futures::FutureExt;
use serde_json::json;
use tower::ServiceExt;
use vitrine_edge::HttpSettings;

use crate::support::{Answer, App, post, within};

const STREAM: &str = "text/event-stream";

/// A server with one turn, and an operation that never gives it back.
fn busy() -> (App, tokio::task::JoinHandle<()>) {
    let app = App::with(HttpSettings {
        requests_max: 1,
        ..HttpSettings::default()
    });
    let slow = post("application/json", &json!({ "query": "{ slow }" }));
    let asking = app.router.clone().oneshot(slow);
    (app, tokio::spawn(asking.map(|_| ())))
}

/// The first answer to `query` that is, or is no longer, a refusal.
async fn until_refused_is(app: &App, refused: bool, accept: &str, query: &str) -> Answer {
    let asking = async {
        loop {
            let answer = app.send(post(accept, &json!({ "query": query }))).await;
            if answer.text.contains("SERVICE_UNAVAILABLE") == refused {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    within(&format!("refused is {refused}"), asking).await
}

#[tokio::test]
async fn a_crowd_is_refused_at_once_and_told_when_to_come_again() {
    let (app, slow) = busy();
    let refused = until_refused_is(&app, true, "application/json", "{ hello }").await;
    refused.assert_refused(503, "SERVICE_UNAVAILABLE");
    assert_eq!(refused.header(header::RETRY_AFTER), "1");
    let streamed = app.send(post(STREAM, &json!({ "query": "{ hello }" }))).await;
    assert!(streamed.text.contains("SERVICE_UNAVAILABLE"), "{}", streamed.text);

    slow.abort();
    let served = until_refused_is(&app, false, "application/json", "{ hello }").await;
    assert_eq!(served.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_listens_takes_nobodys_turn() {
    let app = App::with(HttpSettings {
        requests_max: 1,
        ..HttpSettings::default()
    });
    let subscription = post(STREAM, &json!({ "query": "subscription { forever }" }));
    let listening = app.router.clone().oneshot(subscription).await;
    let mut events = listening.expect("a router never fails").into_body().into_data_stream();
    let first = futures::StreamExt::next(&mut events).await;
    assert!(first.is_some_and(|event| event.is_ok()));
    let waiting = tokio::spawn(async move { futures::StreamExt::next(&mut events).await });
    let served = until_refused_is(&app, false, "application/json", "{ hello }").await;
    assert_eq!(served.status, StatusCode::OK);
    waiting.abort();
}

/// As a request of this address.
fn from(address: [u8; 4], query: &str) -> Request<Body> {
    let mut request = post("application/json", &json!({ "query": query }));
    let peer = SocketAddr::from((address, 4711));
    request.extensions_mut().insert(ConnectInfo(peer));
    request
}

#[tokio::test]
async fn what_one_address_has_running_leaves_others_their_part() {
    const FLOOD: [u8; 4] = [198, 51, 100, 7];
    let app = App::with(HttpSettings {
        running_cost_per_address: 1,
        ..HttpSettings::default()
    });
    let slow = tokio::spawn(app.router.clone().oneshot(from(FLOOD, "{ slow }")));
    let is_refused = async |address| {
        let answer = app.send(from(address, "{ hello }")).await;
        if !answer.text.contains("RATE_LIMITED") {
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            return false;
        }
        assert_eq!(answer.header(header::RETRY_AFTER), "1");
        true
    };
    let until = async |wanted: bool| {
        let asking = async {
            while is_refused(FLOOD).await != wanted {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        within(&format!("refused is {wanted}"), asking).await;
    };
    until(true).await;
    assert!(!is_refused([203, 0, 113, 9]).await, "another address goes on");
    // What ends gives back what it held.
    slow.abort();
    until(false).await;
}

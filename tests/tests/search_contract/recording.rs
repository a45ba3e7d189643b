//! Holds the stand-in to what a real Meilisearch answered.
//!
//! `fixtures/meilisearch/exchanges.json` was recorded from one, requests and answers in turn; left
//! out are highlights, facet search and multi-search, which the adapter does not use. What differs
//! from run to run is compared by its type: times, ids of requests, sizes on disk.

use reqwest::{Client, Method};
use serde_json::Value;
use vitrine_tests::meilisearch_stand_in::MeilisearchStandIn;

const RECORDED: &str = include_str!("../../fixtures/meilisearch/exchanges.json");

const DIFFERS: [&str; 9] = [
    "enqueuedAt",
    "startedAt",
    "finishedAt",
    "duration",
    "requestUid",
    "processingTimeMs",
    "rawDocumentDbSize",
    "avgDocumentSize",
    "commitDate",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_stand_in_answers_as_the_recorded_server_did() {
    let recorded: Value = serde_json::from_str(RECORDED).unwrap();
    let server = MeilisearchStandIn::start().await.unwrap();
    let exchanges = recorded["exchanges"].as_array().unwrap();
    assert_eq!(exchanges.len(), 46);
    for exchange in exchanges {
        let name = exchange["name"].as_str().unwrap();
        let (status, body) = answer(&server, &exchange["request"]).await;
        let expected = &exchange["response"];
        assert_eq!(Value::from(status), expected["status"], "{name}: {body}");
        assert_eq!(comparable(body), comparable(expected["body"].clone()), "{name}");
    }
}

/// Asks again while a task waits.
async fn answer(server: &MeilisearchStandIn, request: &Value) -> (u16, Value) {
    loop {
        let (status, body) = send(server, request).await;
        if body["status"] != "enqueued" || request["method"] != "GET" {
            return (status, body);
        }
    }
}

async fn send(server: &MeilisearchStandIn, request: &Value) -> (u16, Value) {
    let method: Method = request["method"].as_str().unwrap().parse().unwrap();
    let url = format!("{}{}", server.url(), request["path"].as_str().unwrap());
    let mut call = Client::new().request(method, url);
    match request["key"].as_str() {
        Some("right") => call = call.bearer_auth(MeilisearchStandIn::KEY),
        Some(wrong) => call = call.bearer_auth(wrong),
        None => {}
    }
    match &request["body"] {
        Value::Null => {}
        Value::String(malformed) => call = call.body(malformed.clone()),
        body => call = call.json(body),
    }
    let answer = call.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// With the type of what differs in its place, and without the lines of a message that point into
/// the filter.
fn comparable(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .map(|(name, value)| {
                let value = match (name.as_str(), value) {
                    (name, value) if DIFFERS.contains(&name) => Value::from(kind(&value)),
                    ("message", Value::String(message)) => Value::from(message.lines().next()),
                    (_, value) => comparable(value),
                };
                (name, value)
            })
            .collect(),
        Value::Array(list) => list.into_iter().map(comparable).collect(),
        other => other,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        _ => "something else",
    }
}

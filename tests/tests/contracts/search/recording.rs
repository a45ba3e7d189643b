//! Holds the stand-in to what a real Meilisearch answered: it may say less, and nothing else.
//!
//! `fixtures/meilisearch/exchanges.json` was recorded from one, requests and answers in turn; left
//! out is what our adapter does not use. What differs from run to run, and the words of a message, are
//! compared by their type.

use reqwest::{Client, Method};
use serde_json::Value;
use vitrine_tests::meilisearch_stand_in::MeilisearchStandIn;

const RECORDED: &str = include_str!("../../../fixtures/meilisearch/exchanges.json");

const DIFFERS: [&str; 6] = [
    "enqueuedAt",
    "startedAt",
    "finishedAt",
    "duration",
    "processingTimeMs",
    "message",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_stand_in_answers_as_the_recorded_server_did() {
    let recorded: Value = serde_json::from_str(RECORDED).unwrap();
    let server = MeilisearchStandIn::start().await.unwrap();
    let exchanges = recorded["exchanges"].as_array().unwrap();
    assert_eq!(exchanges.len(), 39);
    for exchange in exchanges {
        let name = exchange["name"].as_str().unwrap();
        let (status, body) = answer(&server, &exchange["request"]).await;
        let expected = &exchange["response"];
        assert_eq!(Value::from(status), expected["status"], "{name}: {body}");
        let said = said_too(&body, &expected["body"]);
        assert!(
            said,
            "{name}: {body:#}\nwhere this was recorded: {:#}",
            expected["body"]
        );
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

/// Whether the recorded server said all of this, too.
fn said_too(ours: &Value, recorded: &Value) -> bool {
    match (ours, recorded) {
        (Value::Object(ours), Value::Object(recorded)) => ours.iter().all(|(name, ours)| {
            recorded
                .get(name)
                .is_some_and(|recorded| match DIFFERS.contains(&name.as_str()) {
                    true => kind(ours) == kind(recorded),
                    false => said_too(ours, recorded),
                })
        }),
        (Value::Array(ours), Value::Array(recorded)) => {
            ours.len() == recorded.len()
                && ours
                    .iter()
                    .zip(recorded)
                    .all(|(ours, recorded)| said_too(ours, recorded))
        }
        _ => ours == recorded,
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

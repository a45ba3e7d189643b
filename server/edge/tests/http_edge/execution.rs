//! What a document asks for is answered as the specification has it: each response key once, in the
//! document's order, and nothing that the document does not say. What is wrong with one is told
//! without its text.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{App, RESPONSE_JSON, post};

#[tokio::test]
async fn documents_are_answered_in_their_own_order_and_keys_stand_once() {
    let app = App::new();
    let cases = [
        (
            "{ nest { name } hello double(value: 2) }",
            json!({}),
            r#"{"nest":{"name":"nest"},"hello":"hello world","double":4}"#,
        ),
        (
            "{ nest { name } nest { items { id } } nest { items { again: id } } }",
            json!({}),
            r#"{"nest":{"name":"nest","items":[{"id":1,"again":1},{"id":2,"again":2},{"id":3,"again":3}]}}"#,
        ),
        (
            "{ nest { name @skip(if: true) } hello nest { other: name } }",
            json!({}),
            r#"{"nest":{"other":"nest"},"hello":"hello world"}"#,
        ),
        (
            "{ nest { name @skip(if: true) } hello }",
            json!({}),
            r#"{"nest":{},"hello":"hello world"}"#,
        ),
        (
            "{ nest { items { id @include(if: false) } mayBeNull { ... @skip(if: true) { name } } } }",
            json!({}),
            r#"{"nest":{"items":[{},{},{}],"mayBeNull":{}}}"#,
        ),
        (
            "query($s: Boolean!) { __typename @skip(if: $s) b: hello }",
            json!({ "s": true }),
            r#"{"b":"hello world"}"#,
        ),
        (
            "query($s: Boolean!) { a: __typename @skip(if: $s) b: hello }",
            json!({ "s": false }),
            r#"{"a":"Query","b":"hello world"}"#,
        ),
        (
            "{ ...B hello ...A } fragment A on Query { motto nest { name } } fragment B on Query { nest { nest { name } } }",
            json!({}),
            r#"{"nest":{"nest":{"name":"nest"},"name":"nest"},"hello":"hello world","motto":"slow and steady"}"#,
        ),
        (
            r#"{ hello(name: "\uD83D\uDE00 \u{1F600}") }"#,
            json!({}),
            r#"{"hello":"hello 😀 😀"}"#,
        ),
        (
            "\"Says hello.\" query Q(\"To whom.\" $n: String = \"x\") { hello(name: $n) }",
            json!({}),
            r#"{"hello":"hello x"}"#,
        ),
        // A variable that is not given is as good as no argument.
        (
            "query($n: String) { hello(name: $n) }",
            json!({}),
            r#"{"hello":"hello world"}"#,
        ),
    ];
    for (query, variables, expected) in cases {
        let answer = app
            .send(post(RESPONSE_JSON, &json!({ "query": query, "variables": variables })))
            .await;
        let data = format!("\"data\":{expected}");
        assert!(answer.text.contains(&data), "{query}\n{data}\n{}", answer.text);
        assert!(!answer.text.contains("?typename"), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_mutation_acts_once_for_each_response_key() {
    let app = App::new();
    let answer = app
        .ask("mutation { a: bump ...B a: bump } fragment B on Mutation { a: bump b: bump }")
        .await;
    assert!(answer.text.contains(r#""data":{"a":1,"b":2}"#), "{}", answer.text);
    assert_eq!(app.seen.bumps.load(Ordering::SeqCst), 2);
    assert_eq!(answer.json()["extensions"]["cost"]["requested"], 2);
}

#[tokio::test]
async fn what_the_specification_forbids_does_not_run() {
    let app = App::new();
    let cases = [
        "query () { hello }",
        "{ hello() }",
        "{ nest {} }",
        "{ __typename(name: \"x\") }",
        "query($n: Int) { double(value: $n) }",
        "query($n: Int = null) { double(value: $n) }",
        "{ a: hello a: motto }",
        "{ hello(name: \"a\") hello(name: \"b\") }",
        "{ nest { a: name a: items { id } } }",
        "{ hello(name: \"a\", name: \"b\") }",
        "{ hello @skip(if: \"true\") }",
        "subscription { count(to: 1) forever }",
        "subscription { __typename }",
        "query($unused: Int) { hello }",
        "fragment F on Query { hello } { motto }",
        "{ hello } type A { b: Int }",
    ];
    for query in cases {
        let answer = app.ask(query).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}: {}", answer.text);
        assert!(!answer.has_data(), "{query}: {}", answer.text);
        assert!(
            answer.json()["errors"][0]["locations"][0]["line"].is_u64(),
            "{query}: {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn an_error_of_a_document_or_of_a_variable_repeats_none_of_it() {
    let app = App::development();
    let secret = "hunter2-secret";
    let documents = [
        format!("{{ hello(name: \"{secret}\" "),
        format!("{{ hello(name: \"{secret}) }}"),
        format!("{{ hello \"{secret}\" }}"),
        format!("{{ hello(name: \"\"\"{secret}\"\"\" ] }}"),
        format!("{{ double(value: \"{secret}\") }}"),
        format!("{{ hello(name: [\"{secret}\"]) }}"),
        format!("{{ hello(name: \"{secret}\\x\") }}"),
        format!("{{ hello(name: hunter2 secret \"{secret}\") }}"),
        format!("{{ hello(name: \"{secret}\") hello(name: \"other\") }}"),
        format!("query(\"{secret}\") {{ hello }}"),
    ];
    for query in documents {
        let answer = app.ask(&query).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}: {}", answer.text);
        assert!(!answer.text.contains("hunter2"), "{query}: {}", answer.text);
    }
    let query = "query($v: Int!, $w: [Int!]) { double(value: $v) hello(name: \"x\") nest { name } a: double(value: 1) @skip(if: false) page(first: 1) { id } ...F } fragment F on Query { listed(values: $w) }";
    for variables in [
        json!({ "v": secret }),
        json!({ "v": [secret] }),
        json!({ "v": 1, "w": [1, secret] }),
        json!({ "v": { secret: 1 } }),
        json!({}),
    ] {
        let answer = app
            .send(post(RESPONSE_JSON, &json!({ "query": query, "variables": variables })))
            .await;
        answer.assert_refused(400, "BAD_USER_INPUT");
        assert!(!answer.text.contains("hunter2"), "{}", answer.text);
        assert_ne!(answer.json()["errors"][0]["locations"], Value::Null);
    }
}

#[tokio::test]
async fn what_is_merged_costs_once_and_ten_thousand_of_it_are_refused_at_once() {
    let app = App::new();
    let answer = app
        .ask("{ hello hello ...F } fragment F on Query { hello page(first: 3) { id } page(first: 3) { id name } }")
        .await;
    assert_eq!(answer.json()["extensions"]["cost"]["requested"], 7, "{}", answer.text);
    let overlapping = "nest { items { id } } ".repeat(10_000);
    app.ask(&format!("{{ {overlapping} }}"))
        .await
        .assert_refused(400, "QUERY_TOO_LARGE");
    let overlapping = "items{id}".repeat(1_900);
    let answer = app.ask(&format!("{{ nest {{ {overlapping} }} }}")).await;
    assert_eq!(
        answer.json()["data"]["nest"]["items"][2],
        json!({ "id": 3 }),
        "{}",
        answer.text
    );
}

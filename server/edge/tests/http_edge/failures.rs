//! What a failing resolver leaves: `null` at its place, a code, and nothing of the inside.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Answer, App, RESPONSE_JSON, post};

#[tokio::test]
async fn a_failing_nullable_field_is_null_and_not_missing() {
    let app = App::new();
    for field in ["faulty", "careless", "panics"] {
        let answer = app.ask(&format!("{{ hello {field} }}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.json()["data"], json!({ "hello": "hello world", field: null }));
        assert_faults(&answer, &[json!([field])]);
    }
}

#[tokio::test]
async fn a_failing_non_null_field_makes_its_nearest_nullable_parent_null() {
    let app = App::new();
    let answer = app.ask("{ hello faultyNonNull }").await;
    assert_eq!(
        (answer.status, answer.json()["data"].clone()),
        (StatusCode::OK, Value::Null)
    );
    assert!(answer.has_data());
    assert_faults(&answer, &[json!(["faultyNonNull"])]);

    let answer = app
        .ask("{ nest { name mayBeNull { name nest { broken name } } } }")
        .await;
    assert_eq!(
        answer.json()["data"],
        json!({ "nest": { "name": "nest", "mayBeNull": null } })
    );
    assert_faults(&answer, &[json!(["nest", "mayBeNull", "nest", "broken"])]);
}

#[tokio::test]
async fn a_failing_item_makes_the_item_the_list_or_its_parent_null() {
    let app = App::new();
    let query =
        "{ nest { mayBeNull { items { name } } itemsOrNull { name } itemsOrNulls { id name } table { name } } }";
    let answer = app.ask(query).await;
    let expected = json!({ "nest": {
        "mayBeNull": null,
        "itemsOrNull": null,
        "itemsOrNulls": [{ "id": 1, "name": "item 1" }, null, { "id": 3, "name": "item 3" }],
        "table": [null, [{ "name": "item 3" }]],
    } });
    assert_eq!(answer.json()["data"], expected);
    let mut paths: Vec<String> = errors(&answer).iter().map(|error| error["path"].to_string()).collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            r#"["nest","itemsOrNull",1,"name"]"#,
            r#"["nest","itemsOrNulls",1,"name"]"#,
            r#"["nest","mayBeNull","items",1,"name"]"#,
            r#"["nest","table",0,1,"name"]"#,
        ]
    );
    assert!(
        errors(&answer).iter().all(|error| error["extensions"]["code"] == "ODD"),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn the_same_field_asked_for_twice_is_null_whichever_part_failed() {
    let query = "{ nest { mayBeNull { name } ...F } } fragment F on Nest { mayBeNull { broken } }";
    let answer = App::new().ask(query).await;
    assert_eq!(answer.json()["data"], json!({ "nest": { "mayBeNull": null } }));
}

#[tokio::test]
async fn a_panic_is_told_to_nobody_and_the_server_lives() {
    let app = App::new();
    for _ in 0..3 {
        let answer = app.ask("{ panics }").await;
        assert_faults(&answer, &[json!(["panics"])]);
    }
    assert_eq!(
        app.ask("{ hello }").await.json()["data"],
        json!({ "hello": "hello world" })
    );
}

#[tokio::test]
async fn a_fault_names_the_correlation_id_of_its_request() {
    let mut asked = post(RESPONSE_JSON, &json!({ "query": "{ faulty }" }));
    asked
        .headers_mut()
        .insert("x-request-id", "find-me".parse().expect("a header"));
    let answer = App::new().send(asked).await;
    assert_eq!(errors(&answer)[0]["extensions"]["correlationId"], "find-me");
}

#[tokio::test]
async fn an_error_with_a_code_keeps_its_words() {
    let answer = App::new().ask("{ double(value: 2147483647) }").await;
    assert_eq!(errors(&answer)[0]["message"], "too large");
    assert_eq!(answer.code(), "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_value_out_of_range_is_the_callers_mistake() {
    let answer = App::new().ask("{ hello double(value: 2147483648) }").await;
    assert_eq!(answer.code(), "BAD_USER_INPUT", "{}", answer.text);
}

fn errors(answer: &Answer) -> Vec<Value> {
    answer.json()["errors"].as_array().cloned().unwrap_or_default()
}

#[track_caller]
fn assert_faults(answer: &Answer, paths: &[Value]) {
    let found: Vec<Value> = errors(answer).iter().map(|error| error["path"].clone()).collect();
    assert_eq!(found, paths, "{}", answer.text);
    for error in errors(answer) {
        assert_eq!(error["extensions"]["code"], "INTERNAL_ERROR");
        assert!(error["extensions"]["correlationId"].is_string(), "{error}");
    }
    assert!(!answer.text.contains("secret"), "{}", answer.text);
}

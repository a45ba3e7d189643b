//! Documents that the operator trusts.

use axum::http::StatusCode;
use serde_json::{Value, json};
use vitrine_edge::document::InvalidManifest;

use crate::{
    schema::documents,
    support::{App, RESPONSE_JSON, get, post},
};

const MANIFEST: &str =
    r#"{ "hello-1": "query Hello($name: String!) { hello(name: $name) }", "two": "{ nest { name } }" }"#;
/// SHA-256 of the first.
const HELLO_HASH: &str = "4a31274f48cdd03d666f0119c3469738848d6d6ece6a9c7b783f34c8e4c41e2e";

#[tokio::test]
async fn a_trusted_document_is_named_by_its_id_or_its_hash_and_nothing_else_runs() {
    let app = App::of(documents(false).trusting(MANIFEST, true).expect("a manifest"));
    let hello = "query Hello($name: String!) { hello(name: $name) }";
    let variables = json!({ "name": "you" });
    let named = |hash: &str| json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    let taken = [
        json!({ "documentId": "hello-1", "variables": variables }),
        json!({ "documentId": "sha256:hello-1", "variables": variables }),
        json!({ "extensions": named("hello-1"), "variables": variables }),
        json!({ "extensions": named(HELLO_HASH), "variables": variables }),
        json!({ "query": hello, "variables": variables }),
        json!({ "query": hello, "extensions": named(HELLO_HASH), "variables": variables }),
    ];
    for request in taken {
        let answer = app.send(post(RESPONSE_JSON, &request)).await;
        assert_eq!(
            answer.json()["data"],
            json!({ "hello": "hello you" }),
            "{request}: {}",
            answer.text
        );
    }
    let by_get = app.send(get("/graphql?documentId=two", "application/json")).await;
    assert_eq!(
        by_get.json()["data"],
        json!({ "nest": { "name": "nest" } }),
        "{}",
        by_get.text
    );

    let refused = [
        (json!({ "query": "{ hello }" }), "DOCUMENT_NOT_TRUSTED"),
        (
            json!({ "query": "{ hello }", "documentId": "two" }),
            "DOCUMENT_NOT_TRUSTED",
        ),
        (json!({ "documentId": "three" }), "PERSISTED_QUERY_NOT_FOUND"),
        (json!({ "extensions": named("three") }), "PERSISTED_QUERY_NOT_FOUND"),
        (json!({ "documentId": 2 }), "BAD_REQUEST"),
    ];
    for (request, code) in refused {
        let answer = app.send(post(RESPONSE_JSON, &request)).await;
        answer.assert_refused(400, code);
    }
}

#[tokio::test]
async fn others_run_beside_trusted_documents_unless_that_is_forbidden() {
    let app = App::of(documents(false).trusting(MANIFEST, false).expect("a manifest"));
    for request in [json!({ "query": "{ motto }" }), json!({ "documentId": "two" })] {
        let answer = app.send(post(RESPONSE_JSON, &request)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_ne!(answer.json()["data"], Value::Null);
    }
}

#[tokio::test]
async fn a_wrong_document_in_a_manifest_is_named_before_anything_is_served() {
    let error = documents(false).trusting(r#"{ "a": "{ hello }", "b": "{ helo }" }"#, false);
    let error = error.expect_err("it is wrong");
    assert!(
        matches!(&error, InvalidManifest::Document { id, .. } if id == "b"),
        "{error}"
    );
    assert!(error.to_string().contains("helo"), "{error}");
}

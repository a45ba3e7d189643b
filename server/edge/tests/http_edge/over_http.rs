//! GraphQL over HTTP, media type by media type and method by method.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    http::{Method, Request, StatusCode, header},
};
use futures::StreamExt;
use serde_json::json;
use vitrine_edge::HttpSettings;

use crate::support::{App, RESPONSE_JSON, get, post, post_raw, request};

const JSON: &str = "application/json";

#[tokio::test]
async fn answers_a_post_and_a_get_in_the_media_type_asked_for() {
    let app = App::new();
    for accept in [JSON, RESPONSE_JSON] {
        let body = json!({ "query": "query($n: String!) { hello(name: $n) }", "variables": { "n": "you" }, "operationName": null, "extensions": null });
        let answer = app.send(post(accept, &body)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header(header::CONTENT_TYPE), format!("{accept}; charset=utf-8"));
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        assert_eq!(answer.json()["data"], json!({ "hello": "hello you" }));
        assert!(answer.json().get("errors").is_none());

        let path = "/graphql?query=query%20Q($n:String!)%7Bhello(name:$n)%7D&operationName=Q&variables=%7B%22n%22:%22you%22%7D&extensions=%7B%7D";
        let answer = app.send(get(path, accept)).await;
        assert_eq!(
            (answer.status, answer.json()["data"].clone()),
            (StatusCode::OK, json!({ "hello": "hello you" }))
        );
    }
}

#[tokio::test]
async fn what_the_schema_lets_be_cached_is_unless_something_failed() {
    let app = App::new();
    for (query, caching) in [("{ motto }", "max-age=60"), ("{ motto faulty }", "no-store")] {
        let answer = app.send(post(JSON, &json!({ "query": query }))).await;
        assert_eq!(answer.header(header::CACHE_CONTROL), caching, "{query}");
    }
}

#[tokio::test]
async fn without_an_accept_it_is_plain_json_and_an_unknown_one_is_406() {
    let app = App::new();
    let plain = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json; charset=UTF-8");
    let answer = app
        .send(plain.body(Body::from(r#"{"query":"{hello}"}"#)).expect("a request"))
        .await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/json; charset=utf-8");
    app.send(post("text/html", &json!({ "query": "{ hello }" })))
        .await
        .assert_refused(406, "NOT_ACCEPTABLE");
}

#[tokio::test]
async fn what_is_no_graphql_request_is_400_in_both_media_types() {
    let app = App::new();
    for accept in [JSON, RESPONSE_JSON] {
        for body in [
            "",
            "{",
            "nonsense",
            "null",
            "\"{ hello }\"",
            "{}",
            r#"{"query":null}"#,
            r#"{"query":1}"#,
            r#"{"query":""}"#,
            r#"{"query":{"a":1}}"#,
            r#"{"query":"{hello}","variables":[]}"#,
            r#"{"query":"{hello}","variables":"x"}"#,
            r#"{"query":"{hello}","operationName":1}"#,
            r#"{"query":"{hello}","extensions":"x"}"#,
            r#"{"query":"{ hello(name: \"\ud800\") }"}"#,
        ] {
            let answer = app.send(post_raw(accept, "application/json", body)).await;
            answer.assert_refused(400, "BAD_REQUEST");
        }
        let deep = format!(r#"{{"query":"{{hello}}","variables":{{"a":{}"#, "[".repeat(100_000));
        app.send(post_raw(accept, "application/json", deep))
            .await
            .assert_refused(400, "BAD_REQUEST");
        for path in [
            "/graphql",
            "/graphql?query=",
            "/graphql?query=%7Bhello%7D&variables=[]",
            "/graphql?query=%7Bhello%7D&variables=%7B",
        ] {
            app.send(get(path, accept)).await.assert_refused(400, "BAD_REQUEST");
        }
    }
}

#[tokio::test]
async fn a_document_that_cannot_run_is_400_or_200_by_media_type_and_never_has_data() {
    let app = App::new();
    for (query, variables, code) in [
        ("{ hello", json!({}), "GRAPHQL_PARSE_FAILED"),
        ("{ helo }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
        ("query Q { hello } query R { hello }", json!({}), "OPERATION_NOT_FOUND"),
        ("{ double(value: \"1\") }", json!({}), "BAD_USER_INPUT"),
        ("query($v: Int!) { double(value: $v) }", json!({}), "BAD_USER_INPUT"),
        (
            "query($v: Int!) { double(value: $v) }",
            json!({ "v": null }),
            "BAD_USER_INPUT",
        ),
        (
            "query($v: Int!) { double(value: $v) }",
            json!({ "v": 1.5 }),
            "BAD_USER_INPUT",
        ),
    ] {
        let body = json!({ "query": query, "variables": variables });
        app.send(post(RESPONSE_JSON, &body)).await.assert_refused(400, code);
        app.send(post(JSON, &body)).await.assert_refused(200, code);
    }
    let unknown = json!({ "query": "query Q { hello }", "operationName": "R" });
    app.send(post(RESPONSE_JSON, &unknown))
        .await
        .assert_refused(400, "OPERATION_NOT_FOUND");
    let known = json!({ "query": "query Q { hello } query R { viewer }", "operationName": "R" });
    assert_eq!(
        app.send(post(RESPONSE_JSON, &known)).await.json()["data"],
        json!({ "viewer": "guest" })
    );
}

#[tokio::test]
async fn a_mutation_runs_by_post_alone() {
    let app = App::new();
    let by_get = "/graphql?query=mutation%7Bbump%7D";
    for accept in [JSON, RESPONSE_JSON, "text/event-stream"] {
        let answer = app.send(get(by_get, accept)).await;
        answer.assert_refused(405, "METHOD_NOT_ALLOWED");
        assert_eq!(answer.header(header::ALLOW), "POST");
    }
    let picked = "/graphql?query=query%20Q%7Bhello%7D%20mutation%20M%7Bbump%7D&operationName=M";
    app.send(get(picked, JSON))
        .await
        .assert_refused(405, "METHOD_NOT_ALLOWED");
    assert_eq!(app.seen.bumps.load(Ordering::SeqCst), 0);
    assert_eq!(app.ask("mutation { bump }").await.json()["data"], json!({ "bump": 1 }));

    let answer = app.send(request(Method::PUT, "/graphql", &[])).await;
    answer.assert_refused(405, "METHOD_NOT_ALLOWED");
    assert_eq!(answer.header(header::ALLOW), "GET, HEAD, POST");
}

#[tokio::test]
async fn head_is_answered_as_get_without_the_body() {
    let app = App::new();
    for (path, status) in [
        ("/graphql?query=%7Bhello%7D", 200),
        ("/graphql?query=mutation%7Bbump%7D", 405),
        ("/graphql?query=%7B", 400),
    ] {
        let by_get = app.send(get(path, RESPONSE_JSON)).await;
        let by_head = app
            .send(request(Method::HEAD, path, &[("accept", RESPONSE_JSON)]))
            .await;
        assert_eq!((by_head.status.as_u16(), by_head.text.as_str()), (status, ""), "{path}");
        for name in [header::CONTENT_TYPE, header::CACHE_CONTROL, header::VARY, header::ALLOW] {
            assert_eq!(by_head.header(&name), by_get.header(&name), "{path} {name}");
        }
        assert_eq!(
            by_head.header(header::CONTENT_LENGTH),
            by_get.text.len().to_string(),
            "{path}"
        );
    }
    assert_eq!(app.seen.bumps.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn bodies_that_need_no_preflight_never_run() {
    let app = App::new();
    let body = r#"{"query":"mutation{bump}"}"#;
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=latin1",
        "application/json; nonsense",
        "",
    ] {
        app.send(post_raw(JSON, content_type, body))
            .await
            .assert_refused(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    let untyped = Request::post("/graphql").body(Body::from(body)).expect("a request");
    app.send(untyped).await.assert_refused(415, "UNSUPPORTED_MEDIA_TYPE");
    for encoding in ["gzip", "br", "identity, gzip"] {
        let mut bomb = post_raw(JSON, "application/json", body);
        bomb.headers_mut()
            .insert(header::CONTENT_ENCODING, encoding.parse().expect("a header"));
        app.send(bomb).await.assert_refused(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    assert_eq!(app.seen.bumps.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_413_without_being_read_through() {
    let app = App::with(HttpSettings {
        body_bytes_max: 1000,
        ..HttpSettings::default()
    });
    let announced = post_raw(JSON, "application/json", "x".repeat(1001));
    app.send(announced).await.assert_refused(413, "BODY_TOO_LARGE");

    let read = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&read);
    let endless = futures::stream::repeat_with(move || {
        counted.fetch_add(100, Ordering::SeqCst);
        Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 100]))
    });
    let answer = app
        .send(post_raw(JSON, "application/json", Body::from_stream(endless)))
        .await;
    answer.assert_refused(413, "BODY_TOO_LARGE");
    assert_eq!(answer.header(header::CONNECTION), "close");
    assert_eq!(read.load(Ordering::SeqCst), 1100);
}

#[tokio::test]
async fn a_body_that_does_not_come_is_408() {
    let app = App::with(HttpSettings {
        body_timeout: Duration::from_millis(50),
        ..HttpSettings::default()
    });
    let start = futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"{"))]);
    let stalled = Body::from_stream(start.chain(futures::stream::pending()));
    app.send(post_raw(JSON, "application/json", stalled))
        .await
        .assert_refused(408, "TIMEOUT");
}

#[tokio::test]
async fn an_operation_that_takes_too_long_is_ended() {
    let app = App::with(HttpSettings {
        request_timeout: Duration::from_millis(50),
        ..HttpSettings::default()
    });
    app.ask("{ slow }").await.assert_refused(504, "TIMEOUT");
    let answer = app
        .send(post("text/event-stream", &json!({ "query": "{ slow }" })))
        .await;
    assert!(answer.text.contains("TIMEOUT"), "{}", answer.text);
}

#[tokio::test]
async fn a_batch_is_refused_unless_configured_and_then_bounded() {
    let one = json!({ "query": "{ hello }" });
    App::new()
        .send(post(JSON, &json!([one])))
        .await
        .assert_refused(400, "BATCH_NOT_ALLOWED");
    App::new()
        .send(post(JSON, &json!([])))
        .await
        .assert_refused(400, "BATCH_NOT_ALLOWED");

    let app = App::with(HttpSettings {
        batch_operations_max: 2,
        ..HttpSettings::default()
    });
    let answer = app.send(post(JSON, &json!([one, { "query": "{ helo }" }]))).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()[0]["data"], json!({ "hello": "hello world" }));
    assert_eq!(
        answer.json()[1]["errors"][0]["extensions"]["code"],
        "GRAPHQL_VALIDATION_FAILED"
    );
    app.send(post(JSON, &json!(vec![one.clone(); 1000])))
        .await
        .assert_refused(400, "BATCH_TOO_LARGE");
    app.send(post(JSON, &json!([])))
        .await
        .assert_refused(400, "BAD_REQUEST");
    app.send(post(JSON, &json!([one, 1])))
        .await
        .assert_refused(400, "BAD_REQUEST");
}

#[tokio::test]
async fn a_persisted_query_is_found_by_its_hash_and_obeys_the_same_rules() {
    let app = App::new();
    // sha256 of `mutation{bump}`, of `{hello}`, and of nothing we have.
    let (bump, hello) = (sha("mutation{bump}"), sha("{hello}"));
    let ask = |query: Option<&str>, hash: &str| {
        let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
        post(RESPONSE_JSON, &json!({ "query": query, "extensions": extensions }))
    };
    app.send(ask(None, hello))
        .await
        .assert_refused(400, "PERSISTED_QUERY_NOT_FOUND");
    app.send(ask(Some("{viewer}"), hello))
        .await
        .assert_refused(400, "PERSISTED_QUERY_INVALID");
    assert!(app.send(ask(Some("{hello}"), hello)).await.has_data());
    assert!(app.send(ask(None, hello)).await.has_data());
    assert!(app.send(ask(Some("mutation{bump}"), bump)).await.has_data());
    let by_get =
        format!("/graphql?extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22{bump}%22%7D%7D");
    app.send(get(&by_get, JSON))
        .await
        .assert_refused(405, "METHOD_NOT_ALLOWED");
    assert_eq!(app.seen.bumps.load(Ordering::SeqCst), 1);
}

fn sha(query: &str) -> &'static str {
    match query {
        "{hello}" => "9dd7ff987fac8d0d1979084ebde5ce8bd855cd066d1a34e98432275cc6bc264c",
        _ => "6d00a87dfa6a7a250ef68d1ec4c9280ca59ab46c9d24e85adbe23192107fabaa",
    }
}

#[tokio::test]
async fn every_answer_carries_a_request_id_which_the_resolvers_know() {
    let app = App::new();
    let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let mut asked = post(RESPONSE_JSON, &json!({ "query": "{ correlationId traceparent }" }));
    asked
        .headers_mut()
        .insert("x-request-id", "mine-1".parse().expect("a header"));
    asked
        .headers_mut()
        .insert("traceparent", traceparent.parse().expect("a header"));
    let answer = app.send(asked).await;
    assert_eq!(answer.header("x-request-id"), "mine-1");
    assert_eq!(
        answer.json()["data"],
        json!({ "correlationId": "mine-1", "traceparent": traceparent })
    );

    let answer = app.ask("{ correlationId }").await;
    let id = answer.json()["data"]["correlationId"]
        .as_str()
        .expect("text")
        .to_owned();
    assert_eq!((id.len(), answer.header("x-request-id")), (32, id.as_str()));
    assert_eq!(app.send(get("/nowhere", "*/*")).await.header("x-request-id").len(), 32);
}

#[tokio::test]
async fn a_bad_token_is_401() {
    let app = App::new();
    for accept in [JSON, RESPONSE_JSON, "text/event-stream"] {
        let mut asked = post(accept, &json!({ "query": "{ viewer }" }));
        asked
            .headers_mut()
            .insert(header::AUTHORIZATION, "Bearer bad".parse().expect("a header"));
        app.send(asked).await.assert_refused(401, "UNAUTHENTICATED");
    }
    let mut asked = post(JSON, &json!({ "query": "{ viewer }" }));
    asked
        .headers_mut()
        .insert(header::AUTHORIZATION, "Bearer good".parse().expect("a header"));
    assert_eq!(app.send(asked).await.json()["data"], json!({ "viewer": "known" }));
}

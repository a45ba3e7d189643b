//! What one document may ask: every bound with its own code, and nothing runs above it.

use std::{fmt::Write, sync::atomic::Ordering};

use axum::http::StatusCode;
use serde_json::json;

use crate::support::{App, RESPONSE_JSON, post};

#[tokio::test]
async fn each_bound_has_its_own_code() {
    let app = App::new();
    let aliases: String = (0..1000).fold(String::new(), |mut text, at| {
        write!(text, "a{at}: hello ").expect("a String takes it");
        text
    });
    let logins: String = (0..30).map(|at| format!("l{at}: bump ")).collect();
    let cases = [
        (
            format!("{{ hello(name: \"{}\") }}", "x".repeat(100_000)),
            "QUERY_TOO_LARGE",
        ),
        (format!("{{ {} }}", "hello ".repeat(9_000)), "QUERY_TOO_MANY_TOKENS"),
        (
            format!("{{ {}hello{} }}", "nest { ".repeat(1000), " }".repeat(1000)),
            "QUERY_TOO_DEEP",
        ),
        (
            format!("{{ nest {{ {}name{} }} }}", "... { ".repeat(40), " }".repeat(40)),
            "QUERY_TOO_DEEP",
        ),
        (
            format!("{{ {}name{} }}", "nest { ".repeat(25), " }".repeat(25)),
            "QUERY_TOO_DEEP",
        ),
        (format!("{{ hello(name: {}) }}", "[".repeat(60_000)), "QUERY_TOO_DEEP"),
        (
            format!("query($v: {}Int) {{ hello }}", "[".repeat(60_000)),
            "QUERY_TOO_DEEP",
        ),
        (format!("{{ nest {{ {aliases} }} }}"), "TOO_MANY_ALIASES"),
        (format!("{{ {aliases} }}"), "TOO_MANY_ALIASES"),
        (format!("mutation {{ {logins} }}"), "TOO_MANY_ROOT_FIELDS"),
        (
            format!("{{ hello {} }}", "@skip(if: false) ".repeat(10_000)),
            "QUERY_TOO_LARGE",
        ),
        (format!("{{ hello {} }}", "@a".repeat(1_000)), "TOO_MANY_DIRECTIVES"),
        (
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }".to_owned(),
            "FRAGMENT_CYCLE",
        ),
        ("{ page(first: 10000) { id name } }".to_owned(), "QUERY_TOO_COMPLEX"),
        ("{ __schema { types { name } } }".to_owned(), "INTROSPECTION_DISABLED"),
        (
            "{ ...A } fragment A on Query { __schema { queryType { name } } }".to_owned(),
            "INTROSPECTION_DISABLED",
        ),
    ];
    for (query, code) in cases {
        app.ask(&query).await.assert_refused(400, code);
        let as_json = app.send(post("application/json", &json!({ "query": query }))).await;
        as_json.assert_refused(200, code);
    }
    assert_eq!(app.seen.bumps.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn what_costs_too_much_is_told_what_it_would_cost() {
    let answer = App::new().ask("{ page(first: 10000) { id name } }").await.json();
    let error = &answer["errors"][0];
    assert_eq!(
        error["extensions"]["cost"],
        json!({ "requested": 20_000, "limit": 10_000 })
    );
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.contains("20000") && message.contains("10000"), "{message}");
}

#[tokio::test]
async fn fragments_that_double_each_other_are_refused_at_once() {
    let mut bomb = "{ ...F0 }".to_owned();
    for at in 0..30 {
        write!(bomb, " fragment F{at} on Query {{ ...F{0} ...F{0} }}", at + 1).expect("a String takes it");
    }
    bomb += " fragment F30 on Query { hello }";
    App::new().ask(&bomb).await.assert_refused(400, "QUERY_TOO_COMPLEX");
}

#[tokio::test]
async fn in_production_nothing_is_suggested_and_in_development_it_is() {
    let answer = App::new().ask("{ helo }").await;
    answer.assert_refused(400, "GRAPHQL_VALIDATION_FAILED");
    assert!(!answer.text.contains("hello"), "{}", answer.text);
    let answer = App::development().ask("{ helo }").await;
    assert!(answer.text.contains("hello"), "{}", answer.text);
    assert_eq!(
        App::new().ask("{ __typename }").await.json()["data"],
        json!({ "__typename": "Query" })
    );
}

#[tokio::test]
async fn of_a_field_that_there_is_not_nothing_else_is_said() {
    let answer = App::new().ask("query($x: Int) { nest { nothing(x: $x) } }").await;
    answer.assert_refused(400, "GRAPHQL_VALIDATION_FAILED");
    let answer = answer.json();
    let errors = answer["errors"].as_array().expect("errors");
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(
        errors[0]["message"]
            .as_str()
            .is_some_and(|message| message.contains("nothing"))
    );
}

#[tokio::test]
async fn in_production_no_type_is_known_by_its_name() {
    let query = "query($name: String!) { __type(name: $name) { name fields { name } } }";
    for (app, expected) in [(App::new(), json!(null)), (App::development(), json!("Nest"))] {
        let request = json!({ "query": query, "variables": { "name": "Nest" } });
        let answer = app.send(post(RESPONSE_JSON, &request)).await.json();
        assert_eq!(
            answer["data"]["__type"].get("name").cloned().unwrap_or_default(),
            expected,
            "{answer}"
        );
        assert_eq!(answer.get("errors"), None, "{answer}");
        let why = &answer["extensions"]["introspection"]["code"];
        let is_told = expected.is_null().then_some("INTROSPECTION_DISABLED");
        assert_eq!(why.as_str(), is_told, "it is told why, where that is so: {answer}");
    }
}

#[tokio::test]
async fn the_introspection_of_graphiql_passes_the_default_limits() {
    let answer = App::development().ask(GRAPHIQL_INTROSPECTION).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(
        answer.json()["data"]["__schema"]["types"]
            .as_array()
            .is_some_and(|types| types.len() > 5)
    );
    assert!(answer.json().get("errors").is_none(), "{}", answer.text);
}

#[tokio::test]
async fn an_answer_says_what_it_cost() {
    let app = App::new();
    let answer = app.ask("{ hello page(first: 10) { id name } }").await;
    assert_eq!(
        answer.json()["extensions"]["cost"],
        json!({ "requested": 21, "limit": 10_000 })
    );
}

#[tokio::test]
async fn a_thousand_mistakes_are_not_all_told() {
    let wrong: String = (0..1000).map(|at| format!("f{at} ")).collect();
    let answer = App::new()
        .send(post(
            RESPONSE_JSON,
            &json!({ "query": format!("{{ nest {{ {wrong} }} }}") }),
        ))
        .await;
    answer.assert_refused(400, "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(answer.json()["errors"].as_array().map(Vec::len), Some(20));
}

const GRAPHIQL_INTROSPECTION: &str = r"
query IntrospectionQuery {
  __schema {
    description
    queryType { name kind } mutationType { name kind } subscriptionType { name kind }
    types { ...FullType }
    directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL isOneOf
  fields(includeDeprecated: true) {
    name description args(includeDeprecated: true) { ...InputValue }
    type { ...TypeRef } isDeprecated deprecationReason
  }
  inputFields(includeDeprecated: true) { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue {
  name description type { ...TypeRef } defaultValue isDeprecated deprecationReason
}
fragment TypeRef on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
}";

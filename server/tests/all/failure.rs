//! How a resolver fails.

use async_graphql::{Error as GraphqlError, Value};
use vitrine_commerce::{
    ErrorCode, Fault, Refusal,
    language::{Language, Message},
};
use vitrine_edge::error::{self, code};
use vitrine_server::graphql::shared::Failure;

#[test]
fn a_refusal_is_shown_and_a_fault_is_not() {
    let refusal = Refusal::new(ErrorCode::Invalid, "`first` must be between 1 and 100.").at(&["first"]);
    let shown = GraphqlError::from(Failure::from(refusal));
    assert_eq!(shown.message, "`first` must be between 1 and 100.");
    let extensions = shown.extensions.expect("extensions");
    assert_eq!(extensions.get("code"), Some(&Value::from(code::BAD_USER_INPUT)));
    assert_eq!(extensions.get("reason"), Some(&Value::from("INVALID")));

    let fault = Fault::other("reading", std::io::Error::other("no such table: orders"));
    let hidden = GraphqlError::from(Failure::from(fault));
    assert_eq!(hidden.message, error::FAULT_MESSAGE);
}

#[test]
fn an_overload_is_told_to_come_again() {
    let shown = GraphqlError::from(Failure::from(Fault::Crowded("signing in")));
    assert_eq!(shown.message, error::OVERLOAD_MESSAGE);
    let extensions = shown.extensions.expect("extensions");
    assert_eq!(extensions.get("code"), Some(&Value::from(code::SERVICE_UNAVAILABLE)));
    assert_eq!(extensions.get("retryAfter"), Some(&Value::from(1)));
}

#[test]
fn a_refusal_is_said_in_the_callers_language() {
    let refusal = vitrine_commerce::text::email(&["email"], "nobody").expect_err("no address");
    let error = GraphqlError::from(Failure::from(refusal));
    let message = error
        .source
        .as_deref()
        .and_then(|source| source.downcast_ref::<Message>());
    let said = Language::of("de", "DE").say(message.expect("it keeps its message"));
    assert!(said.contains("muss eine einzelne E-Mail-Adresse sein"), "{said}");
    assert_eq!(
        error.message,
        "`email` must be one mail address, like `ada@example.com`."
    );
}

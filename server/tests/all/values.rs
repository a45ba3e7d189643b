//! What the API shows of values, and what they cost.

use async_graphql::{Number, ScalarType, Value};
use serde_json::json;
use vitrine_entity::discount::Off;
use vitrine_server::graphql::{
    discount::effect::DiscountValue,
    payment::action::PaymentAction,
    shared::{Decimal, PublicUrl, Url, cost, rows::strings},
};

#[test]
fn a_list_costs_its_rows() {
    assert_eq!(cost(Some(24), None, 3), 73);
    assert_eq!(cost(None, Some(10), 2), 21);
    assert_eq!(cost(Some(i32::MAX), None, 2), 201);
    assert_eq!(cost(Some(-1), None, 2), 3);
}

#[test]
fn only_paths_become_absolute() {
    let url = PublicUrl::new("https://shop.example/");
    assert_eq!(url.absolute("/pictures/a.svg"), "https://shop.example/pictures/a.svg");
    assert_eq!(url.absolute("/media/a.jpg"), "https://shop.example/media/a.jpg");
    assert_eq!(url.absolute("https://cdn.example/a.jpg"), "https://cdn.example/a.jpg");
    let url = url.with_media(Some("https://cdn.example/"));
    assert_eq!(url.absolute("/media/a.jpg"), "https://cdn.example/media/a.jpg");
    assert_eq!(url.absolute("/pictures/a.svg"), "https://shop.example/pictures/a.svg");
}

#[test]
fn a_row_that_should_not_be_is_named() {
    assert_eq!(
        strings(&json!(["a", "b"]), "product", "tags", 1).ok(),
        Some(vec!["a".into(), "b".into()])
    );
    for json in [json!("a"), json!(["a", 1]), json!(null)] {
        let fault = strings(&json, "product", "tags", "prod_1").expect_err("corrupt");
        assert_eq!(fault.to_string(), "row prod_1 of product has an impossible tags");
    }
}

#[test]
fn a_decimal_is_never_a_float() {
    assert_eq!(
        Decimal::parse(Value::from("49.90")).ok(),
        Some(Decimal("49.90".to_owned()))
    );
    assert_eq!(Decimal::parse(Value::from(49)).ok(), Some(Decimal("49".to_owned())));
    let float = Number::from_f64(49.9).expect("finite");
    assert!(Decimal::parse(Value::Number(float)).is_err());
}

#[test]
fn a_percentage_is_told_as_people_write_it() {
    let told =
        [1250, 1000, 10_000, 1, 705].map(|basis_points| DiscountValue::from(&Off::Percentage(basis_points)).percentage);
    let written = ["12.5", "10", "100", "0.01", "7.05"];
    assert_eq!(told, written.map(|percentage| Some(Decimal(percentage.to_owned()))));
}

#[test]
fn an_action_shows_what_it_knows() {
    let action = PaymentAction::read(&json!({ "type": "redirect", "url": "https://bank.example/1" }), None);
    assert_eq!(
        (action.kind.as_str(), action.url),
        ("redirect", Some(Url("https://bank.example/1".to_owned())))
    );
    let action = PaymentAction::read(&json!({ "type": "instructions", "text": "Pay to DE00." }), None);
    assert_eq!(
        (action.kind.as_str(), action.text.as_deref()),
        ("instructions", Some("Pay to DE00."))
    );
}

#[test]
fn a_providers_library_gets_its_secret_and_its_key() {
    let key = || Some("pk_test_1".to_owned());
    let action = PaymentAction::read(&json!({ "client_secret": "s" }), key());
    assert_eq!(
        (
            action.kind.as_str(),
            action.client_secret.as_deref(),
            action.publishable_key
        ),
        ("provider", Some("s"), key())
    );
    let redirect = PaymentAction::read(&json!({ "type": "redirect", "url": "https://bank.example/1" }), key());
    assert_eq!(redirect.publishable_key, None);
}

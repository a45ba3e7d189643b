use serde_json::json;
use vitrine_commerce::money::{Currency, Money};

use super::*;
use crate::payment::stripe::{
    object::{Failure, List},
    testing::{PAYMENT, SHOP, a_charge, intent, told},
};

fn told_state(changed: Value) -> ChargeState {
    charge(&intent(changed), PAYMENT, Some("pk_test_1"), None)
        .unwrap()
        .state
}

fn declined_with(code: &str) -> ChargeState {
    ChargeState::Declined { code: code.to_owned() }
}

#[test]
fn each_status_has_its_meaning() {
    let insufficient = json!({ "type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds" });
    let failed = json!({ "type": "invalid_request_error", "code": "payment_intent_authentication_failure" });
    for (changed, expected) in [
        (json!({ "status": "succeeded" }), ChargeState::Captured),
        (json!({ "status": "requires_capture" }), ChargeState::Authorized),
        (json!({ "status": "processing" }), ChargeState::Pending),
        (json!({ "status": "canceled" }), ChargeState::Voided),
        (json!({ "status": "requires_payment_method" }), ChargeState::Pending),
        (json!({ "status": "requires_confirmation" }), ChargeState::Pending),
        (
            json!({ "status": "requires_payment_method", "last_payment_error": insufficient }),
            declined_with("insufficient_funds"),
        ),
        (
            json!({ "status": "requires_payment_method", "last_payment_error": failed }),
            declined_with("authentication_failed"),
        ),
        (
            json!({ "status": "requires_payment_method", "last_payment_error": {} }),
            declined_with("card_declined"),
        ),
        (json!({ "status": "a_status_of_tomorrow" }), ChargeState::Pending),
    ] {
        assert_eq!(told_state(changed.clone()), expected, "{changed}");
    }
}

#[test]
fn the_client_is_told_how_to_go_on() {
    let redirect = json!({ "status": "requires_action", "next_action": {
        "type": "redirect_to_url", "redirect_to_url": { "url": "https://hooks.stripe.com/3d", "return_url": null } } });
    let client =
        json!({ "type": "redirect", "url": "https://hooks.stripe.com/3d", "client_secret": "pi_3Q1_secret_x" });
    assert_eq!(told_state(redirect), ChargeState::ActionRequired { client });
    for next_action in [json!({ "type": "use_stripe_sdk", "use_stripe_sdk": {} }), Value::Null] {
        let sdk = json!({ "status": "requires_action", "next_action": next_action });
        let client = json!({ "type": "stripe", "client_secret": "pi_3Q1_secret_x", "publishable_key": "pk_test_1" });
        assert_eq!(told_state(sdk.clone()), ChargeState::ActionRequired { client });
        let listed = statement_charge(&intent(sdk), SHOP).unwrap();
        assert_eq!(listed.state, ChargeState::ActionRequired { client: Value::Null });
    }
}

#[test]
fn sums_are_of_what_was_ours() {
    let sums = |amount_received: Value, latest_charge: Value, status: &str| {
        let changed = json!({ "amount": 5000, "amount_received": amount_received, "latest_charge": latest_charge, "status": status });
        let told = charge(&intent(changed), PAYMENT, None, None).unwrap();
        assert_eq!(told.amount, Money::new(5000, Currency::EUR));
        (told.captured_minor, told.refunded_minor)
    };
    let refunded = |amount: i64| json!({ "id": "ch_1", "amount_refunded": amount, "payment_method_details": null });
    assert_eq!(sums(json!(5000), refunded(0), "succeeded"), (5000, 0));
    assert_eq!(sums(json!(5000), refunded(1200), "succeeded"), (5000, 1200));
    // 2,000 of these were never captured.
    assert_eq!(sums(json!(3000), refunded(2000), "succeeded"), (3000, 0));
    assert_eq!(sums(json!(3000), refunded(2500), "succeeded"), (3000, 500));
    assert_eq!(sums(json!(3000), refunded(700), "succeeded"), (3000, 700));
    assert_eq!(sums(json!(0), refunded(5000), "canceled"), (0, 0));
    assert_eq!(sums(json!(0), refunded(0), "requires_capture"), (0, 0));
    // A charge that is only named, and one that tells what its intent does not.
    assert_eq!(sums(json!(5000), json!("ch_1"), "succeeded"), (5000, 0));
    let captured = json!({ "amount_captured": 3000, "amount_refunded": 2100 });
    assert_eq!(sums(Value::Null, captured, "succeeded"), (3000, 100));
    assert_eq!(sums(Value::Null, Value::Null, "succeeded"), (5000, 0));
}

#[test]
fn an_older_answer_lists_its_charges() {
    let changed =
        json!({ "charges": { "object": "list", "data": [{ "amount_refunded": 700 }] }, "amount_received": 4999 });
    assert_eq!(
        charge(&intent(changed), PAYMENT, None, None).unwrap().refunded_minor,
        700
    );
}

#[test]
fn an_authorization_says_when_it_lapses() {
    let latest = json!({ "payment_method_details": { "type": "card", "card": { "capture_before": 1_790_604_800 } } });
    let changed = json!({ "status": "requires_capture", "latest_charge": latest });
    let told = charge(&intent(changed), PAYMENT, None, Some("req_1".to_owned())).unwrap();
    assert_eq!(told.capture_before, DateTime::from_timestamp(1_790_604_800, 0));
    assert_eq!(
        (told.reference.as_str(), told.request_id.as_deref()),
        ("pi_3Q1", Some("req_1"))
    );
}

#[test]
fn a_card_that_is_saved_is_told_once_it_has_paid() {
    let latest = json!({ "payment_method_details": { "card":
        { "brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2031 } } });
    let saved = |usage: Value, status: &str| {
        let changed =
            json!({ "setup_future_usage": usage, "status": status, "latest_charge": latest, "payment_method": "pm_1" });
        charge(&intent(changed), PAYMENT, None, None).unwrap().saved
    };
    let told = saved(json!("on_session"), "succeeded").expect("a card");
    assert_eq!(
        (told.reference.as_str(), told.brand.as_str(), told.last_four.as_str()),
        ("pm_1", "visa", "4242")
    );
    assert_eq!((told.expiry_month, told.expiry_year), (8, 2031));
    assert!(saved(json!("on_session"), "requires_capture").is_some());
    assert_eq!(saved(json!("on_session"), "requires_action"), None);
    assert_eq!(saved(Value::Null, "succeeded"), None);
}

#[test]
fn an_intent_of_another_system_names_nobody() {
    let payment = PAYMENT.to_string();
    for metadata in [
        Value::Null,
        json!({}),
        json!({ "vitrine_shop": SHOP, "vitrine_payment": "of another kind" }),
        // Another shop's, and one of nobody knows which.
        json!({ "vitrine_shop": "inst_2", "vitrine_payment": payment }),
        json!({ "vitrine_payment": payment }),
    ] {
        let listed = statement_charge(&intent(json!({ "metadata": metadata })), SHOP).unwrap();
        assert_eq!(listed.payment, None, "{metadata}");
    }
    let listed = |changed: Value| statement_charge(&intent(changed), SHOP);
    assert_eq!(listed(json!({})).unwrap().payment, Some(PAYMENT));
    assert!(listed(json!({ "currency": "usdc" })).is_err());
}

#[test]
fn a_declined_card_leaves_its_intent() {
    let refusal = |error: Value| Refusal {
        status: reqwest::StatusCode::PAYMENT_REQUIRED,
        retry_after_seconds: None,
        request_id: Some("req_2".to_owned()),
        error: serde_json::from_value::<Failure>(json!({ "error": error }))
            .unwrap()
            .error,
    };
    let left = told(json!({ "status": "requires_payment_method", "latest_charge": "ch_1" }));
    let error =
        json!({ "type": "card_error", "code": "card_declined", "decline_code": "lost_card", "payment_intent": left });
    let told = declined(&refusal(error), &a_charge(), true).unwrap();
    assert_eq!(
        (told.reference.as_str(), told.state),
        ("pi_3Q1", declined_with("lost_card"))
    );
    assert_eq!((told.live, told.request_id.as_deref()), (false, Some("req_2")));

    let told = declined(
        &refusal(json!({ "type": "card_error", "code": "expired_card" })),
        &a_charge(),
        true,
    )
    .unwrap();
    assert_eq!(
        (told.reference.as_str(), told.state),
        ("", declined_with("expired_card"))
    );
    assert_eq!(
        (told.payment, told.amount, told.live),
        (PAYMENT, a_charge().amount, true)
    );
}

#[test]
fn an_intent_that_cannot_be_read_hides_nothing_of_its_error() {
    for left in [
        json!("pi_3Q1"),
        json!({ "id": "pi_3Q1" }),
        json!({ "id": 7 }),
        json!(7),
        Value::Null,
    ] {
        let error = json!({ "type": "card_error", "decline_code": "lost_card", "payment_intent": left });
        let failure: Failure = serde_json::from_value(json!({ "error": error })).unwrap();
        assert!(failure.error.payment_intent.is_none(), "{left}");
        assert_eq!(failure.error.kind.as_deref(), Some("card_error"), "{left}");
        assert_eq!(failure.error.code(), Some("lost_card"), "{left}");
    }
    // Nor does that of an intent's own last error.
    let last = json!({ "code": "card_declined", "payment_intent": "pi_3Q1" });
    let changed = json!({ "status": "requires_payment_method", "last_payment_error": last });
    assert_eq!(told_state(changed), declined_with("card_declined"));
}

#[test]
fn refunds_succeed_wait_or_fail() {
    let told = |changed: Value| {
        let mut object = json!({ "id": "re_1", "object": "refund", "amount": 700, "currency": "eur", "metadata": {} });
        object
            .as_object_mut()
            .unwrap()
            .extend(changed.as_object().unwrap().clone());
        refund(&serde_json::from_value(object).unwrap(), None).unwrap().state
    };
    let failed = |reason: &str| RefundState::Failed {
        reason: reason.to_owned(),
    };
    for (changed, expected) in [
        (json!({ "status": "succeeded" }), RefundState::Succeeded),
        (json!({ "status": "pending" }), RefundState::Pending),
        (json!({ "status": "requires_action" }), RefundState::Pending),
        (json!({ "status": null }), RefundState::Pending),
        (json!({ "status": "canceled" }), failed("canceled")),
        (
            json!({ "status": "failed", "failure_reason": "lost_or_stolen_card" }),
            failed("lost_or_stolen_card"),
        ),
    ] {
        assert_eq!(told(changed.clone()), expected, "{changed}");
    }
}

#[test]
fn a_list_says_what_comes_after_it() {
    let list = |has_more: bool, data: Value| {
        serde_json::from_value::<List<Intent>>(json!({ "object": "list", "has_more": has_more, "data": data })).unwrap()
    };
    assert_eq!(list(true, json!([told(json!({}))])).next().as_deref(), Some("pi_3Q1"));
    assert_eq!(list(false, json!([told(json!({}))])).next(), None);
    assert_eq!(list(true, json!([])).next(), None);
}

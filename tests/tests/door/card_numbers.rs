//! A card's number in the place of a token goes no further than the door.

use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use vitrine_entity::{idempotency_key, payment, staff_member::StaffRole};
use vitrine_tests::TestShop;

const RETRY: &str = "mutation($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) { order { id } userErrors { code message field } } }";

fn assert_refused(payload: &Value) {
    let error = &payload["userErrors"][0];
    assert_eq!(payload["order"], Value::Null);
    assert_eq!(
        (&error["code"], &error["field"]),
        (&json!("INVALID"), &json!(["input", "paymentMethod", "token"]))
    );
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("Never send card numbers"), "{message}");
    assert!(!payload.to_string().contains("4242"), "{payload}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_refused_and_kept_nowhere() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let numbers = ["4242424242424242", "4242 4242 4242 4242", " 4242-4242-4242-4242 "];
    for number in numbers {
        assert_refused(&guest.place(&cart, "key", number).await);
    }
    let db = &shop.shop().db;
    assert_eq!(payment::Entity::find().count(db).await.unwrap(), 0);
    assert_eq!(idempotency_key::Entity::find().count(db).await.unwrap(), 0);

    // The key is free, and an order that was declined is not paid so either.
    let declined = guest.place(&cart, "key", "tok_decline").await;
    shop.settle().await;
    for key in [Value::Null, json!("key")] {
        let input = json!({
            "orderId": declined["order"]["id"], "accessToken": declined["orderAccessToken"],
            "paymentMethod": { "token": numbers[0] }, "idempotencyKey": key,
        });
        assert_refused(&guest.payload(RETRY, json!({ "input": input })).await);
    }
    let kept = payment::Entity::find().all(db).await.unwrap();
    let tokens: Vec<_> = kept.iter().map(|payment| payment.method_token.as_str()).collect();
    assert_eq!(tokens, ["tok_decline"]);
    shop.close().await;
}

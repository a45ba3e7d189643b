//! A simple front end waits for the payment in the request that begins it, and needs no
//! subscription.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use vitrine_entity::{order, staff_member::StaffRole};
use vitrine_tests::{
    Client, TestShop,
    patience::{out_of_patience, sooner_than, until, within},
};

const PLACE: &str = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
    order { id status payment { status problem { code message } action { kind url } } } orderAccessToken replayed
    userErrors { code message field } } }";
const RETRY: &str = "mutation($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) {
    order { status payment { status problem { code } } } userErrors { code message field } } }";

/// A shop, a guest, and a variant that is sold.
async fn open() -> (TestShop, Client, String) {
    let shop = TestShop::open().await;
    let mug = shop
        .staff(StaffRole::Administrator)
        .await
        .sell("MUG-1", "10.00", 100)
        .await;
    let guest = shop.guest();
    (shop, guest, mug)
}

/// Places an order, and gives the input with which it may be repeated and the payload.
async fn place(guest: &Client, mug: &str, token: &str, seconds: i64) -> (Value, Value) {
    let input = ready(guest, mug, token, seconds).await;
    let payload = guest.payload(PLACE, input.clone()).await;
    (input, payload)
}

/// A cart that is ready, and what makes an order of it.
async fn ready(guest: &Client, mug: &str, token: &str, seconds: i64) -> Value {
    let cart = guest.check_out(&guest.cart_with(&[(mug, 1)]).await).await;
    json!({ "input": {
        "cartId": cart["id"], "idempotencyKey": cart["id"], "paymentMethod": { "token": token }, "waitSeconds": seconds,
    } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_is_the_outcome() {
    let (shop, guest, mug) = open().await;
    let (input, paid) = place(&guest, &mug, "tok_approve", 20).await;
    let payment = &paid["order"]["payment"];
    assert_eq!(
        (&payment["status"], &payment["problem"]),
        (&json!("CAPTURED"), &Value::Null)
    );
    assert_ne!(paid["order"]["status"], "PAYMENT_PENDING");
    // As often as it is repeated, the order as it stands.
    let again = guest.payload(PLACE, input).await;
    assert_eq!(
        (&again["replayed"], &again["order"]["id"]),
        (&json!(true), &paid["order"]["id"])
    );

    let (_, declined) = place(&guest, &mug, "tok_decline_expired_card", 20).await;
    assert_eq!(declined["order"]["status"], "PAYMENT_FAILED");
    assert_eq!(
        declined["order"]["payment"]["problem"],
        json!({ "code": "PAYMENT_DECLINED", "message": "This card has expired. Please use another one." })
    );
    let retry = json!({ "input": {
        "orderId": declined["order"]["id"], "accessToken": declined["orderAccessToken"],
        "paymentMethod": { "token": "tok_approve" }, "waitSeconds": 20,
    } });
    let order = guest.done(RETRY, retry).await["order"].take();
    assert_eq!(order["payment"], json!({ "status": "CAPTURED", "problem": null }));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_ends_when_the_shopper_must_act() {
    let (shop, guest, mug) = open().await;
    let (_, waiting) = place(&guest, &mug, "tok_second_factor", 20).await;
    let payment = &waiting["order"]["payment"];
    assert_eq!(waiting["order"]["status"], "PAYMENT_PENDING");
    assert_eq!(payment["problem"]["code"], "PAYMENT_ACTION_REQUIRED");
    assert_eq!(payment["action"]["kind"], "redirect");
    let url = payment["action"]["url"].as_str().unwrap();
    assert!(url.starts_with(guest.base()), "{url}");
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_ends_when_the_time_is_over() {
    let (shop, guest, mug) = open().await;
    let started = Instant::now();
    let (input, pending) = place(&guest, &mug, "tok_pending", 1).await;
    assert!(started.elapsed() >= Duration::from_secs(1), "it was waited for");
    assert_eq!(pending["userErrors"], json!([]));
    assert_eq!(pending["order"]["status"], "PAYMENT_PENDING");
    assert_eq!(pending["order"]["payment"]["problem"]["code"], "PAYMENT_PENDING");
    shop.advance(TimeDelta::minutes(5)).await;
    let later = guest.payload(PLACE, input).await;
    assert_eq!(later["order"]["payment"]["status"], "CAPTURED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wait_out_of_bounds_places_nothing() {
    let (shop, guest, mug) = open().await;
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    for seconds in [-1, 26, i32::MAX] {
        let input = json!({ "cartId": cart["id"], "idempotencyKey": "k", "paymentMethod": { "token": "tok_approve" }, "waitSeconds": seconds });
        let payload = guest.payload(PLACE, json!({ "input": input })).await;
        assert_eq!(payload["order"], Value::Null);
        assert_eq!(
            (&payload["userErrors"][0]["code"], &payload["userErrors"][0]["field"]),
            (&json!("INVALID"), &json!(["input", "waitSeconds"]))
        );
    }
    let orders = shop.staff(StaffRole::Fulfilment).await;
    let listed = orders.data("{ orders(first: 5) { nodes { id } } }", json!({})).await;
    assert_eq!(listed["orders"]["nodes"], json!([]));
    shop.close().await;
}

/// More wait than the pool has connections, and everybody else is served.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_waits_holds_no_connection() {
    let (shop, guest, mug) = open().await;
    let mut inputs = Vec::new();
    for _ in 0..12 {
        inputs.push(ready(&guest, &mug, "tok_pending", 25).await);
    }
    let placing = inputs.into_iter().map(|input| {
        let guest = guest.clone();
        async move { guest.payload(PLACE, input).await }
    });
    let waiting = tokio::spawn(join_all(placing));
    until("all of them wait", async || {
        order::Entity::find().count(&shop.shop().db).await.unwrap() == 12
    })
    .await;
    // None of them is kept from before.
    for first in 1..=20 {
        let list = format!("{{ products(first: {first}) {{ nodes {{ title }} }} }}");
        guest.data(&list, json!({})).await;
    }
    if waiting.is_finished() {
        out_of_patience("others were not served before the waits were over");
    }
    // What they wait for.
    shop.advance(TimeDelta::minutes(5)).await;
    let placed = within("their answers", waiting).await.unwrap();
    assert!(
        placed.iter().all(|payload| payload["userErrors"] == json!([])),
        "{placed:?}"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_answers_whoever_waits() {
    let (shop, guest, mug) = open().await;
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let input = json!({ "cartId": cart["id"], "idempotencyKey": "k", "paymentMethod": { "token": "tok_pending" }, "waitSeconds": 25 });
    let waiting = tokio::spawn(async move { guest.payload(PLACE, json!({ "input": input })).await });
    let staff = shop.staff(StaffRole::Fulfilment).await;
    let placed = async || {
        let listed = staff.data("{ orders(first: 5) { nodes { id } } }", json!({})).await;
        listed["orders"]["nodes"]
            .as_array()
            .is_some_and(|orders| !orders.is_empty())
    };
    until("it waits", placed).await;
    let stopping = Instant::now();
    shop.abandon().await;
    let payload = waiting.await.unwrap();
    assert_eq!(payload["order"]["status"], "PAYMENT_PENDING");
    sooner_than(Duration::from_secs(15), stopping.elapsed(), "the server's end");
}

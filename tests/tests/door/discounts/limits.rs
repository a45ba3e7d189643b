//! A discount is never used beyond its limits, and given back once.

use std::time::Duration;

use chrono::TimeDelta;
use futures::{StreamExt, future::join_all, stream};
use serde_json::{Value, json};
use vitrine_commerce::discounts;
use vitrine_entity::{ids::DiscountId, staff_member::StaffRole};
use vitrine_tests::Client;

use super::{PLACE, UPDATE, USES, cart_of, change, download, open, place, refused, switched_on};

const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message } } }";

fn half(limits: Value) -> Value {
    let mut discount = json!({ "title": "Half", "method": "CODE", "kind": "ORDER", "value": { "percentage": 50 } });
    discount
        .as_object_mut()
        .unwrap()
        .extend(limits.as_object().unwrap().clone());
    discount
}

/// Places an order at the total that the shopper saw, as one who waits where the shop is busy: the key is the same. Gives why
/// it was refused, if it was.
async fn place_at(client: &Client, basket: &Value, total: &str) -> Option<String> {
    let input = json!({ "cartId": basket["id"], "idempotencyKey": basket["id"], "expectedTotal": total,
        "paymentMethod": { "token": "tok_approve" } });
    loop {
        let answer = client.answer(PLACE, json!({ "input": input })).await;
        let payload = &answer["data"]["orderPlace"];
        if !payload["order"].is_null() {
            assert_eq!(payload["order"]["cost"]["total"]["amount"], total, "{answer}");
            return None;
        }
        match payload["userErrors"][0]["code"].as_str() {
            Some(code) => return Some(code.to_owned()),
            None => {
                let code = answer["errors"][0]["extensions"]["code"].as_str();
                assert!(matches!(code, Some("SERVICE_UNAVAILABLE" | "TIMEOUT")), "{answer}");
            }
        }
        // What took too long may have been done: the key is the same.
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_at_once_with_a_limit_of_fifty_are_fifty() {
    let (shop, staff) = open().await;
    let song = &download(&staff, "SONG-1", "10.00").await;
    let mut discount = half(json!({ "usageLimit": 50 }));
    discount["method"] = json!("AUTOMATIC");
    let id = switched_on(&staff, discount, &[]).await;
    let guest = &shop.guest();
    // All see it before the first order is placed.
    let carts: Vec<Value> = stream::iter(0..200)
        .map(async |number| cart_of(guest, &format!("shopper{number}@example.com"), &[(song, 1)]).await)
        .buffer_unordered(16)
        .collect()
        .await;
    assert!(carts.iter().all(|basket| basket["cost"]["total"]["amount"] == "5.00"));
    let outcomes = join_all(carts.iter().map(|basket| place_at(guest, basket, "5.00"))).await;
    // Whoever comes too late is not charged more than they saw.
    let refused: Vec<_> = outcomes.iter().flatten().collect();
    assert!(
        refused
            .iter()
            .all(|code| matches!(code.as_str(), "DISCOUNT_UNAVAILABLE" | "PRICE_CHANGED")),
        "{refused:?}"
    );
    assert_eq!((outcomes.len() - refused.len(), refused.len()), (50, 150));
    let id: DiscountId = id.as_str().unwrap().parse().unwrap();
    assert_eq!(discounts::uses_of(shop.shop(), &[id]).await.unwrap()[&id], 50);
    shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelling_and_an_unpaid_orders_end_give_it_back_once() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let song = download(&staff, "SONG-1", "10.00").await;
    let limits = json!({ "usageLimit": 1, "usageLimitPerCode": 1, "usageLimitPerCustomer": 1 });
    let id = switched_on(&staff, half(limits), &["HALF"]).await;
    // Time passes, and whoever works here signs in again.
    let uses = async || {
        let staff = shop.sign_in(StaffRole::Administrator).await;
        staff.data(USES, json!({ "id": id })).await["discount"]["useCount"].take()
    };
    let buy = async |key: &str, token: &str| {
        let basket = cart_of(&guest, "ada@example.com", &[(&song, 1)]).await;
        let typed = json!({ "cartId": basket["id"], "codes": ["HALF"] });
        change(&guest, "cartDiscountCodesAdd", typed).await;
        let input = json!({ "cartId": basket["id"], "idempotencyKey": key, "paymentMethod": { "token": token } });
        guest.done(PLACE, json!({ "input": input })).await
    };
    let first = buy("first", "tok_approve").await;
    shop.settle().await;
    assert_eq!(uses().await, 1);
    let other = cart_of(&guest, "grace@example.com", &[(&song, 1)]).await;
    let typed = json!({ "cartId": other["id"], "codes": ["HALF"] });
    assert_eq!(
        refused(&guest, "cartDiscountCodesAdd", typed.clone()).await[0].0,
        "DISCOUNT_UNAVAILABLE"
    );
    let of = json!({ "input": { "orderId": first["order"]["id"], "accessToken": first["orderAccessToken"] } });
    for _ in 0..2 {
        guest.done(CANCEL, of.clone()).await;
    }
    shop.settle().await;
    assert_eq!(uses().await, 0);

    let unpaid = buy("second", "tok_decline").await;
    assert_eq!(uses().await, 1);
    assert_eq!(
        refused(&guest, "cartDiscountCodesAdd", typed.clone()).await[0].0,
        "DISCOUNT_UNAVAILABLE"
    );
    shop.settle().await;
    shop.clock.advance(TimeDelta::hours(2));
    shop.settle().await;
    assert_eq!(uses().await, 0, "{unpaid}");
    // Given back once: there is one use, not two.
    let had = change(&guest, "cartDiscountCodesAdd", typed).await;
    assert_eq!(had["cost"]["total"]["amount"], "5.00");
    assert_eq!(place(&guest, &had, "third").await["userErrors"], json!([]));
    let last = cart_of(&guest, "joan@example.com", &[(&song, 1)]).await;
    let typed = json!({ "cartId": last["id"], "codes": ["HALF"] });
    assert_eq!(
        refused(&guest, "cartDiscountCodesAdd", typed).await[0].0,
        "DISCOUNT_UNAVAILABLE"
    );
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_uses_it_once_by_account_and_by_address() {
    let (shop, staff) = open().await;
    let (guest, ada) = (shop.guest(), shop.customer("ada@example.com").await);
    let song = download(&staff, "SONG-1", "10.00").await;
    switched_on(&staff, half(json!({ "usageLimitPerCustomer": 1 })), &["HALF"]).await;
    let basket = cart_of(&ada, "ada@example.com", &[(&song, 1)]).await;
    change(
        &ada,
        "cartDiscountCodesAdd",
        json!({ "cartId": basket["id"], "codes": ["HALF"] }),
    )
    .await;
    assert_eq!(place(&ada, &basket, "first").await["userErrors"], json!([]));
    // Neither with another address of hers, nor with hers and no account.
    for (client, email) in [(&ada, "other@example.com"), (&guest, "ADA@example.com")] {
        let basket = cart_of(client, email, &[(&song, 1)]).await;
        let typed = json!({ "cartId": basket["id"], "codes": ["HALF"] });
        let answer = refused(client, "cartDiscountCodesAdd", typed).await;
        assert_eq!(
            answer,
            [("DISCOUNT_UNAVAILABLE".to_owned(), "input.codes.0".to_owned())],
            "{email}"
        );
    }
    // Whoever says late who they are is told before they pay.
    let basket = change(
        &guest,
        "cartCreate",
        json!({ "lines": [{ "variantId": song, "quantity": 1 }] }),
    )
    .await;
    let typed = json!({ "cartId": basket["id"], "codes": ["HALF"] });
    assert_eq!(
        change(&guest, "cartDiscountCodesAdd", typed).await["cost"]["total"]["amount"],
        "5.00"
    );
    let told = change(
        &guest,
        "cartContactUpdate",
        json!({ "cartId": basket["id"], "email": "ada@example.com" }),
    )
    .await;
    assert_eq!(told["discountCodes"][0]["reason"], "USED_BY_SHOPPER");
    let grace = cart_of(&guest, "grace@example.com", &[(&song, 1)]).await;
    let typed = json!({ "cartId": grace["id"], "codes": ["HALF"] });
    assert_eq!(
        change(&guest, "cartDiscountCodesAdd", typed).await["cost"]["total"]["amount"],
        "5.00"
    );
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_that_comes_later_counts_what_was_used_before() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let song = download(&staff, "SONG-1", "10.00").await;
    let id = switched_on(&staff, half(json!({})), &["HALF"]).await;
    for number in 0..3 {
        let basket = cart_of(&guest, &format!("shopper{number}@example.com"), &[(&song, 1)]).await;
        change(
            &guest,
            "cartDiscountCodesAdd",
            json!({ "cartId": basket["id"], "codes": ["HALF"] }),
        )
        .await;
        assert_eq!(
            place(&guest, &basket, &format!("key {number}")).await["userErrors"],
            json!([])
        );
    }
    let limited = json!({ "id": id, "discount": half(json!({ "usageLimit": 4, "usageLimitPerCustomer": 1 })) });
    assert_eq!(
        staff.done(UPDATE, json!({ "input": limited })).await["discount"]["usageLimit"],
        4
    );
    let add = async |email: &str| {
        let basket = cart_of(&guest, email, &[(&song, 1)]).await;
        let mutation = "mutation($input: CartDiscountCodesAddInput!) { cartDiscountCodesAdd(input: $input) { cart { id } userErrors { code } } }";
        let typed = json!({ "input": { "cartId": basket["id"], "codes": ["HALF"] } });
        (guest.payload(mutation, typed).await["userErrors"].take(), basket)
    };
    assert_eq!(add("shopper1@example.com").await.0[0]["code"], "DISCOUNT_UNAVAILABLE");
    let (errors, fourth) = add("shopper4@example.com").await;
    assert_eq!(errors, json!([]));
    assert_eq!(place(&guest, &fourth, "fourth").await["userErrors"], json!([]));
    assert_eq!(add("shopper5@example.com").await.0[0]["code"], "DISCOUNT_UNAVAILABLE");
    shop.settle().await;
    shop.close().await;
}

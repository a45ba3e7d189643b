//! `POST /api/orders/{id}/process-payment`.

use chrono::TimeDelta;
use serde_json::json;

use super::{bought_with, get, post, post_holding, shop_with_mugs};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paid_order_is_told_so_however_often_it_is_asked() {
    let (shop, _) = shop_with_mugs().await;
    let guest = shop.guest();
    let (path, token) = bought_with(&shop, "tok_approve").await;
    let process = format!("{path}/process-payment");
    for body in [
        json!({}),
        json!({ "waitSeconds": 25 }),
        json!({ "paymentMethod": { "token": "tok_decline" } }),
    ] {
        let answer = post_holding(&guest, &process, &token, "key", body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.body["payment"]["status"], "CAPTURED");
    }
    shop.settle().await;
    assert_eq!(shop.provider().ledger().await.unwrap().len(), 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_declined_payment_is_tried_again_once_a_key() {
    let (shop, _) = shop_with_mugs().await;
    let guest = shop.guest();
    let (path, token) = bought_with(&shop, "tok_decline_insufficient_funds").await;
    let process = format!("{path}/process-payment");
    let declined = post_holding(&guest, &process, &token, "any", json!({})).await;
    assert_eq!(declined.problem(), (402, "PAYMENT_DECLINED"));
    assert_eq!(declined.body["declineCode"], "insufficient_funds");
    assert_eq!(declined.header("location"), path);

    // The same request twice opens one attempt, not two.
    for _ in 0..2 {
        let expired = json!({ "paymentMethod": { "token": "tok_decline_expired_card" } });
        let declined = post_holding(&guest, &process, &token, "second", expired).await;
        assert_eq!(declined.problem(), (402, "PAYMENT_DECLINED"));
        assert_eq!(declined.body["declineCode"], "expired_card");
    }
    assert_eq!(shop.provider().ledger().await.unwrap().len(), 2);
    let approve = json!({ "paymentMethod": { "token": "tok_approve" } });
    let reused = post_holding(&guest, &process, &token, "second", approve.clone()).await;
    assert_eq!(reused.problem(), (422, "IDEMPOTENCY_KEY_REUSED"));

    let paid = post_holding(&guest, &process, &token, "third", approve.clone()).await;
    assert_eq!(paid.status, 200, "{}", paid.body);
    let again = post_holding(&guest, &process, &token, "fourth", approve).await;
    assert_eq!(
        (again.status, &again.body["payment"]["id"]),
        (200, &paid.body["payment"]["id"])
    );
    shop.settle().await;
    assert_eq!(shop.provider().ledger().await.unwrap().len(), 3);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_attempt_needs_a_key_and_a_right_to_the_order() {
    let (shop, staff) = shop_with_mugs().await;
    let (guest, eve) = (shop.guest(), shop.customer("eve@example.com").await);
    let (path, token) = bought_with(&shop, "tok_decline").await;
    shop.settle().await;
    let process = format!("{path}/process-payment");
    let body = json!({ "paymentMethod": { "token": "tok_approve" } });
    let request = vitrine_tests::client::http()
        .post(super::url(&guest, &process))
        .json(&body);
    let refused = super::Answer::of(request.header("order-access-token", &token)).await;
    assert_eq!(refused.problem(), (400, "IDEMPOTENCY_KEY_MISSING"));
    for client in [&guest, &eve] {
        for body in [json!({}), body.clone()] {
            assert_eq!(post(client, &process, "key", body).await.problem(), (404, "NOT_FOUND"));
        }
    }
    assert_eq!(post(&staff, &process, "key", body).await.status, 200);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_factor_is_asked_for_and_waited_for() {
    let (shop, _) = shop_with_mugs().await;
    let guest = shop.guest();
    let (path, token) = bought_with(&shop, "tok_second_factor").await;
    let process = format!("{path}/process-payment");
    let waits = post_holding(&guest, &process, &token, "key", json!({})).await;
    assert_eq!(waits.problem(), (402, "PAYMENT_ACTION_REQUIRED"));
    assert_eq!(waits.body["action"]["kind"], "redirect");
    let order = get(&guest, &path, Some(&token)).await;
    assert_eq!(order.body["payment"]["problem"]["code"], "PAYMENT_ACTION_REQUIRED");
    assert_eq!(order.body["payment"]["action"], waits.body["action"]);

    // No second attempt opens beside it.
    let approve = json!({ "paymentMethod": { "token": "tok_approve" } });
    let waits = post_holding(&guest, &process, &token, "key", approve).await;
    assert_eq!(waits.problem(), (402, "PAYMENT_ACTION_REQUIRED"));

    let reference = waits.body["action"]["url"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap();
    shop.provider().complete_second_factor(reference, true).await.unwrap();
    shop.settle().await;
    let paid = post_holding(&guest, &process, &token, "key", json!({})).await;
    assert_eq!(paid.status, 200, "{}", paid.body);
    assert_eq!(shop.provider().ledger().await.unwrap().len(), 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_under_way_is_answered_with_where_to_look() {
    let (shop, _) = shop_with_mugs().await;
    let guest = shop.guest();
    let (path, token) = bought_with(&shop, "tok_slow").await;
    let process = format!("{path}/process-payment");
    let waits = post_holding(&guest, &process, &token, "key", json!({ "waitSeconds": 0 })).await;
    assert_eq!(waits.status, 202, "{}", waits.body);
    assert_eq!(
        (waits.header("location"), waits.header("retry-after")),
        (path.as_str(), "2")
    );
    assert_eq!(waits.body["payment"]["problem"]["code"], "PAYMENT_PENDING");
    // It takes a second: the answer comes before the time is up.
    let paid = post_holding(&guest, &process, &token, "key", json!({ "waitSeconds": 25 })).await;
    assert_eq!(paid.status, 200, "{}", paid.body);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_may_be_left_out_where_all_of_it_may() {
    let (shop, _) = shop_with_mugs().await;
    let (path, token) = bought_with(&shop, "tok_approve").await;
    let request = vitrine_tests::client::http().post(super::url(&shop.guest(), &format!("{path}/process-payment")));
    let paid = super::Answer::of(request.header("order-access-token", &token)).await;
    assert_eq!(paid.status, 200, "{}", paid.body);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pending_payment_is_known_later() {
    let (shop, _) = shop_with_mugs().await;
    let guest = shop.guest();
    let (path, token) = bought_with(&shop, "tok_pending").await;
    shop.settle().await;
    let process = format!("{path}/process-payment");
    let approve = json!({ "paymentMethod": { "token": "tok_approve" }, "waitSeconds": 1 });
    let waits = post_holding(&guest, &process, &token, "key", approve).await;
    assert_eq!(
        (waits.status, waits.header("location")),
        (202, path.as_str()),
        "{}",
        waits.body
    );
    shop.advance(TimeDelta::minutes(10)).await;
    let paid = post_holding(&guest, &process, &token, "key", json!({})).await;
    assert_eq!(paid.status, 200, "{}", paid.body);
    assert_eq!(shop.provider().ledger().await.unwrap().len(), 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_order_is_not_paid_for_any_more() {
    let (shop, _) = shop_with_mugs().await;
    let guest = shop.guest();
    let (path, token) = bought_with(&shop, "tok_decline").await;
    shop.settle().await;
    let cancel =
        "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code } } }";
    let id = path.rsplit('/').next().unwrap();
    guest
        .done(cancel, json!({ "input": { "orderId": id, "accessToken": token } }))
        .await;
    let process = format!("{path}/process-payment");
    for body in [json!({}), json!({ "paymentMethod": { "token": "tok_approve" } })] {
        let refused = post_holding(&guest, &process, &token, "key", body).await;
        assert_eq!(refused.problem(), (409, "ORDER_STATE"));
    }
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_checkout_may_wait_likewise() {
    let (shop, _) = shop_with_mugs().await;
    let mut body = super::one_mug("tok_decline");
    body["waitSeconds"] = json!(25);
    // The order is placed all the same: its payment says what to do.
    let answer = post(&shop.guest(), "/api/checkout", "key", body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(answer.body["status"], "PAYMENT_FAILED");
    assert_eq!(answer.body["payment"]["problem"]["code"], "PAYMENT_DECLINED");
    shop.settle().await;
    shop.close().await;
}

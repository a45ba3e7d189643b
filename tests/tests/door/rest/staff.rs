//! `POST /api/payments/{order_id}/capture` and `…/refund`.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use vitrine_adapters::config::CaptureAt;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{bought_with, get, one_mug, post, shop_with_mugs};

/// A shop that merely holds money with the order.
async fn shop_that_holds() -> (TestShop, Client) {
    let shop = TestShop::open_with(|config| config.payment.capture = CaptureAt::OnDispatch).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    staff.sell("MUG-1", "10.00", 10).await;
    (shop, staff)
}

fn paths(order: &str) -> (String, String) {
    let id = order.rsplit('/').next().unwrap();
    (
        format!("/api/payments/{id}/capture"),
        format!("/api/payments/{id}/refund"),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_is_captured_once_and_paid_back_in_parts() {
    let (shop, staff) = shop_that_holds().await;
    let mut body = one_mug("tok_approve");
    body["waitSeconds"] = json!(25);
    let bought = post(&shop.guest(), "/api/checkout", "key", body).await;
    assert_eq!(bought.body["payment"]["status"], "AUTHORIZED", "{}", bought.body);
    shop.settle().await;
    let (capture, refund) = paths(bought.header("location"));
    let total: f64 = bought.body["totals"]["total"]["amount"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();

    let early = post(&staff, &refund, "early", json!({})).await;
    assert_eq!(early.problem(), (409, "PAYMENT_STATE"));
    let too_much = post(
        &staff,
        &capture,
        "much",
        json!({ "amount": format!("{:.2}", total + 0.01) }),
    )
    .await;
    assert_eq!(too_much.problem(), (422, "CAPTURE_EXCEEDS_AUTHORIZED"));

    let part = json!({ "amount": "9.00" });
    let captured = post(&staff, &capture, "capture", part.clone()).await;
    assert_eq!(captured.status, 200, "{}", captured.body);
    assert_eq!(captured.body["capture"]["status"], "SUCCEEDED");
    assert_eq!(
        captured.body["capture"]["amount"],
        json!({ "amount": "9.00", "currencyCode": "EUR" })
    );
    assert_eq!(captured.body["payment"]["capturedAmount"]["amount"], "9.00");
    let replayed = post(&staff, &capture, "capture", part).await;
    assert_eq!((replayed.status, &replayed.body), (200, &captured.body));
    let other = post(&staff, &capture, "capture", json!({})).await;
    assert_eq!(other.problem(), (422, "IDEMPOTENCY_KEY_REUSED"));

    let some = json!({ "amount": "4.00", "reason": "a scratch" });
    let refunded = post(&staff, &refund, "some", some.clone()).await;
    assert_eq!(refunded.status, 200, "{}", refunded.body);
    assert_eq!(refunded.body["refund"]["status"], "SUCCEEDED");
    assert_eq!(refunded.body["refund"]["reason"], "a scratch");
    assert_eq!(post(&staff, &refund, "some", some).await.body, refunded.body);
    let too_much = post(&staff, &refund, "more", json!({ "amount": "5.01" })).await;
    assert_eq!(too_much.problem(), (422, "REFUND_EXCEEDS_CAPTURED"));
    let rest = post(&staff, &refund, "rest", json!({})).await;
    assert_eq!(
        (rest.status, &rest.body["refund"]["amount"]["amount"]),
        (200, &json!("5.00")),
        "{}",
        rest.body
    );
    assert_eq!(rest.body["payment"]["status"], "REFUNDED");

    let order = get(&staff, bought.header("location"), None).await;
    let amounts: Vec<_> = order.body["refunds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refund| &refund["amount"]["amount"])
        .collect();
    assert_eq!(amounts, [&json!("4.00"), &json!("5.00")]);
    shop.settle().await;
    shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_clicks_pay_back_no_more_than_was_captured() {
    let (shop, staff) = shop_with_mugs().await;
    let (order, _) = bought_with(&shop, "tok_approve").await;
    shop.settle().await;
    let (_, refund) = paths(&order);
    let clicks = (0..20).map(|click| {
        let (staff, refund) = (staff.clone(), refund.clone());
        async move { post(&staff, &refund, &format!("click {click}"), json!({ "amount": "3.00" })).await }
    });
    let answers = join_all(clicks).await;
    let order = get(&staff, &order, None).await;
    let cents = |value: &Value| {
        value["amount"]
            .as_str()
            .unwrap()
            .replace('.', "")
            .parse::<usize>()
            .unwrap()
    };
    let possible = cents(&order.body["payment"]["capturedAmount"]) / 300;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), possible);
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!(answer.problem(), (422, "REFUND_EXCEEDS_CAPTURED"));
    }
    assert_eq!(cents(&order.body["payment"]["refundedAmount"]), possible * 300);
    shop.settle().await;
    shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_takes_longer_is_answered_with_where_to_look() {
    let (shop, staff) = shop_with_mugs().await;
    let (order, _) = bought_with(&shop, "tok_refund_pending").await;
    shop.settle().await;
    let (_, refund) = paths(&order);
    let body = json!({ "waitSeconds": 0 });
    let waits = post(&staff, &refund, "key", body.clone()).await;
    assert_eq!(waits.status, 202, "{}", waits.body);
    assert_eq!(
        (waits.header("location"), waits.header("retry-after")),
        (order.as_str(), "2")
    );
    assert_eq!(waits.body["refund"]["status"], "REQUESTED");
    shop.settle().await;
    shop.advance(TimeDelta::minutes(5)).await;
    let done = post(&staff, &refund, "key", body).await;
    assert_eq!(
        (done.status, &done.body["refund"]["status"]),
        (200, &json!("SUCCEEDED")),
        "{}",
        done.body
    );
    assert_eq!(done.body["refund"]["id"], waits.body["refund"]["id"]);
    shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_staff_with_the_permission_move_money() {
    let (shop, staff) = shop_with_mugs().await;
    let (order, _) = bought_with(&shop, "tok_approve").await;
    shop.settle().await;
    let (capture, refund) = paths(&order);
    let (guest, customer, packer) = (
        shop.guest(),
        shop.customer("ada@example.com").await,
        shop.staff(StaffRole::Fulfilment).await,
    );
    for path in [&capture, &refund] {
        let refused = post(&guest, path, "key", json!({})).await;
        assert_eq!(refused.problem(), (401, "UNAUTHENTICATED"));
        assert_eq!(
            post(&customer, path, "key", json!({})).await.problem(),
            (403, "FORBIDDEN")
        );
    }
    // Whoever packs may capture, and not pay back. All was captured with the order.
    assert_eq!(
        post(&packer, &refund, "key", json!({})).await.problem(),
        (403, "FORBIDDEN")
    );
    let nothing_held = post(&packer, &capture, "key", json!({})).await;
    assert_eq!(nothing_held.status, 409, "{}", nothing_held.body);

    let missing = "/api/payments/ord_01j9zzzzzzzzzzzzzzzzzzzzzz/refund";
    for path in [missing, "/api/payments/x/refund", "/api/payments/x/capture"] {
        assert_eq!(post(&staff, path, "key", json!({})).await.problem(), (404, "NOT_FOUND"));
    }
    for amount in ["", "-1", "0", "1.999", "1e3", "ten", "99999999999999999999"] {
        let refused = post(&staff, &refund, "key", json!({ "amount": amount })).await;
        assert_eq!(refused.problem().0, 422, "{amount}: {}", refused.body);
        assert_eq!(refused.body["errors"][0]["field"], json!(["amount"]), "{amount}");
    }
    let request = vitrine_tests::client::http()
        .post(super::url(&staff, &refund))
        .json(&json!({}));
    let keyless = super::Answer::of(super::signed_in(&staff, request)).await;
    assert_eq!(keyless.problem(), (400, "IDEMPOTENCY_KEY_MISSING"));
    shop.close().await;
}

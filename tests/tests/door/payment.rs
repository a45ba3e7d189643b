//! What a provider may answer, and what becomes of the order.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

/// A shop, a guest, and a variant that is sold.
async fn open() -> (TestShop, Client, String) {
    let shop = TestShop::open().await;
    let mug = shop
        .staff(StaffRole::Administrator)
        .await
        .sell("MUG-1", "10.00", 10)
        .await;
    let guest = shop.guest();
    (shop, guest, mug)
}

/// An order that was placed with `token` and has come to rest.
async fn buy(shop: &TestShop, guest: &Client, mug: &str, token: &str) -> PlacedOrder {
    let placed = guest.buy(&[(mug, 1)], token).await;
    shop.settle().await;
    placed
}

const RETRY: &str = "mutation($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) { order { status } userErrors { code message } } }";
const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message } } }";

fn retry_input(placed: &PlacedOrder, token: &str) -> serde_json::Value {
    json!({ "input": { "orderId": placed.id, "accessToken": placed.access_token, "paymentMethod": { "token": token } } })
}

fn cancel_input(placed: &PlacedOrder) -> serde_json::Value {
    json!({ "input": { "orderId": placed.id, "accessToken": placed.access_token, "reason": "changed my mind" } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_goes_as_its_payment_does() {
    let (shop, guest, mug) = open().await;
    a_declined_payment_can_be_tried_again(&shop, &guest, &mug).await;
    a_second_factor_is_asked_for_and_passed(&shop, &guest, &mug).await;
    a_second_factor_that_failed_leaves_nothing_that_could_be_confirmed(&shop, &guest, &mug).await;
    a_pending_payment_is_settled_later(&shop, &guest, &mug).await;
    a_second_factor_that_nobody_passes_is_given_up(&shop, &guest, &mug).await;
    a_cancelled_order_is_paid_back(&shop, &guest, &mug).await;
    money_that_turns_up_after_the_end_is_paid_back(&shop, &guest, &mug).await;
    shop.close().await;
}

async fn a_declined_payment_can_be_tried_again(shop: &TestShop, guest: &Client, mug: &str) {
    let placed = buy(shop, guest, mug, "tok_decline_insufficient_funds").await;
    let order = guest.order(&placed).await;
    assert_eq!(order["status"], "PAYMENT_FAILED");
    assert_eq!(order["payment"]["declineCode"], "insufficient_funds");
    guest.done(RETRY, retry_input(&placed, "tok_approve")).await;
    shop.settle().await;
    assert_eq!(
        guest.history(&placed).await,
        [
            "CREATED",
            "PAYMENT_PENDING",
            "PAYMENT_FAILED",
            "PAYMENT_PENDING",
            "PAYMENT_SUCCEEDED",
            "CONFIRMED"
        ]
    );
    assert_eq!(
        guest.refusals(RETRY, retry_input(&placed, "tok_approve")).await,
        ["ORDER_STATE"]
    );
}

async fn a_second_factor_is_asked_for_and_passed(shop: &TestShop, guest: &Client, mug: &str) {
    let placed = buy(shop, guest, mug, "tok_second_factor").await;
    let order = guest.order(&placed).await;
    assert_eq!(
        (&order["status"], &order["payment"]["status"]),
        (&json!("PAYMENT_PENDING"), &json!("ACTION_REQUIRED"))
    );
    assert_eq!(
        guest.refusals(RETRY, retry_input(&placed, "tok_approve")).await,
        ["PAYMENT_IN_PROGRESS"]
    );
    let url = order["payment"]["action"]["url"].as_str().unwrap();
    let page = guest.get(url.strip_prefix(guest.base()).unwrap()).await;
    assert_eq!(page.status(), 200);
    let reference = url.rsplit('/').next().unwrap();
    shop.provider().complete_second_factor(reference, true).await.unwrap();
    shop.settle().await;
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");
}

async fn a_second_factor_that_nobody_passes_is_given_up(shop: &TestShop, guest: &Client, mug: &str) {
    let placed = buy(shop, guest, mug, "tok_second_factor").await;
    shop.advance(TimeDelta::minutes(31)).await;
    let order = guest.order(&placed).await;
    assert_eq!(
        (&order["status"], &order["payment"]["status"]),
        (&json!("CANCELLED"), &json!("VOIDED"))
    );
}

/// Whatever is lost on the way to or from the provider, there is one charge and one paid order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_answers_charge_once() {
    let (shop, guest, mug) = open().await;
    let tokens = [
        "tok_timeout_before",
        "tok_timeout_after",
        "tok_error_after",
        "tok_unavailable",
        "tok_slow",
    ];
    for (before, token) in tokens.into_iter().enumerate() {
        let placed = buy(&shop, &guest, &mug, token).await;
        for _ in 0..20 {
            if guest.order(&placed).await["status"] == "CONFIRMED" {
                break;
            }
            shop.advance(TimeDelta::seconds(5)).await;
        }
        assert_eq!(guest.order(&placed).await["status"], "CONFIRMED", "{token}");
        let charges = shop.provider().ledger().await.unwrap();
        assert_eq!(
            charges.iter().filter(|charge| charge.captured_minor > 0).count(),
            before + 1,
            "{token}"
        );
    }
    shop.close().await;
}

async fn a_pending_payment_is_settled_later(shop: &TestShop, guest: &Client, mug: &str) {
    let placed = buy(shop, guest, mug, "tok_pending").await;
    assert_eq!(guest.order(&placed).await["status"], "PAYMENT_PENDING");
    shop.advance(TimeDelta::minutes(10)).await;
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");
}

async fn a_cancelled_order_is_paid_back(shop: &TestShop, guest: &Client, mug: &str) {
    let placed = buy(shop, guest, mug, "tok_approve").await;
    guest.done(CANCEL, cancel_input(&placed)).await;
    shop.settle().await;
    let order = guest.order(&placed).await;
    assert_eq!(
        (&order["status"], &order["payment"]["status"]),
        (&json!("CANCELLED"), &json!("REFUNDED"))
    );
    let history = guest.history(&placed).await;
    assert_eq!(history[4..], ["CANCELLED", "REFUND_REQUESTED", "REFUNDED"]);
    // Asked again, it is what it is, and nothing follows.
    guest.done(CANCEL, cancel_input(&placed)).await;
    shop.settle().await;
    assert_eq!(guest.history(&placed).await, history);
}

async fn money_that_turns_up_after_the_end_is_paid_back(shop: &TestShop, guest: &Client, mug: &str) {
    let placed = buy(shop, guest, mug, "tok_pending").await;
    guest.done(CANCEL, cancel_input(&placed)).await;
    shop.settle().await;
    shop.advance(TimeDelta::minutes(30)).await;
    assert_eq!(guest.order(&placed).await["status"], "CANCELLED");
    // The harness compares our ledger with the provider's, and what is kept with what is due.
}

/// A declined attempt that the shopper's browser could still confirm is voided first.
async fn a_second_factor_that_failed_leaves_nothing_that_could_be_confirmed(
    shop: &TestShop,
    guest: &Client,
    mug: &str,
) {
    let before = voids(shop).await;
    let placed = buy(shop, guest, mug, "tok_second_factor").await;
    let order = guest.order(&placed).await;
    let url = order["payment"]["action"]["url"].as_str().unwrap();
    let reference = url.rsplit('/').next().unwrap().to_owned();
    shop.provider().complete_second_factor(&reference, false).await.unwrap();
    shop.settle().await;
    assert_eq!(voids(shop).await - before, 1);
    assert_eq!(guest.order(&placed).await["status"], "PAYMENT_FAILED");
    assert_eq!(
        guest.order(&placed).await["payment"]["declineCode"],
        "authentication_failed"
    );
    guest.done(RETRY, retry_input(&placed, "tok_approve")).await;
    shop.settle().await;
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");
}

/// How often the provider was asked to void a payment.
async fn voids(shop: &TestShop) -> i64 {
    let voids = "select count(*) as sent from payment_entry where operation = 'void' and kind = 'REQUEST'";
    let db = &shop.shop().db;
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), voids))
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "sent").unwrap()
}

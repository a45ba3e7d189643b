//! What a provider may answer, and what becomes of the order.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

/// A shop, a guest, and an order that was placed with `token` and has come to rest.
async fn placed_with(token: &str) -> (TestShop, Client, PlacedOrder) {
    let shop = TestShop::open().await;
    let mug = shop
        .staff(StaffRole::Administrator)
        .await
        .sell("MUG-1", "10.00", 10)
        .await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], token).await;
    shop.settle().await;
    (shop, guest, placed)
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
async fn a_declined_payment_can_be_tried_again() {
    let (shop, guest, placed) = placed_with("tok_decline_insufficient_funds").await;
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
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_factor_is_asked_for_and_passed() {
    let (shop, guest, placed) = placed_with("tok_second_factor").await;
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
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_factor_that_is_not_passed_fails_the_payment() {
    let (shop, guest, placed) = placed_with("tok_second_factor").await;
    let order = guest.order(&placed).await;
    let reference = order["payment"]["action"]["url"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    shop.provider().complete_second_factor(&reference, false).await.unwrap();
    shop.settle().await;
    assert_eq!(guest.order(&placed).await["status"], "PAYMENT_FAILED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_factor_that_nobody_passes_is_given_up() {
    let (shop, guest, placed) = placed_with("tok_second_factor").await;
    shop.advance(TimeDelta::minutes(31)).await;
    let order = guest.order(&placed).await;
    assert_eq!(
        (&order["status"], &order["payment"]["status"]),
        (&json!("CANCELLED"), &json!("VOIDED"))
    );
    shop.close().await;
}

/// Whatever is lost on the way to or from the provider, there is one charge and one paid order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_answers_charge_once() {
    for token in [
        "tok_timeout_before",
        "tok_timeout_after",
        "tok_error_after",
        "tok_unavailable",
        "tok_slow",
    ] {
        let (shop, guest, placed) = placed_with(token).await;
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
            1,
            "{token}"
        );
        shop.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pending_payment_is_settled_later() {
    let (shop, guest, placed) = placed_with("tok_pending").await;
    assert_eq!(guest.order(&placed).await["status"], "PAYMENT_PENDING");
    shop.advance(TimeDelta::minutes(10)).await;
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_order_is_paid_back() {
    let (shop, guest, placed) = placed_with("tok_approve").await;
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
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_turns_up_after_the_end_is_paid_back() {
    let (shop, guest, placed) = placed_with("tok_pending").await;
    guest.done(CANCEL, cancel_input(&placed)).await;
    shop.settle().await;
    shop.advance(TimeDelta::minutes(30)).await;
    assert_eq!(guest.order(&placed).await["status"], "CANCELLED");
    // The harness compares our ledger with the provider's, and what is kept with what is due.
    shop.close().await;
}

/// A declined attempt that the shopper's browser could still confirm is voided first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_factor_that_failed_leaves_nothing_that_could_be_confirmed() {
    let (shop, guest, placed) = placed_with("tok_second_factor").await;
    let order = guest.order(&placed).await;
    let url = order["payment"]["action"]["url"].as_str().unwrap();
    let reference = url.rsplit('/').next().unwrap().to_owned();
    shop.provider().complete_second_factor(&reference, false).await.unwrap();
    shop.settle().await;
    let voids = "select count(*) as sent from payment_entry where operation = 'void' and kind = 'REQUEST'";
    let db = &shop.shop().db;
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), voids))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.try_get::<i64>("", "sent").unwrap(), 1);
    assert_eq!(
        guest.order(&placed).await["payment"]["declineCode"],
        "authentication_failed"
    );
    guest.done(RETRY, retry_input(&placed, "tok_approve")).await;
    shop.settle().await;
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");
    shop.close().await;
}

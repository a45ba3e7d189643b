//! The same key: the same order. The same key for something else: refused.

use futures::future::join_all;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_requests_at_once_make_one_order() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let payloads = join_all((0..20).map(|_| guest.place(&cart, "the key", "tok_approve"))).await;
    let first = &payloads[0];
    assert!(
        payloads.iter().all(|payload| payload["userErrors"] == json!([])),
        "{payloads:?}"
    );
    assert!(
        payloads
            .iter()
            .all(|payload| payload["order"]["id"] == first["order"]["id"])
    );
    assert!(
        payloads
            .iter()
            .all(|payload| payload["orderAccessToken"] == first["orderAccessToken"])
    );
    assert_eq!(
        payloads.iter().filter(|payload| payload["replayed"] == false).count(),
        1
    );
    shop.settle().await;
    assert_eq!(shop.provider().ledger().await.unwrap().len(), 1);
    shop.close().await;
}

/// One shop for all of these: none minds what another has left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_one_of_its_callers() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    a_key_is_for_one_request_of_one_caller(&shop, &staff).await;
    a_key_must_be_one(&shop, &staff).await;
    a_refused_placement_leaves_its_key_free(&shop, &staff).await;
    shop.close().await;
}

async fn a_key_is_for_one_request_of_one_caller(shop: &TestShop, staff: &Client) {
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let (guest, ada) = (shop.guest(), shop.customer("ada@example.com").await);
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let first = guest.place(&cart, "key", "tok_approve").await;
    let other = guest.place(&cart, "key", "tok_decline").await;
    assert_eq!(other["userErrors"][0]["code"], "IDEMPOTENCY_KEY_REUSED");

    // Another caller's same key is another key.
    let hers = ada.check_out(&ada.cart_with(&[(&mug, 1)]).await).await;
    let placed = ada.place(&hers, "key", "tok_approve").await;
    assert_eq!(placed["replayed"], false);
    assert_ne!(placed["order"]["id"], first["order"]["id"]);
    // Of one caller, it is the same key, whatever the cart.
    let hers = ada.check_out(&ada.cart_with(&[(&mug, 1)]).await).await;
    let reused = ada.place(&hers, "key", "tok_approve").await;
    assert_eq!(reused["userErrors"][0]["code"], "IDEMPOTENCY_KEY_REUSED");
    shop.settle().await;
}

async fn a_key_must_be_one(shop: &TestShop, staff: &Client) {
    let (guest, mug) = (shop.guest(), staff.sell("MUG-2", "10.00", 10).await);
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    for key in ["", "   ", &"k".repeat(10_000), "a\0b"] {
        let refused = guest.place(&cart, key, "tok_approve").await;
        assert_eq!(refused["userErrors"][0]["code"], "INVALID");
        assert_eq!(refused["userErrors"][0]["field"], json!(["input", "idempotencyKey"]));
    }
}

async fn a_refused_placement_leaves_its_key_free(shop: &TestShop, staff: &Client) {
    let (guest, mug) = (shop.guest(), staff.sell("MUG-3", "10.00", 10).await);
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let refused = guest.place(&cart, "left free", "tok_approve").await;
    assert_eq!(refused["userErrors"][0]["code"], "CART_INCOMPLETE");
    let cart = guest.check_out(&cart).await;
    assert_eq!(guest.place(&cart, "left free", "tok_approve").await["replayed"], false);
    shop.settle().await;
}

const RETRY: &str = "mutation($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) { order { id status } userErrors { code message field } } }";

/// Its answer was lost, and it is sent again when the payment that it began has failed already.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeated_retry_begins_no_third_payment() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let placed = guest.buy(&[(&mug, 1)], "tok_decline").await;
    shop.settle().await;
    let retry = |key: Option<&str>, token: &str| {
        let mut input =
            json!({ "orderId": placed.id, "accessToken": placed.access_token, "paymentMethod": { "token": token } });
        if let Some(key) = key {
            input["idempotencyKey"] = json!(key);
        }
        json!({ "input": input })
    };
    let charges = async || shop.provider().ledger().await.unwrap().len();
    for _ in 0..3 {
        let payload = guest
            .done(RETRY, retry(Some("second"), "tok_decline_expired_card"))
            .await;
        assert_eq!(payload["order"]["id"], placed.id);
        shop.settle().await;
        assert_eq!(charges().await, 2);
    }
    assert_eq!(
        guest.refusals(RETRY, retry(Some("second"), "tok_approve")).await,
        ["IDEMPOTENCY_KEY_REUSED"]
    );
    assert_eq!(
        guest.refusals(RETRY, retry(Some(" "), "tok_approve")).await,
        ["INVALID"]
    );
    // Without a key, every request means another payment.
    guest.done(RETRY, retry(None, "tok_decline_expired_card")).await;
    shop.settle().await;
    assert_eq!(charges().await, 3);
    guest.done(RETRY, retry(Some("fourth"), "tok_approve")).await;
    shop.settle().await;
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");
    shop.close().await;
}

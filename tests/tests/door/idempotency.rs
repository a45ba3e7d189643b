//! The same key: the same order. The same key for something else: refused.

use futures::future::join_all;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_for_one_request_of_one_caller() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
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
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_must_be_one() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    for key in ["", "   ", &"k".repeat(10_000), "a\nb"] {
        let refused = guest.place(&cart, key, "tok_approve").await;
        assert_eq!(refused["userErrors"][0]["code"], "INVALID");
        assert_eq!(refused["userErrors"][0]["field"], json!(["input", "idempotencyKey"]));
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_placement_leaves_its_key_free() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let refused = guest.place(&cart, "key", "tok_approve").await;
    assert_eq!(refused["userErrors"][0]["code"], "CART_INCOMPLETE");
    let cart = guest.check_out(&cart).await;
    assert_eq!(guest.place(&cart, "key", "tok_approve").await["replayed"], false);
    shop.settle().await;
    shop.close().await;
}

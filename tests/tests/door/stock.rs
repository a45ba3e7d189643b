//! Never oversold, put back once, and explained by its ledger (which the harness checks).

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

async fn available(client: &Client, slug: &str) -> serde_json::Value {
    let query = "query($slug: String!) { product(slug: $slug) { variants { availableQuantity } } }";
    client.data(query, json!({ "slug": slug })).await["product"]["variants"][0]["availableQuantity"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_buyers_of_one_unit_make_one_order() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 1).await;
    let guest = shop.guest();
    let mut carts = Vec::new();
    for _ in 0..50 {
        carts.push(guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await);
    }
    let payloads = join_all(carts.iter().map(|cart| guest.place(cart, "key", "tok_approve"))).await;
    let (won, lost): (Vec<_>, Vec<_>) = payloads.iter().partition(|payload| payload["order"].is_object());
    assert_eq!((won.len(), lost.len()), (1, 49));
    for payload in lost {
        assert_eq!(payload["userErrors"][0]["code"], "INSUFFICIENT_STOCK");
        assert_eq!(payload["userErrors"][0]["__typename"], "InsufficientStockError");
        assert_eq!(payload["userErrors"][0]["availableQuantity"], 0);
    }
    shop.settle().await;
    assert_eq!(available(&guest, "mug-1").await, 0);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn carts_of_the_same_goods_in_either_order_do_not_block_each_other() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (a, b) = (
        staff.sell("AAA-1", "10.00", 100).await,
        staff.sell("BBB-1", "10.00", 100).await,
    );
    let guest = shop.guest();
    let mut carts = Vec::new();
    for n in 0..24 {
        let lines = if n % 2 == 0 {
            [(&*a, 1), (&*b, 1)]
        } else {
            [(&*b, 1), (&*a, 1)]
        };
        carts.push(guest.check_out(&guest.cart_with(&lines).await).await);
    }
    let payloads = join_all(carts.iter().map(|cart| guest.place(cart, "key", "tok_approve"))).await;
    assert!(
        payloads.iter().all(|payload| payload["userErrors"] == json!([])),
        "{payloads:?}"
    );
    shop.settle().await;
    assert_eq!(
        (available(&guest, "aaa-1").await, available(&guest, "bbb-1").await),
        (json!(76), json!(76))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_paid_in_time_goes_back_on_sale() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 1).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_decline").await;
    shop.settle().await;
    assert_eq!(available(&guest, "mug-1").await, 0);
    shop.advance(TimeDelta::minutes(31)).await;
    assert_eq!(guest.order(&placed).await["status"], "CANCELLED");
    assert_eq!(available(&guest, "mug-1").await, 1);
    guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_adjust_stock_with_a_reason_and_the_version_they_saw() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 5).await;
    let guest = shop.guest();
    guest.buy(&[(&mug, 3)], "tok_second_factor").await;
    shop.settle().await;
    let adjust = "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) { stockLevel { onHand reserved version } userErrors { code message } } }";
    let input = |delta: i64, version: Option<i64>| json!({ "input": { "variantId": mug, "delta": delta, "reason": "count", "expectedVersion": version } });
    assert_eq!(staff.refusals(adjust, input(-3, None)).await, ["INSUFFICIENT_STOCK"]);
    let level = staff.done(adjust, input(-2, None)).await["stockLevel"].take();
    assert_eq!((&level["onHand"], &level["reserved"]), (&json!(3), &json!(3)));
    let stale = level["version"].as_i64().unwrap() - 1;
    assert_eq!(
        staff.refusals(adjust, input(1, Some(stale))).await,
        ["VERSION_CONFLICT"]
    );
    assert_eq!(guest.refusals(adjust, input(1, None)).await, ["UNAUTHENTICATED"]);
    shop.close().await;
}

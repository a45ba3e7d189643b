//! Never oversold, put back once, and explained by its ledger (which the harness checks).

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::ConnectionTrait;
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

/// Where the worker is late, whoever finds too little has the goods let go that nobody has a right
/// to any more; and never those that a payment in flight may still claim.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lapsed_hold_is_let_go_at_the_next_try() {
    let shop = TestShop::open_with(|config| config.worker.payment = 1).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (mug, cup) = (
        staff.sell("MUG-1", "10.00", 1).await,
        staff.sell("CUP-1", "10.00", 1).await,
    );
    let guest = shop.guest();
    let declined = guest.buy(&[(&mug, 1)], "tok_decline").await;
    let pending = guest.buy(&[(&cup, 1)], "tok_second_factor").await;
    shop.settle().await;
    let wanted = async |variant: &str, key: &str| {
        let cart = guest.check_out(&guest.cart_with(&[(variant, 1)]).await).await;
        guest.place(&cart, key, "tok_approve").await
    };
    assert_eq!(wanted(&mug, "early").await["order"], json!(null), "it is held");

    // The jobs that let go are put off, as a worker with a wrong clock would do.
    let put_off = format!(
        "update outbox set run_at = '{}' where job->>'job' = 'expire_order.v1'",
        (shop.shop().now() + TimeDelta::days(1)).to_rfc3339()
    );
    shop.shop().db.execute_unprepared(&put_off).await.unwrap();
    shop.advance(TimeDelta::minutes(31)).await;
    assert_eq!(guest.order(&declined).await["status"], "PAYMENT_FAILED");
    let bought = wanted(&mug, "late").await;
    assert_eq!(bought["userErrors"], json!([]));
    assert_eq!(guest.order(&declined).await["status"], "CANCELLED");

    // The bank has not said no: the provider is asked first, by the job, which is called forward.
    let refused = wanted(&cup, "in flight").await;
    assert_eq!(refused["userErrors"][0]["code"], "INSUFFICIENT_STOCK");
    shop.settle().await;
    assert_eq!(guest.order(&pending).await["status"], "CANCELLED");
    assert_eq!(wanted(&cup, "after").await["userErrors"], json!([]));
    shop.settle().await;
    assert_eq!(available(&guest, "mug-1").await, 0);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ledger_tells_staff_where_every_unit_went() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 5).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 2)], "tok_approve").await;
    shop.settle().await;
    let cancel = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message } } }";
    staff.done(cancel, json!({ "input": { "orderId": placed.id } })).await;
    let adjust = "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) { stockLevel { version } userErrors { code message } } }";
    staff
        .done(
            adjust,
            json!({ "input": { "variantId": mug, "delta": -1, "reason": "broken" } }),
        )
        .await;
    shop.settle().await;
    let query = "query($id: ID!) { stockEntries(variantId: $id, first: 10) { nodes { kind onHandDelta reservedDelta orderId reason actor } } }";
    let entries = staff.data(query, json!({ "id": mug })).await["stockEntries"]["nodes"].take();
    let told: Vec<_> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                entry["kind"].as_str().unwrap(),
                entry["onHandDelta"].as_i64().unwrap(),
                entry["reservedDelta"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("ADJUSTED", -1, 0),
            ("PUT_BACK", 2, 0),
            ("DEDUCTED", -2, -2),
            ("RESERVED", 0, 2),
            ("RECEIVED", 5, 0)
        ]
    );
    assert_eq!(entries[0]["reason"], "broken");
    assert!(entries[0]["actor"].as_str().unwrap().starts_with("staff_"));
    assert_eq!(
        (&entries[3]["orderId"], &entries[3]["actor"]),
        (&json!(placed.id), &json!("shopper"))
    );
    shop.close().await;
}

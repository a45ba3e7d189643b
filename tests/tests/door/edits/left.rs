//! A change that is still to be paid: the shopper begins, and goes away; and nothing of it is given before.

use chrono::TimeDelta;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::{EDIT, PAY, cents, change, kept, line, order};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_their_banks_page_pays_otherwise_a_day_later() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let before = order(&staff, &placed).await;
    let more = json!({ "lines": [{ "lineId": line(&before, "MUG-1"), "quantity": 2 }] });
    staff.done(EDIT, change(&before, "more", more)).await;
    shop.settle().await;

    let pay = |token: &str, key: &str| {
        json!({ "input": { "orderId": placed.id, "accessToken": placed.access_token, "idempotencyKey": key,
            "paymentMethod": { "token": token } } })
    };
    guest.done(PAY, pay("tok_second_factor", "left")).await;
    // They may come back to that page.
    shop.advance(TimeDelta::hours(20)).await;
    let otherwise = pay("tok_approve", "otherwise");
    assert_eq!(guest.refusals(PAY, otherwise.clone()).await, ["PAYMENT_IN_PROGRESS"]);
    shop.advance(TimeDelta::hours(5)).await;
    assert_eq!(order(&guest, &placed).await["paymentRetryable"], true);
    for _ in 0..2 {
        guest.done(PAY, otherwise.clone()).await;
        shop.settle().await;
    }
    let paid = order(&guest, &placed).await;
    assert_eq!(
        (cents(&paid["cost"]["unpaid"]), kept(&paid)),
        (0, cents(&paid["cost"]["total"]))
    );
    let payments = paid["payments"].as_array().unwrap().iter();
    let mut statuses: Vec<&str> = payments.map(|payment| payment["status"].as_str().unwrap()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, ["CAPTURED", "CAPTURED", "VOIDED"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_sent_is_not_complete_before_it_is_paid() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let product = "mutation($input: ProductSetInput!) { productSet(input: $input) {
        product { variants { id } } userErrors { code message field } } }";
    let lesson = json!({ "slug": "lesson", "title": "A lesson", "active": true,
        "variants": [{ "sku": "LESSON-1", "price": "10.00", "onHand": 9, "requiresShipping": false }] });
    let lesson = staff.done(product, json!({ "input": lesson })).await["product"]["variants"][0]["id"].take();
    let guest = shop.guest();
    let cart = guest.cart_with(&[(lesson.as_str().unwrap(), 1)]).await;
    let contact =
        "mutation($input: CartContactUpdateInput!) { cartContactUpdate(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "cartId": cart["id"], "email": "ada@example.com" } });
    guest.done(contact, input).await;
    let placed = guest.buy_cart(&cart, "tok_approve").await;
    shop.settle().await;
    let before = order(&staff, &placed).await;
    let more = json!({ "lines": [{ "lineId": line(&before, "LESSON-1"), "quantity": 2 }] });
    staff.done(EDIT, change(&before, "more", more)).await;
    let complete = "mutation($input: OrderCompleteInput!) { orderComplete(input: $input) {
        order { status } userErrors { code message field } } }";
    let given = json!({ "input": { "orderId": placed.id } });
    assert_eq!(staff.refusals(complete, given.clone()).await, ["PAYMENT_STATE"]);
    let pay = json!({ "orderId": placed.id, "accessToken": placed.access_token, "idempotencyKey": "pay",
        "paymentMethod": { "token": "tok_approve" } });
    guest.done(PAY, json!({ "input": pay })).await;
    shop.settle().await;
    let done = staff.done(complete, given).await;
    assert_eq!(done["order"]["status"], "COMPLETED");
    shop.close().await;
}

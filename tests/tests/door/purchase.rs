//! From an empty cart to a completed order.

use insta::assert_json_snapshot;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_buys_and_staff_dispatch() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let mug = staff.sell("MUG-1", "11.90", 10).await;
    let book = staff.sell("BOOK-1", "25.00", 3).await;

    let cart = guest.cart_with(&[(&mug, 2), (&book, 1)]).await;
    assert_json_snapshot!("cart_before_checkout", cart, { ".id" => "[cart]", ".lines[].id" => "[line]", ".lines[].variant.id" => "[variant]", ".problems[].lineId" => "[line]" });
    let cart = guest.check_out(&cart).await;
    assert_eq!(cart["problems"], json!([]));
    let placed = guest.buy(&[(&mug, 2), (&book, 1)], "tok_approve").await;
    assert!(placed.number.starts_with("V-"));
    shop.settle().await;
    assert_eq!(
        guest.history(&placed).await,
        ["CREATED", "PAYMENT_PENDING", "PAYMENT_SUCCEEDED", "CONFIRMED"]
    );

    dispatch(&staff, &placed.id).await;
    let complete = "mutation($input: OrderCompleteInput!) { orderComplete(input: $input) { order { status } userErrors { code message } } }";
    let payload = staff.done(complete, json!({ "input": { "orderId": placed.id } })).await;
    assert_eq!(payload["order"]["status"], "COMPLETED");
    shop.settle().await;

    let order = guest.order(&placed).await;
    assert_json_snapshot!("completed_order", order, { ".number" => "[number]" });
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_confirmed_is_not_dispatched() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Fulfilment).await);
    let administrator = shop.staff(StaffRole::Administrator).await;
    let mug = administrator.sell("MUG-1", "10.00", 10).await;
    let placed = guest.buy(&[(&mug, 1)], "tok_decline").await;
    shop.settle().await;
    let mutation = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) { order { id } userErrors { code message } } }";
    assert_eq!(
        staff
            .refusals(mutation, json!({ "input": { "orderId": placed.id } }))
            .await,
        ["ORDER_STATE"]
    );
    shop.close().await;
}

/// Staff send the order on its way.
pub(crate) async fn dispatch(staff: &vitrine_tests::Client, order: &str) {
    let mutation = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) { order { status } userErrors { code message } } }";
    let input = json!({ "orderId": order, "carrier": "DHL", "trackingNumber": "JD0001", "trackingUrl": "https://example.com/JD0001" });
    let payload = staff.done(mutation, json!({ "input": input })).await;
    assert_eq!(payload["order"]["status"], "DISPATCHED");
}

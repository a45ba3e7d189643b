//! A shopper's order: given up, paid back, and opened by nobody else.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, purchase::PlacedOrder, shopper::Shopper};

const DISPATCH: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) {
    order { shipments { trackingUrl } } userErrors { code message } } }";

async fn bought(shop: &TestShop) -> PlacedOrder {
    let guest = shop.guest();
    let lamp = guest.variant("alba-dome-lamp", "LMP-ALBA-TER").await;
    let placed = guest.buy(&[(&lamp, 1)], "tok_approve").await;
    shop.settle().await;
    placed
}

/// Whoever follows the link of the order's mail.
async fn by_the_link(shop: &TestShop, placed: &PlacedOrder) -> Shopper {
    let mut shopper = Shopper::new(shop);
    let link = format!("/orders/{}?token={}", placed.id, placed.access_token);
    shopper.open(&link).await;
    assert_eq!(shopper.status, StatusCode::OK);
    shopper
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_cancelled_on_its_page_and_paid_back() {
    let shop = TestShop::open().await;
    let placed = bought(&shop).await;
    let mut shopper = by_the_link(&shop, &placed).await;
    shopper.expect("Thank you for your order");
    let cancel = format!("/orders/{}/cancel", placed.id);
    shopper.submit(&cancel, &[("reason", "Ordered twice")]).await;
    assert_eq!(shopper.status, StatusCode::OK);
    shopper.expect("This order was cancelled.");
    assert!(!shopper.html.contains(&cancel), "once is enough");
    let order = shopper.path.clone();
    // The same once more, with all that is sold of it still.
    shopper.submit(&format!("{order}/again"), &[]).await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, "/cart"));
    shopper.expect("Alba Dome Lamp");
    shopper.open(&order).await;
    shop.settle().await;
    let path = shopper.path.clone();
    shopper.open(&path).await.expect("Refunded on");
    shopper.expect("−€");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_is_followed_and_no_longer_cancelled() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let placed = bought(&shop).await;
    let mut shopper = by_the_link(&shop, &placed).await;
    let cancel = format!("/orders/{}/cancel", placed.id);
    let form = shopper.fields(&cancel);
    let parcel = json!({ "orderId": placed.id, "carrier": "DHL", "trackingNumber": "0034 0434 1610" });
    let sent = staff.done(DISPATCH, json!({ "input": parcel })).await;
    let url = sent["order"]["shipments"][0]["trackingUrl"]
        .as_str()
        .expect("an address");
    assert!(url.ends_with("piececode=003404341610"), "{url}");
    shop.settle().await;
    let path = shopper.path.clone();
    shopper.open(&path).await.expect("piececode=003404341610");
    assert!(!shopper.says("Cancel this order"));
    // As from a page that was left open.
    let form: Vec<_> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    shopper.forge(&cancel, &form, &[]).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_elses_order_and_none_say_the_same_and_how_it_is_opened() {
    let shop = TestShop::open().await;
    let placed = bought(&shop).await;
    let mut stranger = Shopper::new(&shop);
    let path = format!("/orders/{}", placed.id);
    stranger
        .open(&path)
        .await
        .expect("sign in if you ordered with an account");
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    let told = stranger.html.replace(&placed.id, "");
    let none = "ord_01j9zzzzzzzzzzzzzzzzzzzzzz";
    stranger.open(&format!("/orders/{none}")).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.html.replace(none, ""), told);
    shop.close().await;
}

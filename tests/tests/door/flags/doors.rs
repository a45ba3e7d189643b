//! What is off has no door in the storefront, for whoever it is off for.

use serde_json::json;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder, shopper::Shopper};

use super::set;

/// Whether the storefront's pages have the doors to what is switched, of an order that is not sent yet.
pub(super) async fn are(shop: &TestShop, placed: &PlacedOrder, are_open: bool) {
    let mut shopper = Shopper::new(shop);
    let order = format!("/orders/{}", placed.id);
    shopper.open(&format!("{order}?token={}", placed.access_token)).await;
    for door in [
        format!("action=\"{order}/again\""),
        format!("action=\"{order}/cancel\""),
        format!("action=\"{order}/sms\""),
        format!("data-follow=\"{order}/live"),
        "href=\"/account/sign-up\"".to_owned(),
    ] {
        assert_eq!(shopper.says(&door), are_open, "{door}");
    }
    shopper.open(&format!("{order}/return")).await;
    assert_eq!(shopper.path.ends_with("/return"), are_open);
    shopper.open("/account/login").await;
    assert_eq!(shopper.says("href=\"/account/sign-up\""), are_open);
    shopper.open("/account/sign-up").await;
    assert_eq!(shopper.says("action=\"/account/sign-up\""), are_open);
    shopper
        .open("/products/alba-dome-lamp")
        .await
        .submit("/cart/lines", &[("quantity", "1")])
        .await;
    shopper.open("/cart").await;
    for door in [
        "action=\"/cart/codes\"",
        "action=\"/cart/gift-cards\"",
        "href=\"/checkout\"",
    ] {
        assert_eq!(shopper.says(door), are_open, "{door}");
    }
    shopper.open("/checkout").await;
    assert_eq!(shopper.path, if are_open { "/checkout/contact" } else { "/cart" });
    shopper
        .open("/products/marlow-ceramic-lamp?Colour=Ochre&Size=Large")
        .await
        .expect("Sold out");
    assert_eq!(shopper.says("action=\"/products/marlow-ceramic-lamp/alert\""), are_open);
}

/// Guests are told from each other by their browsers, each of which is answered alike each time.
pub(super) async fn for_half_of_the_browsers(shop: &TestShop, staff: &Client, placed: &PlacedOrder) {
    set(staff, json!({ "name": "reorder", "isOn": true, "percent": 50 })).await;
    let order = format!("/orders/{}", placed.id);
    let again = format!("action=\"{order}/again\"");
    let mut have_it = 0;
    for _ in 0..20 {
        let mut shopper = Shopper::new(shop);
        shopper.open(&format!("{order}?token={}", placed.access_token)).await;
        let first = shopper.says(&again);
        shopper.open(&order).await;
        assert_eq!(shopper.says(&again), first);
        have_it += usize::from(first);
    }
    assert!((1..20).contains(&have_it), "{have_it} of 20");
}

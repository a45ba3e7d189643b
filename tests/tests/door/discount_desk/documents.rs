//! What was taken off stands in the cart, the order, the mail and the tables, by its name.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shopper::Shopper};

use super::{discount, typed};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_says_what_was_taken_off_by_which_discount() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let lamp = staff.sell("LAMP-1", "100.00", 50).await;
    discount(&staff, Some("SPRING"), json!({ "value": { "percentage": "10" } })).await;
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&lamp, 2)]).await).await;
    let cart = typed(&guest, &cart, "spring").await;
    let placed = guest.place(&cart, "1", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]));
    shop.settle().await;
    let mails = shop.mails().await;
    let received = mails.iter().find(|mail| mail.text.contains("Discount: Spring sale"));
    let received = received.expect("a mail that says it");
    assert!(received.text.contains("−€20.00"), "{}", received.text);
    assert!(received.html.contains("Spring sale"), "{}", received.html);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shopper_types_a_code_and_sees_what_is_missing() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    staff.sell("LAMP-1", "40.00", 50).await;
    let minimum = json!([{ "amount": "60.00", "currencyCode": "EUR" }]);
    let much = json!({ "value": { "percentage": "10" }, "minimumSpend": minimum });
    discount(&staff, Some("MUCH"), much.clone()).await;
    let mut free = much;
    free["title"] = json!("Nothing for shipping");
    free["kind"] = json!("SHIPPING");
    free["value"] = json!({ "percentage": "100" });
    free["combinesWith"] = json!(["ORDER"]);
    discount(&staff, None, free).await;
    let mut shopper = Shopper::new(&shop);
    shopper.open("/products/lamp-1").await;
    let variant = shopper.fields("/cart/lines");
    assert!(!variant.is_empty(), "{}", shopper.html);
    shopper.submit("/cart/lines", &[("quantity", "1")]).await;
    shopper.open("/cart").await.expect("Nothing for shipping");
    shopper.expect("20.00");
    shopper.submit("/cart/codes", &[("code", "nonsense")]).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("NONSENSE");
    shopper
        .open("/cart")
        .await
        .submit("/cart/codes", &[("code", " much ")])
        .await;
    assert_eq!(shopper.path, "/cart");
    shopper.expect("MUCH");
    assert!(
        shopper.html.contains("class=\"problem\""),
        "it says what is missing: {}",
        shopper.html
    );
    shopper
        .open("/products/lamp-1")
        .await
        .submit("/cart/lines", &[("quantity", "1")])
        .await;
    shopper.open("/cart").await.expect("Discount: Spring sale");
    assert!(!shopper.html.contains("class=\"problem\""), "{}", shopper.html);
    shopper.expect("€8.00");
    shopper.submit("/cart/codes/remove", &[("code", "MUCH")]).await;
    assert!(!shopper.says("Discount: Spring sale"), "{}", shopper.html);
    shop.close().await;
}

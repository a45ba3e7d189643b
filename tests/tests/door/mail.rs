//! Every step of an order is told by mail, once, and nothing that a shopper types gets out of its
//! place.

use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, purchase::cart_mutation};

use crate::purchase::dispatch;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_step_is_told_once() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let sent = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    dispatch(&staff, &sent.id).await;
    let failed = guest.buy(&[(&mug, 1)], "tok_decline").await;
    shop.settle().await;
    let cancel = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code message } } }";
    guest
        .done(
            cancel,
            json!({ "input": { "orderId": failed.id, "accessToken": failed.access_token } }),
        )
        .await;
    shop.settle().await;

    let mails = shop.mails().await;
    assert!(mails.iter().all(|mail| mail.to == "ada@example.com"));
    let told = |number: &str| {
        let mut subjects: Vec<_> = mails
            .iter()
            .filter(|mail| mail.subject.contains(number))
            .map(|mail| mail.subject.replace(number, "[number]"))
            .collect();
        subjects.sort();
        subjects
    };
    insta::assert_json_snapshot!("mails_of_a_sent_order", told(&sent.number));
    insta::assert_json_snapshot!("mails_of_a_failed_order", told(&failed.number));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mail_opens_the_order() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    for mail in shop.mails().await {
        assert!(mail.text.contains(&placed.access_token), "{}", mail.text);
        assert!(mail.html.contains(&placed.access_token));
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_shopper_types_stays_text() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let mut address = vitrine_tests::purchase::address();
    address["name"] = json!("<script>alert(1)</script> {{ 7 * 7 }}");
    guest
        .done(
            &cart_mutation("cartAddressesUpdate"),
            json!({ "input": { "cartId": cart["id"], "shippingAddress": address } }),
        )
        .await;
    for name in ["Ada\r\nBcc: eve@example.com", "Ada\0", "Ada\u{202E}"] {
        address["name"] = json!(name);
        let input = json!({ "input": { "cartId": cart["id"], "shippingAddress": address } });
        assert_eq!(
            guest.refusals(&cart_mutation("cartAddressesUpdate"), input).await,
            ["INVALID"],
            "{name:?}"
        );
    }
    guest.place(&cart, "key", "tok_approve").await;
    shop.settle().await;
    let mails = shop.mails().await;
    assert!(!mails.is_empty());
    for mail in mails {
        assert!(!mail.html.contains("<script"), "{}", mail.html);
        assert!(
            mail.text.contains("<script>alert(1)</script> {{ 7 * 7 }}"),
            "{}",
            mail.text
        );
    }
    let page = guest.get("/dev/mail").await;
    assert_eq!(page.status(), 200);
    assert!(!page.text().await.unwrap().contains("<script>alert"));
    shop.close().await;
}

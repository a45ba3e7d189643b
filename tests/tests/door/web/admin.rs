//! The dashboard, by forms: who is let in, what a role sees, and an order from its payment to its refund.

use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, purchase::PlacedOrder, shop::PASSWORD, shopper::Shopper};

/// Somebody at the dashboard.
async fn at_work(shop: &TestShop, email: &str) -> Shopper {
    let mut shopper = Shopper::new(shop);
    shopper.open("/admin/sign-in").await;
    shopper
        .submit("/admin/sign-in", &[("email", email), ("password", PASSWORD)])
        .await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, "/admin"));
    shopper
}

async fn sold(shop: &TestShop) -> PlacedOrder {
    let guest = shop.guest();
    let lamp = guest.variant("alba-dome-lamp", "LMP-ALBA-TER").await;
    let placed = guest.buy(&[(&lamp, 1)], "tok_approve").await;
    shop.settle().await;
    placed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_sent_corrected_and_paid_back() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let placed = sold(&shop).await;
    let desk = format!("/admin/orders/{}", placed.id);

    let mut staff = Shopper::new(&shop);
    staff.open(&desk).await;
    assert!(staff.path.starts_with("/admin/sign-in?back="), "{}", staff.path);
    let wrong = [("email", "administrator@example.com"), ("password", "wrong")];
    staff.submit("/admin/sign-in", &wrong).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("The mail address or the password is wrong.");
    let right = [("email", "administrator@example.com"), ("password", PASSWORD)];
    staff.submit("/admin/sign-in", &right).await;
    assert_eq!((staff.status, &staff.path), (StatusCode::OK, &desk), "it leads back");
    assert!(staff.header("content-security-policy").contains("default-src 'none'"));
    assert!(!staff.html.contains(" style=") && !staff.html.contains("<style"));
    staff.open("/admin").await.expect(&placed.number);
    staff.expect("<svg class=\"chart\"");
    staff.open("/account").await;
    assert_eq!(staff.path, "/account/login", "the storefront is told nothing of it");

    // What was wrong is said, and what was typed stays.
    staff.open(&desk).await;
    let parcel = [
        ("carrier", "DHL"),
        ("trackingNumber", "0034"),
        ("trackingUrl", "ftp://nowhere"),
    ];
    let dispatch = format!("{desk}/dispatch");
    staff.submit(&dispatch, &parcel).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"dispatch-trackingUrl-error\"");
    staff.expect("value=\"0034\"");

    // Somebody else corrects the address meanwhile: both are shown, and theirs is not lost unseen.
    let contact = format!("{desk}/contact");
    staff.open(&desk).await;
    let update = "mutation($input: OrderContactUpdateInput!) { orderContactUpdate(input: $input) { order { email } userErrors { code message } } }";
    let input = json!({ "input": { "orderId": placed.id, "email": "theirs@example.com" } });
    client.done(update, input).await;
    staff.submit(&contact, &[("email", "mine@example.com")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("Somebody has changed this meanwhile");
    staff.expect("value=\"mine@example.com\"");
    staff.expect("<b>theirs@example.com</b>");
    staff.submit(&contact, &[("email", "mine@example.com")]).await;
    staff.expect("The contact is corrected.");

    staff
        .submit(&format!("{desk}/note-add"), &[("text", "Ring twice.")])
        .await;
    staff.expect("Ring twice.");
    staff.submit(&format!("{desk}/note-delete"), &[]).await;
    assert!(!staff.says("Ring twice."));
    staff.submit(&format!("{desk}/note-restore"), &[]).await;
    staff.expect("Ring twice.");

    // The session goes on when the access token has run out, forms and all.
    shop.advance(TimeDelta::hours(2)).await;
    let parcel = [("carrier", "DHL"), ("trackingUrl", "https://example.com/0034")];
    staff.submit(&dispatch, &parcel).await;
    staff.expect("Done: it is on its way");
    shop.settle().await;
    assert_eq!(shop.guest().order(&placed).await["status"], "DISPATCHED");

    let refund = format!("{desk}/refund");
    let fields = staff.open(&desk).await.fields(&refund);
    staff
        .submit(&refund, &[("amount", "10.00"), ("reason", "A scratch")])
        .await;
    staff.expect("The money is being paid back.");
    // The same form again, as a browser sends it that was reloaded.
    let mut again: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    again.extend([("amount", "10.00"), ("reason", "A scratch")]);
    staff.forge(&refund, &again, &[]).await;
    shop.settle().await;
    staff.open(&desk).await.expect("A scratch");
    let refunds =
        "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { refunds { amount { amount } } } }";
    let asked = json!({ "id": placed.id, "token": placed.access_token });
    let order = shop.guest().data(refunds, asked).await;
    assert_eq!(
        order["order"]["refunds"],
        json!([{ "amount": { "amount": "10.00" } }]),
        "it is paid back once"
    );

    staff.open("/admin/orders?q=nobody&status=CONFIRMED").await;
    staff.expect("No order fits.");
    staff
        .open(&format!("/admin/orders?q={}", placed.number))
        .await
        .expect("On its way");
    staff.submit("/admin/sign-out", &[]).await;
    assert_eq!(staff.path, "/admin/sign-in");
    staff.open("/admin").await;
    assert!(staff.path.starts_with("/admin/sign-in"), "{}", staff.path);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_sees_and_does_what_it_may() {
    let shop = TestShop::open().await;
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let placed = sold(&shop).await;
    let desk = format!("/admin/orders/{}", placed.id);
    let mut staff = at_work(&shop, "fulfilment@example.com").await;
    staff.expect("To be sent");
    assert!(!staff.says("Jobs that failed"), "what a role may not see is not shown");
    staff.open(&desk).await.expect("Send it");
    assert!(!staff.html.contains("/refund\""));
    let csrf = staff.fields(&format!("{desk}/dispatch")).remove(0).1;
    let forged = [("csrf", csrf.as_str()), ("key", "k"), ("amount", "1.00")];
    staff.forge(&format!("{desk}/refund"), &forged, &[]).await;
    assert_eq!(staff.status, StatusCode::FORBIDDEN);
    staff.expect("Your role does not allow this");

    // Neither without the token nor from another site.
    staff
        .forge(&format!("{desk}/dispatch"), &[("carrier", "DHL")], &[])
        .await;
    assert_eq!(staff.status, StatusCode::FORBIDDEN);
    let cross = [("sec-fetch-site", "cross-site")];
    staff
        .forge(&format!("{desk}/dispatch"), &[("csrf", csrf.as_str())], &cross)
        .await;
    assert_eq!(staff.status, StatusCode::FORBIDDEN);
    let order = packer.order(&placed).await;
    assert_eq!(order["status"], "CONFIRMED");

    // A customer is nobody here, and in German it is German.
    staff.open("/admin/no-such-room").await;
    assert_eq!(staff.status, StatusCode::NOT_FOUND);
    let mut german = Shopper::new(&shop).reading("de");
    german.open("/admin").await.expect("Bei der Verwaltung anmelden");
    shop.close().await;
}

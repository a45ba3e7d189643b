//! From the home page to an order, and what may go wrong on the way.

use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shopper::Shopper};

const PAGE: &str =
    "mutation($input: PageCreateInput!) { pageCreate(input: $input) { page { id } userErrors { code } } }";

/// Puts a lamp into the cart, and goes to the last step.
async fn check_out(shopper: &mut Shopper) {
    shopper
        .open("/products/alba-dome-lamp")
        .await
        .submit("/cart/lines", &[("quantity", "2")])
        .await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, "/cart"));
    shopper.expect("Alba Dome Lamp");
    shopper.expect("€298.00");
    shopper.open("/checkout").await;
    assert_eq!(shopper.path, "/checkout/contact");
    shopper
        .submit("/checkout/contact", &[("email", "not an address")])
        .await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("aria-invalid=\"true\" aria-describedby=\"email-error\"");
    shopper.expect("value=\"not an address\"");
    shopper
        .submit("/checkout/contact", &[("email", "ada@example.com")])
        .await;
    assert_eq!(shopper.path, "/checkout/address");
    let lacking = [
        ("name", "Ada Lovelace"),
        ("line1", ""),
        ("postalCode", "10117"),
        ("city", "Berlin"),
    ];
    shopper.submit("/checkout/address", &lacking).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("id=\"line1-error\"");
    shopper.expect("value=\"Ada Lovelace\"");
    let address = [
        ("name", "Ada Lovelace"),
        ("line1", "Unter den Linden 1"),
        ("postalCode", "10117"),
        ("city", "Berlin"),
    ];
    shopper.submit("/checkout/address", &address).await;
    assert_eq!(shopper.path, "/checkout/shipping");
    let method = shopper.html.split("name=\"method\" value=\"").nth(1).expect("a method");
    let method = method.split('"').next().expect("its id").to_owned();
    shopper.submit("/checkout/shipping", &[("method", &method)]).await;
    assert_eq!(
        (shopper.status, shopper.path.as_str()),
        (StatusCode::OK, "/checkout/payment")
    );
    shopper.expect("Unter den Linden 1");
}

async fn pay(shopper: &mut Shopper, token: &str) {
    let method = [("method", "simulated"), ("token", token)];
    shopper.submit("/checkout/payment", &method).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_purchase_needs_no_script() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let terms = json!({ "kind": "TERMS", "title": "Terms", "bodyHtml": "<p>As agreed.</p>" });
    staff.done(PAGE, json!({ "input": terms })).await;
    let mut shopper = Shopper::new(&shop);
    shopper.open("/").await.expect("Welcome to Vitrine");
    shopper.expect("/pages/terms");
    shopper.open("/pages/terms").await.expect("<p>As agreed.</p>");
    shopper
        .open("/categories/lighting")
        .await
        .expect("/products/alba-dome-lamp");
    shopper.open("/checkout/payment").await;
    assert_eq!(shopper.path, "/cart", "there is nothing to pay yet");
    check_out(&mut shopper).await;
    let fields = shopper.fields("/checkout/payment");
    assert!(
        fields.iter().any(|(name, _)| name == "policy"),
        "the terms are agreed to"
    );
    let by_text_message = [("sms", "yes"), ("mobile", "0151 23456789")];
    let paid = [("method", "simulated"), ("token", "tok_approve")];
    shopper
        .submit("/checkout/payment", &[paid, by_text_message].concat())
        .await;
    assert!(shopper.path.starts_with("/orders/ord_"), "{}", shopper.path);
    shopper.expect("+4915123456789");
    let order = shopper.path.clone();
    shop.settle().await;
    shopper.open(&order).await.expect("Your order is confirmed");
    shopper.expect("data-follow=\"/orders/");
    shopper.open("/cart").await.expect("Your cart is empty.");

    shopper.expect(&format!("href=\"{order}\""));

    // The same form again, as a browser sends it that was reloaded, or as it stands in another tab, which has another key: it
    // leads to what was ordered.
    let keyed = |key: &str| {
        let fields = fields.iter().filter(|(name, _)| name != "key");
        let mut fields: Vec<_> = fields.cloned().collect();
        fields.push(("key".to_owned(), key.to_owned()));
        fields
    };
    let same = fields.iter().find(|(name, _)| name == "key").expect("a key").1.clone();
    for key in [same.as_str(), "another tab's"] {
        let again = keyed(key);
        let again: Vec<_> = again
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let again: Vec<_> = again
            .into_iter()
            .chain([("method", "simulated"), ("token", "tok_approve")])
            .collect();
        shopper.forge("/checkout/payment", &again, &[]).await;
        assert_eq!(shopper.path, order, "{key}");
    }

    // Others do not see it; the mail's link opens it, and its token does not stay in the address.
    let mut stranger = Shopper::new(&shop);
    assert_eq!(stranger.open(&order).await.status, StatusCode::NOT_FOUND);
    let mails = shop.mails().await;
    let mail = mails
        .iter()
        .find(|mail| mail.text.contains("/orders/"))
        .expect("a mail with a link");
    let link = mail
        .text
        .split_whitespace()
        .find(|word| word.contains("/orders/"))
        .expect("a link");
    let link = link.split_once("/orders/").expect("an order's address").1;
    stranger.open(&format!("/orders/{link}")).await;
    assert_eq!(
        (stranger.status, stranger.path.as_str()),
        (StatusCode::OK, order.as_str())
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_declined_card_can_be_followed_by_another() {
    let shop = TestShop::open().await;
    let mut shopper = Shopper::new(&shop).reading("de");
    shopper
        .open("/products/alba-dome-lamp")
        .await
        .expect("In den Warenkorb");
    // The demo's colours are shown, whatever they are called.
    shopper.expect("class=\"swatch\"");
    let mut shopper = Shopper::new(&shop);
    check_out(&mut shopper).await;
    pay(&mut shopper, "tok_decline").await;
    let order = shopper.path.clone();
    shop.settle().await;
    shopper.open(&order).await.expect("Your payment did not go through.");
    let retry = format!("{order}/retry");
    shopper
        .submit(&retry, &[("method", "simulated"), ("token", "tok_second_factor")])
        .await;
    shop.settle().await;
    shopper
        .open(&order)
        .await
        .expect("Your bank asks you to confirm the payment.");
    shopper.expect("/dev/payments/simulated/");
    let page = shopper
        .html
        .split("href=\"")
        .find(|link| link.contains("payments"))
        .expect("a link");
    let page = page.split('"').next().expect("an address").replace("&#x2f;", "/");
    let page = page
        .split_once("/dev/")
        .map(|(_, path)| format!("/dev/{path}"))
        .expect("a path");
    // The bank's page leads back to the order that it was opened from.
    let decided = [("decision", "approve"), ("back", order.as_str())];
    shopper.forge(&page, &decided, &[]).await;
    assert_eq!(shopper.path, order);
    shop.settle().await;
    shopper.open(&order).await.expect("Your order is confirmed");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_for_a_payment_that_is_tried_again_is_not_told_that_it_failed() {
    let shop = TestShop::open().await;
    let mut shopper = Shopper::new(&shop);
    check_out(&mut shopper).await;
    pay(&mut shopper, "tok_unavailable").await;
    let order = shopper.path.clone();
    shop.settle().await;
    shopper.open(&order).await.expect("Your payment is on its way");
    shopper.expect("Pay in another way");
    assert!(!shopper.says("Your payment did not go through."), "{}", shopper.html);
    for _ in 0..20 {
        if shopper.open(&order).await.says("Your order is confirmed") {
            break;
        }
        shop.advance(TimeDelta::seconds(5)).await;
    }
    shopper.expect("Your order is confirmed");
    shopper.expect("We have sent the confirmation to ada@example.com.");
    assert!(!shopper.says("Your payment is on its way"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_of_others_are_refused() {
    let shop = TestShop::open().await;
    let mut shopper = Shopper::new(&shop);
    shopper.open("/products/alba-dome-lamp").await;
    let fields = shopper.fields("/cart/lines");
    let value = |name: &str| {
        fields
            .iter()
            .find(|(known, _)| known == name)
            .expect("a field")
            .1
            .clone()
    };
    let (csrf, variant) = (value("csrf"), value("variant"));
    let mut form = vec![
        ("csrf", csrf.as_str()),
        ("variant", variant.as_str()),
        ("quantity", "1"),
    ];
    for headers in [
        [("sec-fetch-site", "cross-site")],
        [("origin", "https://evil.example")],
        [("origin", "null")],
    ] {
        shopper.forge("/cart/lines", &form, &headers).await;
        assert_eq!(shopper.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    form[0].1 = "0123456789abcdef0123456789abcdef";
    shopper.forge("/cart/lines", &form, &[]).await;
    assert_eq!(shopper.status, StatusCode::FORBIDDEN, "it is another's token");
    shopper.expect("This form is not ours any more");
    let mut stranger = Shopper::new(&shop);
    form[0].1 = &csrf;
    stranger.forge("/cart/lines", &form, &[]).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN, "who has no cookie has no form");
    shopper
        .forge("/cart/lines", &form, &[("sec-fetch-site", "same-origin")])
        .await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, "/cart"));
    shop.close().await;
}

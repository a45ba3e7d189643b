//! A card that is kept for the next time, by forms: at the checkout and in the account.

use reqwest::StatusCode;
use sea_orm::{ConnectionTrait, Statement};
use vitrine_tests::{TestShop, shop::PASSWORD, shopper::Shopper};

const EMAIL: &str = "ada@example.com";

/// Puts a lamp into the cart, and goes to the last step.
async fn to_the_payment(shopper: &mut Shopper) {
    shopper
        .open("/products/alba-dome-lamp")
        .await
        .submit("/cart/lines", &[("quantity", "1")])
        .await;
    shopper
        .open("/checkout/contact")
        .await
        .submit("/checkout/contact", &[("email", EMAIL)])
        .await;
    let address = [
        ("name", "Ada Lovelace"),
        ("line1", "Unter den Linden 1"),
        ("postalCode", "10117"),
        ("city", "Berlin"),
    ];
    shopper
        .open("/checkout/address")
        .await
        .submit("/checkout/address", &address)
        .await;
    let method = shopper.html.split("name=\"method\" value=\"").nth(1).expect("a method");
    let method = method.split('"').next().expect("its id").to_owned();
    shopper.submit("/checkout/shipping", &[("method", &method)]).await;
    assert_eq!(
        (shopper.status, shopper.path.as_str()),
        (StatusCode::OK, "/checkout/payment")
    );
}

/// How many cards the provider keeps.
async fn kept(shop: &TestShop) -> i64 {
    let db = &shop.shop().db;
    let sql = "select count(*) from simulated_method".to_owned();
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    row.unwrap().try_get_by_index(0).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_is_kept_used_and_removed() {
    let shop = TestShop::open().await;
    let mut guest = Shopper::new(&shop);
    to_the_payment(&mut guest).await;
    assert!(!guest.says("Keep this card"), "for nobody");

    shop.customer_session(EMAIL).await;
    let mut shopper = Shopper::new(&shop);
    shopper
        .open("/account/login")
        .await
        .submit("/account/login", &[("email", EMAIL), ("password", PASSWORD)])
        .await;
    to_the_payment(&mut shopper).await;
    shopper.expect("Keep this card for next time");
    assert!(!shopper.says("ending in"), "there is none yet");
    let keep = [("method", "simulated"), ("token", "tok_approve"), ("save", "simulated")];
    shopper.submit("/checkout/payment", &keep).await;
    assert!(shopper.path.starts_with("/orders/ord_"), "{}", shopper.path);
    shop.settle().await;
    assert_eq!(kept(&shop).await, 1);
    shopper.open("/account").await.expect("Visa ending in 4242");
    shopper.expect("expires 12/2034");
    shopper.expect("Offered first");

    // The next time it is chosen already, and neither typed nor kept again.
    to_the_payment(&mut shopper).await;
    shopper.expect("Visa ending in 4242");
    let saved = shopper.html.split("value=\"saved:").nth(1).expect("a saved card");
    let (saved, rest) = saved.split_once('"').expect("its id");
    assert!(rest.starts_with(" required checked>"), "{rest}");
    let saved = format!("saved:{saved}");
    let beside = [
        ("method", saved.as_str()),
        ("token", "tok_decline"),
        ("save", "simulated"),
    ];
    shopper.submit("/checkout/payment", &beside).await;
    let order = shopper.path.clone();
    shop.settle().await;
    shopper.open(&order).await.expect("Your order is confirmed");
    let charges = shop.provider().ledger().await.unwrap();
    assert_eq!((charges.len(), kept(&shop).await), (2, 1));
    assert!(charges.iter().all(|charge| charge.captured_minor > 0), "{charges:?}");

    shopper
        .open("/account")
        .await
        .submit("/account/cards/remove", &[])
        .await;
    shopper.expect("The card is removed.");
    assert!(!shopper.says("ending in 4242"));
    shop.settle().await;
    assert_eq!(kept(&shop).await, 0, "the provider has forgotten it");
    to_the_payment(&mut shopper).await;
    assert!(!shopper.html.contains("saved:"));
    // What was there a moment ago is a missing one.
    shopper.submit("/checkout/payment", &[("method", &saved)]).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shop.close().await;
}

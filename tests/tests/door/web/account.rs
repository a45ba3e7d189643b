//! An account, from its beginning to its end, by forms.

use chrono::TimeDelta;
use reqwest::StatusCode;
use vitrine_tests::{TestShop, shopper::Shopper};

use crate::accounts::mailed_tokens;

const EMAIL: &str = "grace@example.com";
const SECRET: &str = "four words that nobody guesses";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_opened_used_and_left() {
    let shop = TestShop::open().await;
    let mut shopper = Shopper::new(&shop);
    shopper.open("/account").await;
    assert_eq!(shopper.path, "/account/login");
    shopper.open("/account/sign-up").await;
    let weak = [("name", "Grace Hopper"), ("email", EMAIL), ("password", "123456789012")];
    shopper.submit("/account/sign-up", &weak).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("value=\"Grace Hopper\"");
    assert!(!shopper.says("123456789012"), "a password is not shown again");
    shopper
        .submit(
            "/account/sign-up",
            &[("name", "Grace Hopper"), ("email", EMAIL), ("password", SECRET)],
        )
        .await;
    shopper.expect("Check your email");
    let token = mailed_tokens(&shop, EMAIL, "confirm").await.pop().expect("a link");

    // What is in the cart comes along.
    shopper
        .open("/products/dipped-mug")
        .await
        .submit("/cart/lines", &[("quantity", "1")])
        .await;
    shopper.open("/account/confirm").await;
    shopper
        .submit("/account/confirm", &[("token", &token), ("password", SECRET)])
        .await;
    shopper.expect("Done. Your account is active.");
    shopper.open("/account").await.expect("Hello Grace Hopper");
    shopper.expect("You have not ordered anything yet.");
    shopper.open("/cart").await.expect("Dipped Mug");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_goes_on_and_ends() {
    let shop = TestShop::open().await;
    shop.customer_session(EMAIL).await;
    let mut shopper = Shopper::new(&shop);
    shopper.open("/account/login").await;
    shopper
        .submit("/account/login", &[("email", EMAIL), ("password", "wrong")])
        .await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("The email address or the password is wrong.");
    let right = [("email", EMAIL), ("password", vitrine_tests::shop::PASSWORD)];
    shopper.submit("/account/login", &right).await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, "/account"));

    // The access token runs out: whatever is asked then is asked again with a new one.
    shop.advance(TimeDelta::hours(2)).await;
    shopper.open("/account").await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, "/account"));
    shop.advance(TimeDelta::hours(2)).await;
    shopper.submit("/account/sign-out", &[]).await;
    assert_eq!(shopper.path, "/", "forms, too");
    shopper.open("/account").await;
    assert_eq!(shopper.path, "/account/login");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_are_added_changed_and_brought_back() {
    let shop = TestShop::open().await;
    shop.customer_session(EMAIL).await;
    let mut shopper = Shopper::new(&shop);
    shopper.open("/account/addresses/new").await;
    assert!(shopper.path.starts_with("/account/login?back="), "{}", shopper.path);
    let right = [("email", EMAIL), ("password", vitrine_tests::shop::PASSWORD)];
    shopper.submit("/account/login", &right).await;
    assert_eq!(shopper.path, "/account/addresses/new", "where it was asked for");

    let new = "/account/addresses/new";
    shopper.open(&format!("{new}?country=US")).await;
    shopper.expect("name=\"region\"");
    shopper.open(new).await.submit(new, &[("name", "Grace Hopper")]).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("id=\"line1-error\"");
    shopper.expect("value=\"Grace Hopper\"");
    let whole = [
        ("name", "Grace Hopper"),
        ("line1", "Lindenweg 1"),
        ("postalCode", "10115"),
        ("city", "Berlin"),
    ];
    shopper.submit(new, &whole).await;
    shopper.expect("The address is saved.");
    shopper.expect("Default delivery address");
    let html = shopper.html.replace("&#x2f;", "/");
    let links = html.split("href=\"").filter_map(|rest| rest.split('"').next());
    let edit = links
        .into_iter()
        .find(|link| link.starts_with("/account/addresses/") && *link != new)
        .expect("a link")
        .to_owned();
    shopper.open(&edit).await.expect("value=\"Lindenweg 1\"");
    let moved: Vec<_> = whole.into_iter().chain([("line1", "Ahornweg 2")]).collect();
    shopper.submit(&edit, &moved).await;
    shopper.expect("Ahornweg 2");
    shopper.submit("/account/addresses/remove", &[]).await;
    assert!(!shopper.says("Ahornweg 2"));
    shopper.submit("/account/addresses/restore", &[]).await;
    shopper.expect("Ahornweg 2");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_changes_what_the_shop_knows_of_them() {
    let shop = TestShop::open().await;
    shop.customer_session(EMAIL).await;
    let data = "/account/data";
    let mut shopper = Shopper::new(&shop);
    shopper.open(data).await;
    assert!(shopper.path.starts_with("/account/login"));
    let right = [("email", EMAIL), ("password", vitrine_tests::shop::PASSWORD)];
    shopper.submit("/account/login", &right).await;
    shopper.open(data).await;

    shopper.submit("/account/data/name", &[("name", "")]).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("id=\"name-error\"");
    shopper.submit("/account/data/name", &[("name", "Augusta King")]).await;
    shopper.expect("Your name is saved.");
    shopper.open("/account").await.expect("Hello Augusta King");

    let wrong = [("email", "king@example.com"), ("password", "wrong")];
    shopper.open(data).await.submit("/account/data/email", &wrong).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = [
        ("email", "king@example.com"),
        ("password", vitrine_tests::shop::PASSWORD),
    ];
    shopper.submit("/account/data/email", &right).await;
    shopper.expect("Check your email");
    let token = mailed_tokens(&shop, "king@example.com", "email-change").await;
    assert_eq!(token.len(), 1);

    shopper.submit("/account/data/marketing", &[("granted", "yes")]).await;
    shopper.expect("You will receive offers and news");
    shopper.submit("/account/data/marketing", &[]).await;
    shopper.expect("You will receive no offers");

    // The session that the test began with is another device's.
    shopper.submit("/account/data/session", &[]).await;
    shopper.expect("You are signed out there.");
    shopper.expect("This device");
    assert!(!shopper.says("Sign out there"));
    shop.close().await;
}

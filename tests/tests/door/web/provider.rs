//! Customers and staff sign in at a provider of OpenID Connect, by links alone.

use reqwest::StatusCode;
use vitrine_commerce::ports::identity_provider::Audience;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{browser::open_with_provider, identity_stand_in::Lie, shopper::Shopper};

use crate::staff::second_factor::set_up;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_goes_to_a_provider_and_comes_back_where_they_were() {
    let (shop, provider) = open_with_provider(Audience::Customers).await;
    provider.is("ada-at-acme", "ada@example.com");
    provider.calls_them("Ada Lovelace");
    let mut shopper = Shopper::new(&shop);
    shopper.open("/products/dipped-mug").await;
    shopper.submit("/cart/lines", &[("quantity", "1")]).await;
    shopper
        .open("/account/login?back=/cart")
        .await
        .expect("Sign in with Acme");
    shopper.open("/account/sign-in/acme?back=/cart").await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, "/cart"));
    shopper.expect("Dipped Mug");
    shopper.open("/account").await.expect("Hello Ada Lovelace");

    // A code is nothing in another browser, and nothing twice.
    let mut other = Shopper::new(&shop);
    other.open("/account/signed-in?back=/&code=stolen").await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    other.expect("That took too long, or was begun in another browser.");
    other.open("/account/sign-in/acme?back=//evil.example").await;
    assert_eq!(other.path, "/", "it leads nowhere else");

    provider.lie(Some(Lie::UnverifiedEmail));
    provider.is("eve-at-acme", "eve@example.com");
    let mut eve = Shopper::new(&shop);
    eve.open("/account/sign-in/acme").await;
    assert_eq!(eve.status, StatusCode::UNPROCESSABLE_ENTITY);
    eve.expect("Your email address is not confirmed there");
    eve.open("/account/signed-in?error=%3Cb%3E").await;
    assert!(
        !eve.says("<b>") && eve.says("Please begin again."),
        "what an address says is not repeated"
    );

    // Each provider is for one of the two.
    eve.open("/admin/sign-in").await;
    assert!(!eve.says("Acme"));
    eve.open("/admin/sign-in/acme").await;
    assert_eq!(eve.status, StatusCode::NOT_FOUND);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_of_staff_brings_a_second_factor_of_ours() {
    let (shop, provider) = open_with_provider(Audience::Staff).await;
    let client = shop.staff(StaffRole::Administrator).await;
    provider.is("grace-at-acme", "administrator@example.com");
    let mut staff = Shopper::new(&shop);
    staff.open("/admin/orders?q=mug").await.expect("Sign in with Acme");
    staff.open("/admin/sign-in/acme?back=/admin/orders?q%3Dmug").await;
    assert_eq!(staff.status, StatusCode::OK);
    staff.expect("content=\"0; url=/admin/orders?q=mug\"");
    staff.open("/admin/orders?q=mug").await;
    assert_eq!(
        (staff.status, staff.path.as_str()),
        (StatusCode::OK, "/admin/orders?q=mug")
    );
    staff.open("/account").await;
    assert_eq!(staff.path, "/account/login", "the storefront is told nothing of it");

    let (app, _) = set_up(&shop, &client).await;
    let mut staff = Shopper::new(&shop);
    staff.open("/admin/sign-in/acme").await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("Your account here has a second factor");
    staff.submit("/admin/signed-in", &[("secondFactor", "000000")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = app.next_code();
    staff.submit("/admin/signed-in", &[("secondFactor", &code)]).await;
    staff.expect("You are signed in.");
    staff.open("/admin").await;
    assert_eq!((staff.status, staff.path.as_str()), (StatusCode::OK, "/admin"));

    provider.is("mallory-at-acme", "nobody@example.com");
    let mut stranger = Shopper::new(&shop);
    stranger.open("/admin/sign-in/acme").await;
    assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY);
    stranger.expect("This account opens nothing here.");
    shop.close().await;
}

//! Who is let in, for how long, and what a role sees.

use chrono::TimeDelta;
use reqwest::StatusCode;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shop::PASSWORD, shopper::Shopper};

use super::{at_work, links, sold};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_begins_goes_on_and_ends() {
    let shop = TestShop::open().await;
    shop.staff(StaffRole::Administrator).await;
    let mut staff = Shopper::new(&shop);
    staff.open("/admin/orders?status=CONFIRMED").await;
    assert!(staff.path.starts_with("/admin/sign-in?back="), "{}", staff.path);
    let email = ("email", "administrator@example.com");
    staff.submit("/admin/sign-in", &[email, ("password", "wrong")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("The email address or the password is wrong.");
    staff.submit("/admin/sign-in", &[email, ("password", PASSWORD)]).await;
    let back = "/admin/orders?status=CONFIRMED";
    assert_eq!((staff.status, staff.path.as_str()), (StatusCode::OK, back));
    staff.open("/account").await;
    assert_eq!(staff.path, "/account/login", "the storefront is told nothing of it");

    // Leads of others' links end at home.
    let away = [email, ("password", PASSWORD), ("back", "//evil.example")];
    staff.open("/admin/sign-in").await.submit("/admin/sign-in", &away).await;
    assert_eq!(staff.path, "/admin");

    // The access token runs out: whatever is asked then is asked again with a new one, forms and all.
    shop.advance(TimeDelta::hours(2)).await;
    staff.open("/admin").await;
    assert_eq!((staff.status, staff.path.as_str()), (StatusCode::OK, "/admin"));
    shop.advance(TimeDelta::hours(2)).await;
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
    let mut staff = at_work(&shop, "fulfilment@example.com", "en").await;
    staff.expect("Orders to ship");
    assert!(!staff.says("Failed jobs"), "what a role may not see is not shown");
    assert!(!staff.says("/admin/team\""));
    for room in links(&staff).iter().filter(|link| link.starts_with("/admin/")) {
        staff.open(room).await;
        assert_eq!(staff.status, StatusCode::OK, "{room}");
    }
    staff.open("/admin/team").await;
    assert_eq!(staff.status, StatusCode::FORBIDDEN);
    staff.open(&desk).await.expect("Dispatch");
    assert!(!staff.says("/refund\""));

    let dispatch = format!("{desk}/dispatch");
    let csrf = staff.fields(&dispatch).remove(0).1;
    let forged = [("csrf", csrf.as_str()), ("key", "k"), ("amount", "1.00")];
    staff.forge(&format!("{desk}/refund"), &forged, &[]).await;
    assert_eq!(staff.status, StatusCode::FORBIDDEN);
    staff.expect("Your role does not allow this");

    // Neither without the token, nor from another site.
    staff.forge(&dispatch, &[("carrier", "DHL")], &[]).await;
    assert_eq!(staff.status, StatusCode::FORBIDDEN);
    let cross = [("sec-fetch-site", "cross-site")];
    staff.forge(&dispatch, &[("csrf", csrf.as_str())], &cross).await;
    assert_eq!(staff.status, StatusCode::FORBIDDEN);
    assert_eq!(packer.order(&placed).await["status"], "CONFIRMED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_form_of_ours_sends_is_said_to_be_unreadable_and_is_no_fault_of_the_shop() {
    let shop = TestShop::open().await;
    shop.staff(StaffRole::Administrator).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    staff.open("/admin/content").await;
    let typed = [("title", "About us"), ("handle", "about-us"), ("kind", "NONSENSE")];
    staff.submit("/admin/content", &typed).await;
    assert_eq!(staff.status, StatusCode::BAD_REQUEST);
    staff.expect("We could not read this form");
    // Nor do addresses that lead to what is not there.
    for path in [
        "/admin/products?q=%00",
        "/admin/products?after=nonsense",
        "/admin/jobs?job=nonsense",
    ] {
        staff.open(path).await;
        assert!(!staff.status.is_server_error(), "{path}: {}", staff.status);
    }
    shop.close().await;
}

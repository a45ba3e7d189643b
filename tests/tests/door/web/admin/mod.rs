//! The dashboard, by forms: nothing here runs a script.

mod discounts;
mod doors;
mod drafts;
mod first_hour;
mod imports;
mod languages;
mod options;
mod orders;
mod products;
mod returns;
mod rooms;
mod settings;
mod shelves;
mod trade;
mod variants;

use reqwest::StatusCode;
use vitrine_tests::{TestShop, purchase::PlacedOrder, shop::PASSWORD, shopper::Shopper};

/// Somebody at the dashboard, whom [`TestShop::staff`] has made.
pub async fn at_work(shop: &TestShop, email: &str, accept_language: &'static str) -> Shopper {
    let mut staff = Shopper::new(shop).reading(accept_language);
    staff.open("/admin/sign-in").await;
    staff
        .submit("/admin/sign-in", &[("email", email), ("password", PASSWORD)])
        .await;
    assert_eq!((staff.status, staff.path.as_str()), (StatusCode::OK, "/admin"));
    staff
}

/// A lamp, paid.
async fn sold(shop: &TestShop) -> PlacedOrder {
    let guest = shop.guest();
    let lamp = guest.variant("alba-dome-lamp", "LMP-ALBA-TER").await;
    let placed = guest.buy(&[(&lamp, 1)], "tok_approve").await;
    shop.settle().await;
    placed
}

/// Where a page leads.
fn links(staff: &Shopper) -> Vec<String> {
    let html = staff.html.replace("&#x2f;", "/");
    let links = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.map(str::to_owned).collect()
}

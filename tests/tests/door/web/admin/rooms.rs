//! What every page of the dashboard promises: that it is there in every language, and closed.

use reqwest::StatusCode;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shopper::Shopper};

use super::{at_work, links, sold};

const ROOMS: [&str; 48] = [
    "/admin",
    "/admin/find?q=grace",
    "/admin/orders",
    "/admin/orders?q=nobody",
    "/admin/products",
    "/admin/products?q=lamp&sort=BEST_SELLING",
    "/admin/products?deleted=yes",
    "/admin/products/new",
    "/admin/products/pictures",
    "/admin/categories",
    "/admin/collections",
    "/admin/stock",
    "/admin/stock?low=yes",
    "/admin/stock?q=mug",
    "/admin/counts",
    "/admin/transfers",
    "/admin/returns",
    "/admin/returns?status=REQUESTED",
    "/admin/approvals",
    "/admin/approvals?state=OPEN",
    "/admin/withdrawals",
    "/admin/withdrawals?status=RECEIVED&judgement=LATE",
    "/admin/drafts",
    "/admin/drafts?status=SENT&q=nobody",
    "/admin/drafts?deleted=yes",
    "/admin/parcels",
    "/admin/parcels?status=DELIVERY_FAILED&silent=5",
    "/admin/customers",
    "/admin/content",
    "/admin/payments",
    "/admin/payments/ledger",
    "/admin/searches",
    "/admin/searches/synonyms",
    "/admin/searches/rules",
    "/admin/exports",
    "/admin/imports",
    "/admin/jobs",
    "/admin/settings",
    "/admin/settings/shipping",
    "/admin/settings/markets",
    "/admin/settings/taxes",
    "/admin/settings/locations",
    "/admin/settings/returns",
    "/admin/settings/flags",
    "/admin/settings/flags/guest_checkout",
    "/admin/team",
    "/admin/audit",
    "/admin/me",
];

/// Lists, and what the links in them lead to.
const LEADS: [(&str, &str); 6] = [
    ("/admin/orders", "/admin/orders/ord_"),
    ("/admin/products", "/admin/products/prod_"),
    ("/admin/collections", "/admin/collections/coll_"),
    ("/admin/stock", "/admin/stock/var_"),
    ("/admin/customers", "/admin/customers/cus_"),
    ("/admin/settings/shipping", "/admin/settings/shipping/"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_room_is_there_in_every_language() {
    let shop = TestShop::open().await;
    shop.staff(StaffRole::Administrator).await;
    shop.customer("grace@example.com").await;
    sold(&shop).await;
    for (language, word) in [("en", "Orders"), ("de", "Bestellungen")] {
        let mut staff = at_work(&shop, "administrator@example.com", language).await;
        for room in ROOMS {
            staff.open(room).await;
            look_around(&staff, word);
        }
        for (list, begin) in LEADS {
            staff.open(list).await;
            let lead = lead(&staff, begin);
            staff.open(&lead).await;
            look_around(&staff, word);
        }
        staff.open("/admin/no-such-room").await;
        assert_eq!(staff.status, StatusCode::NOT_FOUND);
    }
    shop.close().await;
}

fn look_around(staff: &Shopper, word: &str) {
    assert_eq!(staff.status, StatusCode::OK, "{}", staff.path);
    staff.expect(word);
    let policy = staff.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(
        !staff.html.contains(" style=") && !staff.html.contains("<style"),
        "{}",
        staff.path
    );
    assert_eq!(staff.html.matches("<h1").count(), 1, "{}", staff.path);
    let tables = staff.html.matches("<table").count();
    assert_eq!(
        staff.html.matches("<caption").count(),
        tables,
        "{} has a table without a caption",
        staff.path
    );
}

/// The first link of a page that begins so.
fn lead(staff: &Shopper, begin: &str) -> String {
    let found = links(staff).into_iter().find(|link| link.starts_with(begin));
    found.unwrap_or_else(|| panic!("{} leads to no {begin}", staff.path))
}

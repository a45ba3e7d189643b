//! Two members of staff change the catalogue at once, at random: nothing that was acknowledged is lost, and what
//! is built from the catalogue equals it afterwards.
//!
//! `VITRINE_TEST_CATALOG_CHANGES` says how many changes (60 unless given; the long run is 1,000), and
//! `VITRINE_TEST_SEED` which.

mod change;
mod verdict;

use serde_json::json;
use vitrine_commerce::{Context, staff};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shop::PASSWORD};

use self::{change::Editor, verdict::judge};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_members_of_staff_lose_nothing_of_each_other() {
    let number = |name: &str, otherwise: u64| std::env::var(name).map_or(otherwise, |text| text.parse().unwrap());
    let (changes, seed) = (
        number("VITRINE_TEST_CATALOG_CHANGES", 60),
        number("VITRINE_TEST_SEED", 7),
    );
    eprintln!("{changes} changes, seed {seed}");
    let shop = TestShop::open().await;
    let (ada, grace) = (shop.staff(StaffRole::Administrator).await, second(&shop).await);
    let editors = [Editor::new(ada, seed), Editor::new(grace, seed + 1)];
    let [first, second] = editors;
    let half = changes / 2;
    let (first, second) = tokio::join!(first.work(half), second.work(changes - half));
    shop.settle().await;
    let mut acknowledged = first;
    acknowledged.extend(second);
    judge(&shop, &acknowledged).await;
    shop.close().await;
}

/// Another administrator.
async fn second(shop: &TestShop) -> Client {
    let new = staff::NewStaff {
        email: "second@example.com".to_owned(),
        name: "Second".to_owned(),
        password: PASSWORD.to_owned(),
        role: StaffRole::Administrator,
    };
    let system = Context::system(shop.shop(), "test");
    staff::create(shop.shop(), &system, new).await.unwrap();
    let login = "mutation($input: StaffLoginInput!) { staffLogin(input: $input) { session { accessToken } userErrors { code } } }";
    let input = json!({ "email": "second@example.com", "password": PASSWORD });
    let payload = shop.guest().done(login, json!({ "input": input })).await;
    shop.guest()
        .with_token(payload["session"]["accessToken"].as_str().unwrap())
}

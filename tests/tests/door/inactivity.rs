//! Accounts that nobody uses any more, and those that staff shut, go when the shop's time for them is over.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_commerce::retention;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shop::PASSWORD};

const LOGIN: &str = "mutation($input: CustomerLoginInput!) { customerLogin(input: $input) { session { accessToken } userErrors { code } } }";
const DISABLE: &str =
    "mutation($input: CustomerDisableInput!) { customerDisable(input: $input) { userErrors { code } } }";
const ADA: &str = "ada@example.com";
const EVE: &str = "eve@example.com";
const TOLD: &str = "Your account is about to be erased";

/// How many accounts' erasures begin, so many days later.
async fn later(shop: &TestShop, days: i64) -> u64 {
    shop.advance(TimeDelta::days(days)).await;
    let begun = retention::forget_now(shop.shop()).await.unwrap().accounts;
    shop.settle().await;
    begun
}

/// How often somebody was told that their account goes, and that it is gone.
async fn told(shop: &TestShop, to: &str) -> (usize, usize) {
    let mails = shop.mails().await;
    let of = |words: &str| {
        let theirs = mails.iter().filter(|mail| mail.to == to);
        theirs.filter(|mail| mail.text.contains(words)).count()
    };
    (of(TOLD), of("Your account is erased"))
}

fn login(email: &str) -> Value {
    json!({ "input": { "email": email, "password": PASSWORD } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_nobody_uses_is_told_and_goes_unless_its_owner_comes() {
    let shop = TestShop::open_with(|config| config.privacy.inactive_account_days = Some(100)).await;
    let (_ada, _eve) = (shop.customer(ADA).await, shop.customer(EVE).await);
    assert_eq!(later(&shop, 69).await, 0);
    assert_eq!(told(&shop, ADA).await, (0, 0));
    assert_eq!(later(&shop, 2).await, 0);
    assert_eq!((told(&shop, ADA).await, told(&shop, EVE).await), ((1, 0), (1, 0)));
    // Once, however often it is looked for; and not before the month is over.
    assert_eq!(later(&shop, 29).await, 0);
    shop.guest().done(LOGIN, login(EVE)).await;
    assert_eq!(later(&shop, 2).await, 1);
    assert_eq!((told(&shop, ADA).await, told(&shop, EVE).await), ((1, 1), (1, 0)));
    assert_eq!(shop.guest().refusals(LOGIN, login(ADA)).await, ["WRONG_CREDENTIALS"]);

    // That she came is known when nothing is left of her session any more.
    assert_eq!(later(&shop, 60).await, 0);
    assert_eq!(told(&shop, EVE).await, (1, 0));
    assert_eq!(later(&shop, 10).await, 0);
    assert_eq!(told(&shop, EVE).await, (2, 0));
    assert_eq!(later(&shop, 31).await, 1);
    assert_eq!(told(&shop, EVE).await, (2, 1));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_keeps_an_account_and_one_that_staff_shut_goes_by_its_own_time() {
    let shop = TestShop::open_with(|config| {
        config.privacy.inactive_account_days = Some(100);
        config.privacy.shut_account_days = Some(20);
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "11.90", 10).await;
    let (ada, eve) = (shop.customer(ADA).await, shop.customer(EVE).await);
    ada.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let me = eve.data("{ viewer { id } }", json!({})).await;
    let shut = json!({ "input": { "id": me["viewer"]["id"] } });
    staff.done(DISABLE, shut).await;
    assert_eq!(later(&shop, 19).await, 0);
    assert_eq!(later(&shop, 2).await, 1, "nobody warns whom staff let in no more");
    assert_eq!(told(&shop, EVE).await, (0, 1));
    // Her order is not completed: it needs her.
    assert_eq!(later(&shop, 200).await, 0);
    assert_eq!(told(&shop, ADA).await, (0, 0));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_nothing_is_said_accounts_stay() {
    let shop = TestShop::open().await;
    shop.customer(ADA).await;
    assert_eq!(later(&shop, 1_000).await, 0);
    assert_eq!(told(&shop, ADA).await, (0, 0));
    shop.guest().done(LOGIN, login(ADA)).await;
    shop.close().await;
}

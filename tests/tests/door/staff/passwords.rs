//! Passwords of staff: changed, and set anew by mail.

use std::time::Instant;

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, patience::sooner_than, shop::PASSWORD};

use super::{DEACTIVATE, LOGIN, mailed_token, status, viewer};

const CHANGE: &str = "mutation($input: StaffPasswordChangeInput!) { staffPasswordChange(input: $input) { staffMember { version } userErrors { code message field } } }";
pub const REQUEST: &str = "mutation($input: StaffPasswordResetRequestInput!) { staffPasswordResetRequest(input: $input) { requested userErrors { code message } } }";
pub const RESET: &str = "mutation($input: StaffPasswordResetInput!) { staffPasswordReset(input: $input) { reset userErrors { code message } } }";
const NEW: &str = "a dozen fresh lemons";

fn login(email: &str, password: &str) -> Value {
    json!({ "input": { "email": email, "password": password } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_knows_it_changes_it_and_their_other_sessions_end() {
    let shop = TestShop::open().await;
    let here = shop.staff(StaffRole::Fulfilment).await;
    let there = shop.sign_in(StaffRole::Fulfilment).await;
    let change = |current: &str, new: &str| json!({ "input": { "currentPassword": current, "newPassword": new } });
    assert_eq!(
        here.refusals(CHANGE, change("not my password", NEW)).await,
        ["WRONG_CREDENTIALS"]
    );
    assert_eq!(
        here.refusals(CHANGE, change(PASSWORD, "short")).await,
        ["WEAK_PASSWORD"]
    );
    assert_eq!(
        shop.guest().refusals(CHANGE, change(PASSWORD, NEW)).await,
        ["UNAUTHENTICATED"]
    );
    assert_eq!(
        shop.customer("ada@example.com")
            .await
            .refusals(CHANGE, change(PASSWORD, NEW))
            .await,
        ["FORBIDDEN"]
    );
    here.done(CHANGE, change(PASSWORD, NEW)).await;
    assert_eq!((status(&here).await, status(&there).await), (200, 401));
    let email = "fulfilment@example.com";
    assert_eq!(
        shop.guest().refusals(LOGIN, login(email, PASSWORD)).await,
        ["WRONG_CREDENTIALS"]
    );
    shop.guest().done(LOGIN, login(email, NEW)).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_forgotten_it_sets_a_new_one_by_mail() {
    let shop = TestShop::open().await;
    let (staff, guest) = (shop.staff(StaffRole::Fulfilment).await, shop.guest());
    let email = "fulfilment@example.com";
    let request = |email: &str| json!({ "input": { "email": email } });
    let reset = |token: &str, password: &str| json!({ "input": { "token": token, "password": password } });
    guest.done(REQUEST, request(email)).await;
    let first = mailed_token(&shop, email).await;
    guest.done(REQUEST, request("Fulfilment@Example.com")).await;
    let second = mailed_token(&shop, email).await;
    assert_eq!(guest.refusals(RESET, reset(&first, "short")).await, ["WEAK_PASSWORD"]);
    guest.done(RESET, reset(&first, NEW)).await;
    assert_eq!(status(&staff).await, 401, "every session has ended");
    for used in [&first, &second, "", "rst_x.y", &first[..first.len() - 1]] {
        assert_eq!(guest.refusals(RESET, reset(used, NEW)).await, ["INVALID_TOKEN"]);
    }
    guest.done(LOGIN, login(email, NEW)).await;

    // Three mails an hour; what comes too late opens nothing.
    for _ in 0..5 {
        guest.done(REQUEST, request(email)).await;
    }
    let last = mailed_token(&shop, email).await;
    let mails = shop.mails().await;
    assert_eq!(mails.iter().filter(|mail| mail.to == email).count(), 3);
    shop.advance(TimeDelta::hours(1)).await;
    assert_eq!(guest.refusals(RESET, reset(&last, NEW)).await, ["INVALID_TOKEN"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_learns_who_works_here() {
    let shop = TestShop::open().await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let gone = shop.staff(StaffRole::Fulfilment).await;
    let id = viewer(&gone).await["id"].clone();
    administrator.done(DEACTIVATE, json!({ "input": { "id": id } })).await;
    shop.customer("ada@example.com").await;
    let guest = shop.guest();
    let mut answers = Vec::new();
    let mut times = Vec::new();
    for (email, password) in [
        ("administrator@example.com", "not my password"),
        ("fulfilment@example.com", PASSWORD),
        ("nobody@example.com", PASSWORD),
        ("ada@example.com", PASSWORD),
        ("no address", PASSWORD),
    ] {
        let began = Instant::now();
        answers.push(guest.payload(LOGIN, login(email, password)).await);
        times.push(began.elapsed());
    }
    assert_eq!(answers[0]["userErrors"][0]["code"], "WRONG_CREDENTIALS");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    // Each of them computes a hash: none is answered at once.
    let (least, most) = (times.iter().min().unwrap(), times.iter().max().unwrap());
    sooner_than(*least * 20, *most, "the slowest of them");

    let mut answers = Vec::new();
    for email in [
        "administrator@example.com",
        "fulfilment@example.com",
        "nobody@example.com",
        "ada@example.com",
    ] {
        answers.push(guest.payload(REQUEST, json!({ "input": { "email": email } })).await);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    shop.settle().await;
    let told: Vec<_> = shop.mails().await.into_iter().map(|mail| mail.to).collect();
    assert_eq!(told, ["administrator@example.com"]);
    shop.close().await;
}

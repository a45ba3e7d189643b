//! Invitations: a link that opens once.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shop::PASSWORD};

use super::{ACCEPT, INVITE, LOGIN, hire, mailed_token, role, viewer};

const RESEND: &str = "mutation($input: StaffInvitationResendInput!) { staffInvitationResend(input: $input) { invitation { id } userErrors { code message } } }";
const WITHDRAW: &str = "mutation($input: StaffInvitationWithdrawInput!) { staffInvitationWithdraw(input: $input) { invitation { open withdrawnAt } userErrors { code message } } }";

fn accept(token: &str) -> Value {
    json!({ "input": { "token": token, "name": "Joan Clarke", "password": PASSWORD } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_invited_works_here_once() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let packer = role(&staff, "fulfilment").await;
    let input = json!({ "input": { "email": " Joan@Example.com", "roleId": packer } });
    let invitation = staff.done(INVITE, input.clone()).await["invitation"].take();
    assert_eq!(
        (&invitation["email"], &invitation["open"]),
        (&json!("joan@example.com"), &json!(true))
    );
    assert_eq!(staff.refusals(INVITE, input.clone()).await, ["TAKEN"]);
    let token = mailed_token(&shop, "joan@example.com").await;
    let guest = shop.guest();
    for (password, code) in [("short", "WEAK_PASSWORD"), (&*"x".repeat(1_000_000), "WEAK_PASSWORD")] {
        let input = json!({ "input": { "token": token, "name": "Joan", "password": password } });
        assert_eq!(guest.refusals(ACCEPT, input).await, [code]);
    }
    let tries = join_all((0..4).map(|_| guest.payload(ACCEPT, accept(&token)))).await;
    let (let_in, refused): (Vec<_>, Vec<_>) = tries.into_iter().partition(|payload| payload["session"].is_object());
    assert_eq!((let_in.len(), refused.len()), (1, 3));
    assert!(
        refused
            .iter()
            .all(|payload| payload["userErrors"][0]["code"] == "INVALID_TOKEN"),
        "{refused:?}"
    );
    let joan = guest.with_token(let_in[0]["session"]["accessToken"].as_str().unwrap());
    assert_eq!(viewer(&joan).await["assignedRole"]["handle"], "fulfilment");
    guest
        .done(
            LOGIN,
            json!({ "input": { "email": "joan@example.com", "password": PASSWORD } }),
        )
        .await;
    assert_eq!(staff.refusals(INVITE, input).await, ["EMAIL_TAKEN"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_ends_by_a_newer_one_withdrawal_and_time() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, packer) = (shop.guest(), role(&staff, "fulfilment").await);
    let invite = async |email: &str| {
        let made = staff
            .done(INVITE, json!({ "input": { "email": email, "roleId": packer } }))
            .await;
        json!({ "input": { "id": made["invitation"]["id"] } })
    };
    let id = invite("joan@example.com").await;
    let first = mailed_token(&shop, "joan@example.com").await;
    assert_eq!(
        staff.refusals(RESEND, id.clone()).await,
        ["TOO_MANY_ATTEMPTS"],
        "a moment ago"
    );
    shop.advance(TimeDelta::minutes(2)).await;
    staff.done(RESEND, id.clone()).await;
    let second = mailed_token(&shop, "joan@example.com").await;
    assert_ne!(first, second);
    assert_eq!(guest.refusals(ACCEPT, accept(&first)).await, ["INVALID_TOKEN"]);
    let withdrawn = staff.done(WITHDRAW, id.clone()).await;
    assert_eq!(withdrawn["invitation"]["open"], false);
    assert_eq!(guest.refusals(ACCEPT, accept(&second)).await, ["INVALID_TOKEN"]);
    assert_eq!(staff.refusals(RESEND, id).await, ["NOT_FOUND"]);

    invite("joan@example.com").await;
    let third = mailed_token(&shop, "joan@example.com").await;
    shop.advance(TimeDelta::days(7)).await;
    assert_eq!(guest.refusals(ACCEPT, accept(&third)).await, ["INVALID_TOKEN"]);
    let (id, signature) = third.split_once('.').unwrap();
    for forged in [
        "",
        "x",
        ".",
        id,
        &format!("{id}."),
        &format!("{id}.{}", "A".repeat(27)),
        &format!("staff_{signature}"),
        &"x".repeat(100_000),
    ] {
        assert_eq!(guest.refusals(ACCEPT, accept(forged)).await, ["INVALID_TOKEN"]);
    }
    // Whoever is signed in again may invite anew: what has expired stands in nobody's way.
    let staff = shop.sign_in(StaffRole::Administrator).await;
    hire(&shop, &staff, "joan@example.com", &packer).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_is_checked_and_its_mail_holds_no_markup() {
    let shop = TestShop::open_with(|config| config.shop.name = Some("<b>Tea & Co</b>".to_owned())).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let packer = role(&staff, "fulfilment").await;
    for (email, role, code) in [
        ("a@x.com,b@y.com", packer.as_str(), "INVALID"),
        ("a@x.com\r\nBcc: b@y.com", &packer, "INVALID"),
        ("a@x.com", "role_01j9zzzzzzzzzzzzzzzzzzzzzz", "NOT_FOUND"),
        ("a@x.com", "cus_01j9zzzzzzzzzzzzzzzzzzzzzz", "NOT_FOUND"),
    ] {
        let input = json!({ "input": { "email": email, "roleId": role } });
        assert_eq!(staff.refusals(INVITE, input).await, [code], "{email:?}");
    }
    staff
        .done(
            INVITE,
            json!({ "input": { "email": "joan@example.com", "roleId": packer } }),
        )
        .await;
    mailed_token(&shop, "joan@example.com").await;
    for page in ["/staff/invitation", "/staff/password-reset", "/staff.js"] {
        assert_eq!(shop.guest().get(page).await.status(), 200, "{page}");
    }
    let page = shop
        .guest()
        .get("/staff/invitation")
        .await
        .text()
        .await
        .expect("a text");
    assert!(page.contains("href=\"/admin\""), "it leads on to the dashboard");
    let mails = shop.mails().await;
    let mail = mails.iter().find(|mail| mail.to == "joan@example.com").unwrap();
    assert_eq!(mail.subject, "You are invited to work at <b>Tea & Co</b>");
    assert!(
        !mail.html.contains("<b>Tea") && mail.html.contains("&#38; Co"),
        "{}",
        mail.html
    );
    shop.close().await;
}

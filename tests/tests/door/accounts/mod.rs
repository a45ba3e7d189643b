//! Accounts, by the links of mails: opened, given a new password, a new address, a new name. What strangers ask
//! answers alike, whoever has the address.

mod book;
mod oidc;

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shop::PASSWORD};

const SIGN_UP: &str =
    "mutation($input: CustomerSignUpInput!) { customerSignUp(input: $input) { requested userErrors { code field } } }";
const CONFIRM: &str = "mutation($input: CustomerEmailConfirmInput!) { customerEmailConfirm(input: $input) { session { accessToken refreshToken } userErrors { code field } } }";
const LOGIN: &str = "mutation($input: CustomerLoginInput!) { customerLogin(input: $input) { session { accessToken refreshToken } userErrors { code } } }";
const REQUEST: &str = "mutation($input: CustomerPasswordResetRequestInput!) { customerPasswordResetRequest(input: $input) { requested userErrors { code field } } }";
const RESET: &str = "mutation($input: CustomerPasswordResetInput!) { customerPasswordReset(input: $input) { session { accessToken refreshToken } userErrors { code field } } }";
const CHANGE: &str = "mutation($input: CustomerPasswordChangeInput!) { customerPasswordChange(input: $input) { customer { version } userErrors { code field } } }";
const MOVE: &str = "mutation($input: CustomerEmailChangeRequestInput!) { customerEmailChangeRequest(input: $input) { requested userErrors { code field } } }";
const MOVED: &str = "mutation($input: CustomerEmailChangeConfirmInput!) { customerEmailChangeConfirm(input: $input) { confirmed userErrors { code } } }";
const UPDATE: &str = "mutation($input: CustomerUpdateInput!) { customerUpdate(input: $input) { customer { name version } userErrors { code field } } }";
const REFRESH: &str = "mutation($input: TokenRefreshInput!) { tokenRefresh(input: $input) { session { accessToken } userErrors { code } } }";
const ADA: &str = "ada@example.com";
const NEW: &str = "seven lemons and a lime";

fn input(value: Value) -> Value {
    json!({ "input": value })
}

fn sign_up_as(email: &str, password: &str) -> Value {
    input(json!({ "email": email, "password": password, "name": "Ada Lovelace" }))
}

fn login(email: &str, password: &str) -> Value {
    input(json!({ "email": email, "password": password }))
}

/// The subjects of the mails to an address, in the order of their letters.
async fn subjects(shop: &TestShop, to: &str) -> Vec<String> {
    shop.settle().await;
    let mails = shop.mails().await;
    let mut subjects: Vec<_> = mails
        .iter()
        .filter(|mail| mail.to == to)
        .map(|mail| mail.subject.clone())
        .collect();
    subjects.sort();
    subjects
}

/// The tokens of the links to `page` in the mails to an address, the newest last.
pub async fn mailed_tokens(shop: &TestShop, to: &str, page: &str) -> Vec<String> {
    shop.settle().await;
    let mails = shop.mails().await;
    let place = format!("/account/{page}#");
    let texts = mails.iter().filter(|mail| mail.to == to).map(|mail| &mail.text);
    let links = texts.flat_map(|text| text.lines().filter_map(|line| line.split_once(&place)));
    links.map(|(_, token)| token.trim().to_owned()).collect()
}

async fn mailed_token(shop: &TestShop, to: &str, page: &str) -> String {
    mailed_tokens(shop, to, page).await.pop().unwrap()
}

fn with(client: &Client, payload: &Value) -> Client {
    client.with_token(payload["session"]["accessToken"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_is_confirmed_before_it_has_an_account() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let lamp = guest.variant("orrin-stone-lamp", "LMP-ORRN").await;
    let order = guest.buy(&[(&lamp, 1)], "tok_approve").await;
    let asked = guest.payload(SIGN_UP, sign_up_as(" Ada@Example.com", PASSWORD)).await;
    assert_eq!(asked, json!({ "requested": true, "userErrors": [] }));
    // Until then there is none, and nobody learns that there will be.
    let unconfirmed = guest.payload(LOGIN, login(ADA, PASSWORD)).await;
    let unknown = guest.payload(LOGIN, login("nobody@example.com", PASSWORD)).await;
    assert_eq!(
        (&unconfirmed, &unconfirmed["userErrors"][0]["code"]),
        (&unknown, &json!("WRONG_CREDENTIALS"))
    );

    let token = mailed_token(&shop, ADA, "confirm").await;
    let confirm = |token: &str, password: &str| input(json!({ "token": token, "password": password }));
    for dead in ["", "csup_1.x", &format!("{token}x"), &token.replace('.', ".A")] {
        assert_eq!(
            guest.refusals(CONFIRM, confirm(dead, PASSWORD)).await,
            ["INVALID_TOKEN"],
            "{dead}"
        );
    }
    // Whoever asks with another's address does not share the account that its owner opens.
    guest.done(SIGN_UP, sign_up_as(ADA, "a password of Eve's")).await;
    let eves = mailed_tokens(&shop, ADA, "confirm")
        .await
        .into_iter()
        .find(|other| *other != token)
        .unwrap();
    assert_eq!(
        guest.refusals(CONFIRM, confirm(&eves, PASSWORD)).await,
        ["WRONG_CREDENTIALS"]
    );
    let opened = guest.done(CONFIRM, confirm(&token, PASSWORD)).await;
    for used in [&token, &eves] {
        assert_eq!(
            guest.refusals(CONFIRM, confirm(used, PASSWORD)).await,
            ["INVALID_TOKEN"]
        );
    }
    guest.done(LOGIN, login(ADA, PASSWORD)).await;

    // A confirmed address is proof: what its owner ordered as a guest is theirs, and nobody else's.
    shop.settle().await;
    let orders = "{ viewer { email orders(first: 5) { nodes { number } } } }";
    let ada = with(&guest, &opened);
    let mine = ada.data(orders, json!({})).await["viewer"].take();
    assert_eq!(
        mine,
        json!({ "email": ADA, "orders": { "nodes": [{ "number": order.number }] } })
    );
    let eve = shop.customer("eve@example.com").await;
    assert_eq!(
        eve.data(orders, json!({})).await["viewer"]["orders"]["nodes"],
        json!([])
    );
    // What somebody orders with it as a guest after that is hers when she comes again, and not before.
    let later = guest.buy(&[(&lamp, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(ada.data(orders, json!({})).await["viewer"], mine);
    let ada = with(&guest, &guest.done(LOGIN, login(ADA, PASSWORD)).await);
    shop.settle().await;
    let nodes = ada.data(orders, json!({})).await["viewer"]["orders"]["nodes"].take();
    assert_eq!(nodes, json!([{ "number": later.number }, { "number": order.number }]));

    // An address that has an account answers as one that has none; its owner learns of it.
    let taken = guest.payload(SIGN_UP, sign_up_as("ADA@example.com", NEW)).await;
    assert_eq!(taken, guest.payload(SIGN_UP, sign_up_as("free@example.com", NEW)).await);
    let told = subjects(&shop, ADA).await;
    assert!(
        told.iter().any(|subject| subject.starts_with("You have an account")),
        "{told:?}"
    );
    assert_eq!(guest.refusals(LOGIN, login(ADA, NEW)).await, ["WRONG_CREDENTIALS"]);

    // Ten mails an hour whoever asks, and a day for the link.
    for _ in 0..10 {
        guest.done(SIGN_UP, sign_up_as("free@example.com", NEW)).await;
    }
    let links = mailed_tokens(&shop, "free@example.com", "confirm").await;
    assert_eq!(links.len(), 10);
    shop.advance(TimeDelta::hours(24)).await;
    assert_eq!(
        guest.refusals(CONFIRM, confirm(&links[2], NEW)).await,
        ["INVALID_TOKEN"]
    );
    for page in ["/account/confirm", "/account/password-reset"] {
        assert_eq!(guest.get(page).await.status(), 200, "{page}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forgotten_password_is_set_anew() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let before = shop.customer_session(ADA).await;
    let request = |email: &str| input(json!({ "email": email }));
    let answers = [
        guest.payload(REQUEST, request("ADA@example.com ")).await,
        guest.payload(REQUEST, request("nobody@example.com")).await,
    ];
    assert_eq!(answers[0], json!({ "requested": true, "userErrors": [] }));
    assert_eq!(answers[0], answers[1]);
    assert_eq!(guest.refusals(REQUEST, request("no address")).await, ["INVALID"]);
    let token = mailed_token(&shop, ADA, "password-reset").await;
    assert_eq!(subjects(&shop, "nobody@example.com").await, Vec::<String>::new());

    let reset = |token: &str, password: &str| input(json!({ "token": token, "password": password }));
    assert_eq!(guest.refusals(RESET, reset(&token, "short")).await, ["WEAK_PASSWORD"]);
    let after = guest.done(RESET, reset(&token, NEW)).await;
    let viewer = with(&guest, &after).data("{ viewer { email } }", json!({})).await;
    assert_eq!(viewer["viewer"]["email"], ADA);
    assert_eq!(guest.refusals(RESET, reset(&token, NEW)).await, ["INVALID_TOKEN"]);
    assert_eq!(guest.refusals(LOGIN, login(ADA, PASSWORD)).await, ["WRONG_CREDENTIALS"]);
    let refresh = input(json!({ "refreshToken": before["refreshToken"] }));
    assert_eq!(guest.refusals(REFRESH, refresh).await, ["INVALID_TOKEN"]);
    let told = subjects(&shop, ADA).await;
    assert!(
        told.iter()
            .any(|subject| subject.starts_with("Your password was changed")),
        "{told:?}"
    );

    // A change of the password ends the links that are under way; an hour does, too. Three mails an hour.
    guest.done(REQUEST, request(ADA)).await;
    let token = mailed_token(&shop, ADA, "password-reset").await;
    let change = input(json!({ "currentPassword": NEW, "newPassword": PASSWORD }));
    with(&guest, &after).done(CHANGE, change).await;
    assert_eq!(guest.refusals(RESET, reset(&token, NEW)).await, ["INVALID_TOKEN"]);
    let sent = mailed_tokens(&shop, ADA, "password-reset").await.len();
    for _ in 0..5 {
        guest.done(REQUEST, request(ADA)).await;
    }
    let links = mailed_tokens(&shop, ADA, "password-reset").await;
    assert_eq!(links.len(), sent + 3);
    shop.advance(TimeDelta::hours(1)).await;
    for late in links {
        assert_eq!(guest.refusals(RESET, reset(&late, NEW)).await, ["INVALID_TOKEN"]);
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn customers_change_name_password_and_address() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let ada = shop.customer(ADA).await;
    shop.customer("eve@example.com").await;
    let other = guest.done(LOGIN, login(ADA, PASSWORD)).await;

    let named = ada
        .done(UPDATE, input(json!({ "name": " Ada King ", "expectedVersion": 1 })))
        .await;
    assert_eq!(named["customer"], json!({ "name": "Ada King", "version": 2 }));
    let outdated = input(json!({ "name": "Ada", "expectedVersion": 1 }));
    assert_eq!(ada.refusals(UPDATE, outdated).await, ["VERSION_CONFLICT"]);
    assert_eq!(ada.refusals(UPDATE, input(json!({ "name": "\n" }))).await, ["INVALID"]);
    assert_eq!(
        guest.refusals(UPDATE, input(json!({ "name": "Eve" }))).await,
        ["UNAUTHENTICATED"]
    );

    let change = |current: &str, new: &str| input(json!({ "currentPassword": current, "newPassword": new }));
    assert_eq!(ada.refusals(CHANGE, change(NEW, NEW)).await, ["WRONG_CREDENTIALS"]);
    assert_eq!(ada.refusals(CHANGE, change(PASSWORD, "short")).await, ["WEAK_PASSWORD"]);
    ada.done(CHANGE, change(PASSWORD, NEW)).await;
    let refresh = input(json!({ "refreshToken": other["session"]["refreshToken"] }));
    assert_eq!(guest.refusals(REFRESH, refresh).await, ["INVALID_TOKEN"]);
    assert_eq!(
        ada.data("{ viewer { email } }", json!({})).await["viewer"]["email"],
        ADA
    );

    // Whoever has an account with the address that is asked for is told, and nobody else learns of it.
    let to = |email: &str, password: &str| input(json!({ "email": email, "password": password }));
    assert_eq!(
        ada.refusals(MOVE, to("king@example.com", PASSWORD)).await,
        ["WRONG_CREDENTIALS"]
    );
    let taken = ada.payload(MOVE, to("eve@example.com", NEW)).await;
    assert_eq!(taken, ada.payload(MOVE, to("King@example.com", NEW)).await);
    assert_eq!(taken, json!({ "requested": true, "userErrors": [] }));
    assert_eq!(
        mailed_tokens(&shop, "eve@example.com", "email-change").await,
        Vec::<String>::new()
    );
    assert_eq!(subjects(&shop, "eve@example.com").await.len(), 1);
    let token = mailed_token(&shop, "king@example.com", "email-change").await;
    assert_eq!(
        ada.data("{ viewer { email } }", json!({})).await["viewer"]["email"],
        ADA
    );
    guest.done(MOVED, input(json!({ "token": token }))).await;
    assert_eq!(
        guest.refusals(MOVED, input(json!({ "token": token }))).await,
        ["INVALID_TOKEN"]
    );
    assert_eq!(guest.refusals(LOGIN, login(ADA, NEW)).await, ["WRONG_CREDENTIALS"]);
    guest.done(LOGIN, login("king@example.com", NEW)).await;
    let told = subjects(&shop, ADA).await;
    for subject in [
        "Your password was changed",
        "Another mail address",
        "Your mail address was changed",
    ] {
        assert!(told.iter().any(|told| told.starts_with(subject)), "{subject}: {told:?}");
    }
    shop.close().await;
}

/// Whoever had them sent may be who the password is changed for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_that_went_out_before_open_nothing_once_the_password_has_changed() {
    let shop = TestShop::open().await;
    let (guest, ada) = (shop.guest(), shop.customer(ADA).await);
    let to = |email: &str, password: &str| input(json!({ "email": email, "password": password }));
    ada.done(MOVE, to("thief@example.com", PASSWORD)).await;
    let stolen = mailed_token(&shop, "thief@example.com", "email-change").await;
    ada.done(
        CHANGE,
        input(json!({ "currentPassword": PASSWORD, "newPassword": NEW })),
    )
    .await;
    assert_eq!(
        guest.refusals(MOVED, input(json!({ "token": stolen }))).await,
        ["INVALID_TOKEN"]
    );

    // Nor once staff let them in no more; and what was open is refused.
    ada.done(MOVE, to("another@example.com", NEW)).await;
    let pending = mailed_token(&shop, "another@example.com", "email-change").await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let id = ada.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let disable = "mutation($input: CustomerDisableInput!) { customerDisable(input: $input) { userErrors { code } } }";
    staff.done(disable, input(json!({ "id": id }))).await;
    assert_eq!(
        guest.refusals(MOVED, input(json!({ "token": pending }))).await,
        ["INVALID_TOKEN"]
    );
    let refused = ada.answer("{ viewer { id } }", json!({})).await;
    assert_eq!(
        refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED",
        "{refused}"
    );
    assert_eq!(guest.refusals(LOGIN, login(ADA, NEW)).await, ["WRONG_CREDENTIALS"]);
    shop.close().await;
}

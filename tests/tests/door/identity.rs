//! Sign-up, login, refresh tokens that rotate, signing out.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_tests::{Client, TestShop, shop::PASSWORD};

const SIGN_UP: &str = "mutation($input: CustomerSignUpInput!) { customerSignUp(input: $input) { requested userErrors { code message field } } }";
const LOGIN: &str = "mutation($input: CustomerLoginInput!) { customerLogin(input: $input) { session { accessToken refreshToken } userErrors { code message field } } }";
const REFRESH: &str = "mutation($input: TokenRefreshInput!) { tokenRefresh(input: $input) { session { accessToken refreshToken } userErrors { code message field } } }";
const VIEWER: &str = "{ viewer { email } }";

async fn sign_up(shop: &TestShop) -> Value {
    shop.customer_session("ada@example.com").await
}

fn with(client: &Client, session: &Value) -> Client {
    client.with_token(session["accessToken"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_signs_in() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let session = sign_up(&shop).await;
    assert_eq!(
        with(&guest, &session).data(VIEWER, json!({})).await["viewer"]["email"],
        "ada@example.com"
    );
    assert_eq!(guest.data(VIEWER, json!({})).await["viewer"], Value::Null);

    let login = |email: &str, password: &str| json!({ "input": { "email": email, "password": password } });
    guest.done(LOGIN, login("ada@EXAMPLE.com", PASSWORD)).await;
    let wrong = guest.payload(LOGIN, login("ada@example.com", "not the password")).await;
    let unknown = guest
        .payload(LOGIN, login("nobody@example.com", "not the password"))
        .await;
    assert_eq!(wrong["userErrors"][0]["code"], "WRONG_CREDENTIALS");
    assert_eq!(wrong, unknown);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn passwords_and_addresses_are_checked() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    for (email, password, code) in [
        ("ada@example.com", "short", "WEAK_PASSWORD"),
        ("ada@example.com", &*"x".repeat(1_000_000), "WEAK_PASSWORD"),
        ("a@x.com,b@y.com", PASSWORD, "INVALID"),
        ("ada@example.com\r\nBcc: eve@example.com", PASSWORD, "INVALID"),
        ("not an address", PASSWORD, "INVALID"),
    ] {
        let input = json!({ "input": { "email": email, "password": password, "name": "Ada" } });
        assert_eq!(guest.refusals(SIGN_UP, input).await, [code], "{email:?}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refresh_token_is_good_once() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let first = sign_up(&shop).await;
    let refresh = |session: &Value| json!({ "input": { "refreshToken": session["refreshToken"] } });
    let second = guest.done(REFRESH, refresh(&first)).await["session"].take();
    with(&guest, &second).data(VIEWER, json!({})).await;
    // A window that refreshed at once, or whose answer was lost: it is given the same.
    let again = guest.done(REFRESH, refresh(&first)).await["session"].take();
    assert_eq!(again["refreshToken"], second["refreshToken"]);
    with(&guest, &again).data(VIEWER, json!({})).await;
    shop.clock.advance(TimeDelta::seconds(21));
    // A thief, or the owner after a thief: nobody can tell, so the whole session ends.
    assert_eq!(guest.refusals(REFRESH, refresh(&first)).await, ["INVALID_TOKEN"]);
    assert_eq!(guest.refusals(REFRESH, refresh(&second)).await, ["INVALID_TOKEN"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_access_token_ends() {
    let shop = TestShop::open().await;
    let session = sign_up(&shop).await;
    let ada = with(&shop.guest(), &session);
    shop.advance(TimeDelta::minutes(11)).await;
    let response = ada.post("/graphql", json!({ "query": VIEWER })).await;
    assert_eq!(response.status(), 401);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    for forged in [
        "",
        "garbage",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjdXNfMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAifQ.",
    ] {
        let response = shop
            .guest()
            .with_token(forged)
            .post("/graphql", json!({ "query": VIEWER }))
            .await;
        assert_eq!(response.status(), 401, "{forged}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_everywhere_ends_every_session() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let one = sign_up(&shop).await;
    let other = guest
        .done(
            LOGIN,
            json!({ "input": { "email": "ada@example.com", "password": PASSWORD } }),
        )
        .await["session"]
        .take();
    with(&guest, &one)
        .done(
            "mutation { signOutEverywhere { signedOut userErrors { code } } }",
            json!({}),
        )
        .await;
    for session in [one, other] {
        let input = json!({ "input": { "refreshToken": session["refreshToken"] } });
        assert_eq!(guest.refusals(REFRESH, input).await, ["INVALID_TOKEN"]);
    }
    shop.close().await;
}

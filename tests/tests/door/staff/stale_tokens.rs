//! A token that is not valid any more stands in nobody's way to a valid one.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shop::PASSWORD};

use super::LOGIN;

const REFRESH: &str = "mutation($input: TokenRefreshInput!) { tokenRefresh(input: $input) { session { accessToken } userErrors { code } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_and_refreshing_work_and_nothing_else() {
    let shop = TestShop::open().await;
    shop.staff(StaffRole::Administrator).await;
    let login = json!({ "input": { "email": "administrator@example.com", "password": PASSWORD } });
    let session = shop.guest().done(LOGIN, login.clone()).await["session"].take();
    shop.advance(TimeDelta::minutes(11)).await;
    let stale = shop.guest().with_token(session["accessToken"].as_str().unwrap());
    for client in [
        stale.clone(),
        stale.with_token("garbage"),
        stale.with_token("vitrine_app_x"),
    ] {
        client.done(LOGIN, login.clone()).await;
    }
    let refreshed = stale
        .done(REFRESH, json!({ "input": { "refreshToken": session["refreshToken"] } }))
        .await;
    assert!(refreshed["session"]["accessToken"].is_string());

    let two = "mutation($input: StaffLoginInput!) { staffLogin(input: $input) { userErrors { code } } signOutEverywhere { signedOut } }";
    let spread = "mutation($input: StaffLoginInput!) { ...f } fragment f on Mutation { staffLogin(input: $input) { userErrors { code } } }";
    stale.data(spread, login.clone()).await;
    let hidden = "mutation($input: StaffLoginInput!) { ...f } fragment f on Mutation { staffLogin(input: $input) { userErrors { code } } signOutEverywhere { signedOut } }";
    for query in [
        "{ shop { name } }",
        "query staffLogin { __typename }",
        two,
        hidden,
        "mutation { signOutEverywhere { signedOut } }",
    ] {
        let response = stale
            .post("/graphql", json!({ "query": query, "variables": login }))
            .await;
        assert_eq!(response.status(), 401, "{query}");
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        assert!(answer.get("data").is_none());
    }
    shop.close().await;
}

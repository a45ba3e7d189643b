//! Apps: keys that open what they say, and nothing any more once they are revoked.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use vitrine_entity::{app_key, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop};

use super::status;

pub const CREATE: &str = "mutation($input: AppCreateInput!) { appCreate(input: $input) { app { id permissions keys { hint expiresAt } } key userErrors { code message field } } }";
pub const REVOKE: &str = "mutation($input: AppRevokeInput!) { appRevoke(input: $input) { app { revokedAt keys { hint } } userErrors { code message field } } }";
const UPDATE: &str = "mutation($input: AppUpdateInput!) { appUpdate(input: $input) { app { version expiresAt } userErrors { code message field } } }";
const ROTATE: &str = "mutation($input: AppKeyRotateInput!) { appKeyRotate(input: $input) { app { id keys { hint expiresAt } } key userErrors { code message field } } }";
const ORDERS: &str = "{ orders(first: 1) { nodes { id } } }";

/// An app and its key.
pub async fn create(staff: &Client, name: &str, permissions: &[&str]) -> (String, String) {
    let made = staff
        .done(CREATE, json!({ "input": { "name": name, "permissions": permissions } }))
        .await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made["app"]["id"]), text(&made["key"]))
}

pub async fn listed(staff: &Client, revoked: bool) -> Vec<Value> {
    let query = "query($where: AppWhere) { apps(first: 10, where: $where) { nodes { id name lastUsedAt createdBy keys { hint } } } }";
    let apps = staff.data(query, json!({ "where": { "revoked": revoked } })).await;
    apps["apps"]["nodes"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_opens_what_it_says_everywhere() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (id, key) = create(&staff, "Importer", &["CATALOG", "INVENTORY", "PAYMENTS"]).await;
    assert!(key.starts_with("vitrine_app_") && key.len() == 70, "{key}");
    let app = shop.guest().with_token(&key);
    app.sell("MUG-1", "10.00", 10).await;
    let refused = app.answer(ORDERS, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(
        app.data("{ appViewer { name } staffViewer { id } }", json!({})).await,
        json!({ "appViewer": { "name": "Importer" }, "staffViewer": null })
    );
    let ledger = vitrine_tests::client::http()
        .get(format!("{}/api/payments/ledger.csv", app.base()))
        .bearer_auth(&key);
    assert_eq!(ledger.send().await.unwrap().status(), 200);

    let rows = app_key::Entity::find().all(&shop.shop().db).await.unwrap();
    assert!(!format!("{rows:?}").contains(&key[12..]), "only a hash is kept");
    assert_eq!(rows[0].hint, key[60..64]);
    let last = listed(&staff, false).await[0]["lastUsedAt"].clone();
    assert!(last.is_string());
    app.data("{ shop { name } }", json!({})).await;
    assert_eq!(listed(&staff, false).await[0]["lastUsedAt"], last, "to the minute");
    shop.advance(TimeDelta::minutes(1)).await;
    app.data("{ shop { name } }", json!({})).await;
    assert_ne!(listed(&staff, false).await[0]["lastUsedAt"], last);

    staff
        .done(UPDATE, json!({ "input": { "id": id, "permissions": ["ORDERS"] } }))
        .await;
    app.data(ORDERS, json!({})).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_replaced_expires_and_is_revoked() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (id, first) = create(&staff, "Sender", &["ORDERS"]).await;
    let with = |key: &str| shop.guest().with_token(key);
    let rotate = |minutes: i32| json!({ "input": { "id": id, "overlapMinutes": minutes } });
    let second = staff.done(ROTATE, rotate(5)).await;
    assert_eq!(second["app"]["keys"].as_array().unwrap().len(), 2);
    let second = second["key"].as_str().unwrap().to_owned();
    assert_eq!((status(&with(&first)).await, status(&with(&second)).await), (200, 200));
    shop.advance(TimeDelta::minutes(5)).await;
    assert_eq!((status(&with(&first)).await, status(&with(&second)).await), (401, 200));
    let third = staff.done(ROTATE, rotate(0)).await["key"].as_str().unwrap().to_owned();
    assert_eq!((status(&with(&second)).await, status(&with(&third)).await), (401, 200));
    for minutes in [-1, 100_000] {
        assert_eq!(staff.refusals(ROTATE, rotate(minutes)).await, ["INVALID"]);
    }

    let soon = shop.shop().now() + TimeDelta::minutes(1);
    let expiring = json!({ "input": { "id": id, "expiresAt": soon, "expectedVersion": 1 } });
    staff.done(UPDATE, expiring.clone()).await;
    assert_eq!(staff.refusals(UPDATE, expiring).await, ["VERSION_CONFLICT"]);
    shop.advance(TimeDelta::minutes(1)).await;
    assert_eq!(status(&with(&third)).await, 401);
    staff
        .done(UPDATE, json!({ "input": { "id": id, "expiresAt": null } }))
        .await;
    assert_eq!(status(&with(&third)).await, 200);
    staff.done(REVOKE, json!({ "input": { "id": id } })).await;
    assert_eq!(status(&with(&third)).await, 401);
    staff.done(REVOKE, json!({ "input": { "id": id } })).await;
    assert_eq!(
        (listed(&staff, false).await.len(), listed(&staff, true).await.len()),
        (0, 1)
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn input_is_checked_and_an_app_makes_no_other() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    for input in [
        json!({ "name": "", "permissions": [] }),
        json!({ "name": "a\0b", "permissions": [] }),
        json!({ "name": "x".repeat(101), "permissions": [] }),
        json!({ "name": "Late", "permissions": [], "expiresAt": "2020-01-01T00:00:00Z" }),
    ] {
        assert_eq!(staff.refusals(CREATE, json!({ "input": input })).await, ["INVALID"]);
    }
    let (id, key) = create(&staff, "Manager", &["STAFF"]).await;
    let app = shop.guest().with_token(&key);
    for (mutation, input) in [
        (CREATE, json!({ "name": "Another", "permissions": ["STAFF"] })),
        (ROTATE, json!({ "id": id })),
        (super::ROLE_CREATE, json!({ "name": "Another", "permissions": [] })),
        (
            super::INVITE,
            json!({ "email": "eve@example.com", "roleId": super::role(&app, "fulfilment").await }),
        ),
    ] {
        assert_eq!(app.refusals(mutation, json!({ "input": input })).await, ["FORBIDDEN"]);
    }
    let everywhere = "mutation { signOutEverywhere { signedOut userErrors { code } } }";
    assert_eq!(app.refusals(everywhere, json!({})).await, ["UNAUTHENTICATED"]);
    for forged in [
        &key[..key.len() - 1],
        &key.replace("vitrine_app_", "vitrine_app_0"),
        "vitrine_app_",
        &format!("{key}{}", "0".repeat(100_000)),
    ] {
        if forged.len() < 8_000 {
            assert_eq!(status(&shop.guest().with_token(forged)).await, 401);
        }
    }
    shop.close().await;
}

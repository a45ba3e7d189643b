//! The log of what staff, apps and the command line did.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{ROLE_UPDATE, apps, own_role, viewer};

const LOG: &str = "query($first: Int = 100, $after: String, $where: AuditLogWhere) { auditLog(first: $first, after: $after, where: $where) {
    nodes { action object actor data staffMember { name } app { name } createdAt } pageInfo { endCursor hasNextPage } } }";

async fn actions(client: &Client, filter: Value) -> Vec<String> {
    let log = client.data(LOG, json!({ "where": filter })).await;
    let nodes = log["auditLog"]["nodes"].as_array().unwrap().clone();
    nodes
        .iter()
        .map(|node| node["action"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybodys_deeds_are_found() {
    let shop = TestShop::open().await;
    let grace = shop.staff(StaffRole::Administrator).await;
    let id = viewer(&grace).await["id"].clone();
    let (app, key) = apps::create(&grace, "Importer", &["CATALOG"]).await;
    shop.advance(TimeDelta::seconds(1)).await;
    let middle = shop.shop().now();
    let night = own_role(&grace, "Night", &["ORDERS"]).await;
    grace
        .done(ROLE_UPDATE, json!({ "input": { "id": night, "name": "Late" } }))
        .await;
    let importer = shop.guest().with_token(&key);
    importer.sell("MUG-1", "10.00", 0).await;

    let log = grace.data(LOG, json!({ "where": { "action": "role.update" } })).await;
    let entry = &log["auditLog"]["nodes"][0];
    assert_eq!(
        (&entry["object"], &entry["actor"], &entry["staffMember"]["name"]),
        (&json!(night), &id, &json!("Grace Hopper"))
    );
    assert_eq!(
        (&entry["data"]["before"]["name"], &entry["data"]["after"]["name"]),
        (&json!("Night"), &json!("Late"))
    );
    assert_eq!(
        actions(&grace, json!({ "object": night })).await,
        ["role.update", "role.create"]
    );
    assert_eq!(
        actions(&grace, json!({ "action": "role" })).await,
        ["role.update", "role.create"]
    );
    assert_eq!(
        actions(&grace, json!({ "staffMemberId": id, "to": middle })).await,
        ["app.create"]
    );
    assert_eq!(
        actions(&grace, json!({ "action": "staff.create" })).await.len(),
        1,
        "by the command line"
    );
    let by_app = grace
        .data(LOG, json!({ "where": { "appId": app, "from": middle } }))
        .await["auditLog"]["nodes"]
        .take();
    assert!(!by_app.as_array().unwrap().is_empty());
    assert!(
        by_app
            .as_array()
            .unwrap()
            .iter()
            .all(|node| node["app"]["name"] == "Importer" && node["staffMember"].is_null())
    );

    let mut paged = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = grace.data(LOG, json!({ "first": 2, "after": after })).await["auditLog"].take();
        paged.extend(
            page["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| node["action"].as_str().unwrap().to_owned()),
        );
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(paged, actions(&grace, Value::Null).await);
    for filter in [
        json!({ "staffMemberId": "x" }),
        json!({ "action": "" }),
        json!({ "object": "x".repeat(1000) }),
    ] {
        let answer = grace.answer(LOG, json!({ "where": filter })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_exported_and_only_ever_added_to() {
    let shop = TestShop::open().await;
    let grace = shop.staff(StaffRole::Administrator).await;
    own_role(&grace, "=cmd|' /C calc'!A0", &[]).await;
    let csv = async |client: &Client, query: &str| {
        let request = vitrine_tests::client::http().get(format!("{}/api/audit.csv{query}", client.base()));
        let request = match client.access_token() {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        request.send().await.unwrap()
    };
    let response = csv(&grace, "").await;
    assert_eq!(
        (
            response.status().as_u16(),
            response.headers()["content-type"].to_str().unwrap()
        ),
        (200, "text/csv; charset=utf-8")
    );
    let text = response.text().await.unwrap();
    let rows: Vec<_> = text.split("\r\n").filter(|row| !row.is_empty()).collect();
    assert_eq!(rows[0], "time,entry,who,name,action,object,data");
    assert_eq!(rows.len() - 1, actions(&grace, Value::Null).await.len());
    let made = rows.iter().any(|row| row.contains(",system,,staff.create,"));
    assert!(made, "{text}");
    let part = csv(&grace, "?action=role.create").await.text().await.unwrap();
    assert!(part.contains("Grace Hopper") && part.lines().count() == 2, "{part}");
    for (query, status) in [
        ("?from=yesterday", 422),
        ("?appId=x", 422),
        ("?who=x", 422),
        ("?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", 422),
    ] {
        assert_eq!(csv(&grace, query).await.status(), status, "{query}");
    }
    assert_eq!(csv(&shop.staff(StaffRole::Fulfilment).await, "").await.status(), 403);
    assert_eq!(csv(&shop.guest(), "").await.status(), 401);

    for sql in ["update staff_audit set action = 'x'", "delete from staff_audit"] {
        let error = shop.shop().db.execute_unprepared(sql).await.unwrap_err();
        assert!(error.to_string().contains("append-only"), "{error}");
    }
    shop.close().await;
}

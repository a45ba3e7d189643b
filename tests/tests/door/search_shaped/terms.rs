//! What shoppers searched for.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use vitrine_commerce::{retention, search::record};
use vitrine_entity::{search_term_day, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop};

use super::{found, mutation, search};

const REPORT: &str = "query($days: Int! = 30, $found: SearchTermsFound! = ANY, $first: Int! = 10, $after: String) {
    searchTerms(days: $days, found: $found, first: $first, after: $after) {
        nodes { term searches foundNothing foundLittle lastSearchedOn } pageInfo { hasNextPage endCursor } } }";

/// What was searched for, and how often, once it is written down.
async fn terms(shop: &TestShop, staff: &Client, variables: Value) -> Vec<(String, u64)> {
    record::flush(shop.shop()).await.unwrap();
    let data = staff.data(REPORT, variables).await["searchTerms"].take();
    let nodes = data["nodes"].as_array().unwrap().iter();
    let read = |node: &Value| {
        (
            node["term"].as_str().unwrap().to_owned(),
            node["searches"].as_u64().unwrap(),
        )
    };
    nodes.map(read).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_shoppers_miss_is_reported_and_never_who_they_are() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let term = |term: &str, searches: u64| (term.to_owned(), searches);
    for query in [
        "Qüxhöck",
        "qux\u{ad}hock\u{1}",
        "lamp",
        "alba dome lamp",
        "LAMP",
        "lamp",
        "zzzz",
        "ada@example.com",
        "  ",
    ] {
        found(&guest, query).await;
    }
    // A further page and a narrower search are the same search again.
    let page = search(&guest, json!({ "query": "zzzz", "where": { "vendors": ["Nobody"] } })).await;
    assert_eq!(page["totalCount"], 0);
    assert_eq!(
        terms(&shop, &staff, json!({})).await,
        [
            term("lamp", 3),
            term("quxhock", 2),
            term("alba dome lamp", 1),
            term("zzzz", 1)
        ]
    );
    assert_eq!(
        terms(&shop, &staff, json!({ "found": "NOTHING" })).await,
        [term("quxhock", 2), term("zzzz", 1)]
    );
    let first = staff.data(REPORT, json!({ "first": 2 })).await["searchTerms"].take();
    let next = json!({ "first": 2, "after": first["pageInfo"]["endCursor"] });
    assert_eq!(
        terms(&shop, &staff, next).await,
        [term("alba dome lamp", 1), term("zzzz", 1)]
    );

    shop.advance(TimeDelta::days(3)).await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    found(&guest, "zzzz").await;
    assert_eq!(
        terms(&shop, &staff, json!({ "days": 3, "found": "LITTLE" })).await,
        [term("zzzz", 1)]
    );
    assert_eq!(
        terms(&shop, &staff, json!({ "days": 4, "found": "NOTHING" })).await,
        [term("quxhock", 2), term("zzzz", 2)]
    );
    for days in [0, 181] {
        let refused = staff.answer(REPORT, json!({ "days": days })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{days}");
    }
    let refused = guest.answer(REPORT, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");

    let update = mutation(
        "searchSettingsUpdate",
        "searchSettings { recordSearches version } userErrors { code field }",
    );
    let off = json!({ "input": { "recordSearches": false, "expectedVersion": 1 } });
    let settings = staff.done(&update, off.clone()).await["searchSettings"].take();
    assert_eq!(settings, json!({ "recordSearches": false, "version": 2 }));
    assert_eq!(staff.refusals(&update, off).await, ["VERSION_CONFLICT"]);
    found(&guest, "quxhock").await;
    assert_eq!(
        terms(&shop, &staff, json!({ "found": "NOTHING" })).await,
        [term("quxhock", 2), term("zzzz", 2)]
    );
    // What is old is forgotten by the clock.
    shop.advance(TimeDelta::days(178)).await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    retention::forget_now(shop.shop()).await.unwrap();
    let kept = search_term_day::Entity::find().all(&shop.shop().db).await.unwrap();
    assert_eq!(kept.iter().map(|row| row.term.as_str()).collect::<Vec<_>>(), ["zzzz"]);
    assert_eq!(terms(&shop, &staff, json!({ "days": 180 })).await, [term("zzzz", 1)]);
    shop.close().await;
}

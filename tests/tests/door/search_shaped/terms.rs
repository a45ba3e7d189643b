//! What shoppers searched for.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_commerce::{retention, search::record};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::{found, mutation, search};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_shoppers_miss_is_reported_and_never_who_they_are() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let report = "query($days: Int! = 30, $found: SearchTermsFound! = ANY, $first: Int! = 10, $after: String) {
        searchTerms(days: $days, found: $found, first: $first, after: $after) {
            nodes { term searches foundNothing foundLittle lastSearchedOn } pageInfo { hasNextPage endCursor } } }";
    let terms = async |variables: Value| {
        record::flush(shop.shop()).await.unwrap();
        let data = staff.data(report, variables).await["searchTerms"].take();
        let nodes = data["nodes"].as_array().unwrap().iter();
        nodes
            .map(|node| {
                (
                    node["term"].as_str().unwrap().to_owned(),
                    node["searches"].as_u64().unwrap(),
                )
            })
            .collect::<Vec<_>>()
    };
    let term = |term: &str, searches: u64| (term.to_owned(), searches);
    for query in [
        "Hammöck",
        "ham\u{ad}mock\u{0}",
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
        terms(json!({})).await,
        [
            term("lamp", 3),
            term("hammock", 2),
            term("alba dome lamp", 1),
            term("zzzz", 1)
        ]
    );
    assert_eq!(
        terms(json!({ "found": "NOTHING" })).await,
        [term("hammock", 2), term("zzzz", 1)]
    );
    let first = staff.data(report, json!({ "first": 2 })).await["searchTerms"].take();
    let next = json!({ "first": 2, "after": first["pageInfo"]["endCursor"] });
    assert_eq!(terms(next).await, [term("alba dome lamp", 1), term("zzzz", 1)]);

    shop.advance(TimeDelta::days(3)).await;
    found(&guest, "zzzz").await;
    assert_eq!(terms(json!({ "days": 3, "found": "LITTLE" })).await, [term("zzzz", 1)]);
    assert_eq!(
        terms(json!({ "days": 4, "found": "NOTHING" })).await,
        [term("hammock", 2), term("zzzz", 2)]
    );
    for days in [0, 181] {
        let refused = staff.answer(report, json!({ "days": days })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "INVALID", "{days}");
    }
    let refused = guest.answer(report, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");

    let update = mutation(
        "searchSettingsUpdate",
        "searchSettings { recordSearches version } userErrors { code field }",
    );
    let off = json!({ "input": { "recordSearches": false, "expectedVersion": 1 } });
    let settings = staff.done(&update, off.clone()).await["searchSettings"].take();
    assert_eq!(settings, json!({ "recordSearches": false, "version": 2 }));
    assert_eq!(staff.refusals(&update, off).await, ["VERSION_CONFLICT"]);
    found(&guest, "hammock").await;
    assert_eq!(
        terms(json!({ "found": "NOTHING" })).await,
        [term("hammock", 2), term("zzzz", 2)]
    );
    // What is old is forgotten by the clock.
    shop.advance(TimeDelta::days(177)).await;
    retention::forget_now(shop.shop()).await.unwrap();
    assert_eq!(terms(json!({ "days": 180 })).await, [term("zzzz", 1)]);
    shop.close().await;
}

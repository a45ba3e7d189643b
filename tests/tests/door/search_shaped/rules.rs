//! What staff pin and hide.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{found, mutation, search, slugs};

const RULE: &str = "searchRule { id term match active pins { position product { slug } } hiddenProducts { slug } version } userErrors { code field }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_pin_and_hide_and_pages_stay_exact() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    staff.sell("GIZMO-1", "10.00", 5).await;
    shop.settle().await;
    let plain = search(&guest, json!({ "query": "lamp" })).await;
    let total = plain["totalCount"].as_u64().unwrap();
    let (lamps, gizmo) = (slugs(&plain), search(&guest, json!({ "query": "gizmo" })).await);
    let (gizmo, hidden, last) = (
        &gizmo["nodes"][0]["id"],
        &plain["nodes"][0]["id"],
        &plain["nodes"].as_array().unwrap().last().unwrap()["id"],
    );
    let create = mutation("searchRuleCreate", RULE);
    let input = json!({ "term": " LAMP! ", "pins": [{ "productId": gizmo, "position": 2 }, { "productId": last, "position": 1 }],
        "hiddenProductIds": [hidden] });
    let rule = staff.done(&create, json!({ "input": input })).await["searchRule"].take();
    assert_eq!((&rule["term"], &rule["match"]), (&json!("lamp"), &json!("EXACT")));
    assert_eq!(
        rule["pins"][1],
        json!({ "position": 2, "product": { "slug": "gizmo-1" } })
    );
    assert_eq!(rule["hiddenProducts"], json!([{ "slug": lamps[0] }]));

    let mut expected = vec![lamps.last().unwrap().clone(), "gizmo-1".to_owned()];
    expected.extend(lamps[1..lamps.len() - 1].iter().cloned());
    let shaped = search(&guest, json!({ "query": "Lamp" })).await;
    assert_eq!(
        (slugs(&shaped), &shaped["totalCount"]),
        (expected.clone(), &json!(total))
    );
    let (mut paged, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = search(&guest, json!({ "query": "lamp", "first": 3, "after": after })).await;
        paged.extend(slugs(&page));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(paged, expected);
    // A filter leaves a pinned product out; an order of the shopper's own pins nothing, and still hides.
    let dear = search(&guest, json!({ "query": "lamp", "where": { "priceMin": "11" } })).await;
    assert!(!slugs(&dear).contains(&"gizmo-1".to_owned()));
    let sorted = search(&guest, json!({ "query": "lamp", "sort": "NEWEST" })).await;
    assert_eq!(sorted["totalCount"], total - 1);
    // What the facets count is what is found.
    let facets = "{ productSearch(query: \"lamp\", first: 1) { totalCount facets { kind values { value count } } } }";
    let counted = guest.data(facets, json!({})).await["productSearch"].take();
    let in_stock = counted["facets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|facet| facet["kind"] == "IN_STOCK");
    let sum: u64 = in_stock.unwrap()["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value["count"].as_u64().unwrap())
        .sum();
    assert_eq!(json!(sum), counted["totalCount"]);

    // A part of the search is enough for a rule that says so, and the exact one goes before.
    assert!(found(&guest, "lamp dome").await.contains(&lamps[0]));
    let input = json!({ "term": "lamp", "match": "CONTAINS", "pins": [{ "productId": gizmo, "position": 1 }] });
    staff.done(&create, json!({ "input": input })).await;
    assert_eq!(found(&guest, "lamp dome").await[0], "gizmo-1");
    assert_eq!(found(&guest, "lamp").await, expected);
    assert_ne!(found(&guest, "lamps").await[0], "gizmo-1");
    rules_are_checked(&shop, &staff, &rule, gizmo).await;
    shop.close().await;
}

async fn rules_are_checked(shop: &TestShop, staff: &Client, rule: &Value, product: &Value) {
    let create = mutation("searchRuleCreate", RULE);
    let pin = |position: i32| json!({ "productId": product, "position": position });
    for (input, code, field) in [
        (
            json!({ "term": "lamp", "pins": [pin(1)] }),
            "TAKEN",
            json!(["input", "term"]),
        ),
        (
            json!({ "term": "?", "pins": [pin(1)] }),
            "INVALID",
            json!(["input", "term"]),
        ),
        (
            json!({ "term": "a\u{0}", "pins": [pin(1)] }),
            "INVALID",
            json!(["input", "term"]),
        ),
        (json!({ "term": "x" }), "INVALID", json!(["input", "pins"])),
        (
            json!({ "term": "x", "pins": [pin(0)] }),
            "INVALID",
            json!(["input", "pins", "0", "position"]),
        ),
        (
            json!({ "term": "x", "pins": [pin(1), pin(2)] }),
            "INVALID",
            json!(["input", "pins", "1", "productId"]),
        ),
        (
            json!({ "term": "x", "pins": [pin(1)], "hiddenProductIds": [product] }),
            "INVALID",
            json!(["input", "hiddenProductIds", "0"]),
        ),
        (
            json!({ "term": "x", "hiddenProductIds": ["prod_01j9zzzzzzzzzzzzzzzzzzzzzz"] }),
            "NOT_FOUND",
            json!(["input", "hiddenProductIds", "0"]),
        ),
    ] {
        let payload = staff.payload(&create, json!({ "input": input })).await;
        assert_eq!(
            payload["userErrors"],
            json!([{ "code": code, "field": field }]),
            "{input}"
        );
    }
    let update = mutation("searchRuleUpdate", RULE);
    let change = json!({ "input": { "id": rule["id"], "expectedVersion": 1, "hiddenProductIds": [] } });
    let changed = staff.done(&update, change.clone()).await["searchRule"].take();
    assert_eq!(
        (&changed["version"], &changed["hiddenProducts"]),
        (&json!(2), &json!([]))
    );
    assert_eq!(changed["pins"], rule["pins"]);
    assert_eq!(staff.refusals(&update, change).await, ["VERSION_CONFLICT"]);
    let guest = shop.guest();
    let which = json!({ "input": { "id": rule["id"] } });
    staff.done(&mutation("searchRuleDelete", RULE), which.clone()).await;
    assert_eq!(found(&guest, "lamp").await[0], "gizmo-1", "the other rule");
    staff.done(&mutation("searchRuleRestore", RULE), which.clone()).await;
    assert_ne!(found(&guest, "lamp").await[0], "gizmo-1");
    assert_eq!(
        guest.refusals(&mutation("searchRuleDelete", RULE), which).await,
        ["UNAUTHENTICATED"]
    );
    let list = "{ searchRules(first: 1, query: \"LAM\") { nodes { match } pageInfo { hasNextPage } } }";
    let page = staff.data(list, json!({})).await["searchRules"].take();
    assert_eq!(
        page,
        json!({ "nodes": [{ "match": "CONTAINS" }], "pageInfo": { "hasNextPage": true } })
    );
}

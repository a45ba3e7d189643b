//! Search as staff shape it, through the door: synonyms, rules, and what shoppers searched for.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_adapters::config::{Meilisearch, Secret};
use vitrine_commerce::search::record;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, meilisearch_stand_in::MeilisearchStandIn};

const SEARCH: &str = "query($query: String, $where: ProductWhere, $sort: ProductSearchSort! = RELEVANCE, $first: Int! = 50, $after: String) {
    productSearch(query: $query, where: $where, sort: $sort, first: $first, after: $after) {
        nodes { slug id } totalCount degraded pageInfo { hasNextPage endCursor } } }";
const GROUP: &str = "synonymGroup { id term synonyms version deletedAt } userErrors { code field }";
const RULE: &str = "searchRule { id term match active pins { position product { slug } } hiddenProducts { slug } version } userErrors { code field }";

fn mutation(name: &str, fields: &str) -> String {
    let noun = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
    format!("mutation($input: {noun}Input!) {{ {name}(input: $input) {{ {fields} }} }}")
}

async fn search(client: &Client, variables: Value) -> Value {
    client.data(SEARCH, variables).await["productSearch"].take()
}

fn slugs(found: &Value) -> Vec<String> {
    let nodes = found["nodes"].as_array().unwrap().iter();
    nodes.map(|node| node["slug"].as_str().unwrap().to_owned()).collect()
}

async fn found(client: &Client, query: &str) -> Vec<String> {
    slugs(&search(client, json!({ "query": query })).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_group_synonyms_and_every_answerer_obeys() {
    let server = MeilisearchStandIn::start().await.unwrap();
    let meilisearch = Meilisearch {
        url: server.url(),
        api_key: Some(Secret::new(MeilisearchStandIn::KEY)),
        index: "products".to_owned(),
    };
    let by_meilisearch = TestShop::open_with(|config| {
        config.search.meilisearch = Some(meilisearch);
        config.worker.search_check_seconds = 1;
    })
    .await;
    let waiting = async {
        while search(&by_meilisearch.guest(), json!({ "query": "lamp" })).await["degraded"] == true {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), waiting)
        .await
        .unwrap();
    let embedded = TestShop::open().await;
    for shop in [&embedded, &by_meilisearch] {
        let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
        staff.sell("GIZMO-1", "10.00", 5).await;
        shop.settle().await;
        assert!(found(&guest, "doohickey").await.is_empty());
        let made = json!({ "input": { "synonyms": ["Gizmo", " Doohickey "] } });
        let made = staff.done(&mutation("synonymGroupCreate", GROUP), made).await["synonymGroup"].take();
        assert_eq!(made["synonyms"], json!(["Gizmo", "Doohickey"]));
        shop.advance(TimeDelta::minutes(1)).await;
        assert_eq!(found(&guest, "doohickey").await, ["gizmo-1"]);

        let update = mutation("synonymGroupUpdate", GROUP);
        let change =
            json!({ "input": { "id": made["id"], "expectedVersion": 1, "term": "what's it", "synonyms": ["gizmo"] } });
        staff.done(&update, change.clone()).await;
        assert_eq!(staff.refusals(&update, change).await, ["VERSION_CONFLICT"]);
        shop.advance(TimeDelta::minutes(1)).await;
        assert!(found(&guest, "doohickey").await.is_empty());
        assert_eq!(found(&guest, "what's it").await, ["gizmo-1"]);

        let which = json!({ "input": { "id": made["id"] } });
        staff.done(&mutation("synonymGroupDelete", GROUP), which.clone()).await;
        shop.advance(TimeDelta::minutes(1)).await;
        assert!(!found(&guest, "what's it").await.contains(&"gizmo-1".to_owned()));
        staff.done(&mutation("synonymGroupRestore", GROUP), which).await;
        shop.advance(TimeDelta::minutes(1)).await;
        assert_eq!(found(&guest, "what's it").await, ["gizmo-1"]);
    }
    // Where the engine is away, the database knows them as well.
    server.fail(true);
    let degraded = search(&by_meilisearch.guest(), json!({ "query": "what's it" })).await;
    assert_eq!(
        (&degraded["degraded"], slugs(&degraded)),
        (&json!(true), vec!["gizmo-1".to_owned()])
    );
    server.fail(false);
    synonyms_are_checked(&embedded).await;
    embedded.close().await;
    by_meilisearch.abandon().await;
}

async fn synonyms_are_checked(shop: &TestShop) {
    let (guest, staff) = (shop.guest(), shop.sign_in(StaffRole::Administrator).await);
    let create = mutation("synonymGroupCreate", GROUP);
    for (input, code, field) in [
        (json!({ "synonyms": ["a"] }), "INVALID", json!(["input", "synonyms"])),
        (
            json!({ "synonyms": ["Café", "cafe"] }),
            "INVALID",
            json!(["input", "synonyms", "1"]),
        ),
        (
            json!({ "synonyms": ["a", "b c d e"] }),
            "INVALID",
            json!(["input", "synonyms", "1"]),
        ),
        (
            json!({ "synonyms": ["a", "b\u{0}"] }),
            "INVALID",
            json!(["input", "synonyms", "1"]),
        ),
        (
            json!({ "term": "a", "synonyms": ["A"] }),
            "INVALID",
            json!(["input", "synonyms", "0"]),
        ),
        (
            json!({ "term": "!", "synonyms": ["b"] }),
            "INVALID",
            json!(["input", "term"]),
        ),
    ] {
        let payload = staff.payload(&create, json!({ "input": input })).await;
        assert_eq!(
            payload["userErrors"],
            json!([{ "code": code, "field": field }]),
            "{input}"
        );
    }
    // A term of several groups has no more than search engines take.
    let groups = (0..6).map(|group| (0..11).map(|number| format!("x{group}y{number}")).collect::<Vec<_>>());
    let mut refused = Vec::new();
    for synonyms in groups {
        refused.extend(
            staff
                .refusals(&create, json!({ "input": { "term": "much", "synonyms": synonyms } }))
                .await,
        );
    }
    assert_eq!(refused, ["INVALID", "INVALID"]);
    let valid = json!({ "input": { "synonyms": ["a", "b"] } });
    assert_eq!(guest.refusals(&create, valid).await, ["UNAUTHENTICATED"]);
    let list = "query($query: String, $deleted: Boolean! = false) { synonymGroups(first: 2, query: $query, deleted: $deleted) {
        nodes { term } pageInfo { hasNextPage } } }";
    let page = staff.data(list, json!({})).await["synonymGroups"].take();
    assert_eq!(
        page,
        json!({ "nodes": [{ "term": "much" }, { "term": "much" }], "pageInfo": { "hasNextPage": true } })
    );
    let page = staff.data(list, json!({ "query": "GIZMO" })).await["synonymGroups"].take();
    assert_eq!(page["nodes"], json!([{ "term": "what's it" }]));
    let log = "{ auditLog(first: 100) { nodes { action } } }";
    let log = staff.data(log, json!({})).await.to_string();
    for verb in ["create", "update", "delete", "restore"] {
        assert!(log.contains(&format!("synonym_group.{verb}")), "{verb}");
    }
}

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
    assert!(found(&guest, "dome lamp").await.contains(&lamps[0]));
    let input = json!({ "term": "lamp", "match": "CONTAINS", "pins": [{ "productId": gizmo, "position": 1 }] });
    staff.done(&create, json!({ "input": input })).await;
    assert_eq!(found(&guest, "dome lamp").await[0], "gizmo-1");
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
            json!({ "term": "a\u{200b}", "pins": [pin(1)] }),
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
        "hammock\u{0}",
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
    vitrine_commerce::retention::forget_now(shop.shop()).await.unwrap();
    assert_eq!(terms(json!({ "days": 180 })).await, [term("zzzz", 1)]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn suggestions_come_while_typing() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let suggest = async |query: &str| {
        let document = "query($query: String!) { searchSuggest(query: $query, first: 5) {
            terms products { slug } categories { slug } collections { slug } degraded } }";
        guest.data(document, json!({ "query": query })).await["searchSuggest"].take()
    };
    // From titles, typing errors mended.
    for (typed, term) in [("alb", "alba"), ("alba do", "alba dome"), ("abla dom", "alba dome")] {
        let offered = suggest(typed).await;
        assert!(
            offered["terms"].as_array().unwrap().contains(&json!(term)),
            "{typed}: {offered}"
        );
        assert_eq!(offered["products"][0]["slug"], "alba-dome-lamp", "{typed}");
    }
    let offered = suggest("table lam").await;
    assert!(offered["categories"].to_string().contains("table-lamps"), "{offered}");
    // From what others found, once enough have; never from what nobody found.
    for query in [
        "alba dome lamp",
        "alba dome lamp",
        "alba zzzzqqqqxx",
        "zzzzqqqq",
        "zzzzqqqq",
        "zzzzqqqq",
        "zzzzqqqq",
    ] {
        found(&guest, query).await;
    }
    record::flush(shop.shop()).await.unwrap();
    assert!(!suggest("alba").await["terms"].to_string().contains("alba dome lamp"));
    found(&guest, "Alba Dome Lamp").await;
    record::flush(shop.shop()).await.unwrap();
    assert_eq!(suggest("alba").await["terms"][0], "alba dome lamp");
    assert_eq!(suggest("zzzz").await["terms"], json!([]));
    // What is typed is no search, and nothing is an answer to nothing.
    let nothing = json!({ "terms": [], "products": [], "categories": [], "collections": [], "degraded": false });
    for typed in ["", " \u{0}\u{200b}", "%", "!"] {
        assert_eq!(suggest(typed).await, nothing, "{typed:?}");
    }
    let out_of_bounds = guest
        .answer("{ searchSuggest(query: \"a\", first: 21) { terms } }", json!({}))
        .await;
    assert_eq!(out_of_bounds["errors"][0]["extensions"]["code"], "INVALID");
    shop.close().await;
    let nowhere = Meilisearch {
        url: "http://127.0.0.1:9".to_owned(),
        api_key: None,
        index: "products".to_owned(),
    };
    let shop = TestShop::open_with(|config| config.search.meilisearch = Some(nowhere)).await;
    let document = "{ searchSuggest(query: \"table\") { products { slug } categories { slug } degraded } }";
    let offered = shop.guest().data(document, json!({})).await["searchSuggest"].take();
    assert_eq!(offered["degraded"], true);
    assert!(offered["categories"].to_string().contains("table-lamps"), "{offered}");
    shop.abandon().await;
}

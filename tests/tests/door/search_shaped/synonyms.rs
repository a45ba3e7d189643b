//! Terms that shoppers use for the same thing.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_adapters::config::{Meilisearch, Secret};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, client::http, meilisearch_stand_in::MeilisearchStandIn, patience::until};

use super::{found, mutation, search, slugs};

const SETTINGS: &str = "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { shop { locales } userErrors { code message field } } }";
const GROUP: &str = "synonymGroup { id term synonyms language version deletedAt } userErrors { code field }";

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
    until("the engine is filled", async || {
        search(&by_meilisearch.guest(), json!({ "query": "lamp" })).await["degraded"] != true
    })
    .await;
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
            json!({ "input": { "id": made["id"], "expectedVersion": 1, "term": "zqx's it", "synonyms": ["gizmo"] } });
        staff.done(&update, change.clone()).await;
        assert_eq!(staff.refusals(&update, change).await, ["VERSION_CONFLICT"]);
        shop.advance(TimeDelta::minutes(1)).await;
        assert!(found(&guest, "doohickey").await.is_empty());
        assert_eq!(found(&guest, "zqx's it").await, ["gizmo-1"]);

        let which = json!({ "input": { "id": made["id"] } });
        staff.done(&mutation("synonymGroupDelete", GROUP), which.clone()).await;
        shop.advance(TimeDelta::minutes(1)).await;
        assert!(!found(&guest, "zqx's it").await.contains(&"gizmo-1".to_owned()));
        staff.done(&mutation("synonymGroupRestore", GROUP), which).await;
        shop.advance(TimeDelta::minutes(1)).await;
        assert_eq!(found(&guest, "zqx's it").await, ["gizmo-1"]);

        // A word may mean another thing in another language.
        let locales = json!({ "input": { "locales": ["en", "de", "de-AT"] } });
        staff.done(SETTINGS, locales).await;
        let german = json!({ "input": { "term": "Dingsda", "synonyms": ["Gizmo"], "language": "de" } });
        let german = staff.done(&mutation("synonymGroupCreate", GROUP), german).await;
        assert_eq!(german["synonymGroup"]["language"], "de");
        shop.advance(TimeDelta::minutes(1)).await;
        assert_eq!(in_german(&guest, "dingsda").await, ["gizmo-1"]);
        assert!(found(&guest, "dingsda").await.is_empty());
        // And in one country's alone, while what all of them say holds there, too.
        let austrian = json!({ "input": { "term": "Krimskrams", "synonyms": ["Gizmo"], "language": "de-AT" } });
        staff.done(&mutation("synonymGroupCreate", GROUP), austrian).await;
        shop.advance(TimeDelta::minutes(1)).await;
        for word in ["krimskrams", "dingsda"] {
            assert_eq!(said(&guest, "de-AT", word).await, ["gizmo-1"], "{word}");
        }
        assert!(said(&guest, "de", "krimskrams").await.is_empty());
    }
    // Where the engine is away, the database knows them as well.
    server.fail(true);
    // What the engine said a moment ago would hold for that moment.
    by_meilisearch.shop().showing().forget();
    let degraded = search(&by_meilisearch.guest(), json!({ "query": "zqx's it" })).await;
    assert_eq!(
        (&degraded["degraded"], slugs(&degraded)),
        (&json!(true), vec!["gizmo-1".to_owned()])
    );
    assert_eq!(in_german(&by_meilisearch.guest(), "dingsda").await, ["gizmo-1"]);
    assert_eq!(said(&by_meilisearch.guest(), "de-AT", "krimskrams").await, ["gizmo-1"]);
    assert!(said(&by_meilisearch.guest(), "de", "krimskrams").await.is_empty());
    assert!(found(&by_meilisearch.guest(), "dingsda").await.is_empty());
    server.fail(false);
    synonyms_are_checked(&embedded).await;
    embedded.close().await;
    by_meilisearch.abandon().await;
}

async fn in_german(client: &Client, query: &str) -> Vec<String> {
    let asked = "query($query: String) @inContext(language: DE) { productSearch(query: $query, first: 50) {
        nodes { slug } } }";
    slugs(&client.data(asked, json!({ "query": query })).await["productSearch"])
}

/// What somebody finds who says by a header what they read.
async fn said(client: &Client, language: &str, query: &str) -> Vec<String> {
    let asked = json!({ "query": "query($query: String) { productSearch(query: $query, first: 50) { nodes { slug } } }",
        "variables": { "query": query } });
    let request = http().post(format!("{}/graphql", client.base())).json(&asked);
    let answer = request.header("context-language", language).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    slugs(&answer["data"]["productSearch"])
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
            json!({ "synonyms": ["a", "b"], "language": "tlh" }),
            "INVALID",
            json!(["input", "language"]),
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
    assert_eq!(page["nodes"], json!([{ "term": "Krimskrams" }, { "term": "Dingsda" }]));
    let log = "{ auditLog(first: 100) { nodes { action } } }";
    let log = staff.data(log, json!({})).await.to_string();
    for verb in ["create", "update", "delete", "restore"] {
        assert!(log.contains(&format!("synonym_group.{verb}")), "{verb}");
    }
}

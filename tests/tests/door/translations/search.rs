//! Search in the language asked, whoever answers: the engine of this process, Meilisearch, or the database in their place.

use serde_json::json;
use vitrine_adapters::config::{Meilisearch, Secret};
use vitrine_tests::{meilisearch_stand_in::MeilisearchStandIn, patience::until};

use super::*;

const SEARCH: &str =
    "query ($text: String!) { productSearch(query: $text, first: 10) { degraded totalCount nodes { slug } } }";

/// Language, and what finds the lamp that is called so there.
const QUERIES: [(&str, &str); 14] = [
    ("de", "Haus"),
    ("de", "Leuchten"),
    ("de-AT", "haeuser"),
    ("fr", "etagere"),
    ("fr", "ÉTAGÈRES"),
    ("es", "sillon"),
    ("es", "Sillón"),
    ("ja", "椅子"),
    ("ja", "木製椅子"),
    ("ar", "كرسي"),
    ("ar", "الكرسي"),
    ("en", "domes"),
    ("en", "dome lamps"),
    ("fr", "dome"),
];

async fn translated(shop: &TestShop) -> Client {
    let staff = shop.staff(StaffRole::Administrator).await;
    let update = "mutation ($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message } } }";
    let locales = json!({ "input": { "locales": ["en", "de", "fr", "es", "ja", "ar"] } });
    staff.done(update, locales).await;
    let lamp = product(&shop.guest(), "alba-dome-lamp").await;
    for (locale, title) in [
        ("de", "Häuserleuchte für Häuser"),
        ("fr", "Étagères murales"),
        ("es", "Sillones de madera"),
        ("ja", "木製の椅子"),
        ("ar", "الكرسي الخشبي"),
    ] {
        translate_into(&staff, locale, &lamp, &[("title", title)]).await;
    }
    shop.settle().await;
    staff
}

async fn finds_all(shop: &TestShop, is_degraded: bool) {
    for (language, text) in QUERIES {
        let found = data(&shop.guest(), language, SEARCH, json!({ "text": text })).await["productSearch"].take();
        assert_eq!(found["degraded"], is_degraded, "{found}");
        let nodes = found["nodes"].as_array().unwrap();
        let is_found = nodes.iter().any(|node| node["slug"] == "alba-dome-lamp");
        assert!(is_found, "{text} in {language}: {found}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_own_engine_knows_the_words_of_each_language() {
    let shop = TestShop::open().await;
    translated(&shop).await;
    finds_all(&shop, false).await;
    let first = data(&shop.guest(), "de", SEARCH, json!({ "text": "Haus" })).await;
    assert_eq!(first["productSearch"]["nodes"][0]["slug"], "alba-dome-lamp");
    shop.close().await;
}

/// What is offered while somebody types, and what staff pin for a search, is in and for the language asked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn suggestions_and_rules_follow_the_language() {
    let shop = TestShop::open().await;
    let staff = translated(&shop).await;
    let category = staff.data("{ category(slug: \"lighting\") { id } }", json!({})).await;
    let category = category["category"]["id"].as_str().unwrap().to_owned();
    translate(&staff, &category, &[("name", "Leuchten")]).await;
    let suggest =
        "query ($text: String!) { searchSuggest(query: $text) { terms categories { name } products { title } } }";
    let german = data(&shop.guest(), "de", suggest, json!({ "text": "häuserl" })).await["searchSuggest"].take();
    assert_eq!(german["terms"][0], "häuserleuchte", "{german}");
    let german = data(&shop.guest(), "de", suggest, json!({ "text": "leuch" })).await["searchSuggest"].take();
    assert_eq!(german["categories"], json!([{ "name": "Leuchten" }]));

    // What lies in the category is found by its name, too.
    shop.settle().await;
    let found = data(&shop.guest(), "de", SEARCH, json!({ "text": "Leuchte" })).await["productSearch"].take();
    assert!(found["totalCount"].as_i64() > Some(1), "{found}");

    let lamp = product(&shop.guest(), "orrin-stone-lamp").await;
    let create = "mutation ($input: SearchRuleCreateInput!) { searchRuleCreate(input: $input) {
        searchRule { language } userErrors { code field } } }";
    let rule = |language: &str| json!({ "input": { "term": "haus", "language": language, "pins": [{ "productId": lamp, "position": 1 }] } });
    assert_eq!(staff.refusals(create, rule("pt")).await, ["INVALID"]);
    let made = staff.done(create, rule("DE")).await;
    assert_eq!(made["searchRule"]["language"], "de");
    staff.done(create, rule("fr")).await;
    assert_eq!(staff.refusals(create, rule("de")).await, ["TAKEN"]);
    let first = async |language: &str| {
        let found = data(&shop.guest(), language, SEARCH, json!({ "text": "haus" })).await;
        found["productSearch"]["nodes"][0]["slug"].clone()
    };
    assert_eq!(first("de-AT").await, "orrin-stone-lamp");
    assert_ne!(first("es").await, "orrin-stone-lamp");
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn meilisearch_knows_the_words_of_each_language() {
    let server = MeilisearchStandIn::start().await.unwrap();
    let meilisearch = Meilisearch {
        url: server.url(),
        api_key: Some(Secret::new(MeilisearchStandIn::KEY)),
        index: "products".to_owned(),
    };
    let shop = TestShop::open_with(|config| {
        config.search.meilisearch = Some(meilisearch);
        config.worker.search_check_seconds = 1;
    })
    .await;
    until("the engine is filled", async || {
        data(&shop.guest(), "en", SEARCH, json!({ "text": "lamp" })).await["productSearch"]["degraded"] != true
    })
    .await;
    translated(&shop).await;
    finds_all(&shop, false).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_knows_them_where_no_engine_answers() {
    let nowhere = Meilisearch {
        url: "http://127.0.0.1:9".to_owned(),
        api_key: None,
        index: "products".to_owned(),
    };
    let shop = TestShop::open_with(|config| config.search.meilisearch = Some(nowhere)).await;
    translated(&shop).await;
    finds_all(&shop, true).await;
    shop.abandon().await;
}

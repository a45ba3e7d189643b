//! What is offered while somebody types.

use serde_json::json;
use vitrine_adapters::config::Meilisearch;
use vitrine_commerce::search::record;
use vitrine_tests::TestShop;

use super::found;

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
    for typed in ["", " \u{1}\u{200b}", "%", "!"] {
        assert_eq!(suggest(typed).await, nothing, "{typed:?}");
    }
    let out_of_bounds = guest
        .answer("{ searchSuggest(query: \"a\", first: 21) { terms } }", json!({}))
        .await;
    assert_eq!(out_of_bounds["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
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

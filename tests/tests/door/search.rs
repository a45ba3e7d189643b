//! Search through the door: what it finds, that it follows every change, and that the shop goes
//! on without it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_adapters::config::{Meilisearch, Secret};
use vitrine_commerce::{catalog::index, ports::search::SearchDocument};
use vitrine_entity::{ids::ProductId, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, meilisearch_stand_in::MeilisearchStandIn, patience::until};

const SEARCH: &str = "query($query: String, $where: ProductWhere, $sort: ProductSearchSort! = RELEVANCE, $first: Int! = 10, $after: String) {
    productSearch(query: $query, where: $where, sort: $sort, first: $first, after: $after) {
        nodes { slug } totalCount degraded pageInfo { hasNextPage endCursor }
        facets { name values { value label count } } } }";

async fn found(client: &Client, query: &str) -> Vec<String> {
    let data = client.data(SEARCH, json!({ "query": query })).await;
    assert_eq!(data["productSearch"]["degraded"], false);
    data["productSearch"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["slug"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn products_are_found_by_name_prefix_and_typo() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    for query in ["alba dome lamp", "Alba", "alba dom", "abla dome", "LMP-ALBA"] {
        assert_eq!(
            found(&guest, query).await.first().map(String::as_str),
            Some("alba-dome-lamp"),
            "{query}"
        );
    }
    assert!(found(&guest, "zzzzqqqq").await.is_empty());
    assert!(
        !found(&guest, "halo pendant").await.contains(&"halo-pendant".to_owned()),
        "a draft stays hidden"
    );
    for literal in [
        "\" OR 1=1 --",
        "category = \"x\"",
        "*",
        "title:lamp",
        "%",
        "' ; drop table product",
    ] {
        found(&guest, literal).await;
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_index_follows_product_price_and_stock() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let variant = staff.sell("GIZMO-1", "10.00", 1).await;
    shop.settle().await;
    assert_eq!(found(&guest, "gizmo").await, ["gizmo-1"]);
    let in_stock = async || {
        guest
            .data(SEARCH, json!({ "query": "gizmo", "where": { "inStock": true } }))
            .await["productSearch"]["totalCount"]
            .clone()
    };
    assert_eq!(in_stock().await, 1);
    guest.buy(&[(&variant, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(in_stock().await, 0);

    let update = "mutation($input: VariantPriceUpdateInput!) { variantPriceUpdate(input: $input) { userErrors { code message } } }";
    staff
        .done(update, json!({ "input": { "variantId": variant, "price": "9000.00" } }))
        .await;
    shop.settle().await;
    let dear = guest.data(SEARCH, json!({ "where": { "priceMin": "8999" } })).await["productSearch"]["nodes"].take();
    assert_eq!(dear[0]["slug"], "gizmo-1");

    let product = guest.data("{ product(slug: \"gizmo-1\") { id } }", json!({})).await["product"]["id"].clone();
    let update =
        "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code message } } }";
    staff
        .done(update, json!({ "input": { "id": product, "status": "ARCHIVED" } }))
        .await;
    shop.settle().await;
    assert!(found(&guest, "gizmo").await.is_empty());
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn facets_count_and_lead_on() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let query = "query($where: ProductWhere) { productSearch(query: \"lamp\", where: $where, first: 1) { totalCount facets { name values { value count where } } } }";
    let search = guest.data(query, json!({})).await["productSearch"].take();
    let facets = search["facets"].as_array().unwrap();
    assert!(facets.len() >= 4, "{facets:#?}");
    for facet in facets {
        let value = &facet["values"][0];
        let narrowed =
            guest.data(query, json!({ "where": value["where"] })).await["productSearch"]["totalCount"].clone();
        assert_eq!(narrowed, value["count"], "{facet:#}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hits_are_paged_to_the_end() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let mut slugs = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = guest
            .data(SEARCH, json!({ "first": 7, "after": after, "sort": "PRICE_ASCENDING" }))
            .await["productSearch"]
            .take();
        slugs.extend(
            page["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| node["slug"].clone()),
        );
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(page["totalCount"], slugs.len());
            break;
        }
    }
    let unique: std::collections::HashSet<_> = slugs.iter().map(|slug| slug.as_str().unwrap()).collect();
    assert_eq!(unique.len(), slugs.len());
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_engine_search_degrades_and_the_shop_sells() {
    let nowhere = Meilisearch {
        url: "http://127.0.0.1:9".to_owned(),
        api_key: None,
        index: "products".to_owned(),
    };
    let shop = TestShop::open_with(|config| config.search.meilisearch = Some(nowhere)).await;
    let guest = shop.guest();
    let data = guest.data(SEARCH, json!({ "query": "lamp" })).await;
    assert_eq!(data["productSearch"]["degraded"], true);
    assert!(!data["productSearch"]["nodes"].as_array().unwrap().is_empty());
    let variant = guest.variant("orrin-stone-lamp", "LMP-ORRN").await;
    let placed = guest.buy(&[(&variant, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");
    shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_or_wiped_engine_is_filled_by_itself() {
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
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    until_degraded_is(&guest, false).await;
    assert_eq!(found(&guest, "alba dome lamp").await[0], "alba-dome-lamp");
    staff.sell("GIZMO-1", "10.00", 1).await;
    shop.advance(TimeDelta::minutes(1)).await;
    assert_eq!(found(&guest, "gizmo").await, ["gizmo-1"]);

    // Held, so that it is not filled again before anybody has looked.
    server.hold_tasks(true);
    server.wipe();
    until_degraded_is(&guest, true).await;
    staff.sell("GIZMO-2", "10.00", 1).await;
    shop.settle().await;
    server.hold_tasks(false);
    until_degraded_is(&guest, false).await;
    shop.advance(TimeDelta::minutes(1)).await;
    assert_eq!(found(&guest, "gizmo").await, ["gizmo-1", "gizmo-2"]);
    assert_eq!(indexed(&server), in_the_database(&shop).await);

    // Whoever fills it at once, as a seed does, finds nothing there that could be filled.
    server.wipe();
    index::fill(shop.shop()).await.unwrap();
    assert_eq!(indexed(&server), in_the_database(&shop).await);
    shop.close().await;
}

async fn until_degraded_is(client: &Client, degraded: bool) {
    until(&format!("`degraded` becomes {degraded}"), async || {
        client.data(SEARCH, json!({ "query": "lamp" })).await["productSearch"]["degraded"] == degraded
    })
    .await;
}

fn indexed(server: &MeilisearchStandIn) -> BTreeMap<ProductId, SearchDocument> {
    let documents = server.documents("products").into_iter();
    let documents = documents.map(|document| serde_json::from_value(document).unwrap());
    documents
        .map(|document: SearchDocument| (document.id, document))
        .collect()
}

async fn in_the_database(shop: &TestShop) -> BTreeMap<ProductId, SearchDocument> {
    let documents = index::documents(shop.shop(), None, 500).await.unwrap();
    documents.into_iter().map(|document| (document.id, document)).collect()
}

//! Lists and products as a shopper browses them.

use std::collections::HashSet;

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

const LIST: &str = "query($first: Int, $after: String, $last: Int, $before: String, $where: ProductWhere, $sort: ProductSort!) {
    products(first: $first, after: $after, last: $last, before: $before, where: $where, sort: $sort) {
        nodes { id slug title priceRange { min { amount } } availableForSale } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }";

/// One shop for all of these: none minds what another has left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_catalogue_is_browsed() {
    let shop = TestShop::open().await;
    every_product_is_listed_once_in_every_order_and_direction(&shop).await;
    a_list_is_filtered(&shop).await;
    a_product_is_found_by_slug_and_id_and_hidden_ones_are_not(&shop).await;
    bad_pages_and_cursors_are_told(&shop).await;
    a_document_is_sent_once_and_named_by_its_hash_from_then_on(&shop).await;
    shop.close().await;
}

async fn every_product_is_listed_once_in_every_order_and_direction(shop: &TestShop) {
    let guest = shop.guest();
    for sort in [
        "NEWEST",
        "TITLE_ASCENDING",
        "PRICE_ASCENDING",
        "PRICE_DESCENDING",
        "BEST_SELLING",
    ] {
        let mut forward = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = guest
                .data(LIST, json!({ "first": 24, "after": after, "sort": sort }))
                .await["products"]
                .take();
            forward.extend(
                page["nodes"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|node| node["slug"].as_str().unwrap().to_owned()),
            );
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                assert_eq!(page["totalCount"], forward.len(), "{sort}");
                break;
            }
        }
        assert!(forward.len() >= 60);
        assert_eq!(forward.iter().collect::<HashSet<_>>().len(), forward.len(), "{sort}");

        let mut backward = Vec::new();
        let mut before = Value::Null;
        loop {
            let page = guest
                .data(LIST, json!({ "last": 17, "before": before, "sort": sort }))
                .await["products"]
                .take();
            backward.extend(
                page["nodes"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .rev()
                    .map(|node| node["slug"].as_str().unwrap().to_owned()),
            );
            before = page["pageInfo"]["startCursor"].clone();
            if page["pageInfo"]["hasPreviousPage"] == false {
                break;
            }
        }
        backward.reverse();
        assert_eq!(forward, backward, "{sort}");
    }
}

async fn a_list_is_filtered(shop: &TestShop) {
    let guest = shop.guest();
    let filtered = async |filter: Value| {
        let data = guest
            .data(
                LIST,
                json!({ "first": 100, "where": filter, "sort": "PRICE_ASCENDING" }),
            )
            .await;
        data["products"]["nodes"].as_array().unwrap().clone()
    };
    let amount = |node: &Value| {
        node["priceRange"]["min"]["amount"]
            .as_str()
            .unwrap()
            .parse::<f64>()
            .unwrap()
    };
    let cheap = filtered(json!({ "priceMin": "20.00", "priceMax": "40.00" })).await;
    assert!(!cheap.is_empty() && cheap.iter().all(|node| (20.0..=40.0).contains(&amount(node))));
    let sold_out = filtered(json!({ "inStock": false })).await;
    assert!(!sold_out.is_empty() && sold_out.iter().all(|node| node["availableForSale"] == false));
    let oak = filtered(json!({ "attributes": [{ "name": "Material", "values": ["Brass"] }] })).await;
    assert!(oak.iter().any(|node| node["slug"] == "alba-dome-lamp"));
    let lamps = filtered(json!({ "categories": ["table-lamps"] })).await;
    assert!(lamps.iter().any(|node| node["slug"] == "alba-dome-lamp"));
    assert!(filtered(json!({ "categories": ["no-such-category"] })).await.is_empty());
}

async fn a_product_is_found_by_slug_and_id_and_hidden_ones_are_not(shop: &TestShop) {
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let query = "query($slug: String!) { product(slug: $slug) { id title descriptionHtml vendor options { name values }
        variants { sku title price { amount currencyCode } compareAtPrice { amount } availableQuantity options { name value } }
        pictures { url altText } category { slug ancestors { slug } } } }";
    let product = guest.data(query, json!({ "slug": "alba-dome-lamp" })).await["product"].take();
    insta::assert_json_snapshot!("product", product, { ".id" => "[product]", ".pictures[].url" => "[url]" });
    let picture = product["pictures"][0]["url"].as_str().unwrap();
    let response = guest.get(picture.strip_prefix(guest.base()).unwrap()).await;
    assert_eq!(response.headers()["content-type"], "image/svg+xml");
    let by_id = guest
        .data(
            "query($id: ID!) { product(id: $id) { title } node(id: $id) { __typename } }",
            json!({ "id": product["id"] }),
        )
        .await;
    assert_eq!(
        (&by_id["product"]["title"], &by_id["node"]["__typename"]),
        (&product["title"], &json!("Product"))
    );

    assert_eq!(
        guest.data(query, json!({ "slug": "halo-pendant" })).await["product"],
        Value::Null
    );
    assert_eq!(
        staff.data(query, json!({ "slug": "halo-pendant" })).await["product"]["title"],
        "Halo Pendant (spring)"
    );
}

async fn bad_pages_and_cursors_are_told(shop: &TestShop) {
    let guest = shop.guest();
    for page in [
        json!({ "first": 0 }),
        json!({ "first": -1 }),
        json!({ "first": 1_000_000_000 }),
        json!({ "first": 1, "last": 1 }),
        json!({}),
        json!({ "first": 1, "after": "nonsense" }),
        json!({ "first": 1, "after": "eyJhIjoxfQ" }),
    ] {
        let mut variables = page.clone();
        variables["sort"] = json!("NEWEST");
        let answer = guest.answer(LIST, variables).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{page}: {answer}"
        );
        assert_eq!(answer["data"]["products"], Value::Null);
    }
    // A cursor of another order is not this list's.
    let cursor =
        guest.data(LIST, json!({ "first": 1, "sort": "NEWEST" })).await["products"]["pageInfo"]["endCursor"].clone();
    let answer = guest
        .answer(LIST, json!({ "first": 1, "after": cursor, "sort": "PRICE_ASCENDING" }))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

async fn a_document_is_sent_once_and_named_by_its_hash_from_then_on(shop: &TestShop) {
    let guest = shop.guest();
    let hash = "d87467d81cf8b1001256a65ff79cf59a2002d2c31d46a049be787ef1c9802317";
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    let by_hash = json!({ "extensions": extensions });
    let unknown: Value = guest.post("/graphql", by_hash.clone()).await.json().await.unwrap();
    assert_eq!(unknown["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    let whole = json!({ "query": "{ shop { name } }", "extensions": extensions });
    for request in [whole, by_hash] {
        let answer: Value = guest.post("/graphql", request).await.json().await.unwrap();
        assert_eq!(answer["data"]["shop"]["name"], "Vitrine", "{answer}");
    }
}

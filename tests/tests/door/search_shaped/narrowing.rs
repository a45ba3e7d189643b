//! How a search is narrowed down: facets that offer the other values, the bounds of prices, and filters that one variant
//! holds.

use serde_json::{Value, json};
use vitrine_adapters::config::Meilisearch;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

async fn narrowed(client: &Client, filter: Value) -> Value {
    let document = "query($where: ProductWhere) { productSearch(query: \"frock\", where: $where, first: 10) {
        nodes { slug } totalCount degraded priceRange { min { amount } max { amount } }
        facets { kind name values { value count selected } } } }";
    client.data(document, json!({ "where": filter })).await["productSearch"].take()
}

fn facet(found: &Value, name: &str) -> Value {
    let mut facets = found["facets"].as_array().unwrap().iter();
    let facet = facets.find(|facet| facet["name"] == name).unwrap();
    let values = facet["values"].as_array().unwrap().iter();
    values
        .map(|value| json!([value["value"], value["count"], value["selected"]]))
        .collect()
}

fn with(attributes: &[(&str, &str)], in_stock: Option<bool>) -> Value {
    let attributes = attributes
        .iter()
        .map(|(name, value)| json!({ "name": name, "values": [value] }));
    json!({ "attributes": attributes.collect::<Vec<_>>(), "inStock": in_stock })
}

async fn sell_frocks(staff: &Client) {
    let set = "mutation($input: ProductSetInput!) { productSet(input: $input) { userErrors { code message field } } }";
    let frock = |slug: &str, vendor: &str, price: &str, variants: &[(&str, &str, i64)]| {
        let variant = |(color, size, on_hand): &(&str, &str, i64)| json!({ "sku": format!("{slug}-{color}-{size}"), "price": price, "onHand": on_hand, "optionValues": [color, size] });
        json!({ "slug": slug, "title": format!("Frock {slug}"), "vendor": vendor, "active": true, "options": ["Shade", "Fit"],
            "attributes": [{ "name": "Cloth", "value": "Wool" }],
            "variants": variants.iter().map(variant).collect::<Vec<_>>() })
    };
    for input in [
        frock("one", "Weaver", "10.00", &[("Red", "M", 1), ("Blue", "L", 1)]),
        frock("two", "Weaver", "20.00", &[("Red", "L", 0), ("Blue", "M", 1)]),
        frock("three", "Knitter", "30.00", &[("Red", "S", 1), ("Red", "M", 0)]),
    ] {
        staff.done(set, json!({ "input": input })).await;
    }
}

/// Which of the frocks are found, in whatever order.
async fn frocks(client: &Client, filter: Value) -> Vec<String> {
    let found = narrowed(client, filter).await;
    let mut slugs = super::slugs(&found);
    assert_eq!(found["totalCount"], slugs.len());
    slugs.sort();
    slugs
}

async fn one_variant_holds_it(client: &Client) {
    for (filter, expected) in [
        (with(&[("Shade", "Red")], None), &["one", "three", "two"][..]),
        (with(&[("Shade", "Red"), ("Fit", "M")], None), &["one", "three"]),
        (with(&[("Shade", "Red")], Some(true)), &["one", "three"]),
        (with(&[("Shade", "Red"), ("Fit", "M")], Some(true)), &["one"]),
        (with(&[("Cloth", "Wool"), ("Fit", "M")], Some(true)), &["one", "two"]),
    ] {
        assert_eq!(frocks(client, filter.clone()).await, expected, "{filter}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_offers_what_else_there_is() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    sell_frocks(&staff).await;
    shop.settle().await;
    one_variant_holds_it(&guest).await;
    // What is blue and L is not red and L.
    let red = narrowed(&guest, with(&[("Shade", "Red")], None)).await;
    assert_eq!(
        facet(&red, "Fit"),
        json!([["M", 2, false], ["L", 1, false], ["S", 1, false]])
    );
    assert_eq!(facet(&red, "Shade"), json!([["Red", 3, true], ["Blue", 2, false]]));
    let red_in_stock = narrowed(&guest, with(&[("Shade", "Red")], Some(true))).await;
    assert_eq!(facet(&red_in_stock, "Fit"), json!([["M", 1, false], ["S", 1, false]]));
    let found = narrowed(&guest, json!({ "vendors": ["Weaver"], "priceMin": "15.00" })).await;
    assert_eq!(super::slugs(&found), ["two"]);
    assert_eq!(
        found["priceRange"],
        json!({ "min": { "amount": "10.00" }, "max": { "amount": "20.00" } })
    );
    // Counted without the vendor, and with the price.
    assert_eq!(
        facet(&found, "Vendor"),
        json!([["Knitter", 1, false], ["Weaver", 1, true]])
    );
    assert_eq!(facet(&found, "Fit"), json!([["L", 1, false], ["M", 1, false]]));
    let found = narrowed(&guest, with(&[("Fit", "M")], None)).await;
    assert_eq!(
        facet(&found, "Fit"),
        json!([["M", 3, true], ["L", 2, false], ["S", 1, false]])
    );
    let nothing = narrowed(&guest, json!({ "vendors": ["Nobody"] })).await;
    assert_eq!(nothing["priceRange"], Value::Null);
    shop.close().await;

    // The database holds it all as well, but for the facets.
    let nowhere = Meilisearch {
        url: "http://127.0.0.1:9".to_owned(),
        api_key: None,
        index: "products".to_owned(),
    };
    let shop = TestShop::open_with(|config| config.search.meilisearch = Some(nowhere)).await;
    sell_frocks(&shop.staff(StaffRole::Administrator).await).await;
    one_variant_holds_it(&shop.guest()).await;
    let found = narrowed(&shop.guest(), json!({ "priceMin": "15.00" })).await;
    assert_eq!((&found["degraded"], &found["totalCount"]), (&json!(true), &json!(2)));
    assert_eq!(
        found["priceRange"],
        json!({ "min": { "amount": "10.00" }, "max": { "amount": "30.00" } })
    );
    shop.abandon().await;
}

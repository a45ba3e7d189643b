//! Members' lists and searches are filtered and sorted by the prices that they are shown.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{PRICES_SET, catalog_of, customer, group_of};

const SET: &str = "mutation ($input: ProductSetInput!) { productSet(input: $input) {
    product { variants { id } } userErrors { code message field } } }";

const UPDATE: &str = "mutation($input: VariantsUpdateInput!) { variantsUpdate(input: $input) {
    product { id } userErrors { code message field } } }";

/// A lamp of a maker of their own, so that nothing else is found, and its variant's id.
async fn lamp(staff: &Client, slug: &str, price: &str) -> Value {
    let input = json!({ "slug": slug, "title": format!("Lamp {slug}"), "active": true, "vendor": "Lumen",
        "variants": [{ "sku": slug.to_uppercase(), "price": price, "onHand": 50 }] });
    let set = staff.done(SET, json!({ "input": input })).await;
    set["product"]["variants"][0]["id"].clone()
}

/// Of both ways to find goods: their slugs in the order given, and what they cost.
async fn found(client: &Client, sort: &str, prices: &str) -> Vec<Vec<(String, String)>> {
    let goods = "nodes { slug priceRange { min { amount } } }";
    let of = format!("first: 10, sort: {sort}, where: {{ vendors: [\"Lumen\"] {prices} }}");
    let query = format!(
        "{{ products({of}) {{ {goods} totalCount }} \
            found: productSearch(query: \"lamp\", {of}) {{ {goods} totalCount degraded }} }}"
    );
    let answer = client.data(&query, json!({})).await;
    assert_eq!(answer["found"]["degraded"], false);
    let ways = ["products", "found"].map(|way| {
        let rows = answer[way]["nodes"].as_array().unwrap();
        assert_eq!(answer[way]["totalCount"], rows.len(), "{sort} {prices}");
        rows.iter().map(told).collect()
    });
    ways.into()
}

fn told(node: &Value) -> (String, String) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&node["slug"]), text(&node["priceRange"]["min"]["amount"]))
}

/// What both ways give.
async fn list(client: &Client, sort: &str, prices: &str) -> Vec<(String, String)> {
    let ways = found(client, sort, prices).await;
    assert_eq!(ways[0], ways[1], "{sort} {prices}");
    ways[0].clone()
}

fn rows(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    let row = |(slug, price): &(&str, &str)| ((*slug).to_owned(), (*price).to_owned());
    rows.iter().map(row).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_and_searches_go_by_the_price_that_is_shown() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mut lamps = Vec::new();
    for (slug, price) in [("lamp-a", "10.00"), ("lamp-b", "11.05"), ("lamp-c", "12.00")] {
        lamps.push(lamp(&staff, slug, price).await);
    }
    // Less in general, and one lamp at a price of its own; at net prices; and from the lowest of two.
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let catalog = catalog_of(
        &staff,
        &group_of(&staff, &ada_id).await,
        json!({ "adjustmentBasisPoints": -1000 }),
    )
    .await;
    let fixed = json!([{ "variantId": lamps[2], "currencyCode": "EUR", "prices": [
        { "price": "5.00" }, { "from": 10, "price": "1.00" }] }]);
    staff
        .done(PRICES_SET, json!({ "input": { "id": catalog, "prices": fixed } }))
        .await;
    let (grace, grace_id) = customer(&shop, "grace@example.com").await;
    let named = json!({ "name": "Businesses", "code": "businesses" });
    let businesses = staff.done(super::GROUP_CREATE, json!({ "input": named })).await["customerGroup"]["id"].take();
    let added = json!({ "input": { "id": businesses, "customerIds": [grace_id] } });
    staff.done(super::MEMBERS_ADD, added).await;
    catalog_of(&staff, &businesses, json!({ "name": "Net", "netPrices": true })).await;
    let dearer = catalog_of(
        &staff,
        &businesses,
        json!({ "name": "More", "adjustmentBasisPoints": 2500 }),
    )
    .await;
    let fixed = json!([{ "variantId": lamps[0], "currencyCode": "EUR", "prices": [{ "price": "9.99" }] }]);
    staff
        .done(PRICES_SET, json!({ "input": { "id": dearer, "prices": fixed } }))
        .await;
    shop.settle().await;

    let guest = shop.guest();
    let up = "PRICE_ASCENDING";
    let of_all = [("lamp-a", "10.00"), ("lamp-b", "11.05"), ("lamp-c", "12.00")];
    let of_ada = [("lamp-c", "5.00"), ("lamp-a", "9.00"), ("lamp-b", "9.94")];
    // 9.99 and 11.05 and 12.00 without 19 %.
    let of_grace = [("lamp-a", "8.39"), ("lamp-b", "9.29"), ("lamp-c", "10.08")];
    for (client, expected) in [(&guest, &of_all), (&ada, &of_ada), (&grace, &of_grace)] {
        assert_eq!(list(client, up, "").await, rows(expected));
        let mut down = rows(expected);
        down.reverse();
        assert_eq!(list(client, "PRICE_DESCENDING", "").await, down);
        let most = expected[1].1;
        let bounded = format!("priceMax: \"{most}\"");
        assert_eq!(list(client, up, &bounded).await, rows(&expected[..2]));
        let bounded = format!("priceMin: \"{most}\", priceMax: \"{most}\"");
        assert_eq!(list(client, "NEWEST", &bounded).await, rows(&expected[1..2]));

        // Page after page in the same order, there and back.
        let page = format!("query ($after: String) {{ products(first: 2, after: $after, sort: {up}, where: {{ vendors: [\"Lumen\"] }}) {{
            nodes {{ slug priceRange {{ min {{ amount }} }} }} pageInfo {{ endCursor hasNextPage }} }} }}");
        let first = client.data(&page, json!({})).await["products"].take();
        let after = json!({ "after": first["pageInfo"]["endCursor"] });
        let second = client.data(&page, after).await["products"].take();
        let nodes = |page: &Value| page["nodes"].as_array().unwrap().iter().map(told).collect::<Vec<_>>();
        assert_eq!([nodes(&first), nodes(&second)].concat(), rows(expected));

        // The bounds, and the facets within what was asked for.
        let counted = format!(
            "{{ productSearch(first: 1, query: \"lamp\", where: {{ vendors: [\"Lumen\"], priceMax: \"{most}\" }}) {{
            totalCount priceRange {{ min {{ amount }} max {{ amount }} }}
            facets {{ kind values {{ value count }} }} }} }}"
        );
        let counted = client.data(&counted, json!({})).await["productSearch"].take();
        assert_eq!(counted["totalCount"], 2);
        let range = json!({ "min": { "amount": expected[0].1 }, "max": { "amount": expected[2].1 } });
        assert_eq!(counted["priceRange"], range);
        let mut facets = counted["facets"].as_array().unwrap().iter();
        let in_stock = facets.find(|facet| facet["kind"] == "IN_STOCK").unwrap();
        assert_eq!(in_stock["values"], json!([{ "value": "true", "count": 2 }]));
    }
    // What only a catalog gives a price is theirs, and nobody else's.
    let own = lamp(&staff, "lamp-d", "20.00").await;
    let product = staff.data("{ product(slug: \"lamp-d\") { id } }", json!({})).await["product"]["id"].take();
    let unpriced = json!({ "input": { "productId": product, "variants": [{ "id": own, "price": null }] } });
    staff.done(UPDATE, unpriced).await;
    let prices = json!([{ "variantId": own, "currencyCode": "EUR", "prices": [{ "price": "7.00" }] }]);
    staff
        .done(PRICES_SET, json!({ "input": { "id": catalog, "prices": prices } }))
        .await;
    shop.settle().await;
    let with_own = [
        ("lamp-c", "5.00"),
        ("lamp-d", "7.00"),
        ("lamp-a", "9.00"),
        ("lamp-b", "9.94"),
    ];
    for (client, expected) in [(&ada, &with_own[..]), (&guest, &of_all), (&grace, &of_grace)] {
        for sort in [up, "NEWEST", "TITLE_ASCENDING"] {
            let of = format!("first: 10, sort: {sort}, where: {{ vendors: [\"Lumen\"] }}");
            let query =
                format!("{{ products({of}) {{ nodes {{ slug priceRange {{ min {{ amount }} }} }} totalCount }} }}");
            let listed = client.data(&query, json!({})).await["products"].take();
            let mut told: Vec<_> = listed["nodes"].as_array().unwrap().iter().map(told).collect();
            if sort != up {
                told.sort_by_key(|(slug, _)| expected.iter().position(|(known, _)| known == slug));
            }
            assert_eq!(
                (told, &listed["totalCount"]),
                (rows(expected), &json!(expected.len())),
                "{sort}"
            );
        }
        for sort in [up, "RELEVANCE"] {
            let query = format!(
                "{{ productSearch(query: \"lamp\", first: 10, sort: {sort}, where: {{ vendors: [\"Lumen\"] }}) {{ totalCount degraded nodes {{ slug priceRange {{ min {{ amount }} }} }} }} }}"
            );
            let found = client.data(&query, json!({})).await["productSearch"].take();
            let mut told: Vec<_> = found["nodes"].as_array().unwrap().iter().map(told).collect();
            if sort != up {
                told.sort_by_key(|(slug, _)| expected.iter().position(|(known, _)| known == slug));
            }
            assert_eq!(told, rows(expected), "{sort}");
            assert_eq!(
                (&found["totalCount"], &found["degraded"]),
                (&json!(expected.len()), &json!(false))
            );
        }
    }
    shop.close().await;
}

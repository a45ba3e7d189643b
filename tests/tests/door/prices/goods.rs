//! Goods that a market does not have.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    client::{Client, http},
    purchase::cart_mutation,
    shop::TestShop,
    shopper::Shopper,
};

use super::MARKET_CREATE;

const GOODS_SET: &str = "mutation ($input: MarketGoodsSetInput!) { marketGoodsSet(input: $input) {
    market { id version goods { onlyCollections { slug } withoutCollections { slug } withoutProducts { slug } } }
    userErrors { code message field } } }";
const DELETE: &str = "mutation ($input: MarketDeleteInput!) { marketDelete(input: $input) {
    market { id version deletedAt } userErrors { code message field } } }";
const RESTORE: &str = "mutation ($input: MarketRestoreInput!) { marketRestore(input: $input) {
    market { id version deletedAt countries { code } } userErrors { code message field } } }";
const COLLECTION: &str = "mutation ($input: CollectionCreateInput!) { collectionCreate(input: $input) {
    collection { id } userErrors { code message field } } }";
const FILL: &str = "mutation ($input: CollectionProductsAddInput!) { collectionProductsAdd(input: $input) {
    collection { id } userErrors { code message field } } }";

/// A shop with a market that is not to have everything, and its id.
async fn open() -> (TestShop, Client, Value) {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let market = json!({ "name": "Neighbours", "countries": ["CH"], "currencyCode": "EUR" });
    let market = staff.done(MARKET_CREATE, json!({ "input": market })).await["market"].take();
    (shop, staff, market["id"].clone())
}

/// How many products somebody in a country finds in all: by a list, and by a search for a word.
async fn found(client: &Client, country: &str, word: &str) -> (i64, i64, Vec<String>) {
    let query = format!(
        "query ($word: String!) @inContext(country: {country}) {{ products(first: 1) {{ totalCount }}
            productSearch(query: $word, first: 50) {{ totalCount degraded nodes {{ slug }} facets {{ name values {{ count }} }} }} }}"
    );
    let data = client.data(&query, json!({ "word": word })).await;
    let search = &data["productSearch"];
    assert_eq!(search["degraded"], false, "the engine answers");
    let slugs = search["nodes"].as_array().unwrap().iter();
    let slugs: Vec<_> = slugs.map(|node| node["slug"].as_str().unwrap().to_owned()).collect();
    let total = search["totalCount"].as_i64().unwrap();
    assert_eq!(total, i64::try_from(slugs.len()).unwrap());
    (data["products"]["totalCount"].as_i64().unwrap(), total, slugs)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_market_does_not_have_is_neither_found_nor_seen_nor_bought_there() {
    let (shop, staff, market) = open().await;
    let guest = shop.guest();
    let poster = staff.sell("POSTER", "49.90", 10).await;
    let frame = staff.sell("FRAME", "19.90", 10).await;
    shop.settle().await;
    let (all, posters, _) = found(&guest, "CH", "poster").await;
    assert!(posters > 0);
    let product = "query ($id: ID!) { variant(id: $id) { product { id } } }";
    let product = staff.data(product, json!({ "id": poster })).await["variant"]["product"]["id"].take();
    let goods = json!({ "input": { "id": market, "expectedVersion": 1, "withoutProductIds": [product] } });
    let set = staff.done(GOODS_SET, goods).await["market"].take();
    assert_eq!(
        (&set["version"], &set["goods"]["withoutProducts"]),
        (&json!(2), &json!([{ "slug": "poster" }]))
    );

    // Lists, counts and searches there; elsewhere it is all the same.
    let (fewer, found_there, slugs) = found(&guest, "CH", "poster").await;
    assert_eq!((fewer, found_there), (all - 1, posters - 1));
    assert!(!slugs.contains(&"poster".to_owned()), "{slugs:?}");
    assert_eq!(found(&guest, "DE", "poster").await.0, all);
    let page = "query ($id: ID!) @inContext(country: COUNTRY) { product(slug: \"poster\") { id } variant(id: $id) { sku } node(id: $id) { id } }";
    let there = guest
        .data(&page.replace("COUNTRY", "CH"), json!({ "id": poster }))
        .await;
    assert_eq!(there, json!({ "product": null, "variant": null, "node": null }));
    let here = guest
        .data(&page.replace("COUNTRY", "DE"), json!({ "id": poster }))
        .await;
    assert_eq!(here["variant"]["sku"], "POSTER");
    let seen = staff
        .data(&page.replace("COUNTRY", "CH"), json!({ "id": poster }))
        .await;
    assert_eq!(seen["variant"]["sku"], "POSTER", "staff see all that the shop has");
    let rest = http().get(format!("{}/api/products/{}", guest.base(), product.as_str().unwrap()));
    assert_eq!(rest.header("context-country", "CH").send().await.unwrap().status(), 404);
    let mut shopper = Shopper::new(&shop);
    shopper.open("/products/poster").await.expect("€49.90");
    shopper.open("/market?country=CH&back=/").await;
    shopper.open("/products/poster").await;
    assert_eq!(shopper.status, 404);

    // A cart that goes there is told; without it, it may be bought.
    let input = json!({ "input": { "lines": [{ "variantId": poster, "quantity": 1 }, { "variantId": frame, "quantity": 1 }] } });
    let cart = guest.done(&cart_mutation("cartCreate"), input).await["cart"].take();
    let moved = "mutation ($input: CartMarketUpdateInput!) { cartMarketUpdate(input: $input) {
        cart { id version problems { code message lineId } lines { id variant { sku } } }
        repriced { title after { amount } } userErrors { code message field } } }";
    let there = json!({ "input": { "cartId": cart["id"], "countryCode": "CH" } });
    let moved = guest.done(moved, there).await;
    assert_eq!(
        moved["repriced"],
        json!([{ "title": "Test POSTER", "after": null }]),
        "{moved}"
    );
    let problem = &moved["cart"]["problems"][0];
    assert_eq!(problem["code"], "NOT_SOLD_THERE", "{moved}");
    assert_eq!(
        problem["message"],
        "Test POSTER is not sold in this country: Switzerland."
    );
    let line = &moved["cart"]["lines"][0];
    assert_eq!(
        (&line["id"], &line["variant"]["sku"]),
        (&problem["lineId"], &json!("POSTER"))
    );
    let refused = guest.place(&moved["cart"], "to Switzerland", "tok_approve").await;
    assert!(refused["userErrors"].to_string().contains("NOT_FOR_SALE"), "{refused}");

    // Staff take it back.
    staff.done(GOODS_SET, json!({ "input": { "id": market } })).await;
    assert_eq!(found(&guest, "CH", "poster").await.1, posters);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_market_may_have_the_goods_of_a_collection_alone_or_all_but_those() {
    let (shop, staff, market) = open().await;
    let guest = shop.guest();
    let mut ids = Vec::new();
    for sku in ["POSTER", "FRAME"] {
        let variant = staff.sell(sku, "49.90", 10).await;
        let product = "query ($id: ID!) { variant(id: $id) { product { id } } }";
        ids.push(staff.data(product, json!({ "id": variant })).await["variant"]["product"]["id"].take());
    }
    let made = json!({ "input": { "title": "For Switzerland" } });
    let collection = staff.done(COLLECTION, made).await["collection"]["id"].take();
    let fill = json!({ "input": { "id": collection, "productIds": [ids[0]] } });
    staff.done(FILL, fill).await;
    shop.settle().await;
    let all = found(&guest, "DE", "test").await.0;
    let goods = |goods: Value| {
        let mut input = goods;
        input["id"] = market.clone();
        json!({ "input": input })
    };
    staff
        .done(GOODS_SET, goods(json!({ "onlyCollectionIds": [collection] })))
        .await;
    let (listed, _, slugs) = found(&guest, "CH", "test").await;
    assert_eq!((listed, slugs), (1, vec!["poster".to_owned()]));
    // What comes into it is there at once, kept answers or not.
    let fill = json!({ "input": { "id": collection, "productIds": [ids[1]] } });
    staff.done(FILL, fill).await;
    assert_eq!(found(&guest, "CH", "test").await.0, 2);
    staff
        .done(GOODS_SET, goods(json!({ "withoutCollectionIds": [collection] })))
        .await;
    let (listed, _, slugs) = found(&guest, "CH", "test").await;
    assert_eq!(listed, all - 2);
    assert!(
        !slugs.iter().any(|slug| slug == "poster" || slug == "frame"),
        "{slugs:?}"
    );
    for (input, field) in [
        (json!({ "onlyCollectionIds": [ids[0]] }), "onlyCollectionIds"),
        (json!({ "withoutProductIds": [collection] }), "withoutProductIds"),
    ] {
        let refused = staff.payload(GOODS_SET, goods(input)).await;
        assert_eq!(
            refused["userErrors"][0]["field"],
            json!(["input", field, "0"]),
            "{refused}"
        );
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_market_that_was_deleted_comes_back_unless_its_countries_are_taken() {
    let (shop, staff, market) = open().await;
    let input = json!({ "input": { "id": market } });
    staff.done(DELETE, input.clone()).await;
    let other = json!({ "name": "Alps", "countries": ["CH"], "currencyCode": "EUR" });
    let other = staff.done(MARKET_CREATE, json!({ "input": other })).await["market"]["id"].take();
    let refused = staff.payload(RESTORE, input.clone()).await;
    assert_eq!(refused["userErrors"][0]["field"], json!(["input", "id"]), "{refused}");
    assert!(
        refused["userErrors"][0]["message"].as_str().unwrap().contains("Alps"),
        "{refused}"
    );
    staff.done(DELETE, json!({ "input": { "id": other } })).await;
    let restored = staff.done(RESTORE, input.clone()).await["market"].take();
    assert_eq!(
        (&restored["deletedAt"], &restored["countries"]),
        (&Value::Null, &json!([{ "code": "CH" }]))
    );
    assert_eq!(staff.done(RESTORE, input).await["market"], restored);
    shop.close().await;
}

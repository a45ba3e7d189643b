//! The lowest price of the last 30 days, as the Union's directive counts it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_commerce::retention;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{client::Client, shop::TestShop, shopper::Shopper};

use super::{LIST_SET, MARKET_CREATE, reprice, shown};

const HISTORY: &str = "query ($id: ID!, $currency: CurrencyCode, $first: Int, $after: String) { variant(id: $id) {
    priceHistory(currencyCode: $currency, first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { price { amount } compareAtPrice { amount } lowestPriceLast30Days { amount } until fixed } } } }";

/// A shop that sells in dollars, too, at two for a euro.
async fn open() -> TestShop {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let list = json!({ "currencyCode": "USD", "rate": "2", "pricesIncludeTax": false });
    staff.done(LIST_SET, json!({ "input": list })).await;
    let market = json!({ "name": "America", "countries": ["US"], "currencyCode": "USD" });
    staff.done(MARKET_CREATE, json!({ "input": market })).await;
    shop
}

/// So many days later, staff who have signed in anew.
async fn later(shop: &TestShop, days: i64) -> Client {
    shop.advance(TimeDelta::days(days)).await;
    shop.sign_in(StaffRole::Administrator).await
}

async fn history(staff: &Client, variant: &str, currency: &str) -> Vec<(String, Value, bool)> {
    let asked = json!({ "id": variant, "currency": currency, "first": 50 });
    let page = staff.data(HISTORY, asked).await["variant"]["priceHistory"].take();
    let row = |node: &Value| {
        let price = node["price"]["amount"].as_str().unwrap().to_owned();
        (
            price,
            node["lowestPriceLast30Days"]["amount"].clone(),
            node["until"].is_null(),
        )
    };
    page["nodes"].as_array().unwrap().iter().map(row).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beside_a_reduced_price_stands_the_lowest_of_the_30_days_before() {
    let shop = open().await;
    let guest = shop.guest();
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let variant = staff.sell("POSTER", "100.00", 10).await;
    shop.settle().await;
    assert_eq!(
        shown(&guest, "DE", &variant).await,
        [json!("100.00"), Value::Null, Value::Null]
    );

    // A first step, and a second five days later: what counts is the price before the first.
    let staff = later(&shop, 20).await;
    reprice(&staff, &variant, "80.00", Some("100.00")).await;
    let first = [json!("80.00"), json!("100.00"), json!("100.00")];
    assert_eq!(shown(&guest, "DE", &variant).await, first);
    assert_eq!(
        shown(&guest, "US", &variant).await,
        [json!("160.00"), json!("200.00"), json!("200.00")],
        "by price list"
    );
    let staff = later(&shop, 5).await;
    reprice(&staff, &variant, "70.00", Some("100.00")).await;
    assert_eq!(shown(&guest, "DE", &variant).await[2], json!("100.00"));
    // Lists and pages show it.
    let list =
        "{ products(first: 100, sort: NEWEST) { nodes { slug lowestPriceLast30Days { amount currencyCode } } } }";
    let listed = guest.data(list, json!({})).await["products"]["nodes"].take();
    let poster = listed.as_array().unwrap().iter().find(|node| node["slug"] == "poster");
    assert_eq!(
        poster.unwrap()["lowestPriceLast30Days"],
        json!({ "amount": "100.00", "currencyCode": "EUR" })
    );
    let others = listed
        .as_array()
        .unwrap()
        .iter()
        .filter(|node| node["slug"] != "poster");
    assert!(others.clone().count() > 10);
    let mut shopper = Shopper::new(&shop);
    shopper.open("/products/poster").await;
    shopper.expect("Lowest price of the 30 days before the reduction: €100.00");

    // It is over; what it cost meanwhile counts for the next one.
    let staff = later(&shop, 3).await;
    reprice(&staff, &variant, "100.00", None).await;
    assert_eq!(shown(&guest, "DE", &variant).await[2], Value::Null);
    let staff = later(&shop, 2).await;
    reprice(&staff, &variant, "90.00", Some("100.00")).await;
    assert_eq!(shown(&guest, "DE", &variant).await[2], json!("70.00"));
    // Once that is a month ago, it does not.
    let staff = later(&shop, 1).await;
    reprice(&staff, &variant, "100.00", None).await;
    let staff = later(&shop, 31).await;
    reprice(&staff, &variant, "95.00", Some("100.00")).await;
    assert_eq!(shown(&guest, "DE", &variant).await[2], json!("100.00"));
    let told = history(&staff, &variant, "EUR").await;
    let prices: Vec<_> = told.iter().map(|(price, ..)| price.as_str()).collect();
    assert_eq!(
        prices,
        ["95.00", "100.00", "90.00", "100.00", "70.00", "80.00", "100.00"]
    );
    assert_eq!(told.iter().filter(|(.., holds)| *holds).count(), 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_writer_of_prices_leaves_a_trace_and_a_write_that_changes_nothing_none() {
    let shop = open().await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let variant = staff.sell("POSTER", "100.00", 10).await;
    shop.settle().await;
    let (own, dollars) = ("EUR", "USD");
    let count = async |staff: &Client, currency: &str| history(staff, &variant, currency).await.len();
    assert_eq!((count(&staff, own).await, count(&staff, dollars).await), (1, 1));

    let staff = later(&shop, 1).await;
    reprice(&staff, &variant, "100.00", None).await;
    staff.sell("POSTER", "100.00", 12).await;
    shop.settle().await;
    assert_eq!((count(&staff, own).await, count(&staff, dollars).await), (1, 1));

    // The whole product, a rate, what is fixed, and that it is no longer.
    let staff = later(&shop, 1).await;
    staff.sell("POSTER", "90.00", 12).await;
    let staff = later(&shop, 1).await;
    let list = json!({ "currencyCode": "USD", "rate": "3" });
    staff.done(LIST_SET, json!({ "input": list })).await;
    shop.settle().await;
    let staff = later(&shop, 1).await;
    let fix = "mutation ($input: PriceListPricesSetInput!) { priceListPricesSet(input: $input) { pricesSet userErrors { code message } } }";
    let fixed = |price: Value| json!({ "input": { "currencyCode": "USD", "prices": [{ "variantId": variant, "price": price }] } });
    staff.done(fix, fixed(json!("111.00"))).await;
    let staff = later(&shop, 1).await;
    staff.done(fix, fixed(Value::Null)).await;
    let prices: Vec<_> = history(&staff, &variant, dollars).await;
    let prices: Vec<_> = prices.iter().map(|(price, ..)| price.as_str()).collect();
    assert_eq!(prices, ["270.00", "111.00", "270.00", "180.00", "200.00"]);
    assert_eq!(count(&staff, own).await, 2);

    // It has no price for a while: that while has none.
    let unpriced = "mutation ($input: VariantsUpdateInput!) { variantsUpdate(input: $input) { product { version } userErrors { code message field } } }";
    let product = "query ($id: ID!) { variant(id: $id) { product { id } } }";
    let product = staff.data(product, json!({ "id": variant })).await["variant"]["product"]["id"].take();
    let input = json!({ "productId": product, "variants": [{ "id": variant, "price": null }] });
    staff.done(unpriced, json!({ "input": input })).await;
    assert!(history(&staff, &variant, own).await.iter().all(|(.., holds)| !holds));
    assert!(
        history(&staff, &variant, dollars)
            .await
            .iter()
            .all(|(.., holds)| !holds)
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_page_through_it_and_what_is_long_over_is_forgotten() {
    let shop = open().await;
    let mut staff = shop.sign_in(StaffRole::Administrator).await;
    let variant = staff.sell("POSTER", "1.00", 10).await;
    for price in ["2.00", "3.00"] {
        staff = later(&shop, 61).await;
        reprice(&staff, &variant, price, None).await;
    }
    let first = json!({ "id": variant, "first": 2 });
    let page = staff.data(HISTORY, first).await["variant"]["priceHistory"].take();
    assert_eq!(page["nodes"].as_array().unwrap().len(), 2);
    let next = json!({ "id": variant, "first": 2, "after": page["pageInfo"]["endCursor"] });
    let page = staff.data(HISTORY, next).await["variant"]["priceHistory"].take();
    assert_eq!(page["nodes"][0]["price"]["amount"], "1.00");
    assert_eq!(page["pageInfo"]["hasNextPage"], false);
    let refused = shop.guest().answer(HISTORY, json!({ "id": variant, "first": 2 })).await;
    assert_eq!(
        refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED",
        "{refused}"
    );

    // What followed from a rate is kept for 60 days, what was set for 400.
    let staff = later(&shop, 1).await;
    retention::forget_now(shop.shop()).await.unwrap();
    assert_eq!(history(&staff, &variant, "USD").await.len(), 2);
    assert_eq!(history(&staff, &variant, "EUR").await.len(), 3);
    let staff = later(&shop, 401).await;
    retention::forget_now(shop.shop()).await.unwrap();
    let left = history(&staff, &variant, "EUR").await;
    assert_eq!(left, [("3.00".to_owned(), Value::Null, true)], "what holds stays");
    shop.close().await;
}

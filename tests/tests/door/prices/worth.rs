//! Orders and carts of several currencies beside each other.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{client::Client, purchase::cart_mutation, shop::TestShop};

use super::{LIST_SET, MARKET_CREATE};

/// A shop that sells in yen in Japan, 160 for a euro, a poster for 50.00 and a frame for 40.00.
async fn open() -> (TestShop, Client, String, String) {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let list = json!({ "currencyCode": "JPY", "rate": "160" });
    staff.done(LIST_SET, json!({ "input": list })).await;
    let market = json!({ "name": "Japan", "countries": ["JP"], "currencyCode": "JPY" });
    staff.done(MARKET_CREATE, json!({ "input": market })).await;
    let poster = staff.sell("POSTER", "50.00", 10).await;
    let frame = staff.sell("FRAME", "40.00", 10).await;
    shop.settle().await;
    (shop, staff, poster, frame)
}

/// A cart with one of it, begun in a country.
async fn cart_in(client: &Client, country: &str, variant: &str) -> Value {
    let context = format!(") @inContext(country: {country}) {{");
    let create = cart_mutation("cartCreate").replacen(") {", &context, 1);
    let input = json!({ "input": { "lines": [{ "variantId": variant, "quantity": 1 }] } });
    client.done(&create, input).await["cart"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_are_sorted_by_what_they_are_worth_and_told_by_currency() {
    let (shop, staff, poster, frame) = open().await;
    let guest = shop.guest();
    for (country, variant) in [("DE", &poster), ("JP", &frame)] {
        let cart = cart_in(&guest, country, variant).await;
        let cart = guest.check_out(&cart).await;
        let placed = guest.place(&cart, country, "tok_approve").await;
        assert_eq!(placed["userErrors"], json!([]), "{placed}");
    }
    shop.settle().await;
    // 6,400 yen and more are fewer than 50 euros.
    let sorted = async |sort: &str| {
        let query =
            format!("{{ orders(first: 5, sort: {sort}) {{ nodes {{ cost {{ total {{ currencyCode }} }} }} }} }}");
        let nodes = staff.data(&query, json!({})).await["orders"]["nodes"].take();
        let nodes = nodes.as_array().unwrap().iter();
        let codes = nodes.map(|node| node["cost"]["total"]["currencyCode"].as_str().unwrap().to_owned());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(sorted("HIGHEST_TOTAL_FIRST").await, ["EUR", "JPY"]);
    assert_eq!(sorted("LOWEST_TOTAL_FIRST").await, ["JPY", "EUR"]);
    let page = "query ($after: String) { orders(first: 1, after: $after, sort: HIGHEST_TOTAL_FIRST) {
        pageInfo { endCursor } nodes { cost { total { currencyCode } } } } }";
    let first = staff.data(page, json!({})).await["orders"].take();
    let second = json!({ "after": first["pageInfo"]["endCursor"] });
    let second = staff.data(page, second).await["orders"]["nodes"].take();
    assert_eq!(second[0]["cost"]["total"]["currencyCode"], "JPY");

    let today = shop.shop().profile().date(shop.shop().now());
    let query = "query ($day: Date!, $code: CurrencyCode) { orderAnalytics(from: $day, to: $day, currencyCode: $code) {
        total { orderCount revenue { amount currencyCode } } byCurrency { orderCount revenue { amount currencyCode } } } }";
    let told = async |code: Value| {
        let asked = json!({ "day": today, "code": code });
        staff.data(query, asked).await["orderAnalytics"].take()
    };
    let (own, yen) = (told(Value::Null).await, told(json!("jpy")).await);
    assert_eq!(own["byCurrency"], json!([own["total"], yen["total"]]));
    assert_eq!(own["byCurrency"], yen["byCurrency"]);
    assert_eq!(
        (&yen["total"]["orderCount"], &yen["total"]["revenue"]["currencyCode"]),
        (&json!(1), &json!("JPY"))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cart_that_is_claimed_tells_what_its_currency_changes() {
    let (shop, _, poster, frame) = open().await;
    let ada = shop.customer("ada@example.com").await;
    cart_in(&ada, "DE", &poster).await;
    let guests = cart_in(&shop.guest(), "JP", &frame).await;
    let claim = "mutation ($input: CartClaimInput!) { cartClaim(input: $input) {
        cart { currencyCode lines { quantity } problems { code } }
        repriced { title before { amount currencyCode } after { amount currencyCode } }
        userErrors { code message } } }";
    let input = json!({ "input": { "cartId": guests["id"] } });
    let claimed = ada.done(claim, input.clone()).await;
    assert_eq!(claimed["cart"]["currencyCode"], "JPY");
    assert_eq!(claimed["cart"]["lines"].as_array().unwrap().len(), 2);
    assert_eq!(
        claimed["repriced"],
        json!([{ "title": "Test POSTER", "before": { "amount": "50.00", "currencyCode": "EUR" },
            "after": { "amount": "8000", "currencyCode": "JPY" } }]),
        "{claimed}"
    );
    let again = ada.done(claim, input).await;
    assert_eq!((&again["repriced"], &again["cart"]), (&json!([]), &claimed["cart"]));
    shop.close().await;
}

//! What is sold in other currencies: lists, carts and orders show the price that is paid.

use std::collections::BTreeSet;

use sea_orm::EntityTrait;
use serde_json::{Value, json};
use vitrine_entity::{product_listing, staff_member::StaffRole};
use vitrine_tests::{
    client::{Client, http},
    purchase::cart_mutation,
    shop::TestShop,
    shopper::Shopper,
};

use crate::edits::worth;

const LIST_SET: &str = "mutation ($input: PriceListSetInput!) { priceListSet(input: $input) {
    priceList { currencyCode rate rounding pricesIncludeTax version } userErrors { code message field } } }";
const LIST_DELETE: &str = "mutation ($input: PriceListDeleteInput!) { priceListDelete(input: $input) {
    priceList { deletedAt version } userErrors { code message field } } }";
const MARKET_CREATE: &str = "mutation ($input: MarketCreateInput!) { marketCreate(input: $input) {
    market { id version } userErrors { code message field } } }";
const MARKET_UPDATE: &str = "mutation ($input: MarketUpdateInput!) { marketUpdate(input: $input) {
    market { version countries { code } name } userErrors { code message field } } }";
const MARKET_DELETE: &str = "mutation ($input: MarketDeleteInput!) { marketDelete(input: $input) {
    market { deletedAt version } userErrors { code message field } } }";
const FIX: &str = "mutation ($input: PriceListPricesSetInput!) { priceListPricesSet(input: $input) {
    pricesSet userErrors { code message field } } }";
const MOVE: &str = "mutation ($input: CartMarketUpdateInput!) { cartMarketUpdate(input: $input) {
    cart { id currencyCode countryCode version problems { code } cost { total { amount currencyCode } }
        lines { cost { subtotal { amount currencyCode } } } }
    repriced { title before { amount currencyCode } after { amount currencyCode } } userErrors { code message field } } }";

/// A shop that sells in dollars, with the tax on top, and in yen, and who set that up.
async fn open() -> (TestShop, Client) {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    for input in [
        json!({ "currencyCode": "usd", "rate": "1.1", "rounding": "ENDING_99", "pricesIncludeTax": false }),
        json!({ "currencyCode": "JPY", "rate": "162.35", "rounding": "TENS", "expectedVersion": 0 }),
    ] {
        staff.done(LIST_SET, json!({ "input": input })).await;
    }
    for input in [
        json!({ "name": "America", "countries": ["us", "CA"], "currencyCode": "USD" }),
        json!({ "name": "Japan", "countries": ["JP"], "currencyCode": "jpy" }),
    ] {
        staff.done(MARKET_CREATE, json!({ "input": input })).await;
    }
    shop.settle().await;
    (shop, staff)
}

fn minor(amount: &Value) -> i64 {
    let text = amount.as_str().unwrap();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction}").parse().unwrap()
}

/// Slugs and least prices of all products, in an order, as somebody in a country sees them.
async fn listed(client: &Client, country: &str, sort: &str, filter: Value) -> Vec<(String, i64, String)> {
    let query = format!(
        "query ($where: ProductWhere) @inContext(country: {country}) {{ products(first: 100, sort: {sort}, where: $where) {{
            totalCount nodes {{ slug priceRange {{ min {{ amount currencyCode }} }} variants {{ price {{ amount }} }} }} }} }}"
    );
    let data = client.data(&query, json!({ "where": filter })).await;
    let nodes = data["products"]["nodes"].as_array().unwrap().clone();
    assert_eq!(data["products"]["totalCount"], nodes.len());
    let row = |node: &Value| {
        let least = &node["priceRange"]["min"];
        let variants = node["variants"].as_array().unwrap().iter();
        let cheapest = variants
            .filter(|row| !row["price"].is_null())
            .map(|row| minor(&row["price"]["amount"]));
        assert_eq!(cheapest.min(), Some(minor(&least["amount"])), "{node}");
        (
            node["slug"].as_str().unwrap().to_owned(),
            minor(&least["amount"]),
            least["currencyCode"].as_str().unwrap().to_owned(),
        )
    };
    nodes.iter().map(row).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_filter_and_sort_by_the_price_that_is_shown() {
    let (shop, _) = open().await;
    let guest = shop.guest();
    let own = listed(&guest, "DE", "PRICE_ASCENDING", json!({})).await;
    let dollars = listed(&guest, "CA", "PRICE_ASCENDING", json!({})).await;
    let yen = listed(&guest, "JP", "PRICE_DESCENDING", json!({})).await;
    assert!(own.len() > 20 && dollars.len() == own.len() && yen.len() == own.len());
    assert!(own.iter().all(|(.., currency)| currency == "EUR"));
    assert!(
        dollars
            .iter()
            .all(|(_, minor, currency)| currency == "USD" && minor % 100 == 99)
    );
    assert!(
        yen.iter()
            .all(|(_, minor, currency)| currency == "JPY" && minor % 10 == 0)
    );
    assert!(dollars.is_sorted_by_key(|(_, minor, _)| *minor) && yen.is_sorted_by_key(|(_, minor, _)| -minor));
    let middle = dollars[dollars.len() / 2].1;
    let bound = format!("{}.{:02}", middle / 100, middle % 100);
    let below = listed(&guest, "US", "PRICE_ASCENDING", json!({ "priceMax": bound })).await;
    let expected: Vec<_> = dollars
        .iter()
        .filter(|(_, minor, _)| *minor <= middle)
        .cloned()
        .collect();
    assert_eq!(below, expected);

    // A search goes by them, too.
    let query = "query ($where: ProductWhere) @inContext(country: JP) { productSearch(query: \"lamp\", first: 50, sort: PRICE_ASCENDING, where: $where) {
        totalCount degraded facets { name } priceRange { min { amount currencyCode } max { amount } }
        nodes { priceRange { min { amount currencyCode } } } } }";
    let found = guest.data(query, json!({ "where": { "priceMin": "5000" } })).await;
    let found = &found["productSearch"];
    let nodes = found["nodes"].as_array().unwrap().iter();
    let prices: Vec<i64> = nodes.map(|node| minor(&node["priceRange"]["min"]["amount"])).collect();
    assert!(
        !prices.is_empty() && prices.is_sorted() && prices[0] >= 5_000,
        "{found}"
    );
    assert_eq!(found["totalCount"], prices.len());
    assert_eq!(found["priceRange"]["min"]["currencyCode"], "JPY");
    assert_eq!(found["degraded"], false, "the engine answers");
    assert!(!found["facets"].as_array().unwrap().is_empty());
    let least = found["nodes"].as_array().unwrap().iter();
    let least = least.map(|node| minor(&node["priceRange"]["min"]["amount"])).min();
    assert!(Some(minor(&found["priceRange"]["min"]["amount"])) <= least);

    // And the other API.
    let products = http().get(format!("{}/api/products?sort=PRICE_ASCENDING", guest.base()));
    let products = products.header("context-country", "JP").send().await.unwrap();
    let text = products.text().await.unwrap();
    assert!(text.contains("\"JPY\"") && !text.contains("\"EUR\""), "{text}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shown_is_what_is_paid() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let variant = staff.sell("POSTER", "49.90", 10).await;
    shop.settle().await;
    let price = "query ($id: ID!) @inContext(country: US) { variant(id: $id) { price { amount currencyCode } listPrices { price { amount currencyCode } fixed } }
        shop { context { currency pricesIncludeTax market { name countries { code name } } } currencyCode } }";
    let seen = guest.answer(price, json!({ "id": variant })).await;
    assert_eq!(
        seen["data"]["variant"]["price"],
        json!({ "amount": "54.99", "currencyCode": "USD" }),
        "{seen}"
    );
    assert_eq!(seen["data"]["variant"]["listPrices"], Value::Null, "it is staff's");
    assert_eq!(
        seen["data"]["shop"],
        json!({ "currencyCode": "EUR", "context": {
            "currency": "USD", "pricesIncludeTax": false, "market": { "name": "America", "countries": [
                { "code": "CA", "name": "Canada" }, { "code": "US", "name": "United States" }] } } })
    );

    let create = cart_mutation("cartCreate").replacen(") {", ") @inContext(country: US) {", 1);
    let input = json!({ "input": { "lines": [{ "variantId": variant, "quantity": 1 }] } });
    let cart = guest.done(&create, input).await["cart"].take();
    assert_eq!(
        cart["cost"]["subtotal"],
        json!({ "amount": "54.99", "currencyCode": "USD" }),
        "{cart}"
    );
    // Whoever asks later from elsewhere: it is the cart's currency that counts.
    let cart = guest.check_out(&cart).await;
    let cost = &cart["cost"];
    let parts = ["subtotal", "shipping", "tax"].map(|part| minor(&cost[part]["amount"]));
    assert!(parts[1] > 0 && parts[2] > 0, "the tax comes on top: {cost}");
    assert_eq!(minor(&cost["total"]["amount"]), parts.iter().sum::<i64>(), "{cost}");
    let placed = guest.place(&cart, "in dollars", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]), "{placed}");
    shop.settle().await;
    let query = "query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
        status cost { pricesIncludeTax total { amount currencyCode } } payment { capturedAmount { amount currencyCode } } } }";
    let token = &placed["orderAccessToken"];
    let order = guest
        .data(query, json!({ "id": placed["order"]["id"], "token": token }))
        .await;
    let total = json!({ "amount": cost["total"]["amount"], "currencyCode": "USD" });
    assert_eq!(order["order"]["cost"]["total"], total, "{order}");
    assert_eq!(order["order"]["payment"]["capturedAmount"], total, "{order}");
    assert_eq!(order["order"]["cost"]["pricesIncludeTax"], false);
    let mails = shop.mails().await;
    let amount = cost["total"]["amount"].as_str().unwrap();
    assert!(
        mails.iter().any(|mail| mail.text.contains(amount)),
        "the mail tells {amount}"
    );

    // The rate of its day is kept, whatever becomes of the order, and of the rate.
    let dearer = json!({ "input": { "currencyCode": "USD", "rate": "4", "expectedVersion": 1 } });
    staff.done(LIST_SET, dearer).await;
    worth::is_that_of_its_day(&shop, &staff, &placed["order"]["id"], &cost["shipping"]["amount"]).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_fix_prices_and_a_cart_that_moves_is_told() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let variant = staff.sell("POSTER", "49.90", 10).await;
    let prices = async |id: &str| {
        let query = "query ($id: ID!) { variant(id: $id) { price { amount } listPrices { price { amount currencyCode } compareAtPrice { amount } fixed } } }";
        staff.data(query, json!({ "id": id })).await["variant"]["listPrices"].take()
    };
    let row = |amount: &str, currency: &str, fixed: bool| json!({ "price": { "amount": amount, "currencyCode": currency }, "compareAtPrice": null, "fixed": fixed });
    assert_eq!(
        prices(&variant).await,
        json!([row("8100", "JPY", false), row("54.99", "USD", false)])
    );
    let fix = |price: Value| json!({ "input": { "currencyCode": "USD", "prices": [{ "variantId": variant, "price": price }] } });
    staff.done(FIX, fix(json!("59.00"))).await;
    // What is fixed stays when the rate, or the shop's own price, changes.
    let set = json!({ "input": { "currencyCode": "USD", "rate": "2", "expectedVersion": 1 } });
    staff.done(LIST_SET, set).await;
    shop.settle().await;
    assert_eq!(
        prices(&variant).await,
        json!([row("8100", "JPY", false), row("59.00", "USD", true)])
    );

    let input = json!({ "input": { "lines": [{ "variantId": variant, "quantity": 1 }] } });
    let cart = guest.done(&cart_mutation("cartCreate"), input).await["cart"].take();
    let there = |country: &str, currency: Value| json!({ "input": { "cartId": cart["id"], "countryCode": country, "currencyCode": currency } });
    let moved = guest.done(MOVE, there("us", Value::Null)).await;
    assert_eq!(
        moved["repriced"][0],
        json!({ "title": "Test POSTER", "before": { "amount": "49.90", "currencyCode": "EUR" },
            "after": { "amount": "59.00", "currencyCode": "USD" } }),
        "{moved}"
    );
    assert_eq!(
        (&moved["cart"]["currencyCode"], &moved["cart"]["countryCode"]),
        (&json!("USD"), &json!("US"))
    );
    let problems = moved["cart"]["problems"].to_string();
    assert!(!problems.contains("PRICE_CHANGED"), "they were told: {problems}");
    let again = guest.done(MOVE, there("US", Value::Null)).await;
    assert_eq!(again["repriced"], json!([]), "nothing changed");
    let moved = guest.done(MOVE, there("JP", json!("EUR"))).await;
    assert_eq!(
        moved["cart"]["cost"]["total"],
        json!({ "amount": "49.90", "currencyCode": "EUR" })
    );
    for (input, field) in [
        (there("XX", Value::Null), "countryCode"),
        (there("JP", json!("GBP")), "currencyCode"),
    ] {
        let refused = guest.payload(MOVE, input).await;
        assert_eq!(refused["userErrors"][0]["field"], json!(["input", field]), "{refused}");
        assert_eq!(refused["cart"], Value::Null);
    }

    // It follows from the rate again.
    staff.done(FIX, fix(Value::Null)).await;
    assert_eq!(prices(&variant).await[1], row("99.99", "USD", false));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_market_is_said() {
    let (shop, staff) = open().await;
    let clerk = shop.staff(StaffRole::Fulfilment).await;
    assert_eq!(
        clerk
            .refusals(LIST_SET, json!({ "input": { "currencyCode": "GBP", "rate": "1" } }))
            .await,
        ["FORBIDDEN"]
    );
    for (input, field) in [
        (json!({ "currencyCode": "EUR", "rate": "1" }), "currencyCode"),
        (json!({ "currencyCode": "XXX", "rate": "1" }), "currencyCode"),
        (json!({ "currencyCode": "GBP" }), "rate"),
        (json!({ "currencyCode": "GBP", "rate": "0" }), "rate"),
        (json!({ "currencyCode": "GBP", "rate": "1,2" }), "rate"),
        (
            json!({ "currencyCode": "KRW", "rate": "1500", "rounding": "ENDING_99" }),
            "rounding",
        ),
    ] {
        let refused = staff.payload(LIST_SET, json!({ "input": input })).await;
        assert_eq!(refused["userErrors"][0]["field"], json!(["input", field]), "{refused}");
    }
    let outdated = json!({ "input": { "currencyCode": "USD", "rate": "3", "expectedVersion": 7 } });
    assert_eq!(staff.refusals(LIST_SET, outdated).await, ["VERSION_CONFLICT"]);
    for (input, field) in [
        (
            json!({ "name": "", "countries": ["GB"], "currencyCode": "USD" }),
            "name",
        ),
        (
            json!({ "name": "None", "countries": [], "currencyCode": "USD" }),
            "countries",
        ),
        (
            json!({ "name": "Again", "countries": ["GB", "JP"], "currencyCode": "USD" }),
            "countries",
        ),
        (
            json!({ "name": "Pounds", "countries": ["GB"], "currencyCode": "GBP" }),
            "currencyCode",
        ),
        (
            json!({ "name": "Deaf", "countries": ["GB"], "currencyCode": "USD", "language": "xx" }),
            "language",
        ),
    ] {
        let refused = staff.payload(MARKET_CREATE, json!({ "input": input })).await;
        assert_eq!(refused["userErrors"][0]["field"], json!(["input", field]), "{refused}");
    }

    let markets = shop.guest().data("{ markets { id name version } }", json!({})).await;
    let japan = markets["markets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|market| market["name"] == "Japan");
    let id = &japan.unwrap()["id"];
    let update = json!({ "input": { "id": id, "expectedVersion": 1, "countries": ["jp", "KR"] } });
    let updated = staff.done(MARKET_UPDATE, update.clone()).await;
    assert_eq!(
        updated["market"],
        json!({ "version": 2, "countries": [{ "code": "JP" }, { "code": "KR" }], "name": "Japan" })
    );
    assert_eq!(staff.refusals(MARKET_UPDATE, update).await, ["VERSION_CONFLICT"]);
    let yen = json!({ "input": { "currencyCode": "JPY" } });
    let refused = staff.payload(LIST_DELETE, yen.clone()).await;
    assert!(
        refused["userErrors"][0]["message"].as_str().unwrap().contains("Japan"),
        "{refused}"
    );
    let deleted = staff.done(MARKET_DELETE, json!({ "input": { "id": id } })).await;
    assert_eq!(
        staff.done(MARKET_DELETE, json!({ "input": { "id": id } })).await,
        deleted
    );
    let deleted = staff.done(LIST_DELETE, yen.clone()).await;
    assert_eq!(staff.done(LIST_DELETE, yen).await, deleted);
    shop.settle().await;
    let guest = shop.guest();
    assert!(
        listed(&guest, "JP", "NEWEST", json!({}))
            .await
            .iter()
            .all(|(.., currency)| currency == "EUR")
    );
    let listings = product_listing::Entity::find().all(&*shop.shop().db).await.unwrap();
    let left: BTreeSet<_> = listings.iter().map(|row| row.currency.code()).collect();
    assert_eq!(left, BTreeSet::from(["EUR", "USD"]));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_storefront_offers_countries_and_remembers_the_chosen_one() {
    let (shop, staff) = open().await;
    staff.sell("POSTER", "49.90", 10).await;
    shop.settle().await;
    let mut shopper = Shopper::new(&shop);
    shopper.open("/products/poster").await.expect("Germany · EUR");
    shopper.expect("€49.90");
    // The list of them is a page of its own, and leads back.
    shopper.open("/market?back=/products/poster").await.expect("JPY</h2>");
    shopper.expect("country=JP&back=%2Fproducts%2Fposter\" rel=\"nofollow\">Japan</a>");
    shopper.open("/market?back=https://evil.example").await;
    assert!(!shopper.says("evil.example\" rel"), "it leads nowhere else");
    shopper.open("/products/poster").await;
    shopper
        .submit("/cart/lines", &[("quantity", "1")])
        .await
        .expect("€49.90");
    shopper.open("/market?country=US&back=/").await;
    assert_eq!(shopper.path, "/cart?moved");
    shopper.expect("The prices in your cart have changed");
    shopper.expect("$54.99");
    shopper.open("/market?country=JP&back=/products/poster").await;
    shopper.open("/products/poster").await.expect("¥8,100");
    shopper.open("/market?country=nowhere").await;
    assert_eq!(shopper.status, 400);
    shop.close().await;
}

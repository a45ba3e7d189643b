//! How many statements each of the main reads takes at most, however long a page is: a read whose statements grow with
//! its rows is slow in a large shop.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;

use super::{number, open, statements_of};

const LISTING: &str = "query($first: Int) { products(first: $first) { totalCount totalCountPrecision nodes {
    id title slug featuredPicture { id url } priceRange { min { amount currencyCode } max { amount } } availableForSale }
    pageInfo { hasNextPage endCursor } } }";
const PAGE: &str = "query($slug: String) { product(slug: $slug) { id title slug description featuredPicture { id url }
    pictures { id url } options { name values } attributes { name value } tags
    variants { id title sku price { amount currencyCode } availableQuantity availableForSale options { name value } picture { id url } }
    category { id name slug ancestors { id name slug } } collections { id title slug } } }";
const SEARCH: &str = "query($first: Int!) { productSearch(query: \"lamp\", first: $first) { totalCount nodes {
    id title slug featuredPicture { id url } priceRange { min { amount currencyCode } max { amount } } }
    facets { name values { label count } } } }";
const CATEGORIES: &str = "{ categories { id name slug children { id name slug children { id name slug } } } }";
const CART: &str = "query($id: ID!) { cart(id: $id) { id lines { id quantity variant { id title price { amount } picture { url } product { title slug } } }
    cost { subtotal { amount } total { amount } } } }";
const ORDER: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { number status
    lines { title quantity total { amount } } cost { total { amount } } payment { status } shipments { carrier }
    timeline(first: 20) { nodes { kind } } } }";
const ORDERS: &str = "query($first: Int) { orders(first: $first) { totalCount nodes { number status email cost { total { amount } } lines { title quantity } payment { status } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_reads_take_few_statements() {
    let shop = open().await;
    let guest = shop.guest();
    let chair = guest.variant("orrin-stone-lamp", "LMP-ORRN").await;
    let lamp = guest.variant("alba-dome-lamp", "LMP-ALBA-TER").await;
    let cart = guest.cart_with(&[(&chair, 1), (&lamp, 1)]).await;
    let order = guest.buy(&[(&chair, 1)], "tok_approve").await;
    guest.buy(&[(&chair, 1), (&lamp, 1)], "tok_approve").await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let order = json!({ "id": order.id, "token": order.access_token });
    let bounds = [
        ("listing", &guest, LISTING, json!({ "first": 24 }), 5),
        ("listing of two", &guest, LISTING, json!({ "first": 2 }), 5),
        ("page", &guest, PAGE, json!({ "slug": "alba-dome-lamp" }), 12),
        ("search", &guest, SEARCH, json!({ "first": 24 }), 12),
        ("search of two", &guest, SEARCH, json!({ "first": 2 }), 12),
        ("categories", &guest, CATEGORIES, json!({}), 4),
        ("cart", &guest, CART, json!({ "id": cart["id"] }), 16),
        ("order", &guest, ORDER, order, 16),
        ("staff's orders", &staff, ORDERS, json!({ "first": 20 }), 14),
        ("staff's two orders", &staff, ORDERS, json!({ "first": 1 }), 14),
    ];
    let (mut wrong, mut counts) = (Vec::new(), BTreeMap::new());
    for (name, client, query, variables, most) in bounds {
        let found = statements_of(&shop, client, query, &variables).await;
        let count = number(&found);
        if count > most || count == 0 {
            wrong.push(format!("{name}: {count} statements, at most {most}\n{}", shown(&found)));
        }
        // Whoever asks a moment later waits for what is being read.
        if let Some((text, times)) = found.iter().find(|(_, times)| name == "page" && *times > 1) {
            wrong.push(format!("{name}: {times} times {text}"));
        }
        counts.insert(name, count);
    }
    for (long, short) in [
        ("listing", "listing of two"),
        ("search", "search of two"),
        ("staff's orders", "staff's two orders"),
    ] {
        if counts[long] != counts[short] {
            wrong.push(format!(
                "{long}: {} statements, {short}: {}",
                counts[long], counts[short]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    shop.abandon().await;
}

fn shown(statements: &[(String, usize)]) -> String {
    let line = |(text, times): &(String, usize)| {
        let from = text.to_lowercase().find(" from ").unwrap_or_default();
        let text: String = text.chars().skip(from).take(160).collect();
        format!("  {times} ×{text}\n")
    };
    statements.iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mutation_reads_what_it_changed() {
    let shop = open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let variant = staff.variant("orrin-stone-lamp", "LMP-ORRN").await;
    // Both parts of one operation ask for the price: the second must see what the first has changed.
    let mutation = "mutation($a: VariantPriceUpdateInput!, $b: VariantPriceUpdateInput!) {
        a: variantPriceUpdate(input: $a) { variant { price { amount } } userErrors { message } }
        b: variantPriceUpdate(input: $b) { variant { price { amount } } userErrors { message } } }";
    let input = |price: &str| json!({ "variantId": variant, "price": price });
    let changed = staff
        .data(mutation, json!({ "a": input("11.00"), "b": input("12.00") }))
        .await;
    let prices: Vec<&Value> = ["a", "b"]
        .iter()
        .map(|part| &changed[part]["variant"]["price"]["amount"])
        .collect();
    assert_eq!(prices, ["11.00", "12.00"], "{changed}");
    shop.abandon().await;
}

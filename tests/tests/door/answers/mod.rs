//! Public answers that are kept: the same as made anew, never older than promised, and nobody else's.

mod age;
mod drops;
mod http;
mod rows;

use serde_json::{Value, json};
use vitrine_tests::{client::Client, shop::TestShop, worker::until};

/// What shoppers ask for.
pub(super) const DOCUMENTS: [&str; 9] = [
    "{ shop { name currencyCode locales paymentMethods { name title } policies { title } } }",
    "{ products(first: 24) { totalCount pageInfo { endCursor hasNextPage } nodes { id slug title priceRange { min { amount } } featuredPicture { url altText } } } }",
    "{ products(first: 5, sort: BEST_SELLING, where: { inStock: true }) { nodes { slug availableForSale stockStatus } } }",
    "{ products(first: 10) { nodes { title description tags seo { title } options { name values optionValues { name swatch { colour } } }
       pictures { url blurHash } videos { title } attributes { name value } safety { warnings } collections { title } category { name ancestors { slug } }
       relatedProducts { slug } metafields(first: 3) { nodes { key value } }
       variants { sku title price { amount currencyCode } compareAtPrice { amount } availableQuantity availability { status expectedOn } picture { url } options { name value } } } } }",
    "{ categories { slug name children { slug } products(first: 2) { nodes { slug } } } }",
    "{ collections { slug title picture { url } products(first: 3) { nodes { slug } } } }",
    "{ productSearch(query: \"lamp\", first: 5) { totalCount facets { name values { value count } } nodes { slug } } }",
    "{ menu(handle: \"main\") { items { title url } } }",
    "{ searchSuggest(query: \"la\") { terms products { slug } categories { name } } }",
];

/// What `/metrics` says of answers.
pub(super) async fn metric(shop: &TestShop, name: &str) -> u64 {
    let text = shop.metrics().await.text().await.unwrap();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(&format!("vitrine_answers_{name} ")));
    line.unwrap_or_else(|| panic!("{text}")).parse().unwrap()
}

/// An answer's bytes up to what it cost, which tells whoever was charged what they have left.
pub(super) async fn bytes(client: &Client, query: &str) -> String {
    let response = client.post("/graphql", json!({ "query": query })).await;
    let text = response.text().await.unwrap();
    assert!(!text.starts_with("{\"errors\""), "{query}: {text}");
    let (data, cost) = text.split_once(",\"extensions\":").unwrap();
    let mut cost: Value = serde_json::from_str(cost.strip_suffix('}').unwrap()).unwrap();
    cost["cost"].as_object_mut().unwrap().remove("remaining");
    format!("{data} {cost}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_answer_is_the_one_that_would_be_made() {
    let mut shop = TestShop::open().await;
    shop.believe_for_long();
    shop.settle().await;
    let without = shop.another_server(|config| config.answers.enabled = false).await;
    let guest = shop.guest();
    let customer = shop.customer("ada@example.com").await;
    let customer = Client::guest(without.base()).with_token(customer.access_token().unwrap());
    for query in DOCUMENTS {
        let made = bytes(&without, query).await;
        assert!(made.starts_with("{\"data\":{"), "{made}");
        assert_eq!(bytes(&customer, query).await, made, "customers are given what is kept");
        is_kept(&shop, query, async || assert_eq!(bytes(&guest, query).await, made)).await;
    }
    assert_eq!(metric(&shop, "hits_total").await, hits(&shop));
    assert!(shop.shop().showing().counts.kept() >= 8 && metric(&shop, "bytes").await > 1_000);
    shop.close().await;
}

/// Waits until what `ask` asks for is answered by what is kept, and no product is read for it. A machine with much else to do
/// hears of changes too late to believe what it has, and makes the answer anew.
pub(super) async fn is_kept(shop: &TestShop, what: &str, ask: impl AsyncFn()) {
    let kept = async || {
        let (before, _) = (hits(shop), shop.statements.take());
        ask().await;
        let reads_products = shop
            .statements
            .take()
            .keys()
            .any(|sql| sql.contains("FROM \"product\""));
        hits(shop) == before + 1 && !reads_products
    };
    until(&format!("it is kept: {what}"), kept).await;
}

pub(super) fn hits(shop: &TestShop) -> u64 {
    shop.shop().showing().counts.answers.hits()
}

//! Documents over the shop's own schema: what is asked twice is done once, and answers come in the order in which
//! they were asked for, whatever objects they turn out to be.

use serde_json::{Value, json};
use vitrine_tests::{TestShop, purchase::cart_mutation};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_is_answered_in_its_order_and_acts_once_for_each_key() {
    let manifest = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(manifest.path(), r#"{ "name": "{ shop { name } }" }"#).unwrap();
    let path = manifest.path().to_path_buf();
    let shop = TestShop::open_with(|config| config.graphql.trusted_documents = Some(path)).await;
    let guest = shop.guest();
    let trusted = guest.post("/graphql", json!({ "documentId": "name" })).await;
    let trusted: Value = trusted.json().await.unwrap();
    assert_eq!(trusted["data"]["shop"]["name"], "Vitrine", "{trusted}");
    let products = guest
        .data(
            "{ products(first: 2, sort: NEWEST) { nodes { id variants { id } } } }",
            json!({}),
        )
        .await;
    let product = &products["products"]["nodes"][0];
    let (product, variant) = (product["id"].clone(), product["variants"][0]["id"].clone());
    let cart = guest.done(&cart_mutation("cartCreate"), json!({ "input": {} })).await["cart"]["id"].clone();

    let add = "mutation($input: CartLinesAddInput!) {
        a: cartLinesAdd(input: $input) { cart { totalQuantity } }
        ...Again
        a: cartLinesAdd(input: $input) { userErrors { message } cart { lines { quantity } } } }
        fragment Again on Mutation { a: cartLinesAdd(input: $input) { cart { id } } }";
    let input = json!({ "cartId": cart, "lines": [{ "variantId": variant, "quantity": 1 }] });
    let added = guest.data(add, json!({ "input": input })).await;
    assert_eq!(added["a"]["cart"]["totalQuantity"], 1, "{added}");
    assert_eq!(added["a"]["cart"]["lines"][0]["quantity"], 1, "{added}");

    let ids = json!({ "ids": [variant, product, cart, "nonsense"], "less": true });
    let cases = [
        (
            "query($ids: [ID!]!, $less: Boolean!) { nodes(ids: $ids) { ... on Product { kind: __typename } id @skip(if: $less) ... on Cart { kind: __typename } } shop { currencyCode } }",
            r#"{"nodes":[{},{"kind":"Product"},{"kind":"Cart"},null],"shop":{"currencyCode":"EUR"}}"#.to_owned(),
        ),
        (
            "query($ids: [ID!]!, $less: Boolean!) { shop { currencyCode @skip(if: $less) } nodes(ids: $ids) { ... on Node { __typename } } again: shop { currencyCode } }",
            r#"{"shop":{},"nodes":[{"__typename":"ProductVariant"},{"__typename":"Product"},{"__typename":"Cart"},null],"again":{"currencyCode":"EUR"}}"#.to_owned(),
        ),
        (
            "query($ids: [ID!]!, $less: Boolean!) { nodes(ids: $ids) { ... on Cart { totalQuantity id } ... on ProductVariant { id @include(if: $less) } id ... on Product { id } } }",
            format!(r#"{{"nodes":[{{"id":{variant}}},{{"id":{product}}},{{"totalQuantity":1,"id":{cart}}},null]}}"#),
        ),
    ];
    for (query, expected) in cases {
        let answer = guest
            .post("/graphql", json!({ "query": query, "variables": ids }))
            .await
            .text()
            .await
            .unwrap();
        assert!(
            answer.contains(&format!("\"data\":{expected}")),
            "{query}\n{expected}\n{answer}"
        );
    }
    shop.close().await;
}

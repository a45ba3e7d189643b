//! What nobody should send: each gets its answer, none a fault, none a panic.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::cart_mutation};

/// One shop for all of these: none minds what another has left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_nobody_should_send_is_a_fault() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    unknown_and_foreign_ids_answer_alike(&shop).await;
    money_is_decimal_and_bounded(&staff).await;
    oversized_text_is_refused(&shop).await;
    malformed_requests_are_told_so(&shop).await;
    shop.close().await;
}

async fn unknown_and_foreign_ids_answer_alike(shop: &TestShop) {
    let guest = shop.guest();
    let node =
        "query($id: ID!) { node(id: $id) { id } product(id: $id) { id } cart(id: $id) { id } order(id: $id) { id } }";
    for id in [
        "",
        "x",
        "ord_01j9zzzzzzzzzzzzzzzzzzzzzz",
        "prod_",
        "cart_01J9ZZZZZZZZZZZZZZZZZZZZZZ",
        "prod_01j9zzzzzzzzzzzzzzzzzzzzzz",
        "' or 1=1",
        "../../etc/passwd",
        "\u{0}",
        "𝒳",
    ] {
        let data = guest.data(node, json!({ "id": id })).await;
        assert_eq!(
            data,
            json!({ "node": null, "product": null, "cart": null, "order": null }),
            "{id:?}"
        );
        let input = json!({ "input": { "cartId": id, "email": "ada@example.com" } });
        assert_eq!(
            guest.refusals(&cart_mutation("cartContactUpdate"), input).await,
            ["NOT_FOUND"],
            "{id:?}"
        );
    }
}

async fn money_is_decimal_and_bounded(staff: &Client) {
    let mug = staff.sell("MUG-2", "10.00", 10).await;
    let update = "mutation($input: VariantPriceUpdateInput!) { variantPriceUpdate(input: $input) { variant { id } userErrors { code message field } } }";
    for price in ["-1", "1.999", "1e3", "99999999999999999999", "ten", "", "NaN"] {
        let answer = staff
            .answer(update, json!({ "input": { "variantId": mug, "price": price } }))
            .await;
        let refused = answer["data"]["variantPriceUpdate"]["userErrors"][0]["code"].is_string();
        let invalid = answer["errors"][0]["extensions"]["code"]
            .as_str()
            .is_some_and(|code| code != "INTERNAL_ERROR");
        assert!(refused || invalid, "{price}: {answer}");
    }
}

async fn oversized_text_is_refused(shop: &TestShop) {
    let guest = shop.guest();
    let cart = guest.cart_with(&[]).await;
    let long = "x".repeat(100_000);
    let mut address = vitrine_tests::purchase::address();
    address["city"] = json!(long);
    let input = json!({ "input": { "cartId": cart["id"], "shippingAddress": address } });
    assert_eq!(
        guest.refusals(&cart_mutation("cartAddressesUpdate"), input).await,
        ["INVALID"]
    );
    let input = json!({ "input": { "cartId": cart["id"], "note": long } });
    assert_eq!(
        guest.refusals(&cart_mutation("cartNoteUpdate"), input).await,
        ["INVALID"]
    );
    let search = "query($query: String) { productSearch(query: $query, first: 1) { totalCount } }";
    let answer = guest.answer(search, json!({ "query": long })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    guest.data(search, json!({ "query": "word ".repeat(150) })).await;
}

async fn malformed_requests_are_told_so(shop: &TestShop) {
    let http = vitrine_tests::client::http();
    let url = format!("{}/graphql", shop.guest().base());
    for (body, content_type, status) in [
        ("", "application/json", 400),
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("\"x\"", "application/json", 400),
        (
            "{\"query\": \"mutation { signOutEverywhere { signedOut } }\"}",
            "text/plain",
            415,
        ),
    ] {
        let response = http
            .post(&url)
            .header("content-type", content_type)
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), status, "{body}");
        let answer: Value = response.json().await.unwrap();
        assert!(
            answer["errors"][0]["extensions"]["code"].is_string() && answer.get("data").is_none(),
            "{answer}"
        );
    }
    let response = http
        .get(&url)
        .query(&[("query", "mutation { signOutEverywhere { signedOut } }")])
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 405);
}

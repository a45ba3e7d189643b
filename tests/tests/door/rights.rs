//! Another's object and a missing one answer alike.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_opens_to_its_customer_its_token_and_staff() {
    let shop = TestShop::open().await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let mug = administrator.sell("MUG-1", "10.00", 10).await;
    let (ada, eve, guest) = (
        shop.customer("ada@example.com").await,
        shop.customer("eve@example.com").await,
        shop.guest(),
    );
    let placed = ada.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let query = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { number } }";
    let open = async |client: &vitrine_tests::Client, token: Option<&str>| {
        client.data(query, json!({ "id": placed.id, "token": token })).await["order"].take()
    };
    let number = json!({ "number": placed.number });
    assert_eq!(open(&ada, None).await, number);
    assert_eq!(open(&guest, Some(&placed.access_token)).await, number);
    assert_eq!(open(&administrator, None).await, number);
    for token in [None, Some(""), Some("AAAAAAAAAAAAAAAAAAAAAAAAAAA")] {
        assert_eq!(open(&eve, token).await, Value::Null);
        assert_eq!(open(&guest, token).await, Value::Null);
    }
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(eve.data(node, json!({ "id": placed.id })).await["node"], Value::Null);
    assert_eq!(
        ada.data(node, json!({ "id": placed.id })).await["node"]["id"],
        json!(placed.id)
    );

    let cancel = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { id } userErrors { code message field } } }";
    let theirs = eve.payload(cancel, json!({ "input": { "orderId": placed.id } })).await;
    let missing = eve
        .payload(
            cancel,
            json!({ "input": { "orderId": "ord_01j9zzzzzzzzzzzzzzzzzzzzzz" } }),
        )
        .await;
    assert_eq!(theirs, missing);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_do_what_their_role_allows() {
    let shop = TestShop::open().await;
    let (administrator, fulfilment) = (
        shop.staff(StaffRole::Administrator).await,
        shop.staff(StaffRole::Fulfilment).await,
    );
    let mug = administrator.sell("MUG-1", "10.00", 10).await;
    let set = "mutation($input: ProductSetInput!) { productSet(input: $input) { userErrors { code message } } }";
    let input = json!({ "input": { "slug": "x", "title": "X", "active": true, "variants": [{ "sku": "X-1", "price": "1.00" }] } });
    assert_eq!(fulfilment.refusals(set, input.clone()).await, ["FORBIDDEN"]);
    assert_eq!(shop.guest().refusals(set, input.clone()).await, ["UNAUTHENTICATED"]);
    assert_eq!(
        shop.customer("ada@example.com").await.refusals(set, input).await,
        ["FORBIDDEN"]
    );

    let orders = "{ orders(first: 5) { nodes { number } } }";
    assert_eq!(fulfilment.data(orders, json!({})).await["orders"]["nodes"], json!([]));
    let answer = shop.guest().answer(orders, json!({})).await;
    assert_eq!(answer["data"]["orders"], Value::Null);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(answer["errors"][0]["path"], json!(["orders"]));

    let stock = "{ product(slug: \"mug-1\") { variants { stock { onHand } } } }";
    assert_eq!(
        fulfilment.data(stock, json!({})).await["product"]["variants"][0]["stock"][0]["onHand"],
        10
    );
    let answer = shop.guest().answer(stock, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    drop(mug);
    shop.close().await;
}

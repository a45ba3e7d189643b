//! What is owed on account follows what becomes of an order.

use serde_json::{Value, json};
use vitrine_tests::{Client, TestShop};

use super::{CANCEL, owed, place, send_back};
use crate::purchase::dispatch;

/// An order that a change has cost nothing, and another something again, counts among what the company owes again.
pub(super) async fn what_costs_nothing_for_a_while_is_owed_again(
    shop: &TestShop,
    staff: &Client,
    ada: &Client,
    (company, mug): (&Value, &str),
) {
    let order = place(ada, mug, 1).await["order"]["id"].take();
    shop.settle().await;
    let before = owed(ada, company).await.0;
    let cost = "query ($id: ID!) { order(id: $id) { cost { shipping { amount } } company { state closedAt } } }";
    let read = async || ada.data(cost, json!({ "id": order })).await["order"].take();
    let shipping = read().await["cost"]["shipping"]["amount"].take();
    let edit = "mutation ($input: OrderEditInput!) { orderEdit(input: $input) { userErrors { code message field } } }";
    for (key, discount, shipping, expected) in [
        ("nothing", "30.00", json!("0.00"), "0.00"),
        ("again", "0.00", shipping, &*before),
    ] {
        let changes = json!({ "discount": { "amount": discount }, "shipping": { "amount": shipping } });
        let input = json!({ "orderId": order, "idempotencyKey": key, "changes": changes });
        staff.done(edit, json!({ "input": input })).await;
        shop.settle().await;
        assert_eq!(owed(ada, company).await.0, expected, "{key}");
    }
    assert_eq!(read().await["company"], json!({ "state": "DUE", "closedAt": null }));
    ada.done(CANCEL, json!({ "input": { "orderId": order } })).await;
    shop.settle().await;
    assert_eq!(owed(ada, company).await.0, "0.00");
}

/// What came back unpaid is exchanged for the same once more: its order is owed less, and the other one as much.
pub(super) async fn is_exchanged_unpaid(
    shop: &TestShop,
    (staff, ada): (&Client, &Client),
    (company, mug): (&Value, &str),
) {
    let placed = place(ada, mug, 1).await["order"].take();
    shop.settle().await;
    let before = owed(ada, company).await;
    dispatch(staff, placed["id"].as_str().unwrap()).await;
    let returned = send_back(ada, staff, &placed["id"]).await;
    let of = "query ($id: ID!) { return(id: $id) { lines { id } } }";
    let line = staff.data(of, json!({ "id": returned })).await["return"]["lines"][0]["id"].take();
    let exchange = "mutation ($input: ReturnExchangeInput!) { returnExchange(input: $input) { return { exchangeOrder { id } } userErrors { code message } } }";
    let swap = json!({ "lineId": line, "quantity": 1, "variantId": mug });
    let swap = json!({ "id": returned, "idempotencyKey": "swap", "lines": [swap] });
    let mut others = Vec::new();
    for _ in 0..2 {
        let done = staff.done(exchange, json!({ "input": swap })).await;
        others.push(done["return"]["exchangeOrder"]["id"].clone());
    }
    assert_eq!(others[0], others[1]);
    shop.settle().await;
    assert_eq!(owed(ada, company).await, before);
    let told = "query ($id: ID!) { order(id: $id) { status cost { total { amount } unpaid { amount } }
        company { onAccount { amount } state } payment { status captureMode method { name } } } }";
    let other = ada.data(told, json!({ "id": others[0] })).await["order"].take();
    let expected = json!({
        "status": "CONFIRMED", "cost": { "total": { "amount": "30.00" }, "unpaid": { "amount": "0.00" } },
        "company": { "onAccount": { "amount": "30.00" }, "state": "DUE" },
        "payment": { "status": "AUTHORIZED", "captureMode": "BY_STAFF", "method": { "name": "on_account" } },
    });
    assert_eq!(other, expected);
    // Given up, it is owed no more.
    ada.done(CANCEL, json!({ "input": { "orderId": others[0] } })).await;
    shop.settle().await;
    let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    assert_eq!(cents(&owed(ada, company).await.0), cents(&before.0) - 3_000);
}

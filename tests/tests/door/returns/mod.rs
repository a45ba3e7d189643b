//! Goods that come back, and goods that are made good.

mod dearer;
mod exchanges;
mod policy;
mod refunds;
mod reports;
mod withdrawals;

use serde_json::{Value, json};
use vitrine_tests::{Client, purchase::PlacedOrder};

const FIELDS: &str = "return { id number status version refusal instructions refunded { amount } fee { amount } lines { id quantity receivedQuantity
    restockedQuantity writtenOffQuantity refundedQuantity } } userErrors { code message field }";
const ORDER: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
    lines { id sku } returns { id status }
    returnable { quantity quantityByException until hindrance message line { sku } } } }";

/// A mutation of a return.
fn verb(name: &str) -> String {
    let mut input = name.to_owned();
    input[..1].make_ascii_uppercase();
    format!("mutation($input: {input}Input!) {{ {name}(input: $input) {{ {FIELDS} }} }}")
}

async fn done(client: &Client, name: &str, input: Value) -> Value {
    client.done(&verb(name), json!({ "input": input })).await["return"].take()
}

async fn refusal(client: &Client, name: &str, input: Value) -> (String, String) {
    let told = client.payload(&verb(name), json!({ "input": input })).await["userErrors"][0].take();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&told["code"]), text(&told["message"]))
}

async fn order(client: &Client, placed: &PlacedOrder) -> Value {
    let variables = json!({ "id": placed.id, "token": placed.access_token });
    client.data(ORDER, variables).await["order"].take()
}

/// What may come back of a SKU: how many units, and why not more.
async fn returnable(client: &Client, placed: &PlacedOrder, sku: &str) -> (i64, Value) {
    let order = order(client, placed).await;
    let mut lines = order["returnable"].as_array().unwrap().iter();
    let line = lines.find(|row| row["line"]["sku"] == sku).unwrap();
    (line["quantity"].as_i64().unwrap(), line["hindrance"].clone())
}

async fn line_of(client: &Client, placed: &PlacedOrder, sku: &str) -> Value {
    let order = order(client, placed).await;
    let mut lines = order["lines"].as_array().unwrap().iter();
    lines.find(|line| line["sku"] == sku).unwrap()["id"].clone()
}

async fn on_hand(staff: &Client, variant: &str) -> i64 {
    let query = "query($id: ID!) { node(id: $id) { ... on ProductVariant { stock { onHand } } } }";
    let levels = staff.data(query, json!({ "id": variant })).await["node"]["stock"].take();
    levels
        .as_array()
        .unwrap()
        .iter()
        .map(|level| level["onHand"].as_i64().unwrap())
        .sum()
}

async fn complete(staff: &Client, order: &str) {
    let mutation = "mutation($input: OrderCompleteInput!) { orderComplete(input: $input) { order { status } userErrors { code message } } }";
    staff.done(mutation, json!({ "input": { "orderId": order } })).await;
}

/// One unit of the first line of an order that was sent is to come back.
pub(crate) async fn send_back(client: &Client, placed: &PlacedOrder) {
    let line = order(client, placed).await["lines"][0]["id"].take();
    let input = json!({
        "orderId": placed.id, "accessToken": placed.access_token, "idempotencyKey": "send-back",
        "lines": [{ "lineId": line, "quantity": 1, "reason": "CHANGED_MIND" }],
    });
    done(client, "returnRequest", input).await;
}

//! Orders that are changed before they are sent: by staff and by whoever placed them, one after the other and at once.

mod conditions;
mod left;
mod papers;
mod races;
mod reports;
mod shopper;
mod short;
mod story;
pub(crate) mod worth;

use serde_json::{Value, json};
use vitrine_tests::{Client, purchase::PlacedOrder};

const PREVIEW: &str = "mutation($input: OrderEditPreviewInput!) { orderEditPreview(input: $input) {
    preview { version difference { amount } unpaid { amount } refund { amount } inStock
        cost { total { amount } discount { amount } } lines { sku quantity }
        stock { sku units available enough } } userErrors { code message field } } }";
const EDIT: &str = "mutation($input: OrderEditInput!) { orderEdit(input: $input) {
    order { id version cost { unpaid { amount } } } replayed userErrors { code message field } } }";
const EDIT_BY_SHOPPER: &str = "mutation($input: OrderEditByShopperInput!) { orderEditByShopper(input: $input) {
    order { id } replayed userErrors { code message field } } }";
const POLICY: &str = "mutation($input: OrderEditPolicyUpdateInput!) { orderEditPolicyUpdate(input: $input) {
    orderEditPolicy { shopperMinutes dispatchesUnpaid version } userErrors { code message field } } }";
const PAY: &str = "mutation($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) {
    order { id cost { unpaid { amount } } } userErrors { code message field } } }";
const DISPATCH: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) {
    order { id status } userErrors { code message field } } }";
const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) {
    order { id status } userErrors { code message field } } }";
const ORDER: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
    id status version editableUntil paymentRetryable shippingAddress { line1 }
    cost { unpaid { amount } total { amount } tax { amount } discount { amount } subtotal { amount } shipping { amount } }
    lines { id sku quantity unitPrice { amount } subtotal { amount } discount { amount } }
    payments { status amount { amount } capturedAmount { amount } refundedAmount { amount } }
    refunds { status amount { amount } }
    versions { number byShopper reason total { amount } difference { amount } unpaid { amount } refunded { amount }
        lines { sku quantity } changes { kind before after line { sku } } } } }";

async fn order(client: &Client, placed: &PlacedOrder) -> Value {
    let asked = json!({ "id": placed.id, "token": placed.access_token });
    client.data(ORDER, asked).await["order"].take()
}

fn line(order: &Value, sku: &str) -> Value {
    let lines = order["lines"].as_array().unwrap();
    lines.iter().find(|line| line["sku"] == sku).expect("a line")["id"].clone()
}

/// In minor units.
fn cents(money: &Value) -> i64 {
    money["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}

/// What was taken of an order and is not back.
fn kept(order: &Value) -> i64 {
    let payments = order["payments"].as_array().unwrap().iter();
    payments
        .map(|payment| cents(&payment["capturedAmount"]) - cents(&payment["refundedAmount"]))
        .sum()
}

async fn on_hand(staff: &Client, variant: &str) -> i64 {
    let query = "query($id: ID!) { node(id: $id) { ... on ProductVariant { stock { onHand } } } }";
    let levels = staff.data(query, json!({ "id": variant })).await["node"]["stock"].take();
    let levels = levels.as_array().unwrap().iter();
    levels.map(|level| level["onHand"].as_i64().unwrap()).sum()
}

fn change(order: &Value, key: &str, changes: Value) -> Value {
    json!({ "input": {
        "orderId": order["id"], "expectedVersion": order["version"], "changes": changes, "idempotencyKey": key,
    } })
}

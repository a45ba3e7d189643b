//! Shoppers withdraw from a contract: whoever they are, whenever it is, and whatever follows from it.

mod by_number;
mod decided;

use serde_json::{Value, json};
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::complete;
use crate::purchase::dispatch;

const CONFIRM: &str = "mutation($input: WithdrawalConfirmInput!) { withdrawalConfirm(input: $input) {
    receipt { number statement email receivedAt } userErrors { code field message } } }";
const LIST: &str = "{ withdrawals(first: 10) { totalCount nodes { id number orderNumber name statement statementSha256 status judgement
    basis endsAt policy { title } policySha256 version order { id status } events { kind }
    lines { quantity exemption orderLine { sku } } returns { id status lines { id quantity orderLine { sku } } } } } }";
const POLICY: &str = "mutation($input: ReturnPolicyUpdateInput!) { returnPolicyUpdate(input: $input) {
    returnPolicy { withdrawalDays deliveryMarginDays } userErrors { code message field } } }";

/// The newest statement, as staff see it, once the jobs have run.
async fn newest(shop: &TestShop, staff: &Client) -> Value {
    shop.settle().await;
    staff.data(LIST, json!({})).await["withdrawals"]["nodes"][0].take()
}

async fn arrived(shop: &TestShop, staff: &Client, buyer: &Client, goods: &[(&str, i64)]) -> PlacedOrder {
    let placed = buyer.buy(goods, "tok_approve").await;
    shop.settle().await;
    dispatch(staff, &placed.id).await;
    complete(staff, &placed.id).await;
    shop.settle().await;
    placed
}

/// Goods that a return names, by SKU.
fn goods(back: &Value) -> Vec<(String, i64)> {
    let lines = back["lines"].as_array().unwrap().iter();
    let line = |line: &Value| {
        let sku = line["orderLine"]["sku"].as_str().unwrap().to_owned();
        (sku, line["quantity"].as_i64().unwrap())
    };
    lines.map(line).collect()
}

//! Gift cards and store credit: issued, spent, given back, paid back, and at an end.

mod books;
mod gift_cards;
mod refunds;
mod sold;
mod store_credit;

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const ISSUE: &str = "mutation($input: GiftCardCreateInput!) { giftCardCreate(input: $input) {
    giftCard { id lastFour state version balance { amount currencyCode } expiresAt deliverAt recipientEmail }
    code userErrors { code message field } } }";
const CARD: &str = "query($id: ID!) { giftCard(id: $id) { state mailedAt balance { amount } expiresAt
    entries(first: 50) { nodes { number kind reason amount { amount } balance { amount } order { number } } } } }";
const BALANCE: &str = "query($code: String!) { giftCardBalance(code: $code) {
    giftCard { balance { amount currencyCode } lastFour expiresAt expired } userErrors { code message field } } }";
const REFUND: &str = "mutation($input: OrderRefundInput!) { orderRefund(input: $input) {
    order { number } amount { amount } lines { quantity amount { amount } } shipping { amount }
    refund { amount { amount } } credits { kind lastFour amount { amount } }
    userErrors { code message field } } }";
const ORDER: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { status
    cost { total { amount } credit { amount } due { amount } }
    credits { kind lastFour amount { amount } returned { amount } }
    payment { capturedAmount { amount } refundedAmount { amount } }
    timeline(first: 50) { nodes { kind } } } }";

/// A mutation of a cart that answers what pays it.
fn paying(name: &str) -> String {
    let mut input = name.to_owned();
    input[..1].make_ascii_uppercase();
    format!(
        "mutation($input: {input}Input!) {{ {name}(input: $input) {{ cart {{ id version
            cost {{ total {{ amount }} credit {{ amount }} due {{ amount }} }}
            credits {{ kind id lastFour balance {{ amount }} applied {{ amount }} }}
            problems {{ code message }} readyToPlace }} userErrors {{ code message field }} }} }}"
    )
}

async fn open() -> (TestShop, Client, String) {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 100).await;
    (shop, staff, mug)
}

/// A gift card with so much on it: its id and its code.
async fn issue(staff: &Client, amount: &str) -> (String, String) {
    let issued = staff.done(ISSUE, json!({ "input": { "amount": amount } })).await;
    (text(&issued["giftCard"]["id"]), text(&issued["code"]))
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}

/// In minor units.
fn cents(amount: &Value) -> i64 {
    let digits: String = text(&amount["amount"]).chars().filter(|c| *c != '.').collect();
    digits.parse().unwrap()
}

async fn add_card(client: &Client, cart: &Value, code: &str) -> Value {
    let input = json!({ "input": { "cartId": cart["id"], "code": code } });
    client.done(&paying("cartGiftCardAdd"), input).await["cart"].take()
}

async fn card(staff: &Client, id: &str) -> Value {
    staff.data(CARD, json!({ "id": id })).await["giftCard"].take()
}

/// What came and went, the first first: as in `REDEEMED -10.00`.
fn history(account: &Value) -> Vec<String> {
    let entries = account["entries"]["nodes"].as_array().unwrap().iter().rev();
    let told = entries.map(|entry| format!("{} {}", text(&entry["kind"]), text(&entry["amount"]["amount"])));
    told.collect()
}

async fn order(client: &Client, placed: &Value) -> Value {
    assert_eq!(placed["userErrors"], json!([]));
    let variables = json!({ "id": placed["order"]["id"], "token": placed["orderAccessToken"] });
    client.data(ORDER, variables).await["order"].take()
}

async fn cancel(client: &Client, placed: &Value) {
    let cancel = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message field } } }";
    let input = json!({ "orderId": placed["order"]["id"], "accessToken": placed["orderAccessToken"] });
    client.done(cancel, json!({ "input": input })).await;
}

//! Orders that staff put together: priced, sent as a link, changed, paid by link or otherwise, expired, taken back.

mod desk;
mod link;

use serde_json::{Value, json};
use vitrine_adapters::config::BankTransfer;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const DRAFT: &str =
    "draftOrder { id number status version total { amount currencyCode } message staffNote link expiresAt
    createdByName cart { id version email problems { code } shippingMethods { id name price { amount } selected }
        lines { id quantity custom ownPrice unitPrice { amount } product { title } cost { total { amount } } }
        adjustments { title } draft { shipping { title } discount { percentage amount { amount } } }
        cost { subtotal { amount } discount { amount } shipping { amount } tax { amount } total { amount } } } }
    userErrors { code message field }";
const READ: &str = "query ($id: ID!, $token: String) { draftOrder(id: $id, accessToken: $token) { number status message
    order { number } cart { id version total: cost { total { amount } } lines { product { title } } problems { code } } } }";

fn mutation(verb: &str) -> String {
    let name = format!("draftOrder{verb}");
    format!("mutation ($input: DraftOrder{verb}Input!) {{ {name}(input: $input) {{ {DRAFT} }} }}")
}

async fn did(staff: &Client, verb: &str, input: Value) -> Value {
    staff.done(&mutation(verb), json!({ "input": input })).await["draftOrder"].take()
}

async fn refused(staff: &Client, verb: &str, input: Value) -> Vec<String> {
    staff.refusals(&mutation(verb), json!({ "input": input })).await
}

async fn open() -> (TestShop, Client, String) {
    let shop = TestShop::open_with(|config| {
        config.payment.bank_transfer = Some(BankTransfer {
            instructions: "Pay {amount}, naming {number}.".to_owned(),
            hold_days: 7,
        });
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "30.00", 10).await;
    shop.settle().await;
    (shop, staff, mug)
}

fn token(draft: &Value) -> String {
    let link = draft["link"].as_str().expect("a link");
    link.split_once("token=").expect("a token").1.to_owned()
}

async fn amount_left(staff: &Client, variant: &str) -> Value {
    let query = "query ($id: ID!) { variant(id: $id) { availableQuantity } }";
    staff.data(query, json!({ "id": variant })).await["variant"]["availableQuantity"].take()
}

//! What staff do with discounts beyond setting them up: many codes at once, what they did, and what goes back.

mod codes;
mod documents;
mod refunds;
mod report;

use serde_json::{Value, json};
use vitrine_tests::{Client, purchase::cart_mutation};

const CREATE: &str = "mutation($input: DiscountCreateInput!) { discountCreate(input: $input) {
    discount { id version } userErrors { code message field } } }";
const ACTIVATE: &str = "mutation($input: DiscountActivateInput!) { discountActivate(input: $input) {
    discount { id } userErrors { code message field } } }";

/// A discount that is had by a code, or by itself, and is switched on.
async fn discount(staff: &Client, code: Option<&str>, more: Value) -> String {
    let mut discount = json!({ "title": "Spring sale", "kind": "ORDER" });
    discount["method"] = json!(if code.is_some() { "CODE" } else { "AUTOMATIC" });
    for (name, value) in more.as_object().expect("fields") {
        discount[name] = value.clone();
    }
    let codes: Vec<_> = code.into_iter().collect();
    let input = json!({ "input": { "discount": discount, "codes": codes } });
    let made = staff.done(CREATE, input).await["discount"]["id"].take();
    staff.done(ACTIVATE, json!({ "input": { "id": made } })).await;
    made.as_str().expect("an id").to_owned()
}

/// Types a code at a cart.
async fn typed(shopper: &Client, cart: &Value, code: &str) -> Value {
    let input = json!({ "input": { "cartId": cart["id"], "codes": [code] } });
    shopper.done(&cart_mutation("cartDiscountCodesAdd"), input).await["cart"].take()
}

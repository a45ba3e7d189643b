//! Staff create and change products in part, as a dashboard does it.

mod attributes;
mod creating;
mod metafields;
mod options;
mod safety;
mod unit_price;
mod variant_attributes;
mod variants;
mod videos;

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const PRODUCT: &str = "product { id slug title status version options { name values }
    allVariants { id sku title active position barcode price { amount } compareAtPrice { amount } options { name value } } }";

/// A mutation that takes one input and answers a product with its variants.
fn mutation(name: &str) -> String {
    let mut input = name.to_owned();
    input[..1].make_ascii_uppercase();
    format!(
        "mutation($input: {input}Input!) {{ {name}(input: $input) {{ {PRODUCT} userErrors {{ code message field }} }} }}"
    )
}

/// A chair in two colours, created by staff.
async fn chair(staff: &Client) -> Value {
    let input = json!({ "title": "Oak chair", "status": "ACTIVE", "options": [{ "name": "Color", "values": ["Oak", "Ash"] }],
        "variants": [
            { "options": [{ "name": "Color", "value": "Oak" }], "price": "99.00", "compareAt": "129.00", "onHand": 5 },
            { "options": [{ "name": "Color", "value": "Ash" }], "price": "89.00", "onHand": 2, "barcode": "4006381333931" }] });
    staff.done(&mutation("productCreate"), json!({ "input": input })).await["product"].take()
}

async fn open() -> (TestShop, Client) {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    (shop, staff)
}

/// Paths and codes of the user errors that a mutation answers.
async fn errors(staff: &Client, name: &str, input: Value) -> Vec<(String, String)> {
    let payload = staff.payload(&mutation(name), json!({ "input": input })).await;
    let errors = payload["userErrors"].as_array().unwrap().clone();
    assert!(errors.is_empty() || payload["product"].is_null());
    let path = |error: &Value| {
        let field = error["field"].as_array().cloned().unwrap_or_default();
        field
            .iter()
            .map(|part| part.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(".")
    };
    errors
        .iter()
        .map(|error| (path(error), error["code"].as_str().unwrap().to_owned()))
        .collect()
}

fn wrong(path: &str, code: &str) -> (String, String) {
    (path.to_owned(), code.to_owned())
}

/// One field of each of a product's variants.
fn each<'a>(product: &'a Value, field: &str) -> Vec<&'a Value> {
    let variants = product["allVariants"].as_array().unwrap();
    variants.iter().map(|variant| &variant[field]).collect()
}

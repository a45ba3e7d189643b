//! Where the shop sends to, by whom, for how much and how fast, as staff set it up and as a cart shows it.

mod at_once;
mod cart;
mod pickup;
mod staff;

use serde_json::{Value, json};
use vitrine_tests::Client;

pub const ZONE_CREATE: &str = "mutation($input: ShippingZoneCreateInput!) { shippingZoneCreate(input: $input) {
    shippingZone { id version countries regions postalCodes { countryCode codes } position } warnings { place message }
    userErrors { code message field } } }";
pub const ZONE_UPDATE: &str = "mutation($input: ShippingZoneUpdateInput!) { shippingZoneUpdate(input: $input) {
    shippingZone { id name version countries } userErrors { code message field } } }";
pub const ZONE_DELETE: &str = "mutation($input: ShippingZoneDeleteInput!) { shippingZoneDelete(input: $input) {
    shippingZone { id deletedAt } userErrors { code message field } } }";
pub const ZONE_RESTORE: &str = "mutation($input: ShippingZoneRestoreInput!) { shippingZoneRestore(input: $input) {
    shippingZone { id deletedAt } userErrors { code message field } } }";
pub const METHOD_CREATE: &str = "mutation($input: ShippingMethodCreateInput!) { shippingMethodCreate(input: $input) {
    shippingMethod { id name version kind price { amount } freeFrom { amount } active weightSteps { upToGrams price { amount } }
        valueSteps { upTo { amount } price { amount } } handlingDays transitDaysMin transitDaysMax cutoffHour refusedClasses carrier }
    userErrors { code message field } } }";
pub const METHOD_UPDATE: &str = "mutation($input: ShippingMethodUpdateInput!) { shippingMethodUpdate(input: $input) {
    shippingMethod { id name version carrier price { amount } freeFrom { amount } } userErrors { code message field } } }";
pub const METHOD_DELETE: &str = "mutation($input: ShippingMethodDeleteInput!) { shippingMethodDelete(input: $input) {
    shippingMethod { id deletedAt } userErrors { code message field } } }";
pub const METHOD_RESTORE: &str =
    "mutation($input: ShippingMethodRestoreInput!) { shippingMethodRestore(input: $input) {
    shippingMethod { id deletedAt } userErrors { code message field } } }";

/// Makes a zone; answers its id.
pub async fn zone(staff: &Client, input: Value) -> String {
    let payload = staff.done(ZONE_CREATE, json!({ "input": input })).await;
    payload["shippingZone"]["id"].as_str().unwrap().to_owned()
}

/// Makes a method; answers its id.
pub async fn method(staff: &Client, zone: &str, mut input: Value) -> String {
    input["zoneId"] = json!(zone);
    let payload = staff.done(METHOD_CREATE, json!({ "input": input })).await;
    payload["shippingMethod"]["id"].as_str().unwrap().to_owned()
}

/// Takes the demo shop's zones away.
pub async fn clear(staff: &Client) {
    let zones = staff.data("{ shippingZones { id } }", json!({})).await;
    for zone in zones["shippingZones"].as_array().unwrap() {
        staff.done(ZONE_DELETE, json!({ "input": { "id": zone["id"] } })).await;
    }
}

/// Puts goods of a weight and class on sale; answers the variant's id.
pub async fn sell(staff: &Client, sku: &str, price: &str, more: Value) -> String {
    let mutation = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { variants { id } } userErrors { code message field } } }";
    let mut variant = json!({ "sku": sku, "price": price, "onHand": 100 });
    for (key, value) in more.as_object().unwrap() {
        variant[key] = value.clone();
    }
    let input =
        json!({ "slug": sku.to_lowercase(), "title": format!("Test {sku}"), "active": true, "variants": [variant] });
    let payload = staff.done(mutation, json!({ "input": input })).await;
    payload["product"]["variants"][0]["id"].as_str().unwrap().to_owned()
}

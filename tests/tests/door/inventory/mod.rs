//! Stock: how it is held and moved, at one location and at several, and what is sold when it is out.

mod backorders;
mod counts;
mod low_stock;
mod several_locations;
mod stock;
mod transfers;

use serde_json::{Value, json};
use vitrine_tests::Client;

/// Opens a location: the last that stock is taken from. Gives its id.
async fn open_location(staff: &Client, name: &str) -> String {
    let mutation = "mutation($input: LocationCreateInput!) { locationCreate(input: $input) { location { id } userErrors { code message } } }";
    let payload = staff.done(mutation, json!({ "input": { "name": name } })).await;
    payload["location"]["id"].as_str().expect("an id").to_owned()
}

const ADJUST: &str = "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) { stockLevel { onHand reserved version } userErrors { code message field } } }";

/// Brings units to a location, or takes them from there.
async fn adjust(staff: &Client, variant: &str, location: &str, delta: i64) {
    let input = json!({ "variantId": variant, "locationId": location, "delta": delta, "reason": "test" });
    staff.done(ADJUST, json!({ "input": input })).await;
}

/// What lies where, by the locations' names: on hand, and reserved.
async fn levels(staff: &Client, variant: &str) -> Vec<(String, i64, i64)> {
    let query =
        "query($id: ID!) { node(id: $id) { ... on ProductVariant { stock { onHand reserved location { name } } } } }";
    let data = staff.data(query, json!({ "id": variant })).await;
    let row = |row: &Value| {
        (
            row["location"]["name"].as_str().expect("a name").to_owned(),
            row["onHand"].as_i64().expect("a number"),
            row["reserved"].as_i64().expect("a number"),
        )
    };
    let mut rows: Vec<_> = data["node"]["stock"]
        .as_array()
        .expect("rows")
        .iter()
        .map(row)
        .collect();
    rows.sort();
    rows
}

fn level(name: &str, on_hand: i64, reserved: i64) -> (String, i64, i64) {
    (name.to_owned(), on_hand, reserved)
}

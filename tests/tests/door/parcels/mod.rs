//! Orders that go in parts: from several places, in parcels that are made, mended and given up, followed by what carriers
//! tell in any order, and paid as they leave.

mod captured;
mod mended;
mod parts;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use vitrine_commerce::ports::carrier::CarrierEvent;
use vitrine_entity::shipment_event::ShipmentEventKind;
use vitrine_tests::{Client, TestShop, client::http};

const DISPATCH: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) {
    order { id status } userErrors { code message field } } }";
const CREATE: &str = "mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) {
    shipment { id status version } userErrors { code message field } } }";
const UPDATE: &str = "mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) {
    shipment { id status trackings { number url } } userErrors { code message field } } }";
const SEND: &str = "mutation($input: ShipmentDispatchInput!) { shipmentDispatch(input: $input) {
    shipment { id status } userErrors { code message field } } }";
const GIVE_UP: &str = "mutation($input: ShipmentCancelInput!) { shipmentCancel(input: $input) {
    shipment { id status } userErrors { code message field } } }";
const SAY: &str = "mutation($input: ShipmentEventAddInput!) { shipmentEventAdd(input: $input) {
    shipment { id status } userErrors { code message field } } }";
const ORDER: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
    status fulfilmentStatus cancellable payment { status capturedAmount { amount } }
    lines { id sku sentQuantity deliveredQuantity unsentQuantity openQuantity }
    shipments { id status trackingNumber lines { sku quantity } events { kind applied place } }
    timeline(first: 50) { nodes { kind } } } }";

async fn order(staff: &Client, id: &str) -> Value {
    staff.data(ORDER, json!({ "id": id })).await["order"].take()
}

/// Of a line: sent, delivered, unsent, open.
fn counts(order: &Value, sku: &str) -> [i64; 4] {
    let lines = order["lines"].as_array().unwrap();
    let line = lines.iter().find(|line| line["sku"] == sku).expect("a line");
    ["sentQuantity", "deliveredQuantity", "unsentQuantity", "openQuantity"].map(|name| line[name].as_i64().unwrap())
}

fn line(order: &Value, sku: &str) -> Value {
    let lines = order["lines"].as_array().unwrap();
    lines.iter().find(|line| line["sku"] == sku).expect("a line")["id"].clone()
}

fn event(key: &str, number: &str, kind: ShipmentEventKind, happened_at: DateTime<Utc>) -> CarrierEvent {
    CarrierEvent {
        key: key.to_owned(),
        number: number.to_owned(),
        kind,
        happened_at,
        message: None,
        place: Some("Leipzig".to_owned()),
    }
}

/// What the simulated carrier tells, as it comes to the door.
async fn tell(shop: &TestShop, events: &[CarrierEvent]) -> u16 {
    let (headers, body) = shop.carrier().tell(events, shop.shop().now());
    let mut request = http().post(format!("{}/webhooks/carriers/simulated", shop.guest().base()));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    request.body(body).send().await.expect("an answer").status().as_u16()
}

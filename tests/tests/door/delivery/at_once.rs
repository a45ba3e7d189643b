//! Members of staff who set the shop up at the same time.

use futures::future::join_all;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{METHOD_UPDATE, ZONE_UPDATE};

const ZONES_ORDER: &str = "mutation($input: ShippingZoneReorderInput!) { shippingZoneReorder(input: $input) { userErrors { code message } } }";
const METHODS_ORDER: &str = "mutation($input: ShippingMethodReorderInput!) { shippingMethodReorder(input: $input) { userErrors { code message } } }";
const PLACES_ORDER: &str =
    "mutation($input: LocationReorderInput!) { locationReorder(input: $input) { userErrors { code message } } }";
const PLACE: &str =
    "mutation($input: LocationCreateInput!) { locationCreate(input: $input) { userErrors { code message } } }";

fn ids(nodes: &Value) -> Vec<Value> {
    nodes
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].clone())
        .collect()
}

/// In one order for even writers, and in the other for the others.
fn turned(ids: &[Value], writer: usize) -> Vec<Value> {
    let mut ids = ids.to_vec();
    if writer % 2 == 1 {
        ids.reverse();
    }
    ids
}

async fn done(staff: &Client, mutation: &str, input: Value) {
    staff.done(mutation, json!({ "input": input })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_changes_shipping_and_locations_at_once_is_not_refused() {
    let shop = TestShop::open().await;
    let staff = &shop.staff(StaffRole::Administrator).await;
    for name in ["North", "South", "West"] {
        done(staff, PLACE, json!({ "name": name })).await;
    }
    let query = "{ shippingZones { id methods { id } } locations(first: 9) { nodes { id } } }";
    let found = staff.data(query, json!({})).await;
    let (zones, places) = (&ids(&found["shippingZones"]), &ids(&found["locations"]["nodes"]));
    let methods = &ids(&found["shippingZones"][0]["methods"]);
    assert!(zones.len() > 1 && methods.len() > 1 && places.len() > 3);
    let writers = (0..6).map(|writer| async move {
        for round in 0..4 {
            let zone = &zones[(writer + round) % zones.len()];
            done(
                staff,
                ZONE_UPDATE,
                json!({ "id": zone, "name": format!("Zone {writer} {round}") }),
            )
            .await;
            done(staff, ZONES_ORDER, json!({ "zoneIds": turned(zones, writer) })).await;
            let method = &methods[(writer + round) % methods.len()];
            done(
                staff,
                METHOD_UPDATE,
                json!({ "id": method, "name": format!("Method {writer} {round}") }),
            )
            .await;
            let ordered = json!({ "zoneId": zones[0], "methodIds": turned(methods, writer) });
            done(staff, METHODS_ORDER, ordered).await;
            done(staff, PLACES_ORDER, json!({ "locationIds": turned(places, writer) })).await;
        }
    });
    join_all(writers).await;
    shop.close().await;
}

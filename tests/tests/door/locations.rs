//! Where stock lies, as staff say.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const FIELDS: &str = "id name active pickup pickupInstructions openingHours version deletedAt address { city }";

fn mutation(name: &str) -> String {
    let (mut input, shown) = (
        name.to_owned(),
        if name == "locationReorder" {
            "locations"
        } else {
            "location"
        },
    );
    input[..1].make_ascii_uppercase();
    format!(
        "mutation($input: {input}Input!) {{ {name}(input: $input) {{ {shown} {{ {FIELDS} }} userErrors {{ code message field }} }} }}"
    )
}

async fn done(staff: &Client, name: &str, input: Value) -> Value {
    staff.done(&mutation(name), json!({ "input": input })).await["location"].take()
}

async fn names(staff: &Client, deleted: bool) -> Vec<String> {
    let query = "query($deleted: Boolean!) { locations(first: 50, deleted: $deleted) { nodes { name } } }";
    let nodes = staff.data(query, json!({ "deleted": deleted })).await["locations"]["nodes"].take();
    nodes
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_open_change_order_close_and_reopen_locations() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    assert_eq!(
        names(&staff, false).await,
        ["Main warehouse"],
        "the demo's goods lie there"
    );
    let store = done(
        &staff,
        "locationCreate",
        json!({ "name": " Store ", "pickup": true, "openingHours": "Mo–Fr 9–18", "pickupInstructions": "Ring twice.",
            "address": { "name": "Store", "line1": "Ring 1", "city": "Wien", "postalCode": "1010", "countryCode": "AT" } }),
    )
    .await;
    assert_eq!(
        (
            &store["name"],
            &store["active"],
            &store["pickup"],
            &store["address"]["city"]
        ),
        (&json!("Store"), &json!(true), &json!(true), &json!("Wien"))
    );
    let changed = done(
        &staff,
        "locationUpdate",
        json!({ "id": store["id"], "expectedVersion": 1, "address": null, "name": "Corner store" }),
    )
    .await;
    assert_eq!(
        (&changed["version"], &changed["address"], &changed["openingHours"]),
        (&json!(2), &Value::Null, &json!("Mo–Fr 9–18"))
    );

    let query = "{ locations(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } } }";
    let page = staff.data(query, json!({})).await["locations"].take();
    let main = page["nodes"][0]["id"].clone();
    let query =
        "query($after: String) { locations(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage } } }";
    let next = staff
        .data(query, json!({ "after": page["pageInfo"]["endCursor"] }))
        .await;
    assert_eq!(
        next["locations"],
        json!({ "nodes": [{ "id": store["id"] }], "pageInfo": { "hasNextPage": false } })
    );

    let order = json!({ "input": { "locationIds": [store["id"], main] } });
    staff.done(&mutation("locationReorder"), order).await;
    assert_eq!(names(&staff, false).await, ["Corner store", "Main warehouse"]);
    // From now on new goods come here.
    let variant = staff.sell("MUG-1", "10.00", 3).await;
    let query = "query($id: ID!) { node(id: $id) { ... on ProductVariant { stock { onHand location { name } } } } }";
    let data = staff.data(query, json!({ "id": variant })).await;
    assert_eq!(
        data["node"]["stock"],
        json!([{ "onHand": 3, "location": { "name": "Corner store" } }])
    );
    let payload = staff
        .payload(&mutation("locationDelete"), json!({ "input": { "id": store["id"] } }))
        .await;
    assert_eq!(
        payload["userErrors"][0]["message"],
        "Stock lies at this location. Move it, or count it as none, first."
    );

    let spare = done(&staff, "locationCreate", json!({ "name": "Spare" })).await;
    let gone = done(
        &staff,
        "locationDelete",
        json!({ "id": spare["id"], "expectedVersion": 1 }),
    )
    .await;
    assert!(gone["deletedAt"].is_string());
    assert_eq!(names(&staff, true).await, ["Spare"]);
    // Its name is free meanwhile, and it comes back once it is free again.
    let other = done(&staff, "locationCreate", json!({ "name": "Spare" })).await;
    let back = json!({ "input": { "id": spare["id"] } });
    assert_eq!(
        staff.refusals(&mutation("locationRestore"), back.clone()).await,
        ["TAKEN"]
    );
    done(
        &staff,
        "locationUpdate",
        json!({ "id": other["id"], "name": "Another" }),
    )
    .await;
    staff.done(&mutation("locationRestore"), back).await;
    assert_eq!(
        names(&staff, false).await,
        ["Corner store", "Main warehouse", "Another", "Spare"]
    );
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_refused() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let main =
        staff.data("{ locations(first: 1) { nodes { id } } }", json!({})).await["locations"]["nodes"][0]["id"].take();
    let refused = async |name: &str, input: Value| staff.refusals(&mutation(name), json!({ "input": input })).await;
    assert_eq!(
        refused("locationCreate", json!({ "name": "Main warehouse" })).await,
        ["TAKEN"]
    );
    assert_eq!(refused("locationCreate", json!({ "name": "" })).await, ["INVALID"]);
    assert_eq!(
        refused("locationUpdate", json!({ "id": main, "active": false })).await,
        ["INVALID"]
    );
    assert_eq!(refused("locationDelete", json!({ "id": main })).await, ["INVALID"]);
    assert_eq!(
        refused("locationDelete", json!({ "id": "loc_nonsense" })).await,
        ["NOT_FOUND"]
    );
    assert_eq!(
        refused(
            "locationUpdate",
            json!({ "id": main, "name": "B", "expectedVersion": 7 })
        )
        .await,
        ["VERSION_CONFLICT"]
    );
    assert_eq!(
        refused("locationReorder", json!({ "locationIds": [] })).await,
        ["INVALID"]
    );
    assert_eq!(
        refused("locationReorder", json!({ "locationIds": [main, main] })).await,
        ["INVALID"]
    );
    let packer = shop.staff(StaffRole::Fulfilment).await;
    assert_eq!(names(&packer, false).await, ["Main warehouse"]);
    let input = json!({ "input": { "name": "Mine" } });
    assert_eq!(packer.refusals(&mutation("locationCreate"), input).await, ["FORBIDDEN"]);
    let query = "query($id: ID!) { node(id: $id) { id } location(id: $id) { name } }";
    assert_eq!(
        shop.guest().data(query, json!({ "id": main })).await,
        json!({ "node": null, "location": null })
    );
    shop.close().await;
}

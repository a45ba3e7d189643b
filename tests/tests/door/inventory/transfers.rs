//! Goods on their way from one location to another, and from a supplier.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{level, levels, open_location};

const FIELDS: &str = "id status version expectedOn origin { name } destination { name } lines { quantity received returned missing outstanding }";

fn mutation(name: &str) -> String {
    format!(
        "mutation($input: InventoryTransfer{name}Input!) {{ inventoryTransfer{name}(input: $input) {{ transfer {{ {FIELDS} }} userErrors {{ code message field }} }} }}"
    )
}

async fn done(staff: &Client, name: &str, input: Value) -> Value {
    staff.done(&mutation(name), json!({ "input": input })).await["transfer"].take()
}

async fn refused(staff: &Client, name: &str, input: Value) -> Vec<String> {
    staff.refusals(&mutation(name), json!({ "input": input })).await
}

async fn main_location(staff: &Client) -> Value {
    let query = "{ locations(first: 1) { nodes { id } } }";
    staff.data(query, json!({})).await["locations"]["nodes"][0]["id"].take()
}

/// What the ledger says that it was for, newest first, and how many came or went.
async fn causes(staff: &Client, variant: &str) -> Vec<(String, i64)> {
    let query =
        "query($id: ID!) { stockEntries(variantId: $id, first: 20) { nodes { cause referenceId onHandDelta } } }";
    let entries = staff.data(query, json!({ "id": variant })).await["stockEntries"]["nodes"].take();
    let told = |entry: &Value| {
        assert!(entry["referenceId"].as_str().is_some_and(|id| id.starts_with("trf_")) || entry["cause"].is_null());
        let cause = entry["cause"].as_str().unwrap_or("-").to_owned();
        (cause, entry["onHandDelta"].as_i64().expect("units"))
    };
    entries.as_array().expect("entries").iter().map(told).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn goods_leave_come_in_part_and_the_rest_goes_back_or_is_missing() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let (main, barn) = (main_location(&staff).await, open_location(&staff, "Barn").await);
    let draft = json!({ "originId": main, "destinationId": barn, "lines": [{ "variantId": mug, "quantity": 20 }] });
    let transfer = done(&staff, "Create", draft).await;
    assert_eq!(
        (&transfer["status"], &transfer["origin"]["name"]),
        (&json!("DRAFT"), &json!("Main warehouse"))
    );
    let id = &transfer["id"];
    // What orders hold does not leave.
    guest.buy(&[(&mug, 4)], "tok_second_factor").await;
    assert_eq!(
        refused(&staff, "Ship", json!({ "id": id })).await,
        ["INSUFFICIENT_STOCK"]
    );
    assert_eq!(refused(&staff, "Receive", json!({ "id": id })).await, ["INVALID"]);
    let lines = json!([{ "variantId": mug, "quantity": 6 }]);
    let changed = done(
        &staff,
        "Update",
        json!({ "id": id, "lines": lines, "expectedOn": "2100-01-01" }),
    )
    .await;
    assert_eq!(
        refused(&staff, "Ship", json!({ "id": id, "expectedVersion": 1 })).await,
        ["VERSION_CONFLICT"]
    );
    done(
        &staff,
        "Ship",
        json!({ "id": id, "expectedVersion": changed["version"] }),
    )
    .await;
    assert_eq!(levels(&staff, &mug).await, [level("Main warehouse", 4, 4)]);
    let seen = guest
        .data(
            "{ product(slug: \"mug-1\") { variants { availability { inStock nextIncomingOn } } } }",
            json!({}),
        )
        .await;
    let expected = json!([{ "availability": { "inStock": 0, "nextIncomingOn": "2100-01-01" } }]);
    assert_eq!(seen["product"]["variants"], expected);
    let again = json!({ "id": id, "expectedVersion": changed["version"] });
    let shipped = done(&staff, "Ship", again).await;
    assert_eq!(shipped["status"], "IN_TRANSIT");

    // Units that are named come once: at the version that was seen, or under a key.
    let mut some = json!({ "id": id, "lines": [{ "variantId": mug, "quantity": 3 }] });
    assert_eq!(refused(&staff, "Receive", some.clone()).await, ["INVALID"]);
    some["expectedVersion"] = shipped["version"].clone();
    let transfer = done(&staff, "Receive", some.clone()).await;
    assert_eq!(refused(&staff, "Receive", some).await, ["VERSION_CONFLICT"]);
    assert_eq!(
        (&transfer["status"], &transfer["lines"][0]["outstanding"]),
        (&json!("IN_TRANSIT"), &json!(3))
    );
    let many =
        json!({ "id": id, "expectedVersion": transfer["version"], "lines": [{ "variantId": mug, "quantity": 4 }] });
    assert_eq!(refused(&staff, "Receive", many).await, ["INVALID"]);
    // The barn is waited for: it is not deleted meanwhile, whatever lies there.
    let delete = "mutation($input: LocationDeleteInput!) { locationDelete(input: $input) { location { id } userErrors { code message } } }";
    assert_eq!(
        staff.refusals(delete, json!({ "input": { "id": barn } })).await,
        ["INVALID"]
    );
    let rest = json!({ "id": id, "rest": "RETURNED", "reason": "van full" });
    let transfer = done(&staff, "Close", rest.clone()).await;
    assert_eq!(transfer["status"], "RECEIVED");
    let lines = json!([{ "quantity": 6, "received": 3, "returned": 3, "missing": 0, "outstanding": 0 }]);
    assert_eq!(transfer["lines"], lines);
    assert_eq!(done(&staff, "Close", rest).await["lines"], transfer["lines"]);
    let otherwise = json!({ "id": id, "rest": "MISSING", "reason": "van full" });
    assert_eq!(refused(&staff, "Close", otherwise).await, ["INVALID"]);
    assert_eq!(
        levels(&staff, &mug).await,
        [level("Barn", 3, 0), level("Main warehouse", 7, 4)]
    );
    let told = causes(&staff, &mug).await;
    let moved = [
        ("TRANSFER_RETURNED", 3),
        ("TRANSFER_RECEIVED", 3),
        ("TRANSFER_SHIPPED", -6),
    ];
    assert_eq!(told[..3], moved.map(|(cause, units)| (cause.to_owned(), units)));

    // Lost on the way back: nothing comes of it, and the books say so.
    let back = json!({ "originId": barn, "destinationId": main, "lines": [{ "variantId": mug, "quantity": 2 }] });
    let back = done(&staff, "Create", back).await;
    done(&staff, "Ship", json!({ "id": back["id"] })).await;
    let lost = json!({ "id": back["id"], "rest": "MISSING", "reason": "never arrived" });
    assert_eq!(done(&staff, "Close", lost).await["status"], "CANCELLED");
    assert_eq!(
        levels(&staff, &mug).await,
        [level("Barn", 1, 0), level("Main warehouse", 7, 4)]
    );

    let query =
        "query($where: InventoryTransferWhere) { inventoryTransfers(first: 10, where: $where) { nodes { id } } }";
    let listed = staff
        .data(query, json!({ "where": { "locationId": barn, "status": "CANCELLED" } }))
        .await;
    assert_eq!(listed["inventoryTransfers"]["nodes"], json!([{ "id": back["id"] }]));
    let one = staff
        .data(
            "query($id: ID!) { inventoryTransfer(id: $id) { status } }",
            json!({ "id": id }),
        )
        .await;
    assert_eq!(one["inventoryTransfer"]["status"], "RECEIVED");
    let create = json!({ "originId": main, "destinationId": main, "lines": [] });
    assert_eq!(refused(&staff, "Create", create).await, ["INVALID"]);
    let empty = json!({ "destinationId": barn, "lines": [] });
    assert_eq!(refused(&guest, "Create", empty).await, ["UNAUTHENTICATED"]);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suppliers_goods_are_promised_for_their_day_and_given_to_whoever_waits() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let mug = staff.sell("MUG-1", "10.00", 0).await;
    let set = "mutation($input: InventoryPolicySetInput!) { inventoryPolicySet(input: $input) { policy { version } userErrors { code message } } }";
    staff
        .done(set, json!({ "input": { "variantId": mug, "policy": "BACKORDER" } }))
        .await;
    let main = main_location(&staff).await;
    let delivery = json!({ "destinationId": main, "reference": "PO-7", "expectedOn": "2100-01-01", "lines": [{ "variantId": mug, "quantity": 8 }] });
    let delivery = done(&staff, "Create", delivery).await;
    assert_eq!(
        (&delivery["status"], &delivery["origin"]),
        (&json!("IN_TRANSIT"), &Value::Null)
    );
    let incoming = "query($id: ID!) { variant(id: $id) { incoming { outstanding expectedOn reference } } }";
    let seen = staff.data(incoming, json!({ "id": mug })).await["variant"]["incoming"].take();
    assert_eq!(
        seen,
        json!([{ "outstanding": 8, "expectedOn": "2100-01-01", "reference": "PO-7" }])
    );

    let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let query = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { lines { backorder { kind quantity waiting expectedOn } } } }";
    let variables = json!({ "id": placed.id, "token": placed.access_token });
    let seen = guest.data(query, variables.clone()).await["order"]["lines"][0]["backorder"].take();
    assert_eq!(
        seen,
        json!({ "kind": "BACKORDER", "quantity": 3, "waiting": 3, "expectedOn": "2100-01-01" })
    );
    let returned = json!({ "id": delivery["id"], "rest": "RETURNED", "reason": "no" });
    assert_eq!(refused(&staff, "Close", returned).await, ["INVALID"]);
    let some = json!({ "id": delivery["id"], "lines": [{ "variantId": mug, "quantity": 5 }] });
    let keyed = staff.under("delivered");
    for _ in 0..2 {
        done(&keyed, "Receive", some.clone()).await;
    }
    shop.settle().await;
    let seen = guest.data(query, variables).await["order"]["lines"][0]["backorder"]["waiting"].take();
    assert_eq!(seen, 0);
    assert_eq!(levels(&staff, &mug).await, [level("Main warehouse", 2, 0)]);
    assert_eq!(
        done(&staff, "Receive", json!({ "id": delivery["id"] })).await["status"],
        "RECEIVED"
    );
    assert_eq!(levels(&staff, &mug).await, [level("Main warehouse", 5, 0)]);
    shop.settle().await;
    shop.close().await;
}

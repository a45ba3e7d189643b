//! Counts of what lies at a location.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{adjust, level, levels, open_location};

fn mutation(name: &str) -> String {
    format!(
        "mutation($input: InventoryCount{name}Input!) {{ inventoryCount{name}(input: $input) {{ count {{ id status version reason }} userErrors {{ code message field }} }} }}"
    )
}

async fn done(staff: &Client, name: &str, input: Value) -> Value {
    staff.done(&mutation(name), json!({ "input": input })).await["count"].take()
}

async fn refused(staff: &Client, name: &str, input: Value) -> Vec<String> {
    staff.refusals(&mutation(name), json!({ "input": input })).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sold_between_counting_and_applying_is_not_lost() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let (mug, cup) = (
        staff.sell("MUG-1", "10.00", 10).await,
        staff.sell("CUP-1", "10.00", 5).await,
    );
    let main = "{ locations(first: 1) { nodes { id } } }";
    let main = staff.data(main, json!({})).await["locations"]["nodes"][0]["id"].take();
    let count = done(&staff, "Begin", json!({ "locationId": main, "note": "yearly" })).await;
    assert_eq!(refused(&staff, "Begin", json!({ "locationId": main })).await, ["TAKEN"]);
    let id = &count["id"];
    assert_eq!(
        refused(&staff, "Apply", json!({ "id": id, "reason": "yearly" })).await,
        ["INVALID"],
        "it is empty"
    );
    let lines = json!([{ "sku": "MUG-1", "counted": 1 }, { "variantId": cup, "counted": 7 }]);
    done(&staff, "Enter", json!({ "id": id, "lines": lines })).await;
    // Counted again: there were eight.
    let again = done(
        &staff,
        "Enter",
        json!({ "id": id, "lines": [{ "sku": "MUG-1", "counted": 8 }] }),
    )
    .await;
    let query = "query($id: ID!) { inventoryCount(id: $id) { lines(first: 10, onlyDifferences: true) { nodes { variant { sku } expected counted difference } } } }";
    let mut seen = staff.data(query, json!({ "id": id })).await["inventoryCount"]["lines"]["nodes"].take();
    seen.as_array_mut()
        .unwrap()
        .sort_by_key(|line| line["variant"]["sku"].to_string());
    let expected = json!([
        { "variant": { "sku": "CUP-1" }, "expected": 5, "counted": 7, "difference": 2 },
        { "variant": { "sku": "MUG-1" }, "expected": 10, "counted": 8, "difference": -2 },
    ]);
    assert_eq!(seen, expected);

    guest.buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let stale = json!({ "id": id, "reason": "yearly", "expectedVersion": 1 });
    assert_eq!(refused(&staff, "Apply", stale).await, ["VERSION_CONFLICT"]);
    let apply = json!({ "id": id, "reason": "yearly", "expectedVersion": again["version"] });
    let applied = done(&staff, "Apply", apply.clone()).await;
    assert_eq!(
        (&applied["status"], &applied["reason"]),
        (&json!("APPLIED"), &json!("yearly"))
    );
    assert_eq!(
        levels(&staff, &mug).await,
        [level("Main warehouse", 5, 0)],
        "10, 2 fewer, 3 sold"
    );
    assert_eq!(levels(&staff, &cup).await, [level("Main warehouse", 7, 0)]);
    // Asked again, it answers the same; what was applied cannot be given up.
    assert_eq!(done(&staff, "Apply", apply).await, applied);
    assert_eq!(levels(&staff, &cup).await, [level("Main warehouse", 7, 0)]);
    assert_eq!(
        refused(&staff, "Abandon", json!({ "id": id, "reason": "again" })).await,
        ["INVALID"]
    );
    let ledger = "query($id: ID!) { stockEntries(variantId: $id, first: 1) { nodes { kind cause referenceId onHandDelta reason } } }";
    let entry = staff.data(ledger, json!({ "id": mug })).await["stockEntries"]["nodes"][0].take();
    let told =
        json!({ "kind": "ADJUSTED", "cause": "COUNTED", "referenceId": id, "onHandDelta": -2, "reason": "yearly" });
    assert_eq!(entry, told);

    // Orders hold what was not found: nothing of the count is applied.
    let barn = open_location(&staff, "Barn").await;
    adjust(&staff, &mug, &barn, 6).await;
    guest.buy(&[(&mug, 6)], "tok_second_factor").await;
    let count = done(&staff, "Begin", json!({ "locationId": barn })).await;
    let lines = json!([{ "sku": "MUG-1", "counted": 2 }, { "sku": "CUP-1", "counted": 4 }]);
    done(&staff, "Enter", json!({ "id": count["id"], "lines": lines })).await;
    let close = json!({ "id": count["id"], "reason": "monthly" });
    assert_eq!(refused(&staff, "Apply", close.clone()).await, ["INSUFFICIENT_STOCK"]);
    assert_eq!(levels(&staff, &cup).await, [level("Main warehouse", 7, 0)]);
    let unknown = json!({ "id": count["id"], "lines": [{ "barcode": "4006381333931", "counted": 1 }] });
    assert_eq!(refused(&staff, "Enter", unknown).await, ["NOT_FOUND"]);
    let none = json!({ "id": count["id"], "lines": [{ "sku": "MUG-1", "counted": -1 }] });
    assert_eq!(refused(&staff, "Enter", none).await, ["INVALID"]);
    let out = json!({ "id": count["id"], "lines": [{ "sku": "MUG-1", "counted": null }] });
    done(&staff, "Enter", out).await;
    done(&staff, "Abandon", close.clone()).await;
    assert_eq!(refused(&guest, "Apply", close).await, ["UNAUTHENTICATED"]);
    let listed = staff
        .data(
            "{ inventoryCounts(first: 10) { nodes { status location { name } } } }",
            json!({}),
        )
        .await;
    let both = json!([{ "status": "ABANDONED", "location": { "name": "Barn" } }, { "status": "APPLIED", "location": { "name": "Main warehouse" } }]);
    assert_eq!(listed["inventoryCounts"]["nodes"], both);
    shop.settle().await;
    shop.close().await;
}

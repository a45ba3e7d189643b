//! Groups of customers: who is in which, and what becomes of that.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{client::Client, shop::TestShop};

use super::{GROUP_CREATE, MEMBERS_ADD, me};

const UPDATE: &str = "mutation ($input: CustomerGroupUpdateInput!) { customerGroupUpdate(input: $input) {
    customerGroup { name code note version } userErrors { code field } } }";
const DELETE: &str = "mutation ($input: CustomerGroupDeleteInput!) { customerGroupDelete(input: $input) {
    customerGroup { deletedAt } userErrors { code } } }";
const RESTORE: &str = "mutation ($input: CustomerGroupRestoreInput!) { customerGroupRestore(input: $input) {
    customerGroup { deletedAt memberCount } userErrors { code field } } }";
const REMOVE: &str = "mutation ($input: CustomerGroupMembersRemoveInput!) { customerGroupMembersRemove(input: $input) {
    customerGroup { memberCount } userErrors { code field } } }";

/// The groups of whoever has the id, and those found by a group.
async fn groups(staff: &Client, customer: &Value, group: &Value) -> (Value, Value) {
    let query = "query ($customer: ID!, $group: ID!) { node(id: $customer) { ... on Customer { groups { code } } }
        customers(first: 5, where: { groupId: $group }) { nodes { email } } }";
    let mut seen = staff.data(query, json!({ "customer": customer, "group": group })).await;
    (seen["node"]["groups"].take(), seen["customers"]["nodes"].take())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_say_who_is_in_which_group() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (ada, grace) = (
        shop.customer("ada@example.com").await,
        shop.customer("grace@example.com").await,
    );
    let (ada_id, grace_id) = (me(&ada).await, me(&grace).await);

    let group = staff
        .done(GROUP_CREATE, json!({ "input": { "name": "Crème customers" } }))
        .await["customerGroup"]
        .take();
    assert_eq!(group["code"], "creme-customers");
    let id = &group["id"];
    let taken = staff
        .payload(
            GROUP_CREATE,
            json!({ "input": { "name": "x", "code": "CREME-customers" } }),
        )
        .await;
    assert_eq!(taken["userErrors"][0]["code"], "TAKEN", "{taken}");
    let bad = staff.payload(GROUP_CREATE, json!({ "input": { "name": " " } })).await;
    assert_eq!(bad["userErrors"][0]["field"], json!(["input", "name"]), "{bad}");

    let both = json!({ "input": { "id": id, "customerIds": [ada_id, grace_id, ada_id] } });
    let added = staff.done(MEMBERS_ADD, both).await;
    assert_eq!(added["customerGroup"]["memberCount"], 2);
    assert_eq!(
        added["customerGroup"]["members"]["nodes"][0]["email"],
        "grace@example.com"
    );
    let missing = json!({ "input": { "id": id, "customerIds": [ada_id, "cus_00000000000000000000000000"] } });
    let missing = staff.payload(MEMBERS_ADD, missing).await;
    assert_eq!(missing["userErrors"][0]["code"], "NOT_FOUND", "{missing}");
    let seen = groups(&staff, &ada_id, id).await;
    assert_eq!(seen.0, json!([{ "code": "creme-customers" }]));
    assert_eq!(seen.1.as_array().unwrap().len(), 2);
    let removed = json!({ "input": { "id": id, "customerIds": [grace_id] } });
    assert_eq!(staff.done(REMOVE, removed).await["customerGroup"]["memberCount"], 1);

    let change =
        json!({ "input": { "id": id, "name": "Best", "code": "best", "note": "by hand", "expectedVersion": 1 } });
    let changed = staff.done(UPDATE, change.clone()).await["customerGroup"].take();
    assert_eq!(
        changed,
        json!({ "name": "Best", "code": "best", "note": "by hand", "version": 2 })
    );
    assert_eq!(
        staff.payload(UPDATE, change).await["userErrors"][0]["code"],
        "VERSION_CONFLICT"
    );

    // What is deleted counts for nobody, and comes back with those who were in it; its code is free meanwhile.
    staff.done(DELETE, json!({ "input": { "id": id } })).await;
    assert_eq!(groups(&staff, &ada_id, id).await.0, json!([]));
    let other = staff.done(GROUP_CREATE, json!({ "input": { "name": "Best" } })).await["customerGroup"].take();
    let refused = staff.payload(RESTORE, json!({ "input": { "id": id } })).await;
    assert_eq!(refused["userErrors"][0]["code"], "TAKEN", "{refused}");
    staff.done(DELETE, json!({ "input": { "id": other["id"] } })).await;
    let back = staff.done(RESTORE, json!({ "input": { "id": id } })).await;
    assert_eq!(back["customerGroup"], json!({ "deletedAt": null, "memberCount": 1 }));
    let list = "{ customerGroups(first: 5) { nodes { name } } gone: customerGroups(first: 5, deleted: true) { nodes { name } } }";
    let list = staff.data(list, json!({})).await;
    assert_eq!(
        (&list["customerGroups"]["nodes"], &list["gone"]["nodes"]),
        (&json!([{ "name": "Best" }]), &json!([{ "name": "Best" }]))
    );

    // It is staff's to know.
    let packer = shop.staff(StaffRole::Fulfilment).await;
    for client in [&ada, &packer] {
        let refused = client
            .payload(GROUP_CREATE, json!({ "input": { "name": "Mine" } }))
            .await;
        assert_eq!(refused["userErrors"][0]["code"], "FORBIDDEN");
        let unseen = client
            .answer(
                "query ($id: ID!) { customerGroup(id: $id) { name } }",
                json!({ "id": id }),
            )
            .await;
        assert_eq!(unseen["data"]["customerGroup"], Value::Null);
    }
    let own = ada.answer("{ viewer { groups { name } } }", json!({})).await;
    assert_eq!(own["data"]["viewer"]["groups"], Value::Null, "{own}");
    shop.settle().await;
    shop.close().await;
}

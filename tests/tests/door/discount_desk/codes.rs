//! Many codes at once: made by jobs, each of its kind, found, switched off, and written into a table.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use vitrine_entity::{discount_code, ids::DiscountId, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, purchase::cart_mutation};

use super::{discount, typed};

const GENERATE: &str = "mutation($input: DiscountCodesGenerateInput!) { discountCodesGenerate(input: $input) {
    batch { id status quantity made } userErrors { code message field } } }";
const BATCH: &str = "query($id: ID!) { discountCodeBatch(id: $id) { status made quantity prefix length finishedAt } }";
const STOP: &str = "mutation($input: DiscountCodesGenerateCancelInput!) { discountCodesGenerateCancel(input: $input) {
    batch { status made } userErrors { code message field } } }";
const CODES: &str = "query($id: ID!, $query: String, $active: Boolean, $used: Boolean) { discount(id: $id) {
    codeCount codeBatches { made }
    codes(first: 100, query: $query, active: $active, used: $used) { nodes { id code active orderCount } } } }";
const OFF: &str = "mutation($input: DiscountCodeSwitchInput!) { discountCodeDeactivate(input: $input) {
    code { active } userErrors { code message field } } }";
const EXPORT: &str = "mutation($input: ExportStartInput!) { exportStart(input: $input) {
    export { id } userErrors { code message field } } }";

async fn codes(staff: &Client, id: &str, more: Value) -> Vec<Value> {
    let mut variables = json!({ "id": id });
    for (name, value) in more.as_object().expect("fields") {
        variables[name] = value.clone();
    }
    let found = staff.data(CODES, variables).await;
    found["discount"]["codes"]["nodes"].as_array().expect("codes").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_codes_are_made_and_each_is_somebodys() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 50).await;
    let percent = json!({ "value": { "percentage": "20" }, "usageLimitPerCode": 1 });
    let id = discount(&staff, Some("SPRING"), percent).await;
    // More than two jobs make.
    let input = json!({ "discountId": id, "quantity": 10_250, "prefix": "welcome-", "length": 8 });
    let batch = staff.done(GENERATE, json!({ "input": input })).await["batch"].take();
    assert_eq!((&batch["status"], &batch["made"]), (&json!("RUNNING"), &json!(0)));
    assert_eq!(
        staff.refusals(GENERATE, json!({ "input": input })).await,
        ["TOO_MANY_ATTEMPTS"]
    );
    shop.settle().await;
    let batch = staff.data(BATCH, json!({ "id": batch["id"] })).await["discountCodeBatch"].take();
    assert_eq!(
        (&batch["status"], &batch["made"], &batch["prefix"]),
        (&json!("DONE"), &json!(10_250), &json!("WELCOME-"))
    );
    let discount_id: DiscountId = id.parse().unwrap();
    let rows = discount_code::Entity::find().filter(discount_code::Column::DiscountId.eq(discount_id));
    let rows = rows.all(&shop.shop().db).await.unwrap();
    let made: BTreeSet<_> = rows
        .iter()
        .filter(|row| row.batch_id.is_some())
        .map(|row| &row.code)
        .collect();
    assert_eq!(made.len(), 10_250);
    assert!(
        made.iter()
            .all(|code| code.len() == 16 && !code[8..].contains(['0', 'O', '1', 'I']))
    );

    let one = (*made.iter().next().unwrap()).clone();
    let found = codes(&staff, &id, json!({ "query": one.to_lowercase() })).await;
    assert_eq!((found.len(), &found[0]["code"]), (1, &json!(one)));
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let cart = typed(&guest, &cart, &one).await;
    let placed = guest.place(&cart, "1", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]));
    shop.settle().await;
    let used = codes(&staff, &id, json!({ "used": true })).await;
    assert_eq!(
        (used.len(), &used[0]["code"], &used[0]["orderCount"]),
        (1, &json!(one), &json!(1))
    );
    // Each counts once.
    let another = guest.cart_with(&[(&mug, 1)]).await;
    let again = json!({ "input": { "cartId": another["id"], "codes": [one] } });
    let refused = guest.refusals(&cart_mutation("cartDiscountCodesAdd"), again).await;
    assert_eq!(refused, ["DISCOUNT_UNAVAILABLE"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_switched_off_and_all_of_them_leave_as_a_table() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 50).await;
    let id = discount(&staff, Some("SPRING"), json!({ "value": { "percentage": "20" } })).await;
    let input = json!({ "discountId": id, "quantity": 3, "prefix": null });
    staff.done(GENERATE, json!({ "input": input })).await;
    shop.settle().await;
    let spring = codes(&staff, &id, json!({ "query": "spring" })).await;
    let off = staff.done(OFF, json!({ "input": { "id": spring[0]["id"] } })).await;
    assert_eq!(off["code"]["active"], false);
    staff.done(OFF, json!({ "input": { "id": spring[0]["id"] } })).await;
    assert_eq!(codes(&staff, &id, json!({ "active": false })).await.len(), 1);
    let guest = shop.guest();
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let input = json!({ "input": { "cartId": cart["id"], "codes": ["SPRING"] } });
    let refused = guest.refusals(&cart_mutation("cartDiscountCodesAdd"), input).await;
    assert_eq!(refused.len(), 1, "{refused:?}");

    let input = json!({ "kind": "DISCOUNT_CODES", "discountId": id });
    let export = staff.done(EXPORT, json!({ "input": input })).await["export"]["id"].take();
    shop.settle().await;
    let query = "query($id: ID!) { export(id: $id) { status written url } }";
    let export = staff.data(query, json!({ "id": export })).await["export"].take();
    assert_eq!((&export["status"], &export["written"]), (&json!("DONE"), &json!(4)));
    let file = reqwest::get(export["url"].as_str().unwrap())
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(file.starts_with("Code,Active,Orders,Discount,"), "{file}");
    assert!(file.contains("SPRING,no,0,Spring sale,"), "{file}");
    let wrong = json!({ "input": { "kind": "ORDERS", "discountId": id } });
    assert_eq!(staff.refusals(EXPORT, wrong).await, ["INVALID"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_makes_no_good_codes_is_refused_and_a_batch_can_be_stopped() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let percent = json!({ "value": { "percentage": "20" } });
    let id = discount(&staff, Some("SPRING"), percent.clone()).await;
    let automatic = discount(&staff, None, percent).await;
    let refused = async |more: Value| {
        let mut input = json!({ "discountId": id, "quantity": 10 });
        for (name, value) in more.as_object().expect("fields") {
            input[name] = value.clone();
        }
        let payload = staff.payload(GENERATE, json!({ "input": input })).await;
        payload["userErrors"][0]["field"][1].clone()
    };
    assert_eq!(refused(json!({ "quantity": 0 })).await, "quantity");
    assert_eq!(refused(json!({ "quantity": 100_001 })).await, "quantity");
    assert_eq!(refused(json!({ "length": 5 })).await, "length");
    assert_eq!(refused(json!({ "prefix": "a/b" })).await, "prefix");
    assert_eq!(refused(json!({ "discountId": automatic })).await, "discountId");
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let input = json!({ "input": { "discountId": id, "quantity": 100_000 } });
    assert_eq!(packer.refusals(GENERATE, input.clone()).await, ["FORBIDDEN"]);
    let batch = staff.done(GENERATE, input).await["batch"]["id"].take();
    let stopped = staff.done(STOP, json!({ "input": { "id": batch } })).await["batch"].take();
    assert_eq!(stopped["status"], "CANCELLED");
    let again = staff.done(STOP, json!({ "input": { "id": batch } })).await["batch"].take();
    assert_eq!(again, stopped, "stopped once more, it answers the same");
    shop.settle().await;
    let made = discount_code::Entity::find().count(&shop.shop().db).await.unwrap();
    assert!(made < 100_000, "it was stopped");
    shop.close().await;
}

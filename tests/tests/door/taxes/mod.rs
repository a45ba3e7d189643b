//! Taxes as staff set them up, and as carts and orders bear them.

mod bearing;
mod vies;

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

pub const CREATE: &str = "mutation($input: TaxRateCreateInput!) { taxRateCreate(input: $input) {
    taxRate { id countryCode region taxCategory name basisPoints onTop confirmed version } userErrors { code message field } } }";
pub const UPDATE: &str = "mutation($input: TaxRateUpdateInput!) { taxRateUpdate(input: $input) {
    taxRate { id name basisPoints version } userErrors { code message field } } }";
pub const DELETE: &str =
    "mutation($input: TaxRateDeleteInput!) { taxRateDelete(input: $input) { taxRate { id } userErrors { code } } }";
pub const RESTORE: &str =
    "mutation($input: TaxRateRestoreInput!) { taxRateRestore(input: $input) { taxRate { id } userErrors { code } } }";
pub const LIST: &str =
    "query($where: TaxRateWhere) { taxRates(first: 100, where: $where) { nodes { id countryCode name basisPoints } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rates_are_made_changed_deleted_and_brought_back() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let input =
        json!({ "countryCode": "ca", "region": "British Columbia", "name": "PST", "basisPoints": 700, "onTop": true });
    let made = staff.done(CREATE, json!({ "input": input })).await["taxRate"].take();
    assert_eq!((&made["countryCode"], &made["region"]), (&json!("CA"), &json!("CA-BC")));
    assert_eq!(staff.refusals(CREATE, json!({ "input": input })).await, ["TAKEN"]);
    let change = json!({ "id": made["id"], "expectedVersion": 1, "basisPoints": 750 });
    let changed = staff.done(UPDATE, json!({ "input": change })).await["taxRate"].take();
    assert_eq!((&changed["basisPoints"], &changed["version"]), (&json!(750), &json!(2)));
    let stale = json!({ "id": made["id"], "expectedVersion": 1, "basisPoints": 800 });
    assert_eq!(
        staff.refusals(UPDATE, json!({ "input": stale })).await,
        ["VERSION_CONFLICT"]
    );
    let listed = async || {
        let data = staff.data(LIST, json!({ "where": { "countryCode": "CA" } })).await;
        data["taxRates"]["nodes"].as_array().unwrap().len()
    };
    assert_eq!(listed().await, 1);
    staff.done(DELETE, json!({ "input": { "id": made["id"] } })).await;
    assert_eq!(listed().await, 0);
    // Another takes its place meanwhile.
    let other = staff.done(CREATE, json!({ "input": input })).await["taxRate"].take();
    assert_eq!(
        staff.refusals(RESTORE, json!({ "input": { "id": made["id"] } })).await,
        ["TAKEN"]
    );
    staff.done(DELETE, json!({ "input": { "id": other["id"] } })).await;
    staff.done(RESTORE, json!({ "input": { "id": made["id"] } })).await;
    assert_eq!(listed().await, 1);
    let categories = staff.data("{ taxCategories }", json!({})).await;
    assert!(
        categories["taxCategories"]
            .as_array()
            .unwrap()
            .contains(&json!("books")),
        "{categories}"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_rate_is_told_field_by_field() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    for (input, field) in [
        (
            json!({ "countryCode": "XX", "name": "VAT", "basisPoints": 1 }),
            "countryCode",
        ),
        (
            json!({ "countryCode": "US", "region": "DE-BE", "name": "VAT", "basisPoints": 1 }),
            "region",
        ),
        (json!({ "countryCode": "US", "name": "", "basisPoints": 1 }), "name"),
        (
            json!({ "countryCode": "US", "name": "VAT", "basisPoints": -1 }),
            "basisPoints",
        ),
        (
            json!({ "countryCode": "US", "name": "VAT", "basisPoints": 100_001 }),
            "basisPoints",
        ),
        (
            json!({ "countryCode": "US", "name": "VAT", "basisPoints": 1, "onTop": true }),
            "onTop",
        ),
    ] {
        let payload = staff.payload(CREATE, json!({ "input": input })).await;
        assert_eq!(payload["userErrors"][0]["field"], json!(["input", field]), "{input}");
        assert_eq!(payload["taxRate"], Value::Null);
    }
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let input = json!({ "countryCode": "US", "name": "VAT", "basisPoints": 1 });
    assert_eq!(packer.refusals(CREATE, json!({ "input": input })).await, ["FORBIDDEN"]);
    let answer = packer.answer(LIST, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    shop.close().await;
}

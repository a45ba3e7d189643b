//! A file of products, by the dashboard: looked at, then written.

use reqwest::StatusCode;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shopper::Shopper};

use super::at_work;

const HEADER: &str = "Handle,Title,Published,Variant SKU,Variant Price,Variant Inventory Qty,Image Src\n";

const VARIANT: &str = "query($sku: String!) { variant(sku: $sku) { price { amount } product { title } } }";

/// Sends a file and has it looked at: where its report stands.
async fn sent(shop: &TestShop, staff: &mut Shopper, rows: &str) -> String {
    let file = format!("{HEADER}{rows}");
    staff.open("/admin/imports").await;
    staff
        .attach("/admin/imports/file", "file", "goods.csv", file.as_bytes())
        .await;
    assert_eq!(staff.status, StatusCode::OK, "{}", staff.html);
    let report = staff.path.clone();
    staff.expect("goods.csv");
    shop.settle().await;
    staff.open(&report).await;
    report
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_checked_first_and_written_when_staff_say_so() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    let price =
        async |sku: &str| client.data(VARIANT, json!({ "sku": sku })).await["variant"]["price"]["amount"].take();

    // What is no file of products is refused where it was chosen.
    staff.open("/admin/imports").await;
    staff
        .attach("/admin/imports/file", "file", "goods.xlsx", b"PK\x03\x04 a spreadsheet")
        .await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"file-file-error\"");
    staff.expect("Save it as CSV");

    // One error keeps the whole file out, and no button says otherwise.
    sent(
        &shop,
        &mut staff,
        "moss,Moss,true,MOSS-1,4.00,3,\nfern,Fern,true,FERN-1,cheap,3,\n",
    )
    .await;
    staff.expect("has errors");
    staff.expect("Nothing was imported");
    staff.expect("Variant Price");
    assert!(!staff.says("Start the import"));
    assert_eq!(price("MOSS-1").await, Value::Null);

    let rows = "moss,Moss,true,MOSS-1,4.00,3,\nfern,Fern,true,FERN-1,5.00,3,\n";
    let report = sent(&shop, &mut staff, rows).await;
    staff.expect("Nothing has changed yet.");
    assert_eq!(price("FERN-1").await, Value::Null);
    staff.submit(&format!("{report}/apply"), &[]).await;
    // The page follows it to its end.
    staff
        .open(&format!("{report}/live"))
        .await
        .expect("\"status\":\"DONE\"");
    staff.expect("event: complete");
    shop.settle().await;
    staff.open(&report).await.expect("The import is done.");
    assert_eq!(price("FERN-1").await, "5.00");

    // Again it changes nothing; it is not written twice however often the button is pressed.
    let report = sent(&shop, &mut staff, &rows.replace("5.00", "6.00")).await;
    let counts =
        "query($id: ID!) { productImport(id: $id) { created updated unchanged applied dryRun problems { row } } }";
    let id = report.trim_start_matches("/admin/imports/");
    let told = client.data(counts, json!({ "id": id })).await["productImport"].take();
    let wanted =
        json!({ "created": 0, "updated": 1, "unchanged": 1, "applied": false, "dryRun": true, "problems": [] });
    assert_eq!(told, wanted);
    let apply = "mutation($input: ProductImportApplyInput!) { productImportApply(input: $input) { productImport { status } userErrors { code } } }";
    let input = json!({ "input": { "id": id } });
    client.done(apply, input.clone()).await;
    client.done(apply, input).await;
    shop.settle().await;
    assert_eq!(price("FERN-1").await, "6.00");
    staff.open("/admin/imports").await.expect("imported");

    // Whoever may change no products sends no file.
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let start =
        "mutation($input: ProductImportStartInput!) { productImportStart(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "csv": format!("{HEADER}{rows}") } });
    assert_eq!(packer.refusals(start, input).await, ["FORBIDDEN"]);
    shop.settle().await;
    shop.close().await;
}

//! A catalog's prices as a table, out and in.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::{PRICES_SET, catalog_of, customer, group_of};

const IMPORT: &str = "mutation ($input: CatalogPricesImportInput!) { catalogPricesImport(input: $input) {
    import { priceCount variantCount errors { row message } } userErrors { code message field } } }";
const EXPORT: &str = "query ($id: ID!) { catalog(id: $id) { pricesCsv prices(first: 10) { nodes { variant { sku } from price { amount currencyCode } } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prices_go_out_as_a_table_and_come_back() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 50).await;
    staff.sell("JAR-1", "5.00", 50).await;
    let (_, ada_id) = customer(&shop, "ada@example.com").await;
    let group = group_of(&staff, &ada_id).await;
    let catalog = catalog_of(&staff, &group, json!({})).await;
    let id = json!({ "id": catalog });
    let prices = json!([{ "variantId": mug, "currencyCode": "EUR", "prices": [{ "price": "9" }, { "from": 10, "price": "8.5" }] }]);
    staff
        .done(PRICES_SET, json!({ "input": { "id": catalog, "prices": prices } }))
        .await;
    let table = "sku,currency,from,price\r\nMUG-1,EUR,1,9.00\r\nMUG-1,EUR,10,8.50\r\n";
    let told = staff.data(EXPORT, id.clone()).await["catalog"].take();
    assert_eq!(told["pricesCsv"], table);
    assert_eq!(
        told["prices"]["nodes"][1]["price"],
        json!({ "amount": "8.50", "currencyCode": "EUR" })
    );

    let import = async |csv: &str, dry_run: bool| {
        let input = json!({ "id": catalog, "csv": csv, "dryRun": dry_run });
        staff.payload(IMPORT, json!({ "input": input })).await
    };
    let wrong = "sku;currency;from;price\nMUG-1;EUR;1;7.00\nCUP-1;EUR;1;7.00\nJAR-1;USD;1;4.00\nJAR-1;EUR;x;4.00\nJAR-1;EUR;1;four\n";
    let refused = import(wrong, false).await;
    let rows = refused["import"]["errors"].as_array().unwrap().iter();
    let rows: Vec<_> = rows.map(|error| error["row"].as_i64().unwrap()).collect();
    assert_eq!(rows, [3, 4, 5, 6], "{refused}");
    assert_eq!(
        staff.data(EXPORT, id.clone()).await["catalog"]["pricesCsv"],
        table,
        "all or nothing"
    );

    // What is not named stays; what is named is replaced as a whole.
    let good = "sku,currency,from,price\nJAR-1,EUR,,4.50\nMUG-1,EUR,5,8.00\n";
    let counts = json!({ "priceCount": 2, "variantCount": 2, "errors": [] });
    assert_eq!(import(good, true).await["import"], counts);
    assert_eq!(
        staff.data(EXPORT, id.clone()).await["catalog"]["pricesCsv"],
        table,
        "a dry run does nothing"
    );
    assert_eq!(import(good, false).await["import"], counts);
    let after = "sku,currency,from,price\r\nJAR-1,EUR,1,4.50\r\nMUG-1,EUR,5,8.00\r\n";
    assert_eq!(staff.data(EXPORT, id.clone()).await["catalog"]["pricesCsv"], after);
    assert_eq!(
        import(after, false).await["import"]["errors"],
        json!([]),
        "what goes out comes in"
    );
    let no_heading = import("MUG-1,EUR,1,9.00\n", false).await;
    assert_eq!(
        no_heading["userErrors"][0]["field"],
        json!(["input", "csv"]),
        "{no_heading}"
    );
    assert_eq!(no_heading["import"], Value::Null);
    shop.settle().await;
    shop.close().await;
}

//! What staff do for other languages and currencies.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::at_work;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn texts_leave_and_come_back_as_a_table() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let update = "mutation ($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code } } }";
    client
        .done(update, json!({ "input": { "locales": ["en", "de"] } }))
        .await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    let list = "/admin/translations?kind=OPTION&locale=de&state=ALL";
    staff.open(list).await;
    let file = "/admin/exports/translations";
    staff.expect("Download the table");
    staff.open(&format!("{file}?kind=OPTION&locale=de&state=ALL")).await;
    assert_eq!(staff.header("content-type"), "text/csv; charset=utf-8");
    assert!(staff.header("content-disposition").contains("translations-de.csv"));
    let table = staff.html.trim_start_matches('\u{feff}').to_owned();
    let row = table
        .lines()
        .find(|line| line.contains("option:Colour") && line.contains(",name,"));
    let row = row.unwrap_or_else(|| panic!("{table}"));
    assert!(table.starts_with("ID,Name,Locale,Field,Original,Digest,Translation\r\n") && row.ends_with(','));

    let filled = table.replace(row, &format!("{row}Farbe"));
    staff
        .open(list)
        .await
        .attach(file, "file", "texts.csv", filled.as_bytes())
        .await;
    staff.expect("The table is being read.");
    shop.settle().await;
    let query = "{ translations(of: \"option:Colour\", locale: \"de\") { fields { field translation { text } } } \
        bulkOperations(first: 1) { nodes { fileName succeeded failed } } }";
    let said = client.data(query, json!({})).await;
    assert_eq!(
        said["translations"]["fields"][0],
        json!({ "field": "name", "translation": { "text": "Farbe" } })
    );
    assert_eq!(
        said["bulkOperations"]["nodes"][0],
        json!({ "fileName": "texts.csv", "succeeded": 1, "failed": 0 })
    );

    // The same as an app asks for it, and what has changed since is refused.
    let csv =
        "{ translatables(kind: OPTION, locale: \"de\", state: ALL, first: 100) { csv pageInfo { hasNextPage } } }";
    let csv = client.data(csv, json!({})).await["translatables"]["csv"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(csv.contains(&format!("{row}Farbe")), "{csv}");
    let digest = row.split(',').nth(5).unwrap();
    let stale = csv.replace(digest, "0123456789abcdef").replace("Farbe", "Farben");
    let run = "mutation ($input: BulkOperationRunInput!) { bulkOperationRun(input: $input) { userErrors { code } } }";
    client.done(run, json!({ "input": { "lines": stale } })).await;
    shop.settle().await;
    let said = client.data(query, json!({})).await;
    assert_eq!(said["bulkOperations"]["nodes"][0]["failed"], 1, "{said}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prices_in_other_currencies_are_fixed_in_the_editor() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let set = "mutation ($input: PriceListSetInput!) { priceListSet(input: $input) { userErrors { code message } } }";
    client
        .done(set, json!({ "input": { "currencyCode": "USD", "rate": "2" } }))
        .await;
    let variant = client.sell("BELL", "10.00", 3).await;
    shop.settle().await;
    let of = "query ($id: ID!) { variant(id: $id) { product { id } listPrices { price { amount } fixed } } }";
    let seen = async || client.data(of, json!({ "id": variant })).await["variant"].take();
    let product = seen().await["product"]["id"].as_str().unwrap().to_owned();
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    let editor = format!("/admin/products/{product}");
    staff.open(&editor).await;
    staff.expect("placeholder=\"20.00\"");
    let prices = format!("{editor}/prices");
    let field = format!("{variant}.price");
    staff.submit(&prices, &[(field.as_str(), "cheap")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect(&format!("id=\"prices-USD-{field}-error\""));
    staff.submit(&prices, &[(field.as_str(), "18.50")]).await;
    staff.expect("The prices are saved.");
    assert_eq!(
        seen().await["listPrices"],
        json!([{ "price": { "amount": "18.50" }, "fixed": true }])
    );
    staff.submit(&prices, &[(field.as_str(), "")]).await;
    assert_eq!(
        seen().await["listPrices"],
        json!([{ "price": { "amount": "20.00" }, "fixed": false }])
    );
    shop.settle().await;
    shop.close().await;
}

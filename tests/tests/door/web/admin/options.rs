//! The options of a product, and the variants that they tell apart.

use reqwest::StatusCode;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::at_work;

const PRODUCT: &str = "query($sku: String!) { variant(sku: $sku) { product { id options { name values } \
                       allVariants { title price { amount } availableQuantity } } } }";

async fn product(client: &Client) -> Value {
    let found = client.data(PRODUCT, json!({ "sku": "POT" })).await;
    found["variant"]["product"].clone()
}

/// The option that was there stays; what is missing is made by one button.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_option_comes_beside_those_that_are_there() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    let made = [("title", "Pot"), ("price", "12.00"), ("sku", "POT"), ("onHand", "4")];
    staff
        .open("/admin/products/new")
        .await
        .submit("/admin/products/new", &made)
        .await;
    let editor = staff.path.clone();
    let (options, make) = (format!("{editor}/options"), format!("{editor}/variants-make"));

    let size = [("new.name", "Size"), ("new.values", "Small, Large")];
    staff.submit(&options, &size).await.expect("The options are saved.");
    staff.expect("Add 1 missing variant");
    let priced = [("price", "15.00"), ("onHand", "2")];
    staff
        .submit(&make, &priced)
        .await
        .expect("The missing variants are added.");

    // With several variants, and with the first option's values as their fields show them.
    let shown = [("0.newName", "Size"), ("0.value.0", "Small"), ("0.value.1", "Large")];
    let colour = [("new.name", "Colour"), ("new.values", "Red, Blue")];
    staff.submit(&options, &[shown.as_slice(), &colour].concat()).await;
    staff.expect("The options are saved.");
    let both = json!([
        { "name": "Size", "values": ["Small", "Large"] },
        { "name": "Colour", "values": ["Red", "Blue"] },
    ]);
    assert_eq!(product(&client).await["options"], both);
    staff.expect("Add 2 missing variants");
    staff.submit(&make, &[("price", "16.00")]).await;
    let titles = product(&client).await["allVariants"].clone();
    let mut titles: Vec<_> = titles
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["title"].clone())
        .collect();
    titles.sort_by_key(Value::to_string);
    assert_eq!(
        json!(titles),
        json!(["Large / Blue", "Large / Red", "Small / Blue", "Small / Red"])
    );
    assert!(!staff.says("/variants-make"), "nothing is missing");

    // A value is renamed where it stands; one that a variant has cannot be taken away, and that is told at its option.
    let colours = [
        ("1.newName", "Colour"),
        ("1.value.0", "Terracotta"),
        ("1.value.1", "Blue"),
    ];
    staff.submit(&options, &[shown.as_slice(), &colours].concat()).await;
    staff.expect("Large / Terracotta");
    let emptied = [("1.newName", "Colour"), ("1.value.0", "Terracotta"), ("1.value.1", "")];
    staff.submit(&options, &[shown.as_slice(), &emptied].concat()).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"options-1.values-error\"");
    shop.settle().await;
    shop.close().await;
}

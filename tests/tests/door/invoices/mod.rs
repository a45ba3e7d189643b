//! Invoices, credit notes and delivery notes: made once, numbered without gaps, never changed, and told to people and programs.

mod numbers;
mod story;

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const SHOP: &str =
    "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message field } } }";
const MAKE: &str = "mutation($input: OrderDocumentsMakeInput!) { orderDocumentsMake(input: $input) {
    documents { number kind } userErrors { code message field } } }";

fn address() -> Value {
    json!({
        "name": "Vitrine GmbH", "line1": "Torstraße 1", "city": "Berlin", "postalCode": "10119", "countryCode": "DE"
    })
}

/// A shop of which everything is known that has to stand on an invoice. It has no fonts but those of the program.
async fn open() -> (TestShop, Client, String) {
    let shop = TestShop::open_with(|config| config.documents.fonts.clear()).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 500).await;
    let input = json!({ "address": address(), "vatNumber": "DE 136695976", "contactEmail": "shop@example.com" });
    staff.done(SHOP, json!({ "input": input })).await;
    (shop, staff, mug)
}

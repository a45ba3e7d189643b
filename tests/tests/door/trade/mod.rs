//! Those who buy by terms of their own: groups of customers and companies, and their catalogs.

mod account;
mod approvals;
mod catalogs;
mod companies;
mod goods;
mod groups;
mod lists;
mod sheets;

use serde_json::{Value, json};
use vitrine_tests::{client::Client, shop::TestShop};

pub const GROUP_CREATE: &str = "mutation ($input: CustomerGroupCreateInput!) { customerGroupCreate(input: $input) {
    customerGroup { id code version memberCount } userErrors { code message field } } }";
pub const MEMBERS_ADD: &str =
    "mutation ($input: CustomerGroupMembersAddInput!) { customerGroupMembersAdd(input: $input) {
    customerGroup { memberCount members(first: 5) { nodes { email } } } userErrors { code message field } } }";
pub const CATALOG_CREATE: &str = "mutation ($input: CatalogCreateInput!) { catalogCreate(input: $input) {
    catalog { id version groups { code } } userErrors { code message field } } }";
pub const PRICES_SET: &str = "mutation ($input: CatalogPricesSetInput!) { catalogPricesSet(input: $input) {
    catalog { version } userErrors { code message field } } }";
pub const COMPANY_CREATE: &str = "mutation ($input: CompanyCreateInput!) { companyCreate(input: $input) {
    company { id version name paymentTermsDays } userErrors { code message field } } }";
pub const BUYER_ADD: &str = "mutation ($input: CompanyBuyerAddInput!) { companyBuyerAdd(input: $input) {
    company { buyerCount } userErrors { code message field } } }";

pub async fn me(client: &Client) -> Value {
    client.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take()
}

/// A customer, and their id.
pub async fn customer(shop: &TestShop, email: &str) -> (Client, Value) {
    let client = shop.customer(email).await;
    let id = me(&client).await;
    (client, id)
}

/// A group of this customer, and its id.
pub async fn group_of(staff: &Client, customer: &Value) -> Value {
    let made = staff
        .done(GROUP_CREATE, json!({ "input": { "name": "Members" } }))
        .await;
    let id = made["customerGroup"]["id"].clone();
    let input = json!({ "input": { "id": id, "customerIds": [customer] } });
    staff.done(MEMBERS_ADD, input).await;
    id
}

/// A catalog of a group, and its id.
pub async fn catalog_of(staff: &Client, group: &Value, mut input: Value) -> Value {
    input["groupIds"] = json!([group]);
    if input["name"].is_null() {
        input["name"] = json!("Members' prices");
    }
    let made = staff.done(CATALOG_CREATE, json!({ "input": input })).await;
    made["catalog"]["id"].clone()
}

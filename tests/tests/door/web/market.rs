//! A shopper's market follows them to where the goods are sent.

use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shop::PASSWORD, shopper::Shopper};

const LIST_SET: &str = "mutation ($input: PriceListSetInput!) { priceListSet(input: $input) {
    priceList { currencyCode } userErrors { code message field } } }";
const MARKET_CREATE: &str = "mutation ($input: MarketCreateInput!) { marketCreate(input: $input) {
    market { id } userErrors { code message field } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_to_another_market_costs_what_it_costs_there() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let list = json!({ "currencyCode": "JPY", "rate": "160", "rounding": "TENS" });
    staff.done(LIST_SET, json!({ "input": list })).await;
    let market = json!({ "name": "Japan", "countries": ["JP"], "currencyCode": "JPY" });
    staff.done(MARKET_CREATE, json!({ "input": market })).await;
    staff.sell("POSTER", "49.90", 10).await;
    shop.settle().await;
    let mut shopper = Shopper::new(&shop);
    shopper.open("/market?country=JP&back=/products/poster").await;
    // Nothing of the shop's tax is in what goes to where it charges none.
    shopper.expect("No tax is charged for your country");
    assert!(!shopper.says("Prices include VAT"));
    shopper
        .submit("/cart/lines", &[("quantity", "1")])
        .await
        .expect("¥7,980");
    shopper
        .open("/checkout/contact")
        .await
        .submit("/checkout/contact", &[("email", "ada@example.com")])
        .await;
    // It begins where the shopper is.
    shopper.expect("<option value=\"JP\" selected>");
    let berlin = [
        ("countryCode", "DE"),
        ("name", "Ada"),
        ("line1", "Linden 1"),
        ("postalCode", "10117"),
        ("city", "Berlin"),
    ];
    let address = "/checkout/address";
    shopper.submit(address, &berlin).await.submit(address, &berlin).await;
    assert_eq!(shopper.path, "/checkout/shipping?moved");
    shopper.expect("They are in EUR now.");
    shopper.expect("€49.90");
    shopper.open("/products/poster").await.expect("Prices include VAT");

    // Credit in another currency pays nothing there, and is not offered.
    let ada = shop.customer("ada@example.com").await;
    let id = ada.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let grant = "mutation($input: StoreCreditGrantInput!) { storeCreditGrant(input: $input) { userErrors { code message field } } }";
    let input = json!({ "customerId": id, "amount": "5.00", "reason": "Sorry" });
    staff.done(grant, json!({ "input": input })).await;
    let mut ada = Shopper::new(&shop);
    let credentials = [("email", "ada@example.com"), ("password", PASSWORD)];
    ada.open("/account/login")
        .await
        .submit("/account/login", &credentials)
        .await;
    ada.open("/market?country=JP&back=/products/poster").await;
    ada.submit("/cart/lines", &[("quantity", "1")]).await.expect("¥7,980");
    assert!(!ada.says("Pay with my store credit"));

    // Each country's tax by its own name.
    let rate =
        "mutation($input: TaxRateCreateInput!) { taxRateCreate(input: $input) { userErrors { code message field } } }";
    let japan = json!({ "countryCode": "JP", "name": "Consumption tax", "basisPoints": 1_000 });
    staff.done(rate, json!({ "input": japan })).await;
    shop.settle().await;
    ada.open("/products/poster")
        .await
        .expect("Prices include consumption tax");
    shop.close().await;
}

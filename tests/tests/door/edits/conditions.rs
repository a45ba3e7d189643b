//! What was given for how much was bought goes with goods that whoever placed the order takes out, or they stay.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{EDIT, EDIT_BY_SHOPPER, POLICY, cents, change, line, order};

const CREATE: &str = "mutation($input: DiscountCreateInput!) { discountCreate(input: $input) {
    discount { id version } userErrors { code message field } } }";
const ACTIVATE: &str = "mutation($input: DiscountActivateInput!) { discountActivate(input: $input) {
    discount { id } userErrors { code message field } } }";
const DEACTIVATE: &str = "mutation($input: DiscountDeactivateInput!) { discountDeactivate(input: $input) {
    discount { id } userErrors { code message field } } }";
const QUANTITY_PRICES: &str =
    "mutation ($input: VariantQuantityPricesSetInput!) { variantQuantityPricesSet(input: $input) {
    variant { sku } userErrors { code message field } } }";

fn fewer(placed: &PlacedOrder, line: &Value, quantity: i64) -> Value {
    json!({ "input": {
        "orderId": placed.id, "accessToken": placed.access_token, "idempotencyKey": format!("{quantity} of {line}"),
        "lines": [{ "lineId": line, "quantity": quantity }],
    } })
}

/// A discount that applies by itself, switched on. Gives its id.
async fn switched_on(staff: &Client, discount: Value) -> Value {
    let made = staff.done(CREATE, json!({ "input": { "discount": discount } })).await["discount"].take();
    let input = json!({ "id": made["id"], "expectedVersion": made["version"] });
    staff.done(ACTIVATE, json!({ "input": input })).await["discount"]["id"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_takes_goods_out_and_keeps_what_was_given_for_them() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 90).await;
    let guest = shop.guest();
    staff.done(POLICY, json!({ "input": { "shopperMinutes": 30 } })).await;
    let eur = |amount: &str| json!([{ "amount": amount, "currencyCode": "EUR" }]);
    let off = json!({ "title": "Seven off", "method": "AUTOMATIC", "kind": "ORDER", "value": { "amounts": eur("7.00") },
        "minimumSpend": eur("30.00") });
    let discount = switched_on(&staff, off).await;
    let placed = guest.buy(&[(&mug, 4)], "tok_approve").await;
    shop.settle().await;
    let before = order(&guest, &placed).await;
    assert_eq!(cents(&before["cost"]["discount"]), 700, "{before}");
    let mugs = line(&before, "MUG-1");
    let refused = guest.payload(EDIT_BY_SHOPPER, fewer(&placed, &mugs, 2)).await;
    let told = &refused["userErrors"][0];
    assert_eq!(told["code"], "INVALID", "{refused}");
    assert!(told["message"].as_str().unwrap().contains("Seven off"), "{told}");
    guest.done(EDIT_BY_SHOPPER, fewer(&placed, &mugs, 3)).await;
    shop.settle().await;
    // Staff may leave it to them.
    let seen = order(&staff, &placed).await;
    let lines = json!({ "lines": [{ "lineId": mugs, "quantity": 2 }] });
    staff.done(EDIT, change(&seen, "two", lines)).await;
    shop.settle().await;
    let after = order(&guest, &placed).await;
    assert_eq!(
        (cents(&after["cost"]["subtotal"]), cents(&after["cost"]["discount"])),
        (2_000, 700)
    );

    // Without a discount it is the price that is for a quantity.
    staff.done(DEACTIVATE, json!({ "input": { "id": discount } })).await;
    let prices = json!([{ "from": 10, "price": "8.00" }]);
    let tea = staff.sell("TEA-1", "10.00", 90).await;
    for variant in [&mug, &tea] {
        let input = json!({ "variantId": variant, "currencyCode": "EUR", "prices": prices });
        staff.done(QUANTITY_PRICES, json!({ "input": input })).await;
    }
    shop.settle().await;
    let placed = guest.buy(&[(&mug, 12)], "tok_approve").await;
    shop.settle().await;
    let before = order(&guest, &placed).await;
    assert_eq!(cents(&before["cost"]["subtotal"]), 9_600, "{before}");
    let mugs = line(&before, "MUG-1");
    let refusals = guest.refusals(EDIT_BY_SHOPPER, fewer(&placed, &mugs, 9)).await;
    assert_eq!(refusals, ["INVALID"]);
    guest.done(EDIT_BY_SHOPPER, fewer(&placed, &mugs, 10)).await;
    shop.settle().await;
    // What staff add costs what it would have cost with the order.
    let seen = order(&staff, &placed).await;
    let added = json!({ "added": [{ "variantId": tea, "quantity": 10 }] });
    staff.done(EDIT, change(&seen, "tea", added)).await;
    let after = order(&guest, &placed).await;
    assert_eq!(cents(&after["cost"]["subtotal"]), 16_000, "{after}");
    shop.close().await;
}

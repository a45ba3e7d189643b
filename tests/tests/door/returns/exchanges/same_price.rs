//! Goods that are exchanged for others of one price.

use serde_json::{Value, json};
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{sizes, swap};
use crate::{
    purchase::dispatch,
    returns::{complete, done, line_of},
};

/// Goods of one price are exchanged for nothing more, and nothing goes back, at whichever prices the order was sold: without the
/// tax, at a price that is no longer the list's, or with the tax upon it.
pub(super) async fn costs_the_same(shop: &TestShop, staff: &Client) {
    let bob = shop.customer("bob@example.com").await;
    let (small, large) = sizes(staff, "hat", "9.99").await;
    let id = bob.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let exempt = "mutation($input: CustomerTaxExemptSetInput!) { customerTaxExemptSet(input: $input) {
        userErrors { code message } } }";
    let because = |reason: Value| json!({ "input": { "customerId": id, "reason": reason } });
    staff.done(exempt, because(json!("Embassy, certificate 7"))).await;
    let untaxed = comes_back(shop, staff, &bob, &small).await;
    sizes(staff, "hat", "19.99").await;
    is_exchanged(shop, staff, &bob, untaxed, &large, "8.39").await;
    staff.done(exempt, because(Value::Null)).await;
    sizes(staff, "hat", "9.99").await;
    let settings = "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message } } }";
    let upon = json!({ "input": { "pricesIncludeTax": false } });
    staff.done(settings, upon).await;
    // 9.99 and 1.8981 of tax.
    let taxed = comes_back(shop, staff, &bob, &small).await;
    is_exchanged(shop, staff, &bob, taxed, &large, "11.89").await;
}

/// A hat that came back to be exchanged: its order, and the return.
async fn comes_back(shop: &TestShop, staff: &Client, bob: &Client, small: &str) -> (PlacedOrder, Value) {
    let placed = bob.buy(&[(small, 1)], "tok_approve").await;
    shop.settle().await;
    dispatch(staff, &placed.id).await;
    complete(staff, &placed.id).await;
    let line = line_of(bob, &placed, "HAT-S").await;
    let input = json!({
        "orderId": placed.id, "idempotencyKey": placed.id, "resolution": "EXCHANGE",
        "lines": [{ "lineId": line, "quantity": 1, "reason": "WRONG_SIZE" }],
    });
    let back = done(bob, "returnRequest", input).await;
    let approve = json!({ "id": back["id"], "instructions": "To Dock 4, Hamburg." });
    done(staff, "returnApprove", approve).await;
    done(staff, "returnReceive", json!({ "id": back["id"] })).await;
    (placed, back)
}

async fn is_exchanged(
    shop: &TestShop,
    staff: &Client,
    bob: &Client,
    (placed, back): (PlacedOrder, Value),
    large: &str,
    costs: &str,
) {
    done(staff, "returnExchange", swap(&back, &placed.id, large)).await;
    shop.settle().await;
    let asked = "query($id: ID!) { return(id: $id) { exchangeOrder { cost { total { amount } unpaid { amount } } } } }";
    let sent = staff.data(asked, json!({ "id": back["id"] })).await["return"]["exchangeOrder"]["cost"].take();
    assert_eq!(
        sent,
        json!({ "total": { "amount": costs }, "unpaid": { "amount": "0.00" } })
    );
    assert_eq!(bob.order(&placed).await["payment"]["refundedAmount"]["amount"], "0.00");
}

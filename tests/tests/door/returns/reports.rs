//! What users of other shops' software have reported of returns and refunds, played here. Each report stands in
//! `tests/tests/house/reports.rs`, with the test that shows how it is here.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{complete, done, line_of, on_hand};
use crate::purchase::dispatch;

const REFUND: &str = "mutation($input: OrderRefundInput!) { orderRefund(input: $input) { amount { amount } userErrors { code message field } } }";
const SEEN: &str =
    "query($id: ID!) { order(id: $id) { shipments { trackingNumber } returns { status refunded { amount } }
    payment { refundedAmount { amount } } } }";
const PART: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) { order { status } userErrors { code message field } } }";
const SAY: &str = "mutation($input: ShipmentEventAddInput!) { shipmentEventAdd(input: $input) { shipment { status } userErrors { code message field } } }";
const POLICY: &str = "mutation($input: InventoryPolicySetInput!) { inventoryPolicySet(input: $input) { userErrors { code message field } } }";

async fn sent(shop: &TestShop, staff: &Client, variant: &str, units: i64) -> PlacedOrder {
    let placed = shop.guest().buy(&[(variant, units)], "tok_approve").await;
    shop.settle().await;
    dispatch(staff, &placed.id).await;
    complete(staff, &placed.id).await;
    shop.settle().await;
    placed
}

/// One unit comes back and is put in stock. Gives the return's id.
async fn one_is_back(staff: &Client, placed: &PlacedOrder, sku: &str, key: &str) -> Value {
    let line = line_of(staff, placed, sku).await;
    let asked = json!({ "orderId": placed.id, "idempotencyKey": key,
        "lines": [{ "lineId": line, "quantity": 1, "reason": "CHANGED_MIND" }] });
    let back = done(staff, "returnRequest", asked).await;
    let id = &back["id"];
    let approve = json!({ "id": id, "instructions": "To Dock 4, Hamburg." });
    done(staff, "returnApprove", approve).await;
    let came = done(staff, "returnReceive", json!({ "id": id })).await;
    let inspect = json!({ "id": id, "expectedVersion": came["version"], "lines": [{ "lineId": back["lines"][0]["id"], "restock": 1 }] });
    done(staff, "returnInspect", inspect).await;
    id.clone()
}

async fn seen(staff: &Client, placed: &PlacedOrder) -> Value {
    staff.data(SEEN, json!({ "id": placed.id })).await["order"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_reported_of_returns_elsewhere() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 20).await;

    // Units of a line are paid back in turns, each turn for itself.
    let placed = sent(&shop, &staff, &mug, 5).await;
    let line = line_of(&staff, &placed, "MUG-1").await;
    for (units, amount) in [(2, "20.00"), (3, "30.00")] {
        let of = json!({ "orderId": placed.id, "idempotencyKey": format!("{units}"),
            "lines": [{ "lineId": line, "quantity": units }] });
        let paid = staff.done(REFUND, json!({ "input": of })).await;
        assert_eq!(paid["amount"]["amount"], amount);
        shop.settle().await;
    }
    assert_eq!(
        seen(&staff, &placed).await["payment"]["refundedAmount"]["amount"],
        "50.00"
    );

    // Two returns of an order add up; one is taken in and nothing is paid back, for another was sent in its place.
    let placed = sent(&shop, &staff, &mug, 3).await;
    let before = on_hand(&staff, &mug).await;
    for key in ["first", "second"] {
        let id = one_is_back(&staff, &placed, "MUG-1", key).await;
        let refund = json!({ "id": id, "idempotencyKey": format!("{key} back") });
        done(&staff, "returnRefund", refund).await;
        shop.settle().await;
    }
    let third = one_is_back(&staff, &placed, "MUG-1", "third").await;
    assert_eq!(
        done(&staff, "returnClose", json!({ "id": third })).await["status"],
        "CLOSED"
    );
    shop.settle().await;
    let told = seen(&staff, &placed).await;
    assert_eq!(told["payment"]["refundedAmount"]["amount"], "20.00", "{told}");
    let returns = told["returns"].as_array().unwrap().iter();
    let refunded: Vec<_> = returns
        .map(|back| back["refunded"]["amount"].as_str().unwrap())
        .collect();
    assert_eq!(refunded, ["10.00", "10.00", "0.00"]);
    assert_eq!(on_hand(&staff, &mug).await, before + 3);
    // What became of the parcel stays known.
    assert_eq!(told["shipments"][0]["trackingNumber"], "JD0001");

    // Of what nobody counts money goes back as of anything.
    let card = staff.sell("CARD-1", "4.00", 1).await;
    let uncounted = json!({ "variantId": card, "policy": "REFUSE", "tracked": false });
    staff.done(POLICY, json!({ "input": uncounted })).await;
    let placed = sent(&shop, &staff, &card, 3).await;
    let id = one_is_back(&staff, &placed, "CARD-1", "card").await;
    let refund = json!({ "id": id, "idempotencyKey": "card back" });
    let paid = done(&staff, "returnRefund", refund).await;
    assert_eq!(
        (&paid["status"], &paid["refunded"]["amount"]),
        (&json!("CLOSED"), &json!("4.00"))
    );
    shop.settle().await;
    the_rest_is_paid_back(&shop, &staff, &mug).await;
    what_a_claim_gave_is_back(&shop, &staff, &mug).await;
    shop.close().await;
}

/// A part has left, and the rest is paid back: nothing of the order is open any more.
async fn the_rest_is_paid_back(shop: &TestShop, staff: &Client, mug: &str) {
    let asked = "query($id: ID!) { order(id: $id) { status fulfilmentStatus shipments { id }
        returnable { quantity until } } }";
    for arrives_first in [false, true] {
        let placed = shop.guest().buy(&[(mug, 3)], "tok_approve").await;
        shop.settle().await;
        let line = line_of(staff, &placed, "MUG-1").await;
        let two = json!({ "orderId": placed.id, "idempotencyKey": format!("two of {}", placed.number), "lines": [{ "lineId": line, "quantity": 2 }] });
        staff.done(PART, json!({ "input": two })).await;
        let told = async || staff.data(asked, json!({ "id": placed.id })).await["order"].take();
        let arrive = async || {
            let parcel = told().await["shipments"][0]["id"].take();
            let here = json!({ "input": { "shipmentId": parcel, "kind": "DELIVERED" } });
            staff.done(SAY, here).await;
        };
        if arrives_first {
            arrive().await;
        }
        assert_eq!(told().await["status"], "CONFIRMED");
        let rest = json!({ "orderId": placed.id, "idempotencyKey": format!("rest of {}", placed.number), "lines": [{ "lineId": line, "quantity": 1 }] });
        staff.done(REFUND, json!({ "input": rest })).await;
        shop.settle().await;
        if !arrives_first {
            assert_eq!(told().await["status"], "DISPATCHED");
            arrive().await;
        }
        let done = told().await;
        assert_eq!(
            (&done["status"], &done["fulfilmentStatus"]),
            (&json!("COMPLETED"), &json!("DELIVERED"))
        );
        assert_eq!(done["returnable"][0]["quantity"], 2);
        assert!(
            done["returnable"][0]["until"].is_string(),
            "the time for returns runs: {done}"
        );
    }
}

/// A part of the price of one unit went back while it stayed; then both come back.
async fn what_a_claim_gave_is_back(shop: &TestShop, staff: &Client, mug: &str) {
    let placed = sent(shop, staff, mug, 2).await;
    let line = line_of(staff, &placed, "MUG-1").await;
    let claim = "mutation($input: OrderClaimCreateInput!) { orderClaimCreate(input: $input) {
        claim { amount { amount } } userErrors { code message field } } }";
    let scratched = json!({ "orderId": placed.id, "idempotencyKey": "scratched", "kind": "REFUND", "reason": "DAMAGED",
        "amount": "4.00", "lines": [{ "lineId": line, "quantity": 1 }] });
    staff.done(claim, json!({ "input": scratched })).await;
    shop.settle().await;
    for (key, amount) in [("scratched after all", "6.00"), ("the other", "10.00")] {
        let id = one_is_back(staff, &placed, "MUG-1", key).await;
        let refund = json!({ "id": id, "idempotencyKey": format!("{key} back"), "shipping": false });
        let paid = done(staff, "returnRefund", refund).await;
        assert_eq!(paid["refunded"]["amount"], amount, "{key}");
        shop.settle().await;
    }
    assert_eq!(
        seen(staff, &placed).await["payment"]["refundedAmount"]["amount"],
        "20.00"
    );
}

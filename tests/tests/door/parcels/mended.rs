//! Parcels of which something is mended: where they go, by which number they are followed, and what they hold once they came
//! back.

use std::path::Path;

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_adapters::config::{Carrier, CarrierForm, Secret};
use vitrine_entity::{shipment_event::ShipmentEventKind, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, purchase::address};

use super::{CREATE, DISPATCH, GIVE_UP, SAY, SEND, UPDATE, counts, event, line, order, tell};

const ADDRESS: &str = "mutation($input: OrderShippingAddressUpdateInput!) { orderShippingAddressUpdate(input: $input) {
    order { id } userErrors { code message field } } }";
const CONTACT: &str = "mutation($input: OrderContactUpdateInput!) { orderContactUpdate(input: $input) {
    order { id } userErrors { code message field } } }";
const EDIT: &str = "mutation($input: OrderEditInput!) { orderEdit(input: $input) {
    order { id } userErrors { code message field } } }";

const COMPLETE: &str =
    "mutation($input: OrderCompleteInput!) { orderComplete(input: $input) { userErrors { code message field } } }";
const PAY: &str = "mutation($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) {
    order { id } userErrors { code message field } } }";

const REFUND: &str =
    "mutation($input: OrderRefundInput!) { orderRefund(input: $input) { userErrors { code message field } } }";
const PERIOD: &str = "query($id: ID!) { order(id: $id) { withdrawalPeriod { basis } } }";

/// Has the first parcel of an order have this number alone. Gives where it is by that.
async fn number(staff: &Client, id: &str, number: &str) -> Value {
    let parcel = order(staff, id).await["shipments"][0]["id"].take();
    let input = json!({ "shipmentId": parcel, "trackings": [{ "number": number }] });
    staff.done(UPDATE, json!({ "input": input })).await["shipment"]["status"].take()
}

/// The only label that was handed over.
fn label(folder: &Path) -> Value {
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    serde_json::from_slice(&std::fs::read(files[0].path()).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_label_says_where_its_parcel_goes_by_now() {
    let labels = tempfile::tempdir().unwrap();
    let shop = TestShop::open_with(|config| config.labels.folder = Some(labels.path().to_owned())).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 9).await;
    let placed = shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    staff.done(CREATE, json!({ "input": { "orderId": placed.id } })).await;
    shop.settle().await;
    assert_eq!(label(labels.path())["to"]["line1"], "Unter den Linden 1");

    // What is packed goes where the order goes, whoever corrects that, and however.
    let to = |line1: &str| {
        let mut to = address();
        to["line1"] = json!(line1);
        to
    };
    let corrected = json!({ "orderId": placed.id, "shippingAddress": to("Allee 2") });
    staff.done(ADDRESS, json!({ "input": corrected })).await;
    shop.settle().await;
    assert_eq!(label(labels.path())["to"]["line1"], "Allee 2");
    let contact = json!({ "orderId": placed.id, "email": "grace@example.com" });
    staff.done(CONTACT, json!({ "input": contact })).await;
    shop.settle().await;
    assert_eq!(label(labels.path())["email"], "grace@example.com");
    let edit =
        json!({ "orderId": placed.id, "idempotencyKey": "moved", "changes": { "shippingAddress": to("Ring 3") } });
    staff.done(EDIT, json!({ "input": edit })).await;
    shop.settle().await;
    assert_eq!(label(labels.path())["to"]["line1"], "Ring 3");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_carrier_told_goes_with_the_number() {
    let courier = Carrier {
        name: "courier".to_owned(),
        form: CarrierForm::Own,
        webhook_secrets: vec![Secret::new("a long secret of the courier's")],
    };
    let shop = TestShop::open_with(|config| config.carriers.push(courier)).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let mug = staff.sell("MUG-1", "10.00", 9).await;
    let buy = async || guest.buy(&[(&mug, 1)], "tok_approve").await;
    let (one, other) = (buy().await, buy().await);
    shop.settle().await;
    let now = shop.shop().now();
    let told = |key: &str, number: &str, kind: ShipmentEventKind| event(key, number, kind, now);

    // Two labels were mixed up, and one of the parcels arrives.
    let packed = json!({ "orderId": one.id, "trackings": [{ "number": "SIM 2" }] });
    staff.done(CREATE, json!({ "input": packed })).await;
    let sent = json!({ "orderId": other.id, "trackingNumber": "SIM 1" });
    staff.done(DISPATCH, json!({ "input": sent })).await;
    let arrived = told("d1", "SIM 1", ShipmentEventKind::Delivered);
    assert_eq!(tell(&shop, std::slice::from_ref(&arrived)).await, 200);
    assert_eq!(order(&staff, &other.id).await["shipments"][0]["status"], "DELIVERED");
    assert_eq!(number(&staff, &other.id, "SIM 2").await, "DISPATCHED");
    let mended = order(&staff, &other.id).await;
    assert_eq!(
        (counts(&mended, "MUG-1"), &mended["shipments"][0]["events"]),
        ([1, 0, 0, 0], &json!([])),
        "nothing was told of it"
    );
    assert_eq!(number(&staff, &one.id, "SIM 1").await, "DELIVERED");
    assert_eq!(order(&staff, &one.id).await["status"], "COMPLETED");
    // What is told again is known, and what is told now goes where the number is.
    let mut moved = told("m2", "SIM 2", ShipmentEventKind::InTransit);
    // Whatever a carrier's words hold, nothing that it tells is lost for them.
    moved.message = Some("At the\u{202E} hub\0\u{1B}".to_owned());
    assert_eq!(tell(&shop, &[arrived, moved]).await, 200);
    assert_eq!(order(&staff, &other.id).await["shipments"][0]["status"], "IN_TRANSIT");

    let longer = told("m5", &"9".repeat(5_000), ShipmentEventKind::InTransit);
    assert_eq!(
        tell(&shop, std::slice::from_ref(&longer)).await,
        400,
        "no parcel has such a number"
    );

    // A number that is given out again: what happened before the order was placed was another parcel.
    let before = event("d2", "SIM 2", ShipmentEventKind::Delivered, now - TimeDelta::days(400));
    assert_eq!(tell(&shop, std::slice::from_ref(&before)).await, 200);
    let parcel = order(&staff, &other.id).await["shipments"][0].take();
    assert_eq!(
        (&parcel["status"], parcel["events"].as_array().unwrap().len()),
        (&json!("IN_TRANSIT"), 2),
        "it is kept, and leads nowhere"
    );
    let say = json!({ "shipmentId": parcel["id"], "kind": "DELIVERED", "happenedAt": before.happened_at.to_rfc3339() });
    assert_eq!(staff.refusals(SAY, json!({ "input": say })).await, ["INVALID"]);

    // One is packed, unpacked and packed anew under the same number, and travels before it is sent.
    let again = buy().await;
    shop.settle().await;
    let packed = json!({ "orderId": again.id, "trackings": [{ "number": "SIM 3" }] });
    let packed = staff.done(CREATE, json!({ "input": packed })).await["shipment"]["id"].take();
    staff.done(GIVE_UP, json!({ "input": { "shipmentId": packed } })).await;
    let arrived = told("d3", "SIM 3", ShipmentEventKind::Delivered);
    assert_eq!(tell(&shop, std::slice::from_ref(&arrived)).await, 200);
    let sent = json!({ "orderId": again.id, "trackingNumber": "SIM 3" });
    let sent = staff.done(DISPATCH, json!({ "input": sent })).await;
    assert_eq!(sent["order"]["status"], "COMPLETED");

    // It is carried although it may not leave; once it may, it is where its carrier has it.
    let unpaid = buy().await;
    shop.settle().await;
    let packed = json!({ "orderId": unpaid.id, "trackings": [{ "number": "SIM 4" }] });
    let packed = staff.done(CREATE, json!({ "input": packed })).await["shipment"]["id"].take();
    let more = [json!({ "lineId": line(&order(&staff, &unpaid.id).await, "MUG-1"), "quantity": 2 })];
    let more = json!({ "orderId": unpaid.id, "idempotencyKey": "more", "changes": { "lines": more } });
    staff.done(EDIT, json!({ "input": more })).await;
    let moved = told("m4", "SIM 4", ShipmentEventKind::InTransit);
    assert_eq!(tell(&shop, std::slice::from_ref(&moved)).await, 200);
    assert_eq!(order(&staff, &unpaid.id).await["shipments"][0]["status"], "PACKED");
    let pay = json!({ "orderId": unpaid.id, "accessToken": unpaid.access_token, "idempotencyKey": "pay",
        "paymentMethod": { "token": "tok_approve" } });
    guest.done(PAY, json!({ "input": pay })).await;
    shop.settle().await;
    let sent = staff.done(SEND, json!({ "input": { "shipmentId": packed } })).await;
    assert_eq!(sent["shipment"]["status"], "IN_TRANSIT");

    // Two carriers use one number: each moves its own parcel, but whatever stands beside a number keeps nothing away.
    let (first, newer) = (buy().await, buy().await);
    shop.settle().await;
    for (placed, carrier) in [(&first, "A friend"), (&newer, " Courier")] {
        let sent = json!({ "orderId": placed.id, "carrier": carrier, "trackingNumber": "SIM 7" });
        staff.done(DISPATCH, json!({ "input": sent })).await;
    }
    let moved = told("m7", "SIM 7", ShipmentEventKind::InTransit);
    assert_eq!(tell(&shop, std::slice::from_ref(&moved)).await, 200);
    for (placed, status) in [(&first, "IN_TRANSIT"), (&newer, "DISPATCHED")] {
        assert_eq!(order(&staff, &placed.id).await["shipments"][0]["status"], status);
    }
    assert_eq!(number(&staff, &first.id, "SIM 8").await, "DISPATCHED");
    let arrived = told("d7", "SIM 7", ShipmentEventKind::OutForDelivery);
    assert_eq!(tell(&shop, std::slice::from_ref(&arrived)).await, 200);
    let moved = order(&staff, &newer.id).await["shipments"][0]["status"].take();
    assert_eq!(moved, "OUT_FOR_DELIVERY", "nobody else has the number");

    // A parcel comes back that counts as delivered: staff hear of it once, but not where it was delivered after that.
    let alerts = async |id: &str| {
        let timeline = order(&staff, id).await["timeline"]["nodes"].take();
        let entries = timeline.as_array().unwrap().iter();
        entries.filter(|entry| entry["kind"] == "ALERT").count()
    };
    let complete = json!({ "input": { "orderId": other.id } });
    staff.done(COMPLETE, complete).await;
    for (id, number, minutes, more, status) in [
        (&one.id, "SIM 1", -30, 0, "DELIVERED"),
        (&one.id, "SIM 1", 30, 1, "DELIVERED"),
        (&one.id, "SIM 1", 31, 0, "DELIVERED"),
        (&other.id, "SIM 2", -30, 1, "RETURNED"),
    ] {
        let before = alerts(id).await;
        let happened_at = now + TimeDelta::minutes(minutes);
        let back = event(
            &format!("r{number}{minutes}"),
            number,
            ShipmentEventKind::Returned,
            happened_at,
        );
        assert_eq!(tell(&shop, std::slice::from_ref(&back)).await, 200);
        assert_eq!(alerts(id).await, before + more, "{number} {minutes}");
        assert_eq!(order(&staff, id).await["shipments"][0]["status"], status);
    }
    let told = "query($id: ID!) { order(id: $id) { timeline(first: 60) { nodes { message } } } }";
    let timeline = staff.data(told, json!({ "id": other.id })).await.to_string();
    assert!(timeline.contains("send it again by a claim"), "{timeline}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_back_is_sent_again_by_no_label_or_paid_back() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let mug = staff.sell("MUG-1", "10.00", 9).await;
    let (again, back) = (
        guest.buy(&[(&mug, 2)], "tok_approve").await,
        guest.buy(&[(&mug, 2)], "tok_approve").await,
    );
    shop.settle().await;
    let returns = async |id: &str| {
        let parcel = order(&staff, id).await["shipments"][0]["id"].take();
        let say = json!({ "shipmentId": parcel, "kind": "RETURNED" });
        staff.done(SAY, json!({ "input": say })).await;
    };
    let basis = async || {
        let period = staff.data(PERIOD, json!({ "id": again.id })).await["order"]["withdrawalPeriod"].take();
        period["basis"].as_str().unwrap().to_owned()
    };

    let all = json!({ "input": { "orderId": again.id } });
    staff.done(DISPATCH, all.clone()).await;
    assert_eq!(basis().await, "SENT");
    returns(&again.id).await;
    assert_eq!(basis().await, "NOT_SENT", "nobody has it, and it is to be sent again");
    // The second of these repeats the first.
    for _ in 0..2 {
        staff.done(DISPATCH, all.clone()).await;
        let sent = order(&staff, &again.id).await;
        assert_eq!(counts(&sent, "MUG-1"), [2, 0, 0, 0]);
        assert_eq!(sent["shipments"].as_array().unwrap().len(), 2);
    }
    assert_eq!(basis().await, "SENT");

    // A part came back, and all of it is paid back: nothing is left to be sent, nor to be cancelled.
    let lines = json!([{ "lineId": line(&order(&staff, &back.id).await, "MUG-1"), "quantity": 1 }]);
    let part = json!({ "orderId": back.id, "lines": lines, "idempotencyKey": "part" });
    staff.done(DISPATCH, json!({ "input": part })).await;
    returns(&back.id).await;
    let lines = json!([{ "lineId": line(&order(&staff, &back.id).await, "MUG-1"), "quantity": 2 }]);
    let refund = json!({ "orderId": back.id, "lines": lines, "idempotencyKey": "back" });
    staff.done(REFUND, json!({ "input": refund })).await;
    shop.settle().await;
    let closed = staff.done(DISPATCH, json!({ "input": { "orderId": back.id } })).await;
    assert_eq!(closed["order"]["status"], "DISPATCHED");
    assert_eq!(order(&staff, &back.id).await["fulfilmentStatus"], "DISPATCHED");
    shop.close().await;
}

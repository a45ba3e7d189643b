//! Orders that go in parts: from several places, in parcels that are made, mended and given up, followed by what carriers
//! tell in any order, and paid as they leave.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use vitrine_adapters::{config::CaptureAt, mailer::file::DevMail};
use vitrine_commerce::{fulfilment::parcels::list, ports::carrier::CarrierEvent};
use vitrine_entity::{shipment_event::ShipmentEventKind, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, client::http};

const DISPATCH: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) {
    order { id status } userErrors { code message field } } }";
const CREATE: &str = "mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) {
    shipment { id status version } userErrors { code message field } } }";
const UPDATE: &str = "mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) {
    shipment { id status trackings { number url } } userErrors { code message field } } }";
const SEND: &str = "mutation($input: ShipmentDispatchInput!) { shipmentDispatch(input: $input) {
    shipment { id status } userErrors { code message field } } }";
const GIVE_UP: &str = "mutation($input: ShipmentCancelInput!) { shipmentCancel(input: $input) {
    shipment { id status } userErrors { code message field } } }";
const SAY: &str = "mutation($input: ShipmentEventAddInput!) { shipmentEventAdd(input: $input) {
    shipment { id status } userErrors { code message field } } }";
const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) {
    order { id } userErrors { code message field } } }";
const ORDER: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
    status fulfilmentStatus cancellable payment { status capturedAmount { amount } }
    lines { id sku sentQuantity deliveredQuantity unsentQuantity openQuantity }
    shipments { id status trackingNumber lines { sku quantity } events { kind applied place } }
    timeline(first: 50) { nodes { kind } } } }";

async fn order(staff: &Client, id: &str) -> Value {
    staff.data(ORDER, json!({ "id": id })).await["order"].take()
}

/// Of a line: sent, delivered, unsent, open.
fn counts(order: &Value, sku: &str) -> [i64; 4] {
    let lines = order["lines"].as_array().unwrap();
    let line = lines.iter().find(|line| line["sku"] == sku).expect("a line");
    ["sentQuantity", "deliveredQuantity", "unsentQuantity", "openQuantity"].map(|name| line[name].as_i64().unwrap())
}

fn line(order: &Value, sku: &str) -> Value {
    let lines = order["lines"].as_array().unwrap();
    lines.iter().find(|line| line["sku"] == sku).expect("a line")["id"].clone()
}

fn event(key: &str, number: &str, kind: ShipmentEventKind, happened_at: DateTime<Utc>) -> CarrierEvent {
    CarrierEvent {
        key: key.to_owned(),
        number: number.to_owned(),
        kind,
        happened_at,
        message: None,
        place: Some("Leipzig".to_owned()),
    }
}

/// What the simulated carrier tells, as it comes to the door.
async fn tell(shop: &TestShop, events: &[CarrierEvent]) -> u16 {
    let (headers, body) = shop.carrier().tell(events, shop.shop().now());
    let mut request = http().post(format!("{}/webhooks/carriers/simulated", shop.guest().base()));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    request.body(body).send().await.expect("an answer").status().as_u16()
}

fn about_parcels(mails: &[DevMail]) -> Vec<&DevMail> {
    let is_about = |mail: &&DevMail| mail.text.contains("has left us");
    mails.iter().filter(is_about).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_goes_in_parts_and_is_followed_until_all_of_it_has_arrived() {
    let labels = tempfile::tempdir().unwrap();
    let shop = TestShop::open_with(|config| config.labels.folder = Some(labels.path().to_owned())).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (mug, bowl) = (
        staff.sell("MUG-1", "10.00", 2).await,
        staff.sell("BOWL-1", "8.00", 9).await,
    );
    let store = staff
        .done(
            "mutation($input: LocationCreateInput!) { locationCreate(input: $input) { location { id } userErrors { code } } }",
            json!({ "input": { "name": "Store" } }),
        )
        .await["location"]["id"]
        .take();
    let more = json!({ "variantId": mug, "locationId": store, "delta": 1, "reason": "delivered" });
    let adjust = "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) { userErrors { code } } }";
    staff.done(adjust, json!({ "input": more })).await;
    let guest = shop.guest();
    // Two of the three mugs lie in the warehouse, and one in the store.
    let placed = guest.buy(&[(&mug, 3), (&bowl, 2)], "tok_approve").await;
    shop.settle().await;
    let before = order(&staff, &placed.id).await;
    assert_eq!(
        (&before["fulfilmentStatus"], &before["cancellable"]),
        (&json!("OPEN"), &json!(true))
    );

    // A part, from one place; what lies elsewhere or is more than that is refused at its line.
    let part = |sku: &str, quantity: i64, more: Value| {
        let lines = json!([{ "lineId": line(&before, sku), "quantity": quantity }]);
        let mut input = json!({ "orderId": placed.id, "lines": lines, "idempotencyKey": format!("{quantity} {sku}") });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "input": input })
    };
    for (input, code) in [
        (part("MUG-1", 2, json!({ "locationId": store })), "INSUFFICIENT_STOCK"),
        (part("MUG-1", 4, json!({})), "INVALID"),
        (part("MUG-1", 0, json!({})), "INVALID"),
    ] {
        let told = staff.payload(DISPATCH, input).await["userErrors"][0].take();
        assert_eq!(told["code"], code);
        assert_eq!(told["field"], json!(["input", "lines", "0", "quantity"]));
    }
    assert_eq!(
        guest.refusals(DISPATCH, part("MUG-1", 1, json!({}))).await,
        ["UNAUTHENTICATED"]
    );
    let first = part(
        "MUG-1",
        1,
        json!({ "locationId": store, "carrier": "DHL", "trackingNumber": "SIM 1" }),
    );
    // Its answer may have been lost; without a key nobody could tell whether it is meant once more.
    let sent = staff.done(DISPATCH, first.clone()).await;
    assert_eq!(staff.done(DISPATCH, first).await, sent);
    let unkeyed = part("MUG-1", 1, json!({ "idempotencyKey": null }));
    assert_eq!(staff.refusals(DISPATCH, unkeyed.clone()).await, ["INVALID"]);
    assert_eq!(staff.refusals(CREATE, unkeyed).await, ["INVALID"]);
    assert_eq!(sent["order"]["status"], "CONFIRMED");
    shop.settle().await;
    let partly = order(&staff, &placed.id).await;
    assert_eq!(partly["fulfilmentStatus"], "PARTLY_DISPATCHED");
    assert_eq!(
        (counts(&partly, "MUG-1"), counts(&partly, "BOWL-1")),
        ([1, 0, 2, 2], [0, 0, 2, 2])
    );
    let mails = shop.mails().await;
    let told = about_parcels(&mails);
    assert!(
        told.len() == 1 && told[0].text.contains("A part of your order"),
        "{}",
        mails.len()
    );
    assert!(
        told[0].text.contains("1 × Test MUG-1") && told[0].text.contains("Still to come"),
        "{}",
        told[0].text
    );
    let files: Vec<_> = std::fs::read_dir(labels.path()).unwrap().collect();
    assert_eq!(files.len(), 1, "what stands on its label was handed over");
    // What has left is not called back.
    let cancel = json!({ "input": { "orderId": placed.id } });
    assert_eq!(staff.refusals(CANCEL, cancel).await, ["ORDER_STATE"]);

    // A parcel stands ready, is no shopper's business, and is unpacked.
    let bowls = || part("BOWL-1", 2, json!({}));
    let packed = staff.done(CREATE, bowls()).await["shipment"].take();
    let id = json!({ "input": { "shipmentId": packed["id"] } });
    assert_eq!(
        (&packed["status"], counts(&order(&staff, &placed.id).await, "BOWL-1")),
        (&json!("PACKED"), [0, 0, 2, 0])
    );
    assert_eq!(staff.done(CREATE, bowls()).await["shipment"]["id"], packed["id"]);
    let more = part("BOWL-1", 2, json!({ "idempotencyKey": "more bowls" }));
    assert_eq!(staff.refusals(CREATE, more).await, ["INVALID"]);
    let theirs = json!({ "id": placed.id, "token": placed.access_token });
    let shown = guest.data(ORDER, theirs.clone()).await;
    assert_eq!(shown["order"]["shipments"].as_array().unwrap().len(), 1);
    staff.done(GIVE_UP, id.clone()).await;
    assert_eq!(staff.refusals(SEND, id.clone()).await, ["ORDER_STATE"]);
    assert_eq!(counts(&order(&staff, &placed.id).await, "BOWL-1"), [0, 0, 2, 2]);

    // The carrier has the rest before anybody here has said so, and tells of it before its number is known.
    let rest = staff.done(CREATE, json!({ "input": { "orderId": placed.id } })).await["shipment"].take();
    let now = shop.shop().now();
    let early = event("e1", "sim-2", ShipmentEventKind::InTransit, now - TimeDelta::hours(1));
    assert_eq!(tell(&shop, std::slice::from_ref(&early)).await, 200);
    let numbers = json!([{ "number": "SIM 2" }, { "number": "0034 9", "carrier": "UPS" }]);
    let named = json!({ "shipmentId": rest["id"], "expectedVersion": rest["version"], "carrier": "A courier", "trackings": numbers });
    let named = json!({ "input": named });
    let moved = staff.done(UPDATE, named.clone()).await["shipment"].take();
    assert_eq!(moved["status"], "IN_TRANSIT");
    assert!(
        moved["trackings"][1]["url"]
            .as_str()
            .is_some_and(|url| url.contains("ups.com"))
    );
    assert_eq!(staff.refusals(UPDATE, named).await, ["VERSION_CONFLICT"]);
    assert_eq!(
        staff
            .refusals(GIVE_UP, json!({ "input": { "shipmentId": rest["id"] } }))
            .await,
        ["ORDER_STATE"]
    );
    shop.settle().await;
    let gone = order(&staff, &placed.id).await;
    assert_eq!(
        (&gone["status"], &gone["fulfilmentStatus"]),
        (&json!("DISPATCHED"), &json!("DISPATCHED"))
    );
    let mails = shop.mails().await;
    let told = about_parcels(&mails);
    assert!(
        told.len() == 2
            && told
                .iter()
                .any(|mail| mail.text.contains("The last part of your order")),
        "{}",
        mails.len()
    );

    let page = guest.get("/dev/parcels/simulated/SIM%201").await;
    assert_eq!(page.status(), 200);
    // Late, doubled, in the wrong order; forged and by nobody.
    let events = [
        event("d1", "SIM 1", ShipmentEventKind::Delivered, now),
        event(
            "f1",
            "SIM 1",
            ShipmentEventKind::DeliveryFailed,
            now - TimeDelta::minutes(30),
        ),
        event("d1", "SIM 1", ShipmentEventKind::Delivered, now),
        early,
    ];
    for _ in 0..2 {
        assert_eq!(tell(&shop, &events).await, 200);
    }
    let forged = guest
        .post("/webhooks/carriers/simulated", json!({ "events": [] }))
        .await;
    assert_eq!(forged.status(), 400);
    assert_eq!(guest.post("/webhooks/carriers/nobody", json!({})).await.status(), 404);
    let arrived = order(&staff, &placed.id).await;
    assert_eq!(
        (&arrived["status"], counts(&arrived, "MUG-1")),
        (&json!("DISPATCHED"), [3, 1, 0, 0])
    );
    let first = &arrived["shipments"][0];
    assert_eq!(first["status"], "DELIVERED");
    let kept: Vec<_> = first["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (&event["kind"], &event["applied"]))
        .collect();
    assert_eq!(
        kept,
        [
            (&json!("DELIVERY_FAILED"), &json!(false)),
            (&json!("DELIVERED"), &json!(true))
        ]
    );

    // Parcels that need somebody are found; staff say the rest by hand.
    shop.advance(TimeDelta::days(6)).await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let silent = "{ shipments(first: 5, where: { silentDays: 5 }) { totalCount nodes { id } } }";
    assert_eq!(
        staff.data(silent, json!({})).await["shipments"]["nodes"],
        json!([{ "id": rest["id"] }])
    );
    // So hear those who look whether all is well, and of which carrier tells nothing.
    assert_eq!(list::count_silent(shop.shop(), 5).await.unwrap().rows, 1);
    let told = async |carrier: &str| list::last_told(shop.shop(), carrier).await.unwrap();
    assert!(told("simulated").await.is_some() && told("nobody").await.is_none());
    assert!(
        guest
            .try_data(silent, json!({}))
            .await
            .is_none_or(|data| data["shipments"].is_null())
    );
    let say =
        |kind: &str| json!({ "input": { "shipmentId": rest["id"], "kind": kind, "message": "By the neighbour" } });
    staff.done(SAY, say("DELIVERY_FAILED")).await;
    staff.done(SAY, say("DELIVERED")).await;
    shop.settle().await;
    let done = order(&staff, &placed.id).await;
    assert_eq!(
        (&done["status"], &done["fulfilmentStatus"]),
        (&json!("COMPLETED"), &json!("DELIVERED"))
    );
    let shown = guest.data(ORDER, theirs).await["order"]["timeline"]["nodes"].take();
    let kinds: Vec<_> = shown
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds[kinds.len() - 6..],
        [
            "PARCEL_DISPATCHED",
            "DISPATCHED",
            "PARCEL_MOVED",
            "PARCEL_DELIVERED",
            "PARCEL_DELIVERY_FAILED",
            "COMPLETED"
        ]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_left_is_captured_and_no_more_and_what_came_back_is_sent_again() {
    let shop = TestShop::open_with(|config| config.payment.capture = CaptureAt::OnDispatch).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 20).await;
    let placed = shop.guest().buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let before = order(&staff, &placed.id).await;
    assert_eq!(before["payment"]["status"], "AUTHORIZED");
    let total: f64 = placed.payload["order"]["cost"]["total"]["amount"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let captured = async || {
        let order = order(&staff, &placed.id).await;
        order["payment"]["capturedAmount"]["amount"]
            .as_str()
            .unwrap()
            .parse::<f64>()
            .unwrap()
    };
    let one = |key: &str| {
        let lines = json!([{ "lineId": line(&before, "MUG-1"), "quantity": 1 }]);
        json!({ "input": { "orderId": placed.id, "lines": lines, "idempotencyKey": key } })
    };
    for sent in 1..=2 {
        staff.done(DISPATCH, one(&sent.to_string())).await;
        shop.settle().await;
        // Shipping comes with the first.
        let expected = total - 10.0 * f64::from(3 - sent);
        assert!(
            (captured().await - expected).abs() < 0.005,
            "{sent}: {} of {total}",
            captured().await
        );
    }
    staff.done(DISPATCH, json!({ "input": { "orderId": placed.id } })).await;
    shop.settle().await;
    assert!((captured().await - total).abs() < 0.005);

    // One of them goes back to the shop: it is to be sent again, and is not paid twice.
    let parcels = order(&staff, &placed.id).await["shipments"].take();
    let back = json!({ "input": { "shipmentId": parcels[0]["id"], "kind": "RETURNED" } });
    staff.done(SAY, back).await;
    let returned = order(&staff, &placed.id).await;
    assert_eq!(
        (&returned["status"], counts(&returned, "MUG-1")),
        (&json!("DISPATCHED"), [2, 0, 1, 1])
    );
    staff.done(DISPATCH, one("again")).await;
    shop.settle().await;
    assert!((captured().await - total).abs() < 0.005);
    let parcels = order(&staff, &placed.id).await["shipments"].take();
    for parcel in &parcels.as_array().unwrap()[1..] {
        let here = json!({ "input": { "shipmentId": parcel["id"], "kind": "DELIVERED" } });
        staff.done(SAY, here).await;
    }
    shop.settle().await;
    assert_eq!(order(&staff, &placed.id).await["status"], "COMPLETED");

    // It was delivered after all: the shopper has more than was ordered, and staff hear of it.
    let alerts = async || {
        let timeline = order(&staff, &placed.id).await["timeline"]["nodes"].take();
        let alerts = timeline.as_array().unwrap().iter();
        alerts.filter(|entry| entry["kind"] == "ALERT").count()
    };
    let before = alerts().await;
    let here = json!({ "input": { "shipmentId": parcels[0]["id"], "kind": "DELIVERED" } });
    staff.done(SAY, here).await;
    assert_eq!(alerts().await, before + 1);
    shop.close().await;
}

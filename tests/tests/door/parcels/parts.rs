//! An order that goes in parts, and is followed until all of it has arrived.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tempfile::TempDir;
use vitrine_adapters::mailer::file::DevMail;
use vitrine_commerce::{fulfilment::parcels::list, ports::carrier::CarrierEvent};
use vitrine_entity::{shipment_event::ShipmentEventKind, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder, shopper::Shopper};

use super::{CREATE, DISPATCH, GIVE_UP, ORDER, SAY, SEND, UPDATE, counts, event, line, order, tell};

const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) {
    order { id } userErrors { code message field } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_goes_in_parts_and_is_followed_until_all_of_it_has_arrived() {
    let story = Story::open().await;
    story.what_lies_elsewhere_is_refused().await;
    story.a_part_leaves().await;
    story.a_parcel_is_packed_and_unpacked().await;
    let (rest, early) = story.the_carrier_tells_before_anybody_here().await;
    story.the_carrier_tells_late_twice_and_in_the_wrong_order(early).await;
    story.staff_say_the_rest(&rest).await;
    story.shop.close().await;
}

/// Three mugs, of which one lies in the store, and two bowls.
struct Story {
    shop: TestShop,
    staff: Client,
    guest: Client,
    placed: PlacedOrder,
    store: Value,
    /// The order, before anything was sent.
    before: Value,
    labels: TempDir,
}

impl Story {
    async fn open() -> Self {
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
        let adjust =
            "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) { userErrors { code } } }";
        staff.done(adjust, json!({ "input": more })).await;
        let guest = shop.guest();
        let placed = guest.buy(&[(&mug, 3), (&bowl, 2)], "tok_approve").await;
        shop.settle().await;
        let before = order(&staff, &placed.id).await;
        assert_eq!(
            (&before["fulfilmentStatus"], &before["cancellable"]),
            (&json!("OPEN"), &json!(true))
        );
        Self {
            shop,
            staff,
            guest,
            placed,
            store,
            before,
            labels,
        }
    }

    /// So many of a SKU are to be sent, with what else is said of them.
    fn part(&self, sku: &str, quantity: i64, more: Value) -> Value {
        let lines = json!([{ "lineId": line(&self.before, sku), "quantity": quantity }]);
        let mut input =
            json!({ "orderId": self.placed.id, "lines": lines, "idempotencyKey": format!("{quantity} {sku}") });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "input": input })
    }

    /// As its shopper asks for the order.
    fn theirs(&self) -> Value {
        json!({ "id": self.placed.id, "token": self.placed.access_token })
    }

    /// What lies elsewhere, or is more than that, is refused at its line.
    async fn what_lies_elsewhere_is_refused(&self) {
        let Self {
            staff, guest, store, ..
        } = self;
        for (input, code) in [
            (
                self.part("MUG-1", 2, json!({ "locationId": store })),
                "INSUFFICIENT_STOCK",
            ),
            (self.part("MUG-1", 4, json!({})), "INVALID"),
            (self.part("MUG-1", 0, json!({})), "INVALID"),
        ] {
            let told = staff.payload(DISPATCH, input).await["userErrors"][0].take();
            assert_eq!(told["code"], code);
            assert_eq!(told["field"], json!(["input", "lines", "0", "quantity"]));
        }
        assert_eq!(
            guest.refusals(DISPATCH, self.part("MUG-1", 1, json!({}))).await,
            ["UNAUTHENTICATED"]
        );
    }

    /// A part leaves, from one place.
    async fn a_part_leaves(&self) {
        let Self {
            shop,
            staff,
            placed,
            store,
            labels,
            ..
        } = self;
        let first = self.part(
            "MUG-1",
            1,
            json!({ "locationId": store, "carrier": "DHL", "trackingNumber": "SIM 1" }),
        );
        // Its answer may have been lost; without a key nobody could tell whether it is meant once more.
        let sent = staff.done(DISPATCH, first.clone()).await;
        assert_eq!(staff.done(DISPATCH, first).await, sent);
        let unkeyed = self.part("MUG-1", 1, json!({ "idempotencyKey": null }));
        assert_eq!(staff.refusals(DISPATCH, unkeyed.clone()).await, ["INVALID"]);
        assert_eq!(staff.refusals(CREATE, unkeyed).await, ["INVALID"]);
        assert_eq!(sent["order"]["status"], "CONFIRMED");
        shop.settle().await;
        let partly = order(staff, &placed.id).await;
        assert_eq!(partly["fulfilmentStatus"], "PARTLY_DISPATCHED");
        assert_eq!(
            (counts(&partly, "MUG-1"), counts(&partly, "BOWL-1")),
            ([1, 0, 2, 2], [0, 0, 2, 2])
        );
        let mails = shop.mails().await;
        let told = about_parcels(&mails);
        assert!(
            told.len() == 1 && told[0].subject.starts_with("A part of your order"),
            "{}",
            mails.len()
        );
        assert!(
            told[0].text.contains("1 × Test MUG-1") && told[0].text.contains("Still to come"),
            "{}",
            told[0].text
        );
        let mut page = Shopper::new(shop);
        let link = format!("/orders/{}?token={}", placed.id, placed.access_token);
        page.open(&link).await.expect("href=\"#parcels\"");
        let files: Vec<_> = std::fs::read_dir(labels.path()).unwrap().collect();
        assert_eq!(files.len(), 1, "what stands on its label was handed over");
        // What has left is not called back.
        let cancel = json!({ "input": { "orderId": placed.id } });
        assert_eq!(staff.refusals(CANCEL, cancel).await, ["ORDER_STATE"]);
    }

    /// A parcel stands ready, is no shopper's business, and is unpacked.
    async fn a_parcel_is_packed_and_unpacked(&self) {
        let Self {
            staff, guest, placed, ..
        } = self;
        let bowls = || self.part("BOWL-1", 2, json!({}));
        let packed = staff.done(CREATE, bowls()).await["shipment"].take();
        let id = json!({ "input": { "shipmentId": packed["id"] } });
        assert_eq!(
            (&packed["status"], counts(&order(staff, &placed.id).await, "BOWL-1")),
            (&json!("PACKED"), [0, 0, 2, 0])
        );
        assert_eq!(staff.done(CREATE, bowls()).await["shipment"]["id"], packed["id"]);
        let more = self.part("BOWL-1", 2, json!({ "idempotencyKey": "more bowls" }));
        assert_eq!(staff.refusals(CREATE, more).await, ["INVALID"]);
        let shown = guest.data(ORDER, self.theirs()).await;
        assert_eq!(shown["order"]["shipments"].as_array().unwrap().len(), 1);
        staff.done(GIVE_UP, id.clone()).await;
        assert_eq!(staff.refusals(SEND, id.clone()).await, ["ORDER_STATE"]);
        assert_eq!(counts(&order(staff, &placed.id).await, "BOWL-1"), [0, 0, 2, 2]);
    }

    /// The carrier has the rest before anybody here has said so, and tells of it before its number is known.
    async fn the_carrier_tells_before_anybody_here(&self) -> (Value, CarrierEvent) {
        let Self {
            shop, staff, placed, ..
        } = self;
        let rest = staff.done(CREATE, json!({ "input": { "orderId": placed.id } })).await["shipment"].take();
        let now = shop.shop().now();
        let early = event("e1", "sim-2", ShipmentEventKind::InTransit, now - TimeDelta::hours(1));
        assert_eq!(tell(shop, std::slice::from_ref(&early)).await, 200);
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
        let gone = order(staff, &placed.id).await;
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
        (rest, early)
    }

    /// What it tells comes late, doubled, in the wrong order; forged, and by nobody.
    async fn the_carrier_tells_late_twice_and_in_the_wrong_order(&self, early: CarrierEvent) {
        let Self {
            shop,
            staff,
            guest,
            placed,
            ..
        } = self;
        let page = guest.get("/dev/parcels/simulated/SIM%201").await;
        assert_eq!(page.status(), 200);
        let now = early.happened_at + TimeDelta::hours(1);
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
            assert_eq!(tell(shop, &events).await, 200);
        }
        let forged = guest
            .post("/webhooks/carriers/simulated", json!({ "events": [] }))
            .await;
        assert_eq!(forged.status(), 400);
        assert_eq!(guest.post("/webhooks/carriers/nobody", json!({})).await.status(), 404);
        let arrived = order(staff, &placed.id).await;
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
    }

    /// Parcels that need somebody are found; staff say the rest by hand.
    async fn staff_say_the_rest(&self, rest: &Value) {
        let Self {
            shop, guest, placed, ..
        } = self;
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
        let shown = guest.data(ORDER, self.theirs()).await["order"]["timeline"]["nodes"].take();
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
    }
}

fn about_parcels(mails: &[DevMail]) -> Vec<&DevMail> {
    let is_about = |mail: &&DevMail| mail.text.contains("has left us");
    mails.iter().filter(is_about).collect()
}

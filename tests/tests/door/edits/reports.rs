//! What users of other shops' software have reported of changed orders and parcels, played here. Each report stands in
//! `tests/tests/house/reports.rs`, with the test that shows how it is here.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{CANCEL, DISPATCH, EDIT, PAY, cents, change, kept, line, on_hand, order};

const BASIS: &str = "query($id: ID!) { order(id: $id) { lines { taxBasisPoints } } }";
const PACK: &str = "mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { shipment { id } userErrors { code message field } } }";
const UNPACK: &str = "mutation($input: ShipmentCancelInput!) { shipmentCancel(input: $input) { shipment { status } userErrors { code message field } } }";
const ADDRESS: &str = "mutation($input: CustomerAddressCreateInput!) { customerAddressCreate(input: $input) { userErrors { code message } } }";

struct Told {
    shop: TestShop,
    staff: Client,
    guest: Client,
    mug: String,
    bowl: String,
}

impl Told {
    async fn bought(&self, units: i64) -> PlacedOrder {
        let placed = self.guest.buy(&[(&self.mug, units)], "tok_approve").await;
        self.shop.settle().await;
        placed
    }

    async fn seen(&self, placed: &PlacedOrder) -> Value {
        order(&self.staff, placed).await
    }

    /// Gives the order as it is then.
    async fn edit(&self, placed: &PlacedOrder, key: &str, changes: Value) -> Value {
        let before = self.seen(placed).await;
        self.staff.done(EDIT, change(&before, key, changes)).await;
        self.shop.settle().await;
        self.seen(placed).await
    }

    async fn send(&self, placed: &PlacedOrder) {
        let all = json!({ "input": { "orderId": placed.id } });
        assert_eq!(self.staff.done(DISPATCH, all).await["order"]["status"], "DISPATCHED");
        self.shop.settle().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_reported_of_edits_elsewhere() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 20).await;
    let bowl = staff.sell("BOWL-1", "8.00", 9).await;
    let guest = shop.guest();
    let told = Told {
        shop,
        staff,
        guest,
        mug,
        bowl,
    };
    added_and_taken_out_again(&told).await;
    more_of_it_is_paid_back_whole(&told).await;
    shipping_is_taxed_as_it_costs(&told).await;
    taxed_where_the_order_goes(&told).await;
    the_last_units_leave_and_unpacked_ones_too(&told).await;
    told.shop.close().await;
}

/// What was put on and never paid is taken out again: nothing goes back, and the order leaves.
async fn added_and_taken_out_again(told: &Told) {
    let placed = told.bought(2).await;
    let added = json!({ "added": [{ "variantId": told.bowl, "quantity": 1 }] });
    let more = told.edit(&placed, "on", added).await;
    assert_eq!(more["cost"]["unpaid"]["amount"], "8.00");
    assert_eq!(on_hand(&told.staff, &told.bowl).await, 8, "an edit takes from stock");
    let out = json!({ "lines": [{ "lineId": line(&more, "BOWL-1"), "quantity": 0 }] });
    let less = told.edit(&placed, "off", out).await;
    assert_eq!(
        (&less["cost"]["unpaid"]["amount"], &less["refunds"]),
        (&json!("0.00"), &json!([])),
        "{less}"
    );
    assert_eq!(kept(&less), cents(&less["cost"]["total"]));
    assert_eq!(on_hand(&told.staff, &told.bowl).await, 9);
    told.send(&placed).await;
}

/// Units that came by a change and were paid are paid back, too, once the order is cancelled.
async fn more_of_it_is_paid_back_whole(told: &Told) {
    let placed = told.bought(1).await;
    let before = told.seen(&placed).await;
    let more = json!({ "lines": [{ "lineId": line(&before, "MUG-1"), "quantity": 2 }] });
    told.edit(&placed, "more", more).await;
    let pay = json!({ "orderId": placed.id, "accessToken": placed.access_token, "idempotencyKey": "pay",
        "paymentMethod": { "token": "tok_approve" } });
    told.guest.done(PAY, json!({ "input": pay })).await;
    told.shop.settle().await;
    let paid = told.seen(&placed).await;
    assert_eq!(kept(&paid), cents(&paid["cost"]["total"]), "{paid}");
    let cancel = json!({ "input": { "orderId": placed.id } });
    told.staff.done(CANCEL, cancel).await;
    told.shop.settle().await;
    assert_eq!(kept(&told.seen(&placed).await), 0);
}

/// Another price of shipping has other taxes, in the totals as well.
async fn shipping_is_taxed_as_it_costs(told: &Told) {
    let placed = told.bought(1).await;
    let before = told.seen(&placed).await;
    let rate = told.staff.data(BASIS, json!({ "id": placed.id })).await["order"]["lines"][0]["taxBasisPoints"]
        .as_i64()
        .unwrap();
    assert!(rate > 0, "there is a tax");
    let dearer = cents(&before["cost"]["shipping"]) + 1_000;
    let amount = format!("{}.{:02}", dearer / 100, dearer % 100);
    let after = told
        .edit(&placed, "shipping", json!({ "shipping": { "amount": amount } }))
        .await;
    let grew = |name: &str| cents(&after["cost"][name]) - cents(&before["cost"][name]);
    assert_eq!(grew("total"), 1_000);
    let contained = 1_000 * rate / (10_000 + rate);
    assert!((grew("tax") - contained).abs() <= 1, "{} of {contained}", grew("tax"));
}

/// An order is taxed where it goes, whatever its customer's address is by now.
async fn taxed_where_the_order_goes(told: &Told) {
    let ada = told.shop.customer("ada@example.com").await;
    let placed = ada.buy(&[(&told.mug, 2)], "tok_approve").await;
    told.shop.settle().await;
    let abroad =
        json!({ "name": "Ada", "line1": "Seestrasse 1", "city": "Zürich", "postalCode": "8001", "countryCode": "CH" });
    ada.done(
        ADDRESS,
        json!({ "input": { "address": abroad, "defaultShipping": true } }),
    )
    .await;
    let before = told.seen(&placed).await;
    let dearer = json!({ "lines": [{ "lineId": line(&before, "MUG-1"), "unitPrice": "20.00" }] });
    let after = told.edit(&placed, "price", dearer).await;
    let share = |order: &Value| cents(&order["cost"]["tax"]) * 1_000 / cents(&order["cost"]["total"]);
    assert!((share(&after) - share(&before)).abs() <= 1, "{before} {after}");
    assert_eq!(after["shippingAddress"], before["shippingAddress"]);
}

/// Units that an order has are sent though none is left; and what was packed and is unpacked is the order's still.
async fn the_last_units_leave_and_unpacked_ones_too(told: &Told) {
    let last = told.staff.sell("LAST-1", "5.00", 2).await;
    let placed = told.guest.buy(&[(&last, 2)], "tok_approve").await;
    told.shop.settle().await;
    assert_eq!(on_hand(&told.staff, &last).await, 0);
    let pack = json!({ "input": { "orderId": placed.id } });
    let packed = told.staff.done(PACK, pack).await["shipment"]["id"].take();
    let unpack = json!({ "input": { "shipmentId": packed } });
    told.staff.done(UNPACK, unpack).await;
    assert_eq!(on_hand(&told.staff, &last).await, 0, "they are the order's");
    told.send(&placed).await;
}

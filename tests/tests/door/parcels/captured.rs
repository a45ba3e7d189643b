//! An order that is paid as it leaves.

use serde_json::json;
use vitrine_adapters::config::CaptureAt;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::{DISPATCH, SAY, counts, line, order};

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
        if sent == 1 {
            // It comes back and goes again: another has not left by that.
            let parcel = order(&staff, &placed.id).await["shipments"][0]["id"].take();
            let back = json!({ "input": { "shipmentId": parcel, "kind": "RETURNED" } });
            staff.done(SAY, back).await;
            staff.done(DISPATCH, one("1 again")).await;
        }
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
    let back = json!({ "input": { "shipmentId": parcels[1]["id"], "kind": "RETURNED" } });
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
    for parcel in &parcels.as_array().unwrap()[2..] {
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

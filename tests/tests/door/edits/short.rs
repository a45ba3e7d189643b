//! Staff take a part of what is held, and with it give up the rest: what leaves then is paid first, or staff hear of it.

use serde_json::json;
use vitrine_adapters::config::CaptureAt;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::{DISPATCH, EDIT, PAY, POLICY, cents, change, kept, line, order};

const CAPTURE: &str =
    "mutation($input: PaymentCaptureInput!) { paymentCapture(input: $input) { userErrors { code message } } }";
const ALERTS: &str = "query($id: ID!) { order(id: $id) { timeline(first: 50) { nodes { kind message } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_held_any_more_does_not_leave_unpaid() {
    let shop = TestShop::open_with(|config| config.payment.capture = CaptureAt::OnDispatch).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 20).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let before = order(&staff, &placed).await;
    let total = cents(&before["cost"]["total"]);
    let mug_line = line(&before, "MUG-1");
    let part = json!({ "orderId": placed.id, "amount": "5.00", "idempotencyKey": "part" });
    staff.done(CAPTURE, json!({ "input": part })).await;
    shop.settle().await;

    let lines = json!([{ "lineId": mug_line, "quantity": 1 }]);
    let one = json!({ "input": { "orderId": placed.id, "lines": lines, "idempotencyKey": "one" } });
    assert_eq!(staff.refusals(DISPATCH, one.clone()).await, ["PAYMENT_STATE"]);
    let policy = |unpaid: bool| json!({ "input": { "dispatchesUnpaid": unpaid } });
    staff.done(POLICY, policy(true)).await;
    staff.done(DISPATCH, one).await;
    shop.settle().await;
    let told = staff.data(ALERTS, json!({ "id": placed.id })).await["order"]["timeline"]["nodes"].take();
    let alerts = told.as_array().unwrap().iter().filter(|entry| entry["kind"] == "ALERT");
    let alerts: Vec<_> = alerts.map(|entry| entry["message"].as_str().unwrap()).collect();
    assert!(alerts.len() == 1 && alerts[0].contains("no longer held"), "{told}");

    // A change that changes nothing asks the shopper for the rest; nothing more leaves before that is paid.
    staff.done(POLICY, policy(false)).await;
    let now = order(&staff, &placed).await;
    let asked = staff.done(EDIT, change(&now, "rest", json!({}))).await;
    assert_eq!(cents(&asked["order"]["cost"]["unpaid"]), total - 500);
    let now = order(&staff, &placed).await;
    assert_eq!(
        staff.refusals(EDIT, change(&now, "again", json!({}))).await,
        ["INVALID"],
        "it is asked for"
    );
    let all = json!({ "input": { "orderId": placed.id } });
    assert_eq!(staff.refusals(DISPATCH, all.clone()).await, ["PAYMENT_STATE"]);
    let pay = json!({ "orderId": placed.id, "accessToken": placed.access_token, "idempotencyKey": "pay",
        "paymentMethod": { "token": "tok_approve" } });
    guest.done(PAY, json!({ "input": pay })).await;
    shop.settle().await;
    staff.done(DISPATCH, all).await;
    shop.settle().await;
    let sent = order(&staff, &placed).await;
    assert_eq!((kept(&sent), &sent["status"]), (total, &json!("DISPATCHED")), "{sent}");
    shop.close().await;
}

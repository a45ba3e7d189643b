//! Money that Stripe holds for an order that goes in parts: each parcel takes its own where the card allows it, and otherwise the
//! last one all of it, or the day before the hold ends.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use vitrine_entity::{
    ids::OrderId,
    order_event::{self, OrderEventKind},
    staff_member::StaffRole,
};
use vitrine_tests::{purchase::PlacedOrder, stripe_stand_in::Fault};

use super::{StripeShop, on_dispatch};
use crate::purchase::dispatch;

const PART: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) {
    order { status } userErrors { code message field } } }";
const EDIT: &str = "mutation($input: OrderEditInput!) { orderEdit(input: $input) {
    order { status } userErrors { code message field } } }";
const REFUND: &str =
    "mutation($input: OrderRefundInput!) { orderRefund(input: $input) { userErrors { code message field } } }";
const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) {
    order { status } userErrors { code message field } } }";
const LINES: &str = "query($id: ID!) { order(id: $id) { lines { id } cost { total { amount } } } }";

async fn send_one(shop: &StripeShop, placed: &PlacedOrder) {
    let line = shop.staff.data(LINES, json!({ "id": placed.id })).await["order"]["lines"][0]["id"].take();
    let lines = json!([{ "lineId": line, "quantity": 1 }]);
    // Each time it is another one.
    let key = shop.shop.shop().new_id().to_string();
    let input = json!({ "orderId": placed.id, "lines": lines, "idempotencyKey": key });
    shop.staff.done(PART, json!({ "input": input })).await;
    shop.shop.settle().await;
}

/// In cents.
async fn total(shop: &StripeShop, placed: &PlacedOrder) -> i64 {
    let order = shop.staff.data(LINES, json!({ "id": placed.id })).await["order"].take();
    let amount = order["cost"]["total"]["amount"].as_str().unwrap().replace('.', "");
    amount.parse().unwrap()
}

/// The codes of what staff were told.
async fn alerts(shop: &StripeShop, placed: &PlacedOrder) -> Vec<Value> {
    let told = order_event::Entity::find()
        .filter(order_event::Column::OrderId.eq(placed.id.parse::<OrderId>().unwrap()))
        .filter(order_event::Column::Kind.eq(OrderEventKind::Alert));
    let told = told.all(&shop.shop.shop().db).await.unwrap();
    told.into_iter().map(|mut event| event.data["code"].take()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_parcel_takes_what_leaves_with_it() {
    let shop = StripeShop::open_with(|config| {
        on_dispatch(config);
        config.payment.stripe.multicapture = true;
    })
    .await;
    shop.stripe.allow_multicapture();
    let placed = shop.guest.buy(&[(&shop.mug, 3)], "pm_card_visa").await;
    shop.shop.settle().await;
    let total = total(&shop, &placed).await;
    for left in [2, 1] {
        send_one(&shop, &placed).await;
        let intent = shop.stripe.intents().pop().unwrap();
        assert_eq!(
            intent["amount_received"],
            total - left * 1000,
            "{left} mugs are still here"
        );
        assert_eq!(intent["status"], "requires_capture");
        // What Stripe tells of a part is told of once.
        shop.deliver_all().await;
    }
    dispatch(&shop.staff, &placed.id).await;
    shop.shop.settle().await;
    shop.deliver_all().await;
    let intent = shop.stripe.intents().pop().unwrap();
    assert_eq!(
        (&intent["amount_received"], &intent["status"]),
        (&json!(total), &json!("succeeded"))
    );
    let history = shop.guest.history(&placed).await;
    let captured = history.iter().filter(|kind| *kind == "PAYMENT_CAPTURED");
    assert_eq!(captured.count(), 3, "{history:?}");
    assert!(alerts(&shop, &placed).await.is_empty());
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_beyond_the_last_part_is_released() {
    let shop = StripeShop::open_with(|config| {
        on_dispatch(config);
        config.payment.stripe.multicapture = true;
    })
    .await;
    shop.stripe.allow_multicapture();
    let placed = shop.guest.buy(&[(&shop.mug, 3)], "pm_card_visa").await;
    shop.shop.settle().await;
    send_one(&shop, &placed).await;
    assert_eq!(shop.stripe.intents().pop().unwrap()["status"], "requires_capture");
    // The others are not wanted any more, so that nothing is left to be sent.
    let line = shop.staff.data(LINES, json!({ "id": placed.id })).await["order"]["lines"][0]["id"].take();
    let back = json!({ "orderId": placed.id, "idempotencyKey": "back", "lines": [{ "lineId": line, "quantity": 1 }] });
    let untaken = shop.staff.refusals(REFUND, json!({ "input": back })).await;
    assert_eq!(untaken, ["PAYMENT_STATE"], "what is only held is not paid back");
    let fewer = json!({ "orderId": placed.id, "idempotencyKey": "fewer", "changes": { "lines": [{ "lineId": line, "quantity": 1 }] } });
    shop.staff.done(EDIT, json!({ "input": fewer })).await;
    let total = total(&shop, &placed).await;
    shop.staff
        .done(PART, json!({ "input": { "orderId": placed.id } }))
        .await;
    shop.shop.settle().await;
    shop.deliver_all().await;
    let intent = shop.stripe.intents().pop().unwrap();
    assert_eq!(
        (&intent["amount_received"], &intent["status"]),
        (&json!(total), &json!("canceled"))
    );
    shop.assert_statuses(&placed, "DISPATCHED", "CAPTURED").await;
    shop.shop.advance(TimeDelta::days(7)).await;
    assert!(
        alerts(&shop, &placed).await.is_empty(),
        "nothing is held that could end"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_left_is_taken_before_its_hold_ends_and_staff_hear_of_what_has_not() {
    let shop = StripeShop::open_with(on_dispatch).await;
    let part = shop.guest.buy(&[(&shop.mug, 3)], "pm_card_visa").await;
    let whole = shop.guest.buy(&[(&shop.mug, 1)], "pm_card_visa").await;
    shop.shop.settle().await;
    send_one(&shop, &part).await;
    shop.assert_statuses(&part, "CONFIRMED", "AUTHORIZED").await;
    shop.shop.advance(TimeDelta::days(6) + TimeDelta::hours(1)).await;
    shop.assert_statuses(&part, "CONFIRMED", "CAPTURED").await;
    shop.assert_statuses(&whole, "CONFIRMED", "AUTHORIZED").await;
    let told = (alerts(&shop, &part).await, alerts(&shop, &whole).await);
    assert_eq!(told, (vec![], vec![json!("HOLD_ENDS")]));
    let input = json!({ "orderId": whole.id, "accessToken": whole.access_token });
    shop.guest.done(CANCEL, json!({ "input": input })).await;
    shop.shop.settle().await;
    shop.assert_statuses(&whole, "CANCELLED", "VOIDED").await;
    shop.deliver_all().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_that_was_rejected_is_asked_for_again_before_its_hold_ends() {
    let shop = StripeShop::open_with(|config| {
        on_dispatch(config);
        config.payment.stripe.multicapture = true;
    })
    .await;
    shop.stripe.allow_multicapture();
    let placed = shop.guest.buy(&[(&shop.mug, 2)], "pm_card_visa").await;
    shop.shop.settle().await;
    let total = total(&shop, &placed).await;
    let taken = || shop.stripe.intents().pop().unwrap()["amount_received"].take();
    shop.stripe
        .fail("POST /v1/payment_intents/*/capture", 1, Fault::Refused);
    send_one(&shop, &placed).await;
    assert_eq!(alerts(&shop, &placed).await, ["CAPTURE_REJECTED"]);
    assert_eq!(taken(), 0);
    shop.shop.advance(TimeDelta::days(6) + TimeDelta::hours(1)).await;
    assert_eq!(taken(), total - 1000, "what has left does not go unpaid");
    let told = alerts(&shop, &placed).await;
    assert!(told.len() == 2 && told.contains(&json!("HOLD_ENDS")), "{told:?}");
    let staff = shop.shop.sign_in(StaffRole::Administrator).await;
    dispatch(&staff, &placed.id).await;
    shop.shop.settle().await;
    shop.deliver_all().await;
    assert_eq!(taken(), total);
    shop.close().await;
}

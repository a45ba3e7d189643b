//! Money that goes back.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_tests::{purchase::PlacedOrder, stripe_stand_in::Fault};

use super::{StripeShop, on_dispatch};

pub(super) const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message } } }";
const REFUND: &str = "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { refund { status } userErrors { code message } } }";

fn refund(placed: &PlacedOrder, amount: &str, key: &str) -> Value {
    json!({ "input": { "orderId": placed.id, "amount": amount, "reason": "a scratch", "idempotencyKey": key } })
}

pub(super) fn cancel(placed: &PlacedOrder) -> Value {
    json!({ "input": { "orderId": placed.id, "accessToken": placed.access_token } })
}

async fn refunded(shop: &StripeShop, placed: &PlacedOrder) -> Value {
    shop.guest.order(placed).await["payment"]["refundedAmount"]["amount"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_pay_back_in_parts_and_never_too_much() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_visa").await;
    for key in ["one", "one", "two"] {
        shop.staff.done(REFUND, refund(&placed, "4.00", key)).await;
        shop.shop.settle().await;
    }
    assert_eq!(refunded(&shop, &placed).await, "8.00");
    assert_eq!(
        shop.staff.refusals(REFUND, refund(&placed, "100.00", "three")).await,
        ["REFUND_EXCEEDS_CAPTURED"]
    );
    shop.deliver_all().await;
    assert_eq!(refunded(&shop, &placed).await, "8.00");
    assert_eq!(shop.stripe.refunds().len(), 2);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_that_takes_its_time_is_awaited() {
    let shop = StripeShop::open().await;
    for with_webhooks in [true, false] {
        let placed = shop.buy("pm_card_pendingRefund").await;
        shop.staff
            .done(REFUND, refund(&placed, "4.00", &format!("webhooks: {with_webhooks}")))
            .await;
        shop.shop.settle().await;
        assert_eq!(shop.guest.order(&placed).await["refunds"][0]["status"], "REQUESTED");
        for _ in 0..60 {
            shop.shop.advance(TimeDelta::minutes(2)).await;
            if with_webhooks {
                shop.deliver_all().await;
            }
            if shop.guest.order(&placed).await["refunds"][0]["status"] == "SUCCEEDED" {
                break;
            }
        }
        assert_eq!(shop.guest.order(&placed).await["refunds"][0]["status"], "SUCCEEDED");
        assert_eq!(refunded(&shop, &placed).await, "4.00");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_order_is_paid_back() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_visa").await;
    shop.guest.done(CANCEL, cancel(&placed)).await;
    shop.shop.settle().await;
    shop.assert_statuses(&placed, "CANCELLED", "REFUNDED").await;
    let refunds = shop.stripe.refunds();
    assert_eq!(refunds.len(), 1);
    assert_eq!(refunds[0]["amount"], shop.stripe.intents()[0]["amount"]);
    shop.deliver_all().await;
    shop.assert_statuses(&placed, "CANCELLED", "REFUNDED").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_for_a_cancelled_order_is_released() {
    let shop = StripeShop::open_with(on_dispatch).await;
    let placed = shop.buy("pm_card_visa").await;
    shop.guest.done(CANCEL, cancel(&placed)).await;
    shop.shop.settle().await;
    shop.assert_statuses(&placed, "CANCELLED", "VOIDED").await;
    assert_eq!(shop.stripe.intents()[0]["status"], "canceled");
    assert_eq!(shop.stripe.refunds().len(), 0);
    shop.deliver_all().await;
    shop.assert_statuses(&placed, "CANCELLED", "VOIDED").await;
    shop.close().await;
}

/// A debit cannot be called back while it is under way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_debit_that_succeeds_after_the_end_is_paid_back() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_usBankAccount_processing").await;
    shop.guest.done(CANCEL, cancel(&placed)).await;
    shop.shop.settle().await;
    shop.stripe.finish_processing(&shop.intent(), true);
    shop.deliver_all().await;
    shop.until_payment(&placed, "REFUNDED").await;
    shop.assert_statuses(&placed, "CANCELLED", "REFUNDED").await;
    shop.close().await;
}

/// Stripe says that it succeeded, and days later that the shopper's bank would not take it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_that_is_sent_back_can_be_made_again() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_refundFail").await;
    shop.staff.done(REFUND, refund(&placed, "4.00", "one")).await;
    shop.shop.settle().await;
    assert_eq!(refunded(&shop, &placed).await, "4.00");
    shop.shop.advance(TimeDelta::minutes(2)).await;
    shop.deliver_all().await;
    let order = shop.guest.order(&placed).await;
    assert_eq!(
        (&order["refunds"][0]["status"], refunded(&shop, &placed).await),
        (&json!("FAILED"), json!("0.00"))
    );
    let told = shop.alerts(&placed).await;
    assert!(told[0].contains("sent the refund"), "{told:?}");
    shop.close().await;
}

/// It is neither done nor failed, and counts as done until staff have put it right at Stripe.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_of_another_amount_than_was_asked_for_is_not_taken_for_done() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_visa").await;
    shop.stripe.fail("POST /v1/refunds", 1, Fault::CutAfterActing);
    shop.staff.done(REFUND, refund(&placed, "4.00", "one")).await;
    shop.shop.settle().await;
    shop.stripe.alter_refund(300);
    for _ in 0..10 {
        shop.shop.advance(TimeDelta::minutes(1)).await;
    }
    let order = shop.guest.order(&placed).await;
    assert_eq!(
        (&order["refunds"][0]["status"], refunded(&shop, &placed).await),
        (&json!("REQUESTED"), json!("0.00"))
    );
    let told = shop.alerts(&placed).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("another amount or currency"), "{told:?}");
    shop.stripe.alter_refund(400);
    let status = async || shop.guest.order(&placed).await["refunds"][0]["status"].take();
    for _ in 0..60 {
        if status().await == "SUCCEEDED" {
            break;
        }
        shop.shop.advance(TimeDelta::minutes(2)).await;
    }
    assert_eq!(
        (status().await, refunded(&shop, &placed).await),
        (json!("SUCCEEDED"), json!("4.00"))
    );
    assert_eq!(shop.stripe.refunds().len(), 1);
    assert_eq!(shop.alerts(&placed).await.len(), 1);
    shop.close().await;
}

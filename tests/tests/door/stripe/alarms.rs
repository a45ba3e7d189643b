//! What gets nowhere is told to staff in the order's timeline: by its name, and once.

use chrono::TimeDelta;
use vitrine_tests::{purchase::PlacedOrder, stripe_stand_in::Fault};

use super::{
    RETRY, StripeShop, on_dispatch, pay_again,
    refunds::{CANCEL, cancel},
    retry,
};
use crate::purchase::dispatch;

const CHARGE: &str = "POST /v1/payment_intents";
const REFUND: &str = "POST /v1/refunds";

/// The one thing that staff were told.
async fn the_alert(shop: &StripeShop, placed: &PlacedOrder) -> String {
    let mut alerts = shop.alerts(placed).await;
    assert_eq!(alerts.len(), 1, "{alerts:#?}");
    assert!(!shop.guest.history(placed).await.contains(&"ALERT".to_owned()));
    alerts.remove(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_may_not_pay_back_is_told_at_once() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_visa").await;
    shop.stripe.fail(REFUND, 1000, Fault::Forbidden);
    shop.guest.done(CANCEL, cancel(&placed)).await;
    shop.shop.settle().await;
    let alert = the_alert(&shop, &placed).await;
    assert!(alert.contains("the refund rfd_"), "{alert}");
    for _ in 0..12 {
        shop.shop.advance(TimeDelta::seconds(10)).await;
    }
    assert!(shop.stripe.requests_to(REFUND).len() > 3);
    assert_eq!(the_alert(&shop, &placed).await, alert);
    shop.stripe.heal();
    shop.until_payment(&placed, "REFUNDED").await;
    the_alert(&shop, &placed).await;
    shop.close().await;
}

/// Stripe's id of each answer is another one, and none of them is in the alert.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_may_not_charge_is_told_once_however_often_it_is_tried() {
    let shop = StripeShop::open().await;
    shop.stripe.fail(CHARGE, 4, Fault::Forbidden);
    let placed = shop.place("pm_card_visa").await;
    shop.until(&placed, "CONFIRMED").await;
    assert_eq!(shop.stripe.requests_to(CHARGE).len(), 5);
    let alert = the_alert(&shop, &placed).await;
    assert!(alert.contains("the charge waits") && !alert.contains("req_"), "{alert}");
    shop.close().await;
}

/// To the shopper it is a decline; that it was not their card, staff must know.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_charge_that_is_rejected_is_told_once_an_order() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_nobody_has_this").await;
    shop.assert_statuses(&placed, "PAYMENT_FAILED", "DECLINED").await;
    let alert = the_alert(&shop, &placed).await;
    assert!(alert.contains("not because of the shopper's card"), "{alert}");
    shop.guest.done(RETRY, retry(&placed, "pm_nobody_has_that")).await;
    shop.shop.settle().await;
    shop.assert_statuses(&placed, "PAYMENT_FAILED", "DECLINED").await;
    assert_eq!(the_alert(&shop, &placed).await, alert);
    pay_again(&shop, &placed).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_that_is_declined_is_no_matter_of_staff() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_visa_chargeDeclinedInsufficientFunds").await;
    assert_eq!(shop.alerts(&placed).await, Vec::<String>::new());
    shop.close().await;
}

/// Of each order's call: a word when another key is taken; after two hours that it is in vain; then no other.
async fn hang(shop: &StripeShop, calls: [(&PlacedOrder, &str); 2]) {
    let pass = async |times: usize| {
        for _ in 0..times {
            shop.shop.advance(TimeDelta::minutes(10)).await;
        }
    };
    pass(11).await;
    let mut early = Vec::new();
    for (placed, what) in calls {
        let alert = the_alert(shop, placed).await;
        assert!(alert.contains("under another key"), "{what}: {alert}");
        early.push(alert);
    }
    pass(3).await;
    let mut told = Vec::new();
    for ((placed, what), early) in calls.into_iter().zip(&early) {
        let alerts = shop.alerts(placed).await;
        let in_vain = alerts
            .last()
            .is_some_and(|alert| alert.contains(what) && alert.contains("in vain"));
        assert!(alerts.len() == 2 && alerts[0] == *early && in_vain, "{alerts:#?}");
        told.push(alerts);
    }
    pass(6).await;
    for ((placed, _), told) in calls.into_iter().zip(told) {
        assert_eq!(shop.alerts(placed).await, told);
    }
    shop.stripe.heal();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_charge_and_a_refund_that_hang_are_told_after_two_hours() {
    let shop = StripeShop::open_with(|config| config.shop.reservation_minutes = 24 * 60).await;
    let paid = shop.buy("pm_card_visa").await;
    shop.stripe.fail(CHARGE, 10_000, Fault::ErrorBeforeActing);
    shop.stripe.fail(REFUND, 10_000, Fault::ErrorBeforeActing);
    shop.guest.done(CANCEL, cancel(&paid)).await;
    let waiting = shop.buy("pm_card_visa").await;
    let calls = [(&waiting, "asked for the charge"), (&paid, "asked for the refund rfd_")];
    hang(&shop, calls).await;
    shop.until_payment(&waiting, "CAPTURED").await;
    shop.until_payment(&paid, "REFUNDED").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_capture_and_a_release_that_hang_are_told_after_two_hours() {
    let shop = StripeShop::open_with(on_dispatch).await;
    let (sent, cancelled) = (shop.buy("pm_card_visa").await, shop.buy("pm_card_visa").await);
    for requests in [
        "POST /v1/payment_intents/*/capture",
        "POST /v1/payment_intents/*/cancel",
    ] {
        shop.stripe.fail(requests, 10_000, Fault::ErrorBeforeActing);
    }
    dispatch(&shop.staff, &sent.id).await;
    shop.guest.done(CANCEL, cancel(&cancelled)).await;
    shop.shop.settle().await;
    let calls = [
        (&sent, "asked for the capture"),
        (&cancelled, "asked for the release of the hold"),
    ];
    hang(&shop, calls).await;
    shop.until_payment(&sent, "CAPTURED").await;
    shop.until_payment(&cancelled, "VOIDED").await;
    shop.close().await;
}

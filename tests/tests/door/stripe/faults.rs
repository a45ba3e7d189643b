//! Stripe, or the way to it, fails. One charge all the same, and a paid order.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use vitrine_tests::stripe_stand_in::{Fault, StripeRequest};

use super::{
    StripeShop, on_dispatch,
    refunds::{CANCEL, cancel},
};
use crate::purchase::dispatch;

const CHARGE: &str = "POST /v1/payment_intents";

/// Nobody hears what became of a request.
const LOST: [Fault; 3] = [Fault::CutAfterActing, Fault::CutBeforeActing, Fault::ErrorAfterActing];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_charge_whose_answer_is_lost_is_found_and_not_repeated() {
    let shop = StripeShop::open().await;
    let faults = [Fault::ErrorAfterActing, Fault::CutAfterActing, Fault::Garbled];
    for (before, fault) in faults.into_iter().enumerate() {
        shop.stripe.fail(CHARGE, 1, fault);
        let placed = shop.place("pm_card_visa").await;
        shop.until(&placed, "CONFIRMED").await;
        assert_eq!(shop.stripe.intents().len(), before + 1, "{fault:?}");
        let sent = shop.stripe.requests_to(CHARGE).len() - before;
        assert_eq!(sent, 1, "{fault:?}: it was found, so nothing was sent again");
        shop.deliver_all().await;
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_charge_that_did_not_arrive_is_repeated_with_its_key() {
    let shop = StripeShop::open().await;
    let faults = [
        Fault::ErrorBeforeActing,
        Fault::CutBeforeActing,
        Fault::RateLimited { retry_after: Some(3) },
    ];
    for (before, fault) in faults.into_iter().enumerate() {
        shop.stripe.fail(CHARGE, 2, fault);
        let placed = shop.place("pm_card_visa").await;
        shop.until(&placed, "CONFIRMED").await;
        let sent = shop.stripe.requests_to(CHARGE).split_off(3 * before);
        assert_eq!(sent.len(), 3, "{fault:?}");
        let keys: Vec<_> = sent.iter().map(|request| request.key.as_deref()).collect();
        assert!(keys[0].is_some_and(|key| key.starts_with("pay_")), "{keys:?}");
        assert!(keys.iter().all(|key| *key == keys[0]), "{fault:?}: {keys:?}");
        assert_eq!(shop.stripe.intents().len(), before + 1, "{fault:?}");
    }
    shop.close().await;
}

/// Its key is spent, and repeats the failure for a day. When nothing has come of it for sure, the next key is tried.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_failed_and_is_remembered_as_failed_goes_on_under_another_key() {
    let shop = StripeShop::open().await;
    shop.stripe.fail(CHARGE, 1, Fault::ErrorInsteadOfActing);
    let placed = shop.place("pm_card_visa").await;
    shop.until(&placed, "CONFIRMED").await;
    assert_eq!(shop.stripe.intents().len(), 1);
    assert_another_key(&shop, CHARGE);

    shop.stripe.fail("POST /v1/refunds", 1, Fault::ErrorInsteadOfActing);
    shop.guest.done(CANCEL, cancel(&placed)).await;
    shop.until_payment(&placed, "REFUNDED").await;
    assert_another_key(&shop, "POST /v1/refunds");
    // Staff hear of each, once, when the first other key is taken, and not hours later.
    let alerts = shop.alerts(&placed).await;
    assert_eq!(alerts.len(), 2, "{alerts:?}");
    let asked_anew = |alert: &String, of: &str| alert.contains(of) && alert.contains("under another key");
    assert!(asked_anew(&alerts[0], "at the charge several"), "{alerts:?}");
    assert!(asked_anew(&alerts[1], "at the refund rfd_"), "{alerts:?}");
    shop.close().await;
}

/// The first one was tried often before; the one after it begins with it.
fn assert_another_key(shop: &StripeShop, requests: &str) {
    let sent = shop.stripe.requests_to(requests);
    let keys: Vec<_> = sent.iter().filter_map(|request| request.key.as_deref()).collect();
    let [earlier @ .., last] = &*keys else {
        panic!("{requests} was never asked")
    };
    assert_eq!(earlier.len(), 4, "{keys:?}");
    assert!(earlier.iter().all(|key| *key == earlier[0]), "{keys:?}");
    assert_eq!(**last, format!("{}:2", earlier[0]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_at_home_costs_time_only() {
    let shop = StripeShop::open().await;
    shop.stripe.refuse_connections().await;
    let placed = shop.place("pm_card_visa").await;
    shop.shop.advance(TimeDelta::minutes(3)).await;
    assert_eq!(shop.statuses(&placed).await.0, "PAYMENT_PENDING");
    shop.stripe.accept_connections().await.unwrap();
    shop.until(&placed, "CONFIRMED").await;
    assert_eq!(shop.stripe.intents().len(), 1);
    shop.close().await;
}

/// Whoever waits for Stripe holds nobody else up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_charge_is_found_after_its_time_out() {
    let shop = StripeShop::open_with(|config| config.payment.stripe.timeout_seconds = 1).await;
    shop.stripe.fail(CHARGE, 1, Fault::AnswersLate(Duration::from_secs(5)));
    let placed = shop.place("pm_card_visa").await;
    shop.until(&placed, "CONFIRMED").await;
    assert_eq!(shop.stripe.intents().len(), 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_capture_is_seen() {
    let shop = StripeShop::open_with(on_dispatch).await;
    let captures = "POST /v1/payment_intents/*/capture";
    for fault in LOST {
        let placed = shop.buy("pm_card_visa").await;
        let before = shop.stripe.requests_to(captures).len();
        shop.stripe.fail(captures, 1, fault);
        dispatch(&shop.staff, &placed.id).await;
        shop.until_payment(&placed, "CAPTURED").await;
        shop.assert_statuses(&placed, "DISPATCHED", "CAPTURED").await;
        let sent = shop.stripe.requests_to(captures).split_off(before);
        assert!(
            sent.iter().all(|request| request.key == sent[0].key),
            "{fault:?}: {sent:#?}"
        );
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_void_is_seen() {
    let shop = StripeShop::open_with(on_dispatch).await;
    for (before, fault) in LOST.into_iter().enumerate() {
        let placed = shop.buy("pm_card_visa").await;
        shop.stripe.fail("POST /v1/payment_intents/*/cancel", 1, fault);
        shop.guest.done(CANCEL, cancel(&placed)).await;
        shop.until_payment(&placed, "VOIDED").await;
        shop.assert_statuses(&placed, "CANCELLED", "VOIDED").await;
        assert_eq!(shop.stripe.intents()[before]["status"], "canceled", "{fault:?}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_refund_pays_back_once() {
    let shop = StripeShop::open().await;
    for (before, fault) in LOST.into_iter().enumerate() {
        let placed = shop.buy("pm_card_visa").await;
        shop.stripe.fail("POST /v1/refunds", 1, fault);
        shop.guest.done(CANCEL, cancel(&placed)).await;
        shop.until_payment(&placed, "REFUNDED").await;
        shop.assert_statuses(&placed, "CANCELLED", "REFUNDED").await;
        assert_eq!(shop.stripe.refunds().len(), before + 1, "{fault:?}");
    }
    shop.close().await;
}

/// The keys of Stripe are lost to time: what is found is never created again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forgotten_key_does_not_charge_again() {
    let shop = StripeShop::open().await;
    shop.stripe.fail(CHARGE, 1, Fault::CutAfterActing);
    // The first look-ups fail as well.
    shop.stripe.fail("GET /v1/payment_intents", 2, Fault::ErrorBeforeActing);
    let placed = shop.place("pm_card_visa").await;
    shop.shop.settle().await;
    shop.stripe.forget_keys();
    shop.until(&placed, "CONFIRMED").await;
    assert_eq!(shop.stripe.intents().len(), 1);
    assert_eq!(shop.stripe.requests_to(CHARGE).len(), 1);
    shop.close().await;
}

/// What never left the shop is nowhere to be found: nobody is asked for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_never_sent_is_not_looked_for() {
    let shop = StripeShop::open().await;
    let until = (shop.shop.shop().now() + TimeDelta::minutes(10)).to_rfc3339();
    let paused = format!(
        "insert into provider_circuit (provider, failures, paused_until, changed_at) values ('stripe', 0, '{until}', '{until}')"
    );
    shop.shop.shop().db.execute_unprepared(&paused).await.unwrap();
    let placed = shop.buy("pm_card_visa").await;
    shop.guest.done(CANCEL, cancel(&placed)).await;
    shop.shop.advance(TimeDelta::minutes(11)).await;
    shop.shop.advance(TimeDelta::hours(25)).await;
    shop.assert_statuses(&placed, "CANCELLED", "VOIDED").await;
    // The daily reconciliation reads the books.
    let is_statement = |request: &StripeRequest| request.parameters.contains_key("created[lt]");
    let requests = shop.stripe.requests();
    assert!(requests.iter().all(is_statement), "{requests:#?}");
    shop.close().await;
}

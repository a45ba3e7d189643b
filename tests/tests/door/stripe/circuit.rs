//! Whether Stripe is called at all, as all of the shop's processes know it.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait};
use vitrine_entity::provider_circuit;
use vitrine_tests::{patience, stripe_stand_in::Fault};

use super::{
    StripeShop,
    refunds::{CANCEL, cancel},
};

const CHARGE: &str = "POST /v1/payment_intents";

async fn circuit(shop: &StripeShop) -> provider_circuit::Model {
    let found = provider_circuit::Entity::find_by_id("stripe");
    found.one(&shop.shop.shop().db).await.unwrap().unwrap()
}

/// As calls of before have left it.
async fn begins_with(shop: &StripeShop, failures: i32, paused_until: Option<DateTime<Utc>>) {
    let now = shop.shop.shop().now();
    let row = provider_circuit::ActiveModel {
        provider: Set("stripe".to_owned()),
        failures: Set(failures),
        opened_until: Set((failures > 0).then_some(now - TimeDelta::seconds(1))),
        probe_until: Set(None),
        paused_until: Set(paused_until),
        last_error: Set(None),
        changed_at: Set(now),
    };
    let inserted = provider_circuit::Entity::insert(row);
    inserted.exec_without_returning(&shop.shop.shop().db).await.unwrap();
}

fn left(until: Option<DateTime<Utc>>, shop: &StripeShop) -> TimeDelta {
    until.unwrap() - shop.shop.shop().now()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shorter_pause_does_not_cut_a_longer_one() {
    let shop = StripeShop::open().await;
    let late = Fault::RateLimitedOnceReleased { retry_after: Some(2) };
    shop.stripe.fail(CHARGE, 1, late);
    shop.stripe
        .fail(CHARGE, 1, Fault::RateLimited { retry_after: Some(600) });
    let first = shop.place("pm_card_visa").await;
    let sent = async |requests: usize| {
        patience::until("the charge is asked for", async || {
            shop.stripe.requests_to(CHARGE).len() == requests
        })
        .await;
    };
    sent(1).await;
    // On its way before the first is answered, which is done last.
    let second = shop.place("pm_card_visa").await;
    sent(2).await;
    patience::until("the longer pause is known", async || {
        let known = provider_circuit::Entity::find_by_id("stripe")
            .one(&shop.shop.shop().db)
            .await;
        known.unwrap().is_some_and(|circuit| circuit.paused_until.is_some())
    })
    .await;
    shop.stripe.release();
    shop.shop.settle().await;
    assert_eq!(shop.stripe.requests_to(CHARGE).len(), 2);
    assert_eq!(left(circuit(&shop).await.paused_until, &shop), TimeDelta::seconds(600));
    shop.shop.advance(TimeDelta::minutes(10)).await;
    for placed in [first, second] {
        shop.until(&placed, "CONFIRMED").await;
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pause_by_a_clock_that_ran_ahead_is_cut() {
    let shop = StripeShop::open().await;
    let tomorrow = shop.shop.shop().now() + TimeDelta::days(1);
    begins_with(&shop, 0, Some(tomorrow)).await;
    shop.stripe.fail(CHARGE, 1, Fault::RateLimited { retry_after: Some(5) });
    let placed = shop.buy("pm_card_visa").await;
    assert_eq!(left(circuit(&shop).await.paused_until, &shop), TimeDelta::seconds(5));
    shop.until(&placed, "CONFIRMED").await;
    shop.close().await;
}

/// What finds out nothing leaves the trying to the next.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_probe_that_finds_out_nothing_is_given_back() {
    for fault in [Fault::LockTimeout, Fault::Forbidden] {
        let shop = StripeShop::open().await;
        begins_with(&shop, 5, None).await;
        shop.stripe.fail(CHARGE, 1, fault);
        let placed = shop.buy("pm_card_visa").await;
        assert_eq!(shop.stripe.requests_to(CHARGE).len(), 1);
        let row = circuit(&shop).await;
        assert_eq!((row.failures, row.probe_until), (5, None), "{fault:?}");
        shop.shop.advance(TimeDelta::seconds(5)).await;
        shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
        assert_eq!(circuit(&shop).await.failures, 0, "{fault:?}");
        shop.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_may_not_pay_back_does_not_stop_charges() {
    let shop = StripeShop::open().await;
    let mut placed = Vec::new();
    for _ in 0..6 {
        placed.push(shop.buy("pm_card_visa").await);
    }
    shop.stripe.fail("POST /v1/refunds", 1000, Fault::Forbidden);
    for placed in &placed {
        shop.guest.done(CANCEL, cancel(placed)).await;
    }
    shop.shop.settle().await;
    assert!(shop.stripe.requests_to("POST /v1/refunds").len() >= 6);
    let other = shop.buy("pm_card_visa").await;
    shop.assert_statuses(&other, "CONFIRMED", "CAPTURED").await;
    shop.stripe.heal();
    for placed in &placed {
        shop.until_payment(placed, "REFUNDED").await;
    }
    shop.close().await;
}

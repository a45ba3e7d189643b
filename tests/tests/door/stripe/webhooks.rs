//! What Stripe tells by itself, in whatever way it comes.

use chrono::TimeDelta;
use futures::future::join_all;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, PaginatorTrait, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use serde_json::{Value, json};
use vitrine_commerce::Shop;
use vitrine_entity::provider_event;
use vitrine_tests::{
    patience::until,
    purchase::PlacedOrder,
    stripe_stand_in::{Fault, SIGNATURE_HEADER},
};

use super::{StripeShop, on_dispatch};
use crate::{
    purchase::dispatch,
    watched::{of, scrape},
};

/// A purchase with everything in it: a second factor, a capture, a refund.
async fn live_through(shop: &StripeShop) -> PlacedOrder {
    let placed = shop.buy("pm_card_authenticationRequired").await;
    shop.stripe.authenticate(&shop.intent(), true);
    shop.until(&placed, "CONFIRMED").await;
    dispatch(&shop.staff, &placed.id).await;
    shop.shop.settle().await;
    let refund =
        "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { userErrors { code message } } }";
    let input = json!({ "orderId": placed.id, "amount": "3.00", "reason": "a scratch", "idempotencyKey": "one" });
    shop.staff.done(refund, json!({ "input": input })).await;
    shop.shop.settle().await;
    placed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_order_and_any_number_end_alike() {
    let shop = StripeShop::open_with(on_dispatch).await;
    let placed = live_through(&shop).await;
    let before = (shop.guest.order(&placed).await, shop.guest.history(&placed).await);
    assert_eq!(before.0["payment"]["refundedAmount"]["amount"], "3.00");
    let mut events = shop.stripe.take_events();
    assert!(events.len() >= 8, "{events:#?}");
    events.reverse();
    events.extend(events.clone());
    let seed: u64 = rand::rng().random();
    println!("seed {seed}");
    // An hour late, the last one first; and then in any order.
    shop.shop.advance(TimeDelta::minutes(61)).await;
    let half = events.len() / 2;
    let (late, disordered) = events.split_at_mut(half);
    disordered.shuffle(&mut StdRng::seed_from_u64(seed));
    for event in late.iter().chain(disordered.iter()) {
        shop.deliver(event).await;
        shop.shop.settle().await;
    }
    let after = (shop.guest.order(&placed).await, shop.guest.history(&placed).await);
    assert_eq!(after, before, "seed {seed}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_at_once_have_one_effect() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_authenticationRequired").await;
    shop.stripe.authenticate(&shop.intent(), true);
    let events = shop.stripe.take_events();
    join_all(events.iter().flat_map(|event| (0..3).map(|_| shop.deliver(event)))).await;
    shop.shop.settle().await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    let history = shop.guest.history(&placed).await;
    let succeeded = history.iter().filter(|kind| *kind == "PAYMENT_SUCCEEDED").count();
    assert_eq!(succeeded, 1, "{history:?}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_before_the_answer_ends_alike() {
    let shop = StripeShop::open().await;
    shop.stripe
        .fail("POST /v1/payment_intents", 1, Fault::AnswersOnceReleased);
    let placed = shop.place("pm_card_visa").await;
    let mut events = Vec::new();
    until("there is something to tell", async || {
        events = shop.stripe.take_events();
        !events.is_empty()
    })
    .await;
    assert_eq!(
        shop.statuses(&placed).await.0,
        "PAYMENT_PENDING",
        "the answer is not there yet"
    );
    for event in &events {
        shop.deliver(event).await;
    }
    shop.stripe.release();
    shop.until(&placed, "CONFIRMED").await;
    assert_eq!(
        shop.guest.history(&placed).await,
        ["CREATED", "PAYMENT_PENDING", "PAYMENT_SUCCEEDED", "CONFIRMED"]
    );
    assert_eq!(shop.stripe.intents().len(), 1);
    shop.close().await;
}

/// It is signed, so that staff must look: nothing is believed, and not even looked up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_amount_currency_mode_or_charge_changes_nothing_and_alarms() {
    let shop = StripeShop::open().await;
    for (place, value) in [
        ("/data/object/amount", json!(1)),
        ("/data/object/currency", json!("usd")),
        ("/livemode", json!(true)),
        ("/data/object/id", json!("pi_of_somebody_else")),
    ] {
        let placed = shop.buy("pm_card_authenticationRequired").await;
        shop.stripe.take_events();
        shop.stripe.authenticate(&shop.intent(), true);
        let mut event = succeeded(&shop.stripe.take_events());
        *event.pointer_mut(place).unwrap() = value;
        let asked = shop.stripe.requests().len();
        for _ in 0..2 {
            shop.deliver(&event).await;
            shop.shop.settle().await;
        }
        shop.assert_statuses(&placed, "PAYMENT_PENDING", "ACTION_REQUIRED")
            .await;
        assert_eq!(shop.stripe.requests().len(), asked, "{place}");
        let alerts = shop
            .staff
            .history(&placed)
            .await
            .into_iter()
            .filter(|kind| kind == "ALERT");
        assert_eq!(alerts.count(), 1, "{place}");
        assert!(!shop.guest.history(&placed).await.contains(&"ALERT".to_owned()));
        // The truth comes by polling.
        shop.until(&placed, "CONFIRMED").await;
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_signed_as_it_stands_is_refused() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_authenticationRequired").await;
    shop.stripe.authenticate(&shop.intent(), true);
    let body = succeeded(&shop.stripe.take_events()).to_string();
    let signature = shop.stripe.signature_of(&body);
    let send = async |signature: Option<&str>, body: String| {
        let url = format!("{}/webhooks/stripe", shop.guest.base());
        let mut request = vitrine_tests::client::http().post(url);
        if let Some(signature) = signature {
            request = request.header(SIGNATURE_HEADER, signature);
        }
        request.body(body).send().await.unwrap().status()
    };
    assert_eq!(send(None, body.clone()).await, 400);
    assert_eq!(send(Some("t=1,v1=00"), body.clone()).await, 400);
    assert_eq!(
        send(Some(&signature), body.replace(':', ": ")).await,
        400,
        "another spelling"
    );
    shop.shop.advance(TimeDelta::seconds(10)).await;
    let unsigned = shop.stripe.signature_of(&body);
    shop.shop.clock.advance(TimeDelta::seconds(301));
    assert_eq!(send(Some(&unsigned), body.clone()).await, 400, "stale");
    shop.until(&placed, "CONFIRMED").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_ours_is_taken_and_ignored() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_visa").await;
    let mut event = succeeded(&shop.stripe.take_events());
    event["id"] = json!("evt_of_somebody_else");
    event["data"]["object"]["id"] = json!("pi_of_somebody_else");
    event["data"]["object"]["metadata"] = json!({});
    shop.deliver(&event).await;
    let unknown =
        json!({ "id": "evt_2", "object": "event", "type": "comet.seen", "livemode": false, "data": { "object": {} } });
    shop.deliver(&unknown).await;
    // A thin event does not tell its object.
    let thin = json!({ "id": "evt_3", "object": "v2.core.event", "type": "payment_intent.of_tomorrow", "related_object": null });
    shop.deliver(&thin).await;
    shop.shop.settle().await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dispute_is_told_to_staff() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_visa").await;
    shop.stripe.dispute(&shop.intent());
    shop.deliver_all().await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    let history = shop.staff.history(&placed).await;
    assert!(history.contains(&"ALERT".to_owned()), "{history:?}");
    // Nothing else of these tests disputes.
    let told = scrape(&shop.shop).await;
    let disputes = "vitrine_provider_notices_total{provider=\"stripe\",kind=\"charge.dispute.created\"}";
    assert_eq!(of(&told, disputes), 1.0, "{:?}", told.keys());
    shop.close().await;
}

fn succeeded(events: &[Value]) -> Value {
    let mut found = events
        .iter()
        .filter(|event| event["type"] == "payment_intent.succeeded");
    found.next().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_cannot_be_stored_comes_again_and_is_applied_once() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_authenticationRequired").await;
    shop.stripe.authenticate(&shop.intent(), true);
    let events = shop.stripe.take_events();
    let event = events.last().unwrap();
    let deliver = || shop.stripe.deliver(shop.guest.base(), event);
    let busy = keep_from_writing(shop.shop.shop()).await;
    assert_eq!(deliver().await.unwrap(), 503);
    busy.rollback().await.unwrap();
    let stored = || provider_event::Entity::find().count(&shop.shop.shop().db);
    assert_eq!(stored().await.unwrap(), 0);
    for _ in 0..2 {
        assert_eq!(deliver().await.unwrap(), 200);
    }
    assert_eq!(stored().await.unwrap(), 1);
    shop.until(&placed, "CONFIRMED").await;
    shop.close().await;
}

/// Takes what every webhook needs, as a database does that is away.
async fn keep_from_writing(shop: &Shop) -> DatabaseTransaction {
    let at_once = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = shop.db.begin_with_options(at_once).await.unwrap();
    if transaction.get_database_backend() == DatabaseBackend::Postgres {
        let lock = "lock table provider_event in access exclusive mode";
        transaction.execute_unprepared(lock).await.unwrap();
    }
    transaction
}

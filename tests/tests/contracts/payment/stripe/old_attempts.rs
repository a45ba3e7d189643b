//! A look-up without a reference, in an account in which much has happened before and since.

use chrono::{DateTime, TimeDelta, Utc};
use futures::{StreamExt, stream};
use vitrine_commerce::ports::payment::{ChargeLookup, ProviderCharge};
use vitrine_entity::ids::PaymentId;
use vitrine_tests::stripe_stand_in::StripeRequest;

use crate::payment::bench::{Bench, Means};

/// More than a page of what Stripe lists.
async fn much_happens(bench: &Bench) {
    let charges = stream::iter(0..103).map(|_| bench.charged(Means::Good, true));
    assert_eq!(charges.buffer_unordered(8).count().await, 103);
}

/// What is found, and by how many requests with and without a bound.
async fn search(
    bench: &Bench,
    payment: PaymentId,
    sent_after: DateTime<Utc>,
    sent_before: Option<DateTime<Utc>>,
) -> (Option<ProviderCharge>, usize, usize) {
    let lookup = ChargeLookup {
        payment,
        reference: None,
        sent_after,
        sent_before,
    };
    let lists = || bench.server().requests_to("GET /v1/payment_intents");
    let before = lists().len();
    let found = bench.port().find(&lookup).await.unwrap();
    let made = lists().split_off(before);
    let bounded = made
        .iter()
        .filter(|request| request.parameters.contains_key("created[lte]"));
    let has_both = |request: &StripeRequest| request.parameters.contains_key("created[gte]");
    assert!(bounded.clone().all(has_both), "{made:#?}");
    let bounded = bounded.count();
    (found, bounded, made.len() - bounded)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_after_it_is_passed_over() {
    let bench = Bench::stand_in().await;
    let sent = bench.now();
    let old = bench.captured().await;
    bench.move_clock(TimeDelta::hours(3));
    much_happens(&bench).await;
    let found = |charge: Option<ProviderCharge>| charge.map(|charge| charge.reference);
    let of_old = Some(old.reference.clone());
    let (charge, bounded, unbounded) = search(&bench, old.payment, sent, Some(sent)).await;
    assert_eq!((found(charge), bounded, unbounded), (of_old.clone(), 1, 0));
    // Where it is not known when it was last sent, all that came since is looked through.
    let (charge, bounded, unbounded) = search(&bench, old.payment, sent, None).await;
    assert_eq!((found(charge), bounded, unbounded), (of_old, 0, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_just_sent_is_among_the_newest() {
    let bench = Bench::stand_in().await;
    let sent = bench.now();
    let charge = bench.captured().await;
    bench.move_clock(TimeDelta::minutes(50));
    let (found, bounded, unbounded) = search(&bench, charge.payment, sent, Some(sent)).await;
    assert_eq!((found.unwrap().reference, bounded, unbounded), (charge.reference, 0, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_before_it_is_not_looked_through() {
    let bench = Bench::stand_in().await;
    much_happens(&bench).await;
    // What is not all of one second is seen to descend.
    bench.move_clock(TimeDelta::seconds(1));
    bench.captured().await;
    bench.move_clock(TimeDelta::hours(3));
    let unknown = bench.new_charge(Means::Good, true).payment;
    for sent_before in [None, Some(bench.now())] {
        let (found, bounded, unbounded) = search(&bench, unknown, bench.now(), sent_before).await;
        assert_eq!((found, bounded + unbounded), (None, 1));
    }
}

/// To stop at what is too old would mean that it was never charged, and charge it again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_begins_with_the_oldest_is_read_on() {
    let bench = Bench::stand_in().await;
    for _ in 0..3 {
        bench.captured().await;
        bench.move_clock(TimeDelta::hours(3));
    }
    let sent = bench.now();
    let charge = bench.captured().await;
    bench.move_clock(TimeDelta::minutes(1));
    bench.captured().await;
    bench.server().list_oldest_first();
    for sent_before in [None, Some(sent)] {
        let (found, ..) = search(&bench, charge.payment, sent, sent_before).await;
        assert_eq!(found.unwrap().reference, charge.reference);
    }
}

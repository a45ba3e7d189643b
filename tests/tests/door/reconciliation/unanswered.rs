//! A provider that does not answer: about one charge, about anything, or for good.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_tests::{
    TestShop,
    faulty_provider::{Calls, Plan, ProviderFault, Verb},
};

use super::{Bought, counts, report, start};

/// Lets the run go on, in small steps, for as long as an hour.
async fn run_on(bought: &Bought, id: &Value) -> Value {
    for _ in 0..360 {
        let report = report(&bought.staff, id).await;
        if report["status"] == "DONE" {
            return report;
        }
        bought.shop.advance(TimeDelta::seconds(10)).await;
    }
    panic!("the run does not end: {:#}", report(&bought.staff, id).await);
}

/// Two orders whose charges are not in the provider's books, so that each is looked up.
async fn two_that_are_not_listed(plan: Plan) -> (Bought, Arc<Calls>) {
    let calls = Arc::new(Calls::default());
    let long_sessions = |config: &mut vitrine_adapters::config::Config| config.auth.access_minutes = 24 * 60;
    let shop = TestShop::open_faulty(long_sessions, plan, calls.clone()).await;
    let bought = Bought::of(shop, "tok_approve").await;
    bought.guest.buy(&[(&bought.mug, 1)], "tok_approve").await;
    bought.shop.settle().await;
    bought.sql("delete from simulated_charge", vec![]).await;
    bought.shop.advance(TimeDelta::seconds(1)).await;
    (bought, calls)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_cannot_be_looked_up_is_left_out_and_told() {
    // The newest is asked about first, three times, and once more when the books were shown.
    let (left, to_lose) = (Arc::new(AtomicUsize::new(0)), 4);
    let counted = left.clone();
    let plan: Plan = Arc::new(move |verb, _| {
        let one_less = |left: usize| left.checked_sub(1);
        let is_lost = verb == Verb::Find
            && counted
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less)
                .is_ok();
        is_lost.then_some(ProviderFault::RequestLost)
    });
    let (bought, calls) = two_that_are_not_listed(plan).await;
    let asked_before = calls.count(Verb::Find);
    left.store(to_lose, Ordering::SeqCst);
    let id = start(&bought.shop, &bought.staff).await;
    let report = run_on(&bought, &id).await;
    assert_eq!(counts(&report), [0, 0, 0, 1, 0, 1], "the other one was looked up");
    assert_eq!((&report["unanswered"], &report["error"]), (&json!(1), &json!(null)));
    // In its last phase the run looks again at what it found.
    let asked = calls.count(Verb::Find) - asked_before;
    assert_eq!((asked, calls.count(Verb::Statement)), (to_lose + 2, 2));
    bought.shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_provider_is_away_nothing_is_left_out() {
    let (goes_away, away) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (will_go, is_away) = (goes_away.clone(), away.clone());
    let plan: Plan = Arc::new(move |verb, _| {
        // When the books have been read.
        if verb == Verb::Find && will_go.swap(false, Ordering::SeqCst) {
            is_away.store(true, Ordering::SeqCst);
        }
        is_away.load(Ordering::SeqCst).then_some(ProviderFault::RequestLost)
    });
    let (bought, calls) = two_that_are_not_listed(plan).await;
    goes_away.store(true, Ordering::SeqCst);
    let id = start(&bought.shop, &bought.staff).await;
    for _ in 0..60 {
        bought.shop.advance(TimeDelta::seconds(30)).await;
    }
    let waiting = report(&bought.staff, &id).await;
    assert_eq!(
        (&waiting["status"], &waiting["unanswered"]),
        (&json!("RUNNING"), &json!(0))
    );
    assert!(calls.count(Verb::Find) >= 3 && calls.count(Verb::Statement) >= 2);
    away.store(false, Ordering::SeqCst);
    let report = run_on(&bought, &id).await;
    assert_eq!(
        (counts(&report), &report["unanswered"]),
        ([0, 0, 0, 2, 0, 2], &json!(0))
    );
    bought.shop.abandon().await;
}

/// Its cursor is of books that are not there any more: another key, another mode.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_whose_next_page_is_refused_ends_and_says_so() {
    let plan: Plan =
        Arc::new(|verb, number| (verb == Verb::Statement && number == 0).then_some(ProviderFault::Refused));
    let shop = TestShop::open_faulty(|_| {}, plan, Arc::new(Calls::default())).await;
    let bought = Bought::of(shop, "tok_approve").await;
    bought.shop.advance(TimeDelta::seconds(1)).await;
    let id = start(&bought.shop, &bought.staff).await;
    bought.shop.settle().await;
    assert_eq!(report(&bought.staff, &id).await["status"], "RUNNING");
    bought
        .sql("update reconciliation set page_cursor = 'of another mode'", vec![])
        .await;
    let ended = run_on(&bought, &id).await;
    let error = ended["error"].as_str().unwrap();
    assert!(
        error.contains("does not show its books") && error.contains("of another mode"),
        "{error}"
    );
    assert!(ended["finishedAt"].is_string(), "{ended}");
    // The next one begins anew.
    assert_eq!(counts(&bought.reconcile().await), [1, 0, 0, 0, 0, 0]);
    bought.shop.close().await;
}

//! How Stripe's adapter takes failures: what was certainly not done is told from what may have
//! been.

use std::time::{Duration, Instant};

use futures::future::join_all;
use vitrine_adapters::config::Secret;
use vitrine_commerce::ports::payment::{
    Capture, Charge, ChargeLookup, ChargeState, ProviderCharge, ProviderError, Refund, RefundLookup, Void,
};
use vitrine_tests::{patience::sooner_than, stripe_stand_in::Fault};

use crate::payment::bench::{Bench, Means};
use crate::payment::calls::{AMOUNT, euros, new_capture, new_refund, new_void, sums};

/// What every call answered.
type Outcome = (&'static str, Result<(), ProviderError>);

/// A charge to do things with, made before anything fails.
struct Ready {
    charge: Charge,
    capture: Capture,
    void: Void,
    refund: Refund,
    paid: ProviderCharge,
}

impl Ready {
    async fn on(bench: &Bench) -> Self {
        let paid = bench.captured().await;
        Self {
            charge: bench.new_charge(Means::Good, true),
            capture: new_capture(&bench.held().await, AMOUNT),
            void: new_void(&bench.held().await),
            refund: new_refund(&paid, 1000),
            paid,
        }
    }

    async fn move_money(&self, bench: &Bench) -> Vec<Outcome> {
        vec![
            ("charge", bench.port().charge(&self.charge).await.map(drop)),
            ("capture", bench.port().capture(&self.capture).await.map(drop)),
            ("void", bench.port().void(&self.void).await.map(drop)),
            ("refund", bench.port().refund(&self.refund).await.map(drop)),
        ]
    }

    async fn look_up(&self, bench: &Bench) -> Vec<Outcome> {
        let mut charge = ChargeLookup {
            payment: self.paid.payment,
            reference: Some(self.paid.reference.clone()),
            sent_after: bench.now(),
            sent_before: None,
        };
        let refund = RefundLookup {
            refund: self.refund.refund,
            payment: self.refund.payment,
            charge_reference: self.refund.reference.clone(),
            reference: None,
        };
        let by_reference = bench.port().find(&charge).await.map(drop);
        charge.reference = None;
        vec![
            ("find by reference", by_reference),
            ("find", bench.port().find(&charge).await.map(drop)),
            ("find a refund", bench.port().find_refund(&refund).await.map(drop)),
            (
                "statement",
                bench.port().statement(bench.now(), bench.now(), None).await.map(drop),
            ),
        ]
    }

    async fn call_all(&self, bench: &Bench) -> Vec<Outcome> {
        let mut outcomes = self.move_money(bench).await;
        outcomes.extend(self.look_up(bench).await);
        outcomes
    }
}

fn all(outcomes: &[Outcome], expected: impl Fn(&Result<(), ProviderError>) -> bool) {
    for (verb, outcome) in outcomes {
        assert!(expected(outcome), "{verb}: {outcome:?}");
    }
}

fn is_unknown(outcome: &Result<(), ProviderError>) -> bool {
    matches!(outcome, Err(ProviderError::Unknown(_)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_there_did_nothing() {
    let bench = Bench::stand_in().await;
    let ready = Ready::on(&bench).await;
    bench.server().refuse_connections().await;
    // An adapter without open connections: one that is cut while it is used leaves it unknown.
    let fresh = bench.with_settings(|_| {});
    let unavailable = |outcome: &Result<(), ProviderError>| matches!(outcome, Err(ProviderError::Unavailable(_)));
    all(&ready.call_all(&fresh).await, unavailable);
    bench.server().accept_connections().await.unwrap();
    all(&ready.call_all(&fresh).await, Result::is_ok);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_key_is_for_a_person_to_mend() {
    let bench = Bench::stand_in().await;
    let ready = Ready::on(&bench).await;
    let wrong = bench.with_settings(|settings| settings.secret_key = Some(Secret::new("sk_test_of_somebody_else")));
    let misconfigured = |outcome: &Result<(), ProviderError>| matches!(outcome, Err(ProviderError::Misconfigured(_)));
    all(&ready.call_all(&wrong).await, misconfigured);
    all(&ready.call_all(&bench).await, Result::is_ok);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_key_may_not_do_is_for_a_person_to_mend() {
    let bench = Bench::stand_in().await;
    let ready = Ready::on(&bench).await;
    bench.server().fail("*", 8, Fault::Forbidden);
    let misconfigured = |outcome: &Result<(), ProviderError>| matches!(outcome, Err(ProviderError::Misconfigured(_)));
    all(&ready.call_all(&bench).await, misconfigured);
    all(&ready.call_all(&bench).await, Result::is_ok);
}

/// Where charges are made, nothing is found: that is no answer to the shopper.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_address_is_for_a_person_to_mend() {
    let bench = Bench::stand_in().await;
    let astray = bench.with_settings(|settings| settings.api_url.push_str("/elsewhere"));
    let outcome = astray.port().charge(&bench.new_charge(Means::Good, true)).await;
    assert!(matches!(outcome, Err(ProviderError::Misconfigured(_))), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limited_rate_has_its_wait() {
    let bench = Bench::stand_in().await;
    let ready = Ready::on(&bench).await;
    for (retry_after, waits) in [(Some(7), 7..=7), (None, 1..=60)] {
        bench.server().fail("*", 8, Fault::RateLimited { retry_after });
        all(&ready.call_all(&bench).await, |outcome| match outcome {
            Err(ProviderError::RateLimited { retry_after_seconds }) => waits.contains(retry_after_seconds),
            _ => false,
        });
    }
    // Nothing was remembered of them.
    all(&ready.call_all(&bench).await, Result::is_ok);
}

/// Somebody else is at the same object, or this process has too much to ask: the others need not wait.
fn is_not_now(outcome: &Result<(), ProviderError>) -> bool {
    matches!(outcome, Err(ProviderError::NotNow { retry_after_seconds: 1 }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_object_that_is_locked_makes_nobody_slow_down() {
    let bench = Bench::stand_in().await;
    let ready = Ready::on(&bench).await;
    bench.server().fail("*", 8, Fault::LockTimeout);
    all(&ready.call_all(&bench).await, is_not_now);
    all(&ready.call_all(&bench).await, Result::is_ok);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_own_limit_makes_nobody_else_slow_down() {
    let bench = Bench::stand_in().await;
    let paid = bench.captured().await;
    let slow = bench.with_settings(|settings| settings.requests_per_second = 1);
    let lookup = ChargeLookup {
        payment: paid.payment,
        reference: Some(paid.reference),
        sent_after: bench.now(),
        sent_before: None,
    };
    let asked = (0..12).map(|_| slow.port().find(&lookup));
    let outcomes: Vec<_> = join_all(asked).await.into_iter().map(|found| found.map(drop)).collect();
    let (good, late): (Vec<_>, Vec<_>) = outcomes.iter().partition(|outcome| outcome.is_ok());
    assert!(!good.is_empty() && !late.is_empty(), "{outcomes:?}");
    assert!(late.into_iter().all(is_not_now), "{outcomes:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_server_leaves_it_unknown() {
    for fault in [
        Fault::ErrorBeforeActing,
        Fault::ErrorAfterActing,
        Fault::CutBeforeActing,
        Fault::CutAfterActing,
        Fault::Garbled,
    ] {
        let bench = Bench::stand_in().await;
        let ready = Ready::on(&bench).await;
        bench.server().fail("*", 8, fault);
        let outcomes = ready.call_all(&bench).await;
        for (verb, outcome) in outcomes {
            assert!(is_unknown(&outcome), "{fault:?} {verb}: {outcome:?}");
        }
        let sent = bench.server().requests().len();
        assert_eq!(sent, 3 + 8, "{fault:?}: nothing is repeated behind our back");
    }
}

/// Much longer than the second after which a call is given up.
const LATE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_server_leaves_it_unknown_within_the_time_out() {
    for fault in [Fault::AnswersLate(LATE), Fault::ActsLate(LATE)] {
        let bench = Bench::stand_in().await;
        let ready = Ready::on(&bench).await;
        let impatient = bench.with_settings(|settings| settings.timeout_seconds = 1);
        bench.server().fail("POST /v1/payment_intents", 1, fault);
        let begun = Instant::now();
        let outcome = impatient.port().charge(&ready.charge).await.map(drop);
        assert!(is_unknown(&outcome), "{outcome:?}");
        sooner_than(LATE, begun.elapsed(), "the charge");
        // Meanwhile its key is taken.
        let outcome = impatient.port().charge(&ready.charge).await.map(drop);
        assert!(is_unknown(&outcome), "{outcome:?}");
        assert_eq!(bench.server().requests().last().unwrap().status, Some(409));
    }
}

/// The first call may have gone through: it must not look refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_was_used_for_another_request_is_unknown() {
    let bench = Bench::stand_in().await;
    let asked = bench.new_charge(Means::Good, true);
    bench.send(&asked).await;
    let other = Charge {
        amount: euros(100),
        ..asked
    };
    let outcome = bench.port().charge(&other).await.map(drop);
    assert!(is_unknown(&outcome), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_never_succeed_is_rejected() {
    let bench = Bench::stand_in().await;
    let good = bench.new_charge(Means::Good, true);
    for token in ["pm_nobody_has_this", "tok_nobody_has_this", ""] {
        let wrong = Charge {
            method_token: token.to_owned(),
            ..good.clone()
        };
        let outcome = bench.port().charge(&wrong).await;
        assert!(
            matches!(outcome, Err(ProviderError::Rejected(_))),
            "{token}: {outcome:?}"
        );
    }
    // Nothing was begun, so that the key is still good.
    assert_eq!(bench.send(&good).await.state, ChargeState::Captured);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_token_pays() {
    let bench = Bench::stand_in().await;
    for token in ["pm_card_visa", "tok_visa", "ctoken_1"] {
        let asked = Charge {
            method_token: token.to_owned(),
            ..bench.new_charge(Means::Good, true)
        };
        assert_eq!(bench.send(&asked).await.state, ChargeState::Captured, "{token}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_debit_is_pending_until_it_is_decided() {
    let bench = Bench::stand_in().await;
    for succeeds in [true, false] {
        let asked = Charge {
            method_token: "pm_usBankAccount_processing".to_owned(),
            ..bench.new_charge(Means::Good, true)
        };
        let charge = bench.send(&asked).await;
        assert_eq!((&charge.state, sums(&charge)), (&ChargeState::Pending, (AMOUNT, 0, 0)));
        bench.server().finish_processing(&charge.reference, succeeds);
        let found = bench.again(&charge).await;
        match succeeds {
            true => assert_eq!(sums(&found), (AMOUNT, AMOUNT, 0)),
            false => assert!(matches!(found.state, ChargeState::Declined { .. }), "{found:?}"),
        }
    }
}

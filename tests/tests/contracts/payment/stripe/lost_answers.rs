//! Stripe acted, and we do not know it: every way to lose an answer, for every call. A look-up
//! tells what became of it, and a repetition with the same key does nothing.

use chrono::TimeDelta;
use vitrine_commerce::ports::payment::{ChargeState, ProviderError, RefundState};
use vitrine_tests::stripe_stand_in::Fault;

use crate::payment::bench::{Bench, Means};
use crate::payment::calls::{AMOUNT, new_capture, new_refund, new_void, sums};

const LOSSES: [Fault; 3] = [Fault::ErrorAfterActing, Fault::CutAfterActing, Fault::Garbled];

fn assert_unknown<T: std::fmt::Debug>(outcome: &Result<T, ProviderError>) {
    assert!(matches!(outcome, Err(ProviderError::Unknown(_))), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_charge_is_found() {
    for fault in LOSSES {
        let bench = Bench::stand_in().await;
        let asked = bench.new_charge(Means::Good, true);
        bench.server().fail("POST /v1/payment_intents", 1, fault);
        assert_unknown(&bench.port().charge(&asked).await);
        let found = bench.find_by_id(asked.payment).await.unwrap();
        assert_eq!(
            (&found.state, sums(&found)),
            (&ChargeState::Captured, (AMOUNT, AMOUNT, 0))
        );

        let again = bench.port().charge(&asked).await;
        match fault {
            // The 500 is what Stripe remembers.
            Fault::ErrorAfterActing => assert_unknown(&again),
            _ => assert_eq!(again.unwrap().reference, found.reference),
        }
        let requests = bench.server().requests_to("POST /v1/payment_intents");
        let keys: Vec<_> = requests.iter().map(|request| request.key.as_deref()).collect();
        assert_eq!(keys, [Some(asked.key.as_str()); 2]);
        assert!(requests[1].replayed);
        assert_eq!(bench.server().intents().len(), 1, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_declined_charge_is_found_declined() {
    let bench = Bench::stand_in().await;
    let asked = bench.new_charge(Means::WithoutFunds, true);
    bench
        .server()
        .fail("POST /v1/payment_intents", 1, Fault::CutAfterActing);
    assert_unknown(&bench.port().charge(&asked).await);
    let found = bench.find_by_id(asked.payment).await.unwrap();
    let code = "insufficient_funds".to_owned();
    assert_eq!(found.state, ChargeState::Declined { code });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_capture_is_seen() {
    for fault in LOSSES {
        let bench = Bench::stand_in().await;
        let held = bench.held().await;
        let capture = new_capture(&held, 3000);
        bench.server().fail("POST /v1/payment_intents/*/capture", 1, fault);
        assert_unknown(&bench.port().capture(&capture).await);
        assert_eq!(sums(&bench.again(&held).await), (AMOUNT, 3000, 0), "{fault:?}");
        if fault != Fault::ErrorAfterActing {
            assert_eq!(sums(&bench.port().capture(&capture).await.unwrap()), (AMOUNT, 3000, 0));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_void_is_seen() {
    for fault in LOSSES {
        let bench = Bench::stand_in().await;
        let held = bench.held().await;
        let void = new_void(&held);
        bench.server().fail("POST /v1/payment_intents/*/cancel", 1, fault);
        assert_unknown(&bench.port().void(&void).await);
        assert_eq!(bench.again(&held).await.state, ChargeState::Voided, "{fault:?}");
        if fault != Fault::ErrorAfterActing {
            assert_eq!(bench.port().void(&void).await.unwrap().state, ChargeState::Voided);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_is_found() {
    for fault in LOSSES {
        let bench = Bench::stand_in().await;
        let charge = bench.captured().await;
        let refund = new_refund(&charge, 1000);
        bench.server().fail("POST /v1/refunds", 1, fault);
        assert_unknown(&bench.port().refund(&refund).await);
        let found = bench.find_refund(&refund).await.unwrap();
        assert_eq!(found.state, RefundState::Succeeded, "{fault:?}");
        if fault != Fault::ErrorAfterActing {
            assert_eq!(bench.port().refund(&refund).await.unwrap().reference, found.reference);
        }
        assert_eq!(bench.server().refunds().len(), 1, "{fault:?}");
    }
}

/// It was begun and failed, and the failure is remembered: the key is spent for nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_remembered_failure_leaves_nothing() {
    let bench = Bench::stand_in().await;
    let asked = bench.new_charge(Means::Good, true);
    bench
        .server()
        .fail("POST /v1/payment_intents", 1, Fault::ErrorInsteadOfActing);
    assert_unknown(&bench.port().charge(&asked).await);
    assert_unknown(&bench.port().charge(&asked).await);
    assert_eq!(bench.find_by_id(asked.payment).await, None);
    assert_eq!(bench.server().intents().len(), 0);
}

/// What a look-up by our id is for: after a day the key no longer protects.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forgotten_key_charges_again() {
    let bench = Bench::stand_in().await;
    let asked = bench.new_charge(Means::Good, true);
    bench
        .server()
        .fail("POST /v1/payment_intents", 1, Fault::CutAfterActing);
    assert_unknown(&bench.port().charge(&asked).await);
    bench.server().forget_keys();
    assert!(bench.find_by_id(asked.payment).await.is_some(), "found without any key");
    bench.send(&asked).await;
    assert_eq!(bench.server().intents().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_that_was_slow_or_failed_later_is_seen() {
    let bench = Bench::stand_in().await;
    for (token, first, then) in [
        ("pm_card_pendingRefund", RefundState::Pending, None),
        ("pm_card_refundFail", RefundState::Succeeded, Some(0)),
    ] {
        let mut asked = bench.new_charge(Means::Good, true);
        token.clone_into(&mut asked.method_token);
        let charge = bench.send(&asked).await;
        let refund = new_refund(&charge, AMOUNT);
        assert_eq!(bench.port().refund(&refund).await.unwrap().state, first);
        bench.move_clock(TimeDelta::minutes(2));
        let found = bench.find_refund(&refund).await.unwrap();
        assert_eq!(
            matches!(found.state, RefundState::Failed { .. }),
            then.is_some(),
            "{found:?}"
        );
        assert_ne!(found.state, RefundState::Pending);
        assert_eq!(
            sums(&bench.again(&charge).await),
            (AMOUNT, AMOUNT, then.unwrap_or(AMOUNT))
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_authorization_that_lapsed_is_void() {
    let bench = Bench::stand_in().await;
    let held = bench.held().await;
    bench.move_clock(TimeDelta::days(7) + TimeDelta::minutes(1));
    assert!(held.capture_before.unwrap() < bench.now());
    assert_eq!(bench.again(&held).await.state, ChargeState::Voided);
    let late = bench.capture(&held, AMOUNT).await;
    assert!(matches!(late, Err(ProviderError::Rejected(_))), "{late:?}");
}

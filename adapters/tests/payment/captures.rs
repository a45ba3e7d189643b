//! After an authorization: captured once, given up, or lapsed.

use chrono::TimeDelta;
use vitrine_commerce::{
    money::Money,
    ports::{
        PaymentProvider,
        payment::{Capture, ChargeState, Void},
    },
};

use crate::support::{Bench, capture, charge, is_rejected, on_every_database, start, sums, void};

on_every_database![
    an_authorization_is_captured_once,
    an_authorization_is_voided,
    an_authorization_lapses,
    what_is_captured_in_time_stays,
];

async fn an_authorization_is_captured_once(bench: Bench) {
    let provider = &bench.provider;
    let authorized = bench.authorized("tok_approve").await;
    assert_eq!(authorized.state, ChargeState::Authorized);
    assert_eq!(authorized.capture_before, Some(start() + TimeDelta::days(7)));
    for minor in [5000, 0, -1] {
        is_rejected(provider.capture(&capture(&authorized, minor)).await);
    }
    let foreign = bench.authorized("tok_approve").await;
    for wrong in [
        Capture {
            amount: Money::new(100, "USD".parse().expect("a currency")),
            ..capture(&authorized, 100)
        },
        Capture {
            payment: foreign.payment,
            ..capture(&authorized, 100)
        },
        Capture {
            reference: "sim_nowhere".to_owned(),
            ..capture(&authorized, 100)
        },
    ] {
        is_rejected(provider.capture(&wrong).await);
    }
    assert_eq!(sums(&bench.require(authorized.payment).await), (4999, 0, 0));

    // In part: the rest is released, and cannot be captured any more.
    let answer = provider.capture(&capture(&authorized, 4000)).await.expect("captured");
    assert_eq!(
        (&answer.state, sums(&answer)),
        (&ChargeState::Captured, (4999, 4000, 0))
    );
    assert_eq!(answer.capture_before, None);
    is_rejected(provider.capture(&capture(&authorized, 999)).await);
    is_rejected(provider.void(&void(&authorized)).await);
}

async fn an_authorization_is_voided(bench: Bench) {
    let provider = &bench.provider;
    let authorized = bench.authorized("tok_approve").await;
    for _ in 0..2 {
        let answer = provider.void(&void(&authorized)).await.expect("voided, and repeated");
        assert_eq!(answer.state, ChargeState::Voided);
    }
    is_rejected(provider.capture(&capture(&authorized, 4999)).await);

    for token in ["tok_second_factor", "tok_pending"] {
        let waiting = bench.captured(token).await;
        let foreign = Void {
            payment: authorized.payment,
            ..void(&waiting)
        };
        is_rejected(provider.void(&foreign).await);
        let answer = provider.void(&void(&waiting)).await.expect("voided");
        assert_eq!((answer.state, answer.captured_minor), (ChargeState::Voided, 0));
        bench.pass(TimeDelta::seconds(5));
        assert_eq!(
            bench.require(waiting.payment).await.state,
            ChargeState::Voided,
            "{token}"
        );
    }
}

async fn an_authorization_lapses(bench: Bench) {
    let at_once = bench.authorized("tok_approve").await;
    let later = bench.charge(&charge("tok_second_factor", false)).await;
    bench.pass(TimeDelta::days(2));
    let provider = &bench.provider;
    let approved = provider
        .complete_second_factor(&later.reference, true)
        .await
        .expect("approved");
    assert_eq!(approved.capture_before, Some(start() + TimeDelta::days(9)));
    bench.take().await;

    bench.pass(TimeDelta::days(5) - TimeDelta::seconds(1));
    assert_eq!(bench.require(at_once.payment).await.state, ChargeState::Authorized);
    bench.pass(TimeDelta::seconds(1));
    is_rejected(provider.capture(&capture(&at_once, 4999)).await);
    let lapsed = bench.require(at_once.payment).await;
    assert_eq!((lapsed.state, lapsed.capture_before), (ChargeState::Voided, None));
    assert_eq!(bench.take_kinds().await, ["charge.voided"]);
    assert_eq!(bench.require(later.payment).await.state, ChargeState::Authorized);
}

async fn what_is_captured_in_time_stays(bench: Bench) {
    let authorized = bench.authorized("tok_approve").await;
    bench
        .provider
        .capture(&capture(&authorized, 1))
        .await
        .expect("captured");
    bench.pass(TimeDelta::days(30));
    let kept = bench.require(authorized.payment).await;
    assert_eq!((&kept.state, sums(&kept)), (&ChargeState::Captured, (4999, 1, 0)));
}

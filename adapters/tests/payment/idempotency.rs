//! The same key acts once, whoever repeats it, stands for one request only, and is forgotten after
//! a day.

use chrono::TimeDelta;
use vitrine_commerce::{
    money::Money,
    ports::{
        PaymentProvider,
        payment::{Capture, Charge, ChargeState, Refund},
    },
};

use crate::support::{Bench, capture, charge, eur, is_rejected, on_every_database, refund, sums, unguessable};

on_every_database![
    a_repetition_gets_the_first_answer,
    the_same_key_with_another_request_is_refused,
    what_was_refused_is_not_remembered,
    a_forgotten_key_acts_again,
    twenty_at_once_charge_once,
];

async fn a_repetition_gets_the_first_answer(bench: Bench) {
    let provider = &bench.provider;
    let charge = charge("tok_approve", false);
    let charged = bench.charge(&charge).await;
    let capture = capture(&charged, 4999);
    let captured = provider.capture(&capture).await.expect("captured");
    let refund = refund(&charged, 4999);
    let refunded = provider.refund(&refund).await.expect("refunded");

    assert_eq!(bench.charge(&charge).await, charged);
    assert_eq!(provider.capture(&capture).await.expect("an answer"), captured);
    assert_eq!(provider.refund(&refund).await.expect("an answer"), refunded);
    assert_eq!((sums(&charged), sums(&captured)), ((4999, 0, 0), (4999, 4999, 0)));
    assert_eq!(sums(&bench.require(charge.payment).await), (4999, 4999, 4999));
}

async fn the_same_key_with_another_request_is_refused(bench: Bench) {
    let first = charge("tok_approve", false);
    let answer = bench.charge(&first).await;
    for other in [
        Charge {
            amount: eur(1),
            ..first.clone()
        },
        Charge {
            amount: Money::new(4999, "USD".parse().expect("a currency")),
            ..first.clone()
        },
        Charge {
            method_token: "tok_slow".to_owned(),
            ..first.clone()
        },
        Charge {
            capture: true,
            ..first.clone()
        },
        Charge {
            order_number: "1002".to_owned(),
            ..first.clone()
        },
    ] {
        is_rejected(bench.provider.charge(&other).await);
    }
    let part = capture(&answer, 1000);
    bench.provider.capture(&part).await.expect("captured");
    let more = Capture {
        amount: eur(2000),
        ..part
    };
    is_rejected(bench.provider.capture(&more).await);
    let part = refund(&answer, 100);
    bench.provider.refund(&part).await.expect("refunded");
    let more = Refund {
        amount: eur(200),
        ..part.clone()
    };
    is_rejected(bench.provider.refund(&more).await);
    // Another verb's key.
    let stolen = Refund { key: first.key, ..part };
    is_rejected(bench.provider.refund(&stolen).await);
    assert_eq!(bench.provider.ledger().await.expect("a ledger").len(), 1);
}

async fn what_was_refused_is_not_remembered(bench: Bench) {
    let waiting = bench.charge(&charge("tok_second_factor", false)).await;
    let capture = capture(&waiting, 4999);
    is_rejected(bench.provider.capture(&capture).await);
    bench
        .provider
        .complete_second_factor(&waiting.reference, true)
        .await
        .expect("approved");
    let answer = bench.provider.capture(&capture).await.expect("captured");
    assert_eq!(answer.state, ChargeState::Captured);
}

async fn a_forgotten_key_acts_again(bench: Bench) {
    let charge = charge("tok_approve", true);
    let first = bench.charge(&charge).await;
    let refund = refund(&first, 1000);
    bench.provider.refund(&refund).await.expect("refunded");
    bench.pass(TimeDelta::hours(24));
    assert_eq!(bench.charge(&charge).await, first, "still known");

    bench.pass(TimeDelta::seconds(1));
    let second = bench.charge(&charge).await;
    assert_ne!(second.reference, first.reference);
    bench.provider.refund(&refund).await.expect("refunded");
    assert_eq!(bench.charge(&charge).await, second, "known anew");
    let refunds = bench.provider.refunds().await.expect("refunds");
    assert_eq!(refunds.len(), 2);
    assert!(refunds.iter().all(|(id, _)| *id == refund.refund));

    let ledger = bench.provider.ledger().await.expect("a ledger");
    let charges: Vec<_> = ledger.iter().map(|charge| (&charge.reference, sums(charge))).collect();
    let expected = [
        (&first.reference, (4999, 4999, 2000)),
        (&second.reference, (4999, 4999, 0)),
    ];
    assert_eq!(charges, expected, "both name the attempt");
    assert!(ledger.iter().all(|found| found.payment == charge.payment));
}

async fn twenty_at_once_charge_once(bench: Bench) {
    let charge = Charge {
        key: unguessable().to_string(),
        ..charge("tok_approve", true)
    };
    let calls = (0..20).map(|_| {
        let (provider, charge) = (bench.provider.clone(), charge.clone());
        tokio::spawn(async move { provider.charge(&charge).await })
    });
    let mut answers = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        answers.push(call.await.expect("no panic").expect("an answer"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(bench.provider.ledger().await.expect("a ledger").len(), 1);
}

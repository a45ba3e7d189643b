//! The same key charges once, whoever repeats it, and stands for one request only.

use vitrine_commerce::{
    money::{Currency, Money},
    ports::{
        IdSource, PaymentProvider,
        ids::SystemIds,
        payment::{Charge, ChargeState, ProviderError},
    },
};
use vitrine_entity::ids::RefundId;

use crate::support::{Bench, charge, find, on_every_database};

on_every_database![
    a_repetition_gets_the_first_answer,
    the_same_key_with_another_request_is_refused,
    twenty_at_once_charge_once,
];

async fn a_repetition_gets_the_first_answer(bench: Bench) {
    let charge = charge("tok_approve", false);
    let first = bench.provider.charge(&charge).await.expect("an answer");
    bench
        .provider
        .capture(&first.reference, charge.payment, 4999)
        .await
        .expect("captured");
    assert_eq!(bench.provider.charge(&charge).await.expect("an answer"), first);
    assert_eq!(find(&bench, charge.payment).await.state, ChargeState::Captured);
}

async fn the_same_key_with_another_request_is_refused(bench: Bench) {
    let first = charge("tok_approve", false);
    let answer = bench.provider.charge(&first).await.expect("an answer");
    for other in [
        Charge {
            amount: Money::new(1, Currency::EUR),
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
    ] {
        let outcome = bench.provider.charge(&other).await;
        assert!(
            matches!(outcome, Err(ProviderError::Rejected(_))),
            "{other:?}: {outcome:?}"
        );
    }
    bench
        .provider
        .capture(&answer.reference, first.payment, 1000)
        .await
        .expect("captured");
    let more = bench.provider.capture(&answer.reference, first.payment, 2000).await;
    assert!(matches!(more, Err(ProviderError::Rejected(_))), "{more:?}");
    let refund = RefundId(SystemIds::default().unguessable());
    bench
        .provider
        .refund(&answer.reference, refund, 100)
        .await
        .expect("refunded");
    let other = bench.provider.refund(&answer.reference, refund, 200).await;
    assert!(matches!(other, Err(ProviderError::Rejected(_))), "{other:?}");
}

async fn twenty_at_once_charge_once(bench: Bench) {
    let charge = charge("tok_approve", true);
    let calls = (0..20).map(|_| {
        let (provider, charge) = (bench.provider.clone(), charge.clone());
        tokio::spawn(async move { provider.charge(&charge).await })
    });
    let mut references = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        references.push(call.await.expect("no panic").expect("an answer").reference);
    }
    references.dedup();
    assert_eq!(references.len(), 1);
    assert_eq!(bench.provider.ledger().await.expect("a ledger").len(), 1);
}

//! The steps after the charge: captures, voids and refunds, never of more than there is.

use vitrine_commerce::ports::{
    IdSource, PaymentProvider,
    ids::SystemIds,
    payment::{ChargeState, ProviderError},
};
use vitrine_entity::ids::RefundId;

use crate::support::{Bench, charge, find, on_every_database, sums};

on_every_database![
    an_authorization_is_captured_once_or_voided,
    no_more_is_refunded_than_was_captured,
    refunds_at_once_do_not_exceed_the_capture,
];

async fn an_authorization_is_captured_once_or_voided(bench: Bench) {
    let provider = &bench.provider;
    let captured = charge("tok_approve", false);
    let reference = provider.charge(&captured).await.expect("an answer").reference;
    for amount in [5000, 0, -1] {
        let outcome = provider.capture(&reference, captured.payment, amount).await;
        assert!(
            matches!(outcome, Err(ProviderError::Rejected(_))),
            "{amount}: {outcome:?}"
        );
    }
    for _ in 0..2 {
        let answer = provider
            .capture(&reference, captured.payment, 4000)
            .await
            .expect("captured, and repeated");
        assert_eq!(
            (answer.state.clone(), sums(&answer)),
            (ChargeState::Captured, (4999, 4000, 0))
        );
    }
    let late = provider.void(&reference, captured.payment).await;
    assert!(matches!(late, Err(ProviderError::Rejected(_))), "{late:?}");

    let voided = charge("tok_approve", false);
    let reference = provider.charge(&voided).await.expect("an answer").reference;
    for _ in 0..2 {
        assert_eq!(
            provider
                .void(&reference, voided.payment)
                .await
                .expect("voided, and repeated")
                .state,
            ChargeState::Voided
        );
    }
    let late = provider.capture(&reference, voided.payment, 4999).await;
    assert!(matches!(late, Err(ProviderError::Rejected(_))), "{late:?}");

    let waiting = charge("tok_second_factor", true);
    let reference = provider.charge(&waiting).await.expect("an answer").reference;
    assert_eq!(
        provider.void(&reference, waiting.payment).await.expect("voided").state,
        ChargeState::Voided
    );
    let foreign = provider.void(&reference, captured.payment).await;
    assert!(foreign.is_err(), "{foreign:?}");
}

async fn no_more_is_refunded_than_was_captured(bench: Bench) {
    let provider = &bench.provider;
    let charge = charge("tok_approve", true);
    let reference = provider.charge(&charge).await.expect("an answer").reference;
    let refund = RefundId(SystemIds::default().unguessable());
    for _ in 0..2 {
        let answer = provider
            .refund(&reference, refund, 3000)
            .await
            .expect("refunded, and repeated");
        assert_eq!(sums(&answer), (4999, 4999, 3000));
    }
    for amount in [2000, 0, -1] {
        let outcome = provider
            .refund(&reference, RefundId(SystemIds::default().unguessable()), amount)
            .await;
        assert!(
            matches!(outcome, Err(ProviderError::Rejected(_))),
            "{amount}: {outcome:?}"
        );
    }
    let rest = provider
        .refund(&reference, RefundId(SystemIds::default().unguessable()), 1999)
        .await
        .expect("refunded");
    assert_eq!(sums(&rest), (4999, 4999, 4999));
    let nowhere = provider
        .refund("sim_nowhere", RefundId(SystemIds::default().unguessable()), 1)
        .await;
    assert!(matches!(nowhere, Err(ProviderError::Rejected(_))), "{nowhere:?}");
}

async fn refunds_at_once_do_not_exceed_the_capture(bench: Bench) {
    let charge = charge("tok_approve", true);
    let reference = bench.provider.charge(&charge).await.expect("an answer").reference;
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let (provider, reference) = (bench.provider.clone(), reference.clone());
            tokio::spawn(async move {
                provider
                    .refund(&reference, RefundId(SystemIds::default().unguessable()), 1000)
                    .await
            })
        })
        .collect();
    let mut refunded = 0;
    for call in calls {
        match call.await.expect("no panic") {
            Ok(_) => refunded += 1,
            Err(error) => assert!(matches!(error, ProviderError::Rejected(_)), "{error:?}"),
        }
    }
    assert_eq!(refunded, 4);
    assert_eq!(sums(&find(&bench, charge.payment).await), (4999, 4999, 4000));
}

//! Refunds: never of more than was captured.

use chrono::TimeDelta;
use vitrine_commerce::{
    money::Money,
    ports::{
        PaymentProvider,
        payment::{ProviderError, Refund, RefundLookup, RefundState},
    },
};

use crate::support::{Bench, by_refund, capture, is_rejected, on_every_database, refund, sums};

on_every_database![
    no_more_is_refunded_than_was_captured,
    refunds_at_once_do_not_exceed_the_capture,
    a_refund_is_on_its_way_and_arrives,
    a_refund_fails,
    a_refund_is_found,
];

async fn no_more_is_refunded_than_was_captured(bench: Bench) {
    let provider = &bench.provider;
    let authorized = bench.authorized("tok_approve").await;
    is_rejected(provider.refund(&refund(&authorized, 1)).await);
    provider
        .capture(&capture(&authorized, 4000))
        .await
        .expect("captured in part");
    let first = refund(&authorized, 3000);
    for _ in 0..2 {
        let answer = provider.refund(&first).await.expect("refunded, and repeated");
        assert_eq!((answer.state, answer.amount), (RefundState::Succeeded, first.amount));
    }
    for minor in [1001, 0, -1] {
        is_rejected(provider.refund(&refund(&authorized, minor)).await);
    }
    for wrong in [
        Refund {
            amount: Money::new(1, "USD".parse().expect("a currency")),
            ..refund(&authorized, 1)
        },
        Refund {
            payment: bench.captured("tok_approve").await.payment,
            ..refund(&authorized, 1)
        },
        Refund {
            reference: "sim_nowhere".to_owned(),
            ..refund(&authorized, 1)
        },
    ] {
        is_rejected(provider.refund(&wrong).await);
    }
    provider.refund(&refund(&authorized, 1000)).await.expect("the rest");
    assert_eq!(sums(&bench.require(authorized.payment).await), (4999, 4000, 4000));
    is_rejected(provider.refund(&refund(&authorized, 1)).await);
    assert_eq!(provider.refunds().await.expect("refunds").len(), 2);
}

async fn refunds_at_once_do_not_exceed_the_capture(bench: Bench) {
    let captured = bench.captured("tok_approve").await;
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let (provider, refund) = (bench.provider.clone(), refund(&captured, 1000));
            tokio::spawn(async move { provider.refund(&refund).await })
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
    assert_eq!(sums(&bench.require(captured.payment).await), (4999, 4999, 4000));
}

async fn a_refund_is_on_its_way_and_arrives(bench: Bench) {
    let captured = bench.captured("tok_refund_pending").await;
    let refund = refund(&captured, 2000);
    let answer = bench.provider.refund(&refund).await.expect("an answer");
    assert_eq!(answer.state, RefundState::Pending);
    assert_eq!(
        sums(&bench.require(captured.payment).await),
        (4999, 4999, 2000),
        "on its way"
    );
    assert_eq!(bench.take_kinds().await, ["charge.captured", "charge.refunded"]);
    bench.pass(TimeDelta::seconds(2));
    let state = |found: Option<_>| found.map(|refund: vitrine_commerce::ports::payment::ProviderRefund| refund.state);
    assert_eq!(state(bench.find_refund(&refund).await), Some(RefundState::Pending));
    bench.pass(TimeDelta::seconds(1));
    assert_eq!(state(bench.find_refund(&refund).await), Some(RefundState::Succeeded));
    assert_eq!(bench.take_kinds().await, ["refund.updated"]);
    assert_eq!(sums(&bench.require(captured.payment).await), (4999, 4999, 2000));
    let again = bench.provider.refund(&refund).await.expect("an answer");
    assert_eq!(again, answer, "the first answer, whatever has become of it");
}

async fn a_refund_fails(bench: Bench) {
    let captured = bench.captured("tok_refund_fails").await;
    is_rejected(bench.provider.refund(&refund(&captured, 5000)).await);
    let refund = refund(&captured, 4999);
    let answer = bench.provider.refund(&refund).await.expect("an answer");
    let reason = "expired_or_canceled_card".to_owned();
    assert_eq!(answer.state, RefundState::Failed { reason });
    assert_eq!(sums(&bench.require(captured.payment).await), (4999, 4999, 0));
    let found = bench.find_refund(&refund).await.expect("a refund");
    assert_eq!((found.reference, found.state), (answer.reference, answer.state));
    assert_eq!(bench.take_kinds().await, ["charge.captured", "refund.updated"]);
}

async fn a_refund_is_found(bench: Bench) {
    let captured = bench.captured("tok_approve").await;
    let (first, second) = (refund(&captured, 1), refund(&captured, 2));
    let answer = bench.provider.refund(&first).await.expect("refunded");
    assert_eq!(bench.find_refund(&second).await, None, "never heard of");
    bench.provider.refund(&second).await.expect("refunded");

    let by_id = bench.find_refund(&first).await.expect("a refund");
    let lookup = RefundLookup {
        reference: Some(answer.reference.clone()),
        ..by_refund(&second)
    };
    let by_reference = bench.provider.find_refund(&lookup).await.expect("an answer");
    let by_reference = by_reference.expect("a refund");
    for found in [&by_id, &by_reference] {
        assert_eq!((&found.reference, found.amount), (&answer.reference, first.amount));
        assert!(found.request_id.is_some());
    }
    assert_ne!(by_id.request_id, by_reference.request_id);

    let elsewhere = bench.captured("tok_approve").await;
    let lookup = RefundLookup {
        charge_reference: elsewhere.reference,
        ..by_refund(&first)
    };
    assert_eq!(bench.provider.find_refund(&lookup).await.expect("an answer"), None);
}

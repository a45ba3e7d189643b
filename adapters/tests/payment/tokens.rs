//! What becomes of a charge, as its token says.

use chrono::TimeDelta;
use vitrine_commerce::ports::{
    PaymentProvider,
    payment::{Charge, ChargeState, Settlement},
};

use crate::support::{Bench, charge, eur, is_rejected, on_every_database, unnumbered};

on_every_database![
    tokens_decide,
    a_second_factor_decides_later,
    what_is_pending_is_decided_later,
];

async fn tokens_decide(bench: Bench) {
    let cases = [
        ("tok_approve", ChargeState::Captured),
        ("tok_slow", ChargeState::Captured),
        ("tok_webhook_early", ChargeState::Captured),
        ("tok_decline", declined("card_declined")),
        ("tok_decline_insufficient_funds", declined("insufficient_funds")),
        ("tok_decline_expired_card", declined("expired_card")),
        ("tok_decline_lost_card", declined("lost_card")),
        ("tok_pending", ChargeState::Pending),
        ("4242 4242 4242 4242", declined("invalid_token")),
        ("", declined("invalid_token")),
    ];
    for (token, state) in &cases {
        let charge = charge(token, true);
        let answer = bench.charge(&charge).await;
        assert_eq!(&answer.state, state, "{token}");
        assert_eq!((answer.payment, answer.live), (charge.payment, false));
        assert!(answer.request_id.is_some());
        let captured_minor = if *state == ChargeState::Captured { 4999 } else { 0 };
        assert_eq!(answer.captured_minor, captured_minor, "{token}");
        assert_eq!(bench.require(charge.payment).await, unnumbered(answer));
    }
    assert_eq!(bench.provider.ledger().await.expect("a ledger").len(), cases.len());
    for minor in [0, -1] {
        let nothing = Charge {
            amount: eur(minor),
            ..charge("tok_approve", true)
        };
        is_rejected(bench.provider.charge(&nothing).await);
    }
    let provider = &bench.provider;
    assert_eq!(
        (provider.settlement(), provider.is_live()),
        (Settlement::ByProvider, false)
    );
    assert!(provider.offer().needs_token);
}

async fn a_second_factor_decides_later(bench: Bench) {
    for (capture, approve, state) in [
        (true, true, ChargeState::Captured),
        (false, true, ChargeState::Authorized),
        (true, false, declined("authentication_failed")),
    ] {
        let charge = charge("tok_second_factor", capture);
        let answer = bench.charge(&charge).await;
        let ChargeState::ActionRequired { client } = &answer.state else {
            panic!("{answer:?}")
        };
        assert_eq!(
            client["url"],
            format!("http://shop.example/dev/payments/simulated/{}", answer.reference)
        );
        let decided = bench
            .provider
            .complete_second_factor(&answer.reference, approve)
            .await
            .expect("an answer");
        assert_eq!(decided.state, state);
        assert_eq!(
            bench
                .provider
                .find_by_reference(&answer.reference)
                .await
                .expect("an answer"),
            Some(decided)
        );
        let again = bench.provider.complete_second_factor(&answer.reference, true).await;
        is_rejected(again);
    }
}

async fn what_is_pending_is_decided_later(bench: Bench) {
    let (captured, authorized) = (charge("tok_pending", true), charge("tok_pending", false));
    for charge in [&captured, &authorized] {
        assert_eq!(bench.charge(charge).await.state, ChargeState::Pending);
    }
    bench.pass(TimeDelta::seconds(2));
    assert_eq!(bench.require(captured.payment).await.state, ChargeState::Pending);
    bench.pass(TimeDelta::seconds(2));
    assert_eq!(bench.require(captured.payment).await.state, ChargeState::Captured);
    assert_eq!(bench.require(authorized.payment).await.state, ChargeState::Authorized);
    // The first answer, whatever has become of it.
    assert_eq!(bench.charge(&captured).await.state, ChargeState::Pending);
}

fn declined(code: &str) -> ChargeState {
    ChargeState::Declined { code: code.to_owned() }
}

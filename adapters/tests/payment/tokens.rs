//! What becomes of a charge, as its token says.

use chrono::TimeDelta;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::{
        IdSource, PaymentProvider,
        ids::SystemIds,
        payment::{Charge, ChargeState, ProviderError},
    },
};
use vitrine_entity::ids::PaymentId;

use crate::support::{Bench, charge, find, on_every_database, sums};

on_every_database![
    tokens_decide,
    a_second_factor_decides_later,
    what_is_pending_is_decided_later,
    failures_before_the_charge_leave_nothing,
    a_lost_answer_is_found,
];

async fn tokens_decide(bench: Bench) {
    let cases = [
        ("tok_approve", ChargeState::Captured),
        ("tok_slow", ChargeState::Captured),
        ("tok_decline", declined("card_declined")),
        ("tok_decline_insufficient_funds", declined("insufficient_funds")),
        ("tok_decline_expired_card", declined("expired_card")),
        ("tok_decline_lost_card", declined("lost_card")),
        ("tok_pending", ChargeState::Pending),
        ("4242 4242 4242 4242", declined("invalid_token")),
    ];
    for (token, state) in &cases {
        let charge = charge(token, true);
        let answer = bench.provider.charge(&charge).await.expect(token);
        assert_eq!(&answer.state, state, "{token}");
        assert_eq!(answer.payment, charge.payment);
        assert_eq!(
            answer.captured_minor,
            if *state == ChargeState::Captured { 4999 } else { 0 },
            "{token}"
        );
        assert_eq!(
            bench.provider.find(charge.payment).await.expect("an answer"),
            Some(answer)
        );
    }
    assert_eq!(
        bench
            .provider
            .find(PaymentId(SystemIds::default().unguessable()))
            .await
            .expect("an answer"),
        None
    );
    assert_eq!(bench.provider.ledger().await.expect("a ledger").len(), cases.len());
    let nothing = Charge {
        amount: Money::new(0, Currency::EUR),
        ..charge("tok_approve", true)
    };
    assert!(matches!(
        bench.provider.charge(&nothing).await,
        Err(ProviderError::Rejected(_))
    ));
}

async fn a_second_factor_decides_later(bench: Bench) {
    for (capture, approve, state) in [
        (true, true, ChargeState::Captured),
        (false, true, ChargeState::Authorized),
        (true, false, declined("authentication_failed")),
    ] {
        let charge = charge("tok_second_factor", capture);
        let answer = bench.provider.charge(&charge).await.expect("an answer");
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
        assert!(matches!(again, Err(ProviderError::Rejected(_))), "{again:?}");
    }
}

async fn what_is_pending_is_decided_later(bench: Bench) {
    let (captured, authorized) = (charge("tok_pending", true), charge("tok_pending", false));
    for charge in [&captured, &authorized] {
        assert_eq!(
            bench.provider.charge(charge).await.expect("an answer").state,
            ChargeState::Pending
        );
    }
    bench.pass(TimeDelta::seconds(2));
    assert_eq!(find(&bench, captured.payment).await.state, ChargeState::Pending);
    bench.pass(TimeDelta::seconds(2));
    assert_eq!(find(&bench, captured.payment).await.state, ChargeState::Captured);
    assert_eq!(find(&bench, authorized.payment).await.state, ChargeState::Authorized);
    // The first answer, whatever has become of it.
    assert_eq!(
        bench.provider.charge(&captured).await.expect("an answer").state,
        ChargeState::Pending
    );
}

async fn failures_before_the_charge_leave_nothing(bench: Bench) {
    let unavailable = charge("tok_unavailable", true);
    for _ in 0..2 {
        let outcome = bench.provider.charge(&unavailable).await;
        assert!(matches!(outcome, Err(ProviderError::Unavailable(_))), "{outcome:?}");
        assert_eq!(bench.provider.find(unavailable.payment).await.expect("an answer"), None);
    }
    assert_eq!(
        bench.provider.charge(&unavailable).await.expect("the third time").state,
        ChargeState::Captured
    );

    let silent = charge("tok_timeout_before", true);
    let outcome = bench.provider.charge(&silent).await;
    assert!(matches!(outcome, Err(ProviderError::Unknown(_))), "{outcome:?}");
    assert_eq!(bench.provider.find(silent.payment).await.expect("an answer"), None);
    assert_eq!(
        bench.provider.charge(&silent).await.expect("the second time").state,
        ChargeState::Captured
    );
}

async fn a_lost_answer_is_found(bench: Bench) {
    for token in ["tok_timeout_after", "tok_error_after"] {
        let charge = charge(token, true);
        let outcome = bench.provider.charge(&charge).await;
        assert!(matches!(outcome, Err(ProviderError::Unknown(_))), "{outcome:?}");
        assert_eq!(sums(&find(&bench, charge.payment).await), (4999, 4999, 0));
        assert_eq!(
            bench.provider.charge(&charge).await.expect("the second time").state,
            ChargeState::Captured
        );
    }
    assert_eq!(bench.provider.ledger().await.expect("a ledger").len(), 2);
}

fn declined(code: &str) -> ChargeState {
    ChargeState::Declined { code: code.to_owned() }
}

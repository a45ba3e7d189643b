//! What becomes of a charge, as its token says.

use chrono::TimeDelta;
use vitrine_commerce::ports::payment::{ChargeState, Settlement};

use super::{on_the_simulated, unnumbered};
use crate::payment::{
    bench::Bench,
    calls::{AMOUNT, assert_rejected},
};

on_the_simulated![
    tokens_decide,
    a_second_factor_is_asked_for_on_a_page,
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
        let answer = bench.captured_with(token).await;
        assert_eq!(&answer.state, state, "{token}");
        let captured_minor = if *state == ChargeState::Captured { AMOUNT } else { 0 };
        assert_eq!(answer.captured_minor, captured_minor, "{token}");
        assert_eq!(bench.record(answer.payment).await, unnumbered(answer));
    }
    assert_eq!(bench.ledger().await.len(), cases.len());
    let provider = bench.port();
    assert_eq!(
        (provider.settlement(), provider.is_live(), provider.offer().needs_token),
        (Settlement::ByProvider, false, true)
    );
}

async fn a_second_factor_is_asked_for_on_a_page(bench: Bench) {
    let charge = bench.captured_with("tok_second_factor").await;
    let ChargeState::ActionRequired { client } = &charge.state else {
        panic!("{charge:?}")
    };
    let page = format!("http://shop.example/dev/payments/simulated/{}", charge.reference);
    assert_eq!(client["url"], page);
    let provider = bench.own();
    let failed = provider.complete_second_factor(&charge.reference, false).await.unwrap();
    assert_eq!(failed.state, declined("authentication_failed"));
    let shown = provider.find_by_reference(&charge.reference).await.unwrap();
    assert_eq!(shown, Some(failed));
    assert_rejected(&provider.complete_second_factor(&charge.reference, true).await);
}

async fn what_is_pending_is_decided_later(bench: Bench) {
    let asked = bench.new_charge_with("tok_pending", true);
    let (captured, held) = (bench.send(&asked).await, bench.held_with("tok_pending").await);
    let states = async || {
        let (captured, held) = (bench.record(captured.payment).await, bench.record(held.payment).await);
        (captured.state, held.state)
    };
    bench.move_clock(TimeDelta::seconds(29));
    assert_eq!(states().await, (ChargeState::Pending, ChargeState::Pending));
    bench.move_clock(TimeDelta::seconds(1));
    assert_eq!(states().await, (ChargeState::Captured, ChargeState::Authorized));
    // The first answer, whatever has become of it.
    assert_eq!(bench.send(&asked).await.state, ChargeState::Pending);
}

fn declined(code: &str) -> ChargeState {
    ChargeState::Declined { code: code.to_owned() }
}

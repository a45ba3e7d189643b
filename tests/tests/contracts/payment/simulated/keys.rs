//! What a key stands for, and for how long.

use chrono::TimeDelta;
use vitrine_commerce::{
    money::Money,
    ports::payment::{Charge, ChargeState, Refund},
};

use super::on_the_simulated;
use crate::payment::{
    bench::Bench,
    calls::{AMOUNT, assert_rejected, new_capture, new_refund, sums},
};

on_the_simulated![
    a_key_is_for_one_request_in_all_its_parts,
    what_was_refused_is_not_remembered,
    a_forgotten_key_acts_again,
];

async fn a_key_is_for_one_request_in_all_its_parts(bench: Bench) {
    let first = bench.new_charge_with("tok_approve", true);
    let charged = bench.send(&first).await;
    let mut others = vec![first.clone(); 4];
    others[0].amount = Money::new(AMOUNT, "USD".parse().unwrap());
    "tok_slow".clone_into(&mut others[1].method_token);
    others[2].capture = false;
    "V-1002".clone_into(&mut others[3].order_number);
    for other in others {
        assert_rejected(&bench.port().charge(&other).await);
    }
    let of_another_verb = Refund {
        key: first.key,
        ..new_refund(&charged, 100)
    };
    assert_rejected(&bench.port().refund(&of_another_verb).await);
    assert_eq!(
        bench.ledger().await.iter().map(sums).collect::<Vec<_>>(),
        [(AMOUNT, AMOUNT, 0)]
    );
}

async fn what_was_refused_is_not_remembered(bench: Bench) {
    let waiting = bench.held_with("tok_second_factor").await;
    let capture = new_capture(&waiting, AMOUNT);
    assert_rejected(&bench.port().capture(&capture).await);
    bench.answer_second_factor(&waiting.reference, true).await;
    let answer = bench.port().capture(&capture).await.unwrap();
    assert_eq!(answer.state, ChargeState::Captured);
}

async fn a_forgotten_key_acts_again(bench: Bench) {
    let charge: Charge = bench.new_charge_with("tok_approve", true);
    let first = bench.send(&charge).await;
    let refund = new_refund(&first, 1000);
    bench.port().refund(&refund).await.unwrap();
    bench.move_clock(TimeDelta::hours(24));
    assert_eq!(bench.send(&charge).await, first, "still known");

    bench.move_clock(TimeDelta::seconds(1));
    let second = bench.send(&charge).await;
    assert_ne!(second.reference, first.reference);
    bench.port().refund(&refund).await.unwrap();
    assert_eq!(bench.send(&charge).await, second, "known anew");
    let refunds = bench.own().refunds().await.unwrap();
    assert_eq!(refunds.len(), 2);
    assert!(refunds.iter().all(|(id, _)| *id == refund.refund));

    let ledger = bench.ledger().await;
    let charges: Vec<_> = ledger.iter().map(|charge| (&charge.reference, sums(charge))).collect();
    let expected = [
        (&first.reference, (AMOUNT, AMOUNT, 2000)),
        (&second.reference, (AMOUNT, AMOUNT, 0)),
    ];
    assert_eq!(charges, expected, "both name the attempt");
    assert!(ledger.iter().all(|found| found.payment == charge.payment));
}

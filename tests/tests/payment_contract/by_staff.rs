//! Providers that staff settle: what the port asks of them, though they keep no books.

use std::collections::HashMap;

use chrono::TimeDelta;
use vitrine_commerce::ports::payment::{ChargeState, ProviderCharge, RefundState, Settlement, WebhookError};

use super::bench::{Bench, Means};
use super::calls::{AMOUNT, assert_rejected, euros, new_capture, new_refund, sums};

async fn open(bench: &Bench) -> ProviderCharge {
    bench.charged(Means::Good, false).await
}

pub(crate) async fn it_opens_and_takes_nothing(bench: Bench) {
    assert_eq!(bench.port().settlement(), Settlement::ByStaff);
    assert!(!bench.port().offer().needs_token);
    for capture in [true, false] {
        let asked = bench.new_charge(Means::Good, capture);
        let charge = bench.send(&asked).await;
        let waits = matches!(
            charge.state,
            ChargeState::Authorized | ChargeState::ActionRequired { .. }
        );
        assert!(waits, "{charge:?}");
        assert_eq!((charge.payment, sums(&charge)), (asked.payment, (AMOUNT, 0, 0)));
    }
}

pub(crate) async fn all_is_captured(bench: Bench) {
    let charge = open(&bench).await;
    let captured = bench.capture(&charge, AMOUNT).await.unwrap();
    assert_eq!(
        (&captured.state, sums(&captured)),
        (&ChargeState::Captured, (AMOUNT, AMOUNT, 0))
    );
    assert_eq!(captured.reference, charge.reference);
}

pub(crate) async fn a_part_is_captured(bench: Bench) {
    let charge = open(&bench).await;
    let captured = bench.capture(&charge, 1000).await.unwrap();
    assert_eq!(
        (&captured.state, sums(&captured)),
        (&ChargeState::Captured, (AMOUNT, 1000, 0))
    );
}

pub(crate) async fn above_is_rejected(bench: Bench) {
    let charge = open(&bench).await;
    for minor in [AMOUNT + 1, 0, -1] {
        assert_rejected(&bench.capture(&charge, minor).await);
        assert_rejected(&bench.refund(&charge, minor).await);
    }
}

pub(crate) async fn a_void_is_a_void(bench: Bench) {
    let charge = open(&bench).await;
    let voided = bench.void(&charge).await.unwrap();
    assert_eq!((&voided.state, sums(&voided)), (&ChargeState::Voided, (AMOUNT, 0, 0)));
}

pub(crate) async fn a_refund_waits_for_staff(bench: Bench) {
    let charge = open(&bench).await;
    bench.capture(&charge, AMOUNT).await.unwrap();
    let refund = bench.refund(&charge, 1000).await.unwrap();
    assert_eq!((refund.state, refund.amount), (RefundState::Pending, euros(1000)));
}

pub(crate) async fn twice_is_alike(bench: Bench) {
    let asked = bench.new_charge(Means::Good, false);
    let charge = bench.send(&asked).await;
    assert_eq!(bench.send(&asked).await, charge);
    let (capture, refund) = (new_capture(&charge, AMOUNT), new_refund(&charge, 1000));
    assert_eq!(
        bench.port().capture(&capture).await.unwrap(),
        bench.port().capture(&capture).await.unwrap()
    );
    assert_eq!(
        bench.port().refund(&refund).await.unwrap(),
        bench.port().refund(&refund).await.unwrap()
    );
}

pub(crate) async fn anothers_reference_is_rejected(bench: Bench) {
    let (charge, other) = (open(&bench).await, open(&bench).await);
    let mixed = ProviderCharge {
        reference: other.reference,
        ..charge
    };
    assert_rejected(&bench.capture(&mixed, AMOUNT).await);
    assert_rejected(&bench.void(&mixed).await);
    assert_rejected(&bench.refund(&mixed, AMOUNT).await);
}

pub(crate) async fn there_are_no_books(bench: Bench) {
    let charge = open(&bench).await;
    assert_eq!(bench.find_by_id(charge.payment).await, None);
    assert_eq!(bench.find_refund(&new_refund(&charge, 1000)).await, None);
    let (since, until) = (bench.now() - TimeDelta::days(1), bench.now() + TimeDelta::days(1));
    let page = bench.port().statement(since, until, None).await.unwrap();
    assert!(page.charges.is_empty() && page.next.is_none());
    let refused = bench.port().webhook(&HashMap::new(), b"{}");
    assert!(matches!(refused, Err(WebhookError::Unexpected)), "{refused:?}");
}

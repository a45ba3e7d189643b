//! Providers that staff settle: what the port asks of them, though they keep no books.

use std::collections::HashMap;

use chrono::TimeDelta;
use vitrine_commerce::{
    money::Money,
    ports::payment::{ChargeState, ProviderCharge, RefundState, Settlement, WebhookError},
};

use super::bench::{self, Bench, Means};
use super::calls::{AMOUNT, assert_rejected, euros, new_capture, new_refund, new_void, sums};

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
    for amount in [
        euros(AMOUNT + 1),
        euros(0),
        euros(-1),
        Money::new(1, "USD".parse().unwrap()),
    ] {
        let (mut capture, mut refund) = (new_capture(&charge, 1), new_refund(&charge, 1));
        (capture.amount, refund.amount) = (amount, amount);
        assert_rejected(&bench.port().capture(&capture).await);
        assert_rejected(&bench.port().refund(&refund).await);
    }
    let mut nothing = bench.new_charge(Means::Good, false);
    nothing.amount = euros(0);
    assert_rejected(&bench.port().charge(&nothing).await);
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
    let (id, longer) = (mixed.payment.to_string(), format!("{}/1", mixed.reference));
    for malformed in ["", "sim_1", &id, &longer] {
        let mut void = new_void(&mixed);
        malformed.clone_into(&mut void.reference);
        assert_rejected(&bench.port().void(&void).await);
    }
}

pub(crate) async fn there_are_no_books(bench: Bench) {
    let charge = open(&bench).await;
    assert_eq!(bench.find_by_id(charge.payment).await, None);
    assert_eq!(bench.find_refund(&new_refund(&charge, 1000)).await, None);
    let (since, until) = (bench.now() - TimeDelta::days(1), bench.now() + TimeDelta::days(1));
    let page = bench.port().statement(since, until, None).await.unwrap();
    assert!(page.charges.is_empty() && page.next.is_none());
    let refused = bench.port().webhook(&HashMap::new(), b"{}").await;
    assert!(matches!(refused, Err(WebhookError::Unexpected)), "{refused:?}");
}

#[tokio::test]
async fn the_shopper_is_told_where_to_pay() {
    bench::on_bank_transfer(|bench| async move {
        let text = "Please transfer 49.99 EUR for V-1001, for V-1001.";
        let client = serde_json::json!({ "type": "instructions", "text": text });
        assert_eq!(open(&bench).await.state, ChargeState::ActionRequired { client });
        assert_eq!(bench.port().name(), "bank_transfer");
    })
    .await;
    bench::on_cash_on_delivery(|bench| async move {
        assert_eq!(open(&bench).await.state, ChargeState::Authorized);
        assert_eq!(bench.port().name(), "cash_on_delivery");
    })
    .await;
}

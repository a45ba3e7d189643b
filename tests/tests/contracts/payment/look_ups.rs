//! What became of a call, when its answer is not known.

use vitrine_commerce::ports::payment::{Charge, ChargeState, RefundLookup, RefundState};
use vitrine_entity::ids::PaymentId;

use super::bench::{Bench, Means};
use super::calls::{AMOUNT, euros, new_refund, sums};

pub(crate) async fn by_reference_and_by_our_id(bench: Bench) {
    let other = bench.captured().await;
    for (means, capture) in [
        (Means::Good, true),
        (Means::Good, false),
        (Means::WithoutFunds, true),
        (Means::SecondFactor, true),
    ] {
        let charge = bench.charged(means, capture).await;
        let by_reference = bench.again(&charge).await;
        let by_id = bench.find_by_id(charge.payment).await.unwrap();
        for found in [by_reference, by_id] {
            assert_eq!(found.reference, charge.reference, "{means:?}");
            assert_eq!(
                (found.payment, &found.state),
                (charge.payment, &charge.state),
                "{means:?}"
            );
            assert_eq!(sums(&found), sums(&charge), "{means:?}");
            assert_eq!((found.amount, found.live), (charge.amount, false));
        }
    }
    assert_eq!(
        bench.find_by_id(other.payment).await.unwrap().reference,
        other.reference
    );
}

pub(crate) async fn the_unknown_is_none(bench: Bench) {
    bench.captured().await;
    let PaymentId(unknown) = bench.new_charge(Means::Good, true).payment;
    assert_eq!(bench.find_by_id(PaymentId(unknown)).await, None);
    assert_eq!(bench.find("pi_nobody_has_this", PaymentId(unknown)).await, None);
}

/// An answer is of its time; a look-up is of now.
pub(crate) async fn what_became_of_it(bench: Bench) {
    let charge = bench.held().await;
    bench.capture(&charge, 3000).await.unwrap();
    bench.refund(&charge, 1000).await.unwrap();
    let found = bench.find_by_id(charge.payment).await.unwrap();
    assert_eq!(
        (&found.state, sums(&found)),
        (&ChargeState::Captured, (AMOUNT, 3000, 1000))
    );
}

/// If, against all rules, several name the same attempt.
pub(crate) async fn the_one_that_holds_money(bench: Bench) {
    let asked = bench.new_charge(Means::Good, false);
    let good = bench.send(&asked).await;
    let declined = bench.new_charge(Means::WithoutFunds, false);
    let later = Charge {
        payment: asked.payment,
        ..declined
    };
    assert!(matches!(bench.send(&later).await.state, ChargeState::Declined { .. }));
    assert_eq!(bench.find_by_id(asked.payment).await.unwrap().reference, good.reference);
}

pub(crate) async fn refunds_by_reference_and_by_our_id(bench: Bench) {
    let charge = bench.captured().await;
    let (first, second) = (new_refund(&charge, 1000), new_refund(&charge, 2000));
    let done = bench.port().refund(&first).await.unwrap();
    bench.port().refund(&second).await.unwrap();
    let by_reference = RefundLookup {
        refund: first.refund,
        payment: charge.payment,
        charge_reference: charge.reference.clone(),
        reference: Some(done.reference.clone()),
    };
    let by_reference = bench.port().find_refund(&by_reference).await.unwrap().unwrap();
    let by_id = bench.find_refund(&first).await.unwrap();
    for found in [by_reference, by_id] {
        assert_eq!(
            (found.reference, found.state),
            (done.reference.clone(), RefundState::Succeeded)
        );
        assert_eq!(found.amount, euros(1000));
    }
    assert_eq!(bench.find_refund(&second).await.unwrap().amount, euros(2000));
    assert_eq!(bench.find_refund(&new_refund(&charge, 1000)).await, None);
}

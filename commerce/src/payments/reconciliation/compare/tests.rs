use super::*;
use crate::{
    money::{Currency, Money},
    payments::testing::attempt,
};

fn ours(status: PaymentStatus, captured: i64, refunded: i64) -> payment::Model {
    payment::Model {
        amount_minor: 1000,
        captured_minor: captured,
        refunded_minor: refunded,
        provider_reference: Some("ch_1".to_owned()),
        ..attempt(status)
    }
}

fn theirs(state: ChargeState, captured: i64, refunded: i64) -> ProviderRecord {
    ProviderRecord {
        reference: "ch_1".to_owned(),
        state,
        amount: Money::new(1000, Currency::EUR),
        captured_minor: captured,
        refunded_minor: refunded,
        live: false,
    }
}

fn declined() -> ChargeState {
    ChargeState::Declined {
        code: "card_declined".to_owned(),
    }
}

#[track_caller]
fn differs(ours: &payment::Model, theirs: &ProviderRecord, repair: FindingRepair, is_behind: bool) {
    let found = compare(ours, 0, theirs).expect("a difference");
    assert_eq!(
        (found.repair, found.is_behind),
        (repair, is_behind),
        "{}",
        found.summary()
    );
}

#[test]
fn equal_is_what_says_the_same_of_the_money() {
    let pairs = [
        (
            ours(PaymentStatus::Captured, 1000, 0),
            theirs(ChargeState::Captured, 1000, 0),
        ),
        (
            ours(PaymentStatus::Refunded, 1000, 1000),
            theirs(ChargeState::Captured, 1000, 1000),
        ),
        (
            ours(PaymentStatus::Captured, 400, 100),
            theirs(ChargeState::Captured, 400, 100),
        ),
        (
            ours(PaymentStatus::Authorized, 0, 0),
            theirs(ChargeState::Authorized, 0, 0),
        ),
        // Two words for money that never moves.
        (ours(PaymentStatus::Voided, 0, 0), theirs(declined(), 0, 0)),
    ];
    for (ours, theirs) in pairs {
        assert_eq!(compare(&ours, 0, &theirs), None, "{:?}", ours.status);
    }
}

#[test]
fn a_refund_on_its_way_is_no_difference_whoever_tells_it_first() {
    let ours = ours(PaymentStatus::Captured, 1000, 100);
    for refunded in [100, 250] {
        assert_eq!(
            compare(&ours, 150, &theirs(ChargeState::Captured, 1000, refunded)),
            None
        );
    }
    for refunded in [99, 251] {
        assert!(compare(&ours, 150, &theirs(ChargeState::Captured, 1000, refunded)).is_some());
    }
}

#[test]
fn what_we_have_not_heard_yet_is_behind() {
    for status in [
        PaymentStatus::Unknown,
        PaymentStatus::Pending,
        PaymentStatus::Authorized,
        PaymentStatus::Voided,
    ] {
        differs(
            &ours(status, 0, 0),
            &theirs(ChargeState::Captured, 1000, 0),
            FindingRepair::TakeOver,
            true,
        );
    }
    differs(
        &ours(PaymentStatus::Unknown, 0, 0),
        &theirs(ChargeState::Pending, 0, 0),
        FindingRepair::TakeOver,
        true,
    );
}

#[test]
fn a_refund_made_there_is_taken_over() {
    let there = theirs(ChargeState::Captured, 1000, 300);
    differs(
        &ours(PaymentStatus::Captured, 1000, 0),
        &there,
        FindingRepair::TakeOver,
        false,
    );
}

#[test]
fn what_we_gave_up_and_they_hold_goes_back() {
    let there = theirs(ChargeState::Authorized, 0, 0);
    for status in [PaymentStatus::Voided, PaymentStatus::Declined] {
        differs(&ours(status, 0, 0), &there, FindingRepair::PayBack, false);
    }
}

#[test]
fn money_of_ours_is_not_written_off() {
    let paid = ours(PaymentStatus::Captured, 1000, 0);
    for there in [
        theirs(ChargeState::Voided, 0, 0),
        theirs(ChargeState::Authorized, 0, 0),
        theirs(ChargeState::Captured, 400, 0),
    ] {
        differs(&paid, &there, FindingRepair::None, false);
    }
    assert_eq!(repair_missing_there(PaymentStatus::Captured), FindingRepair::None);
    assert_eq!(repair_missing_there(PaymentStatus::Authorized), FindingRepair::TakeOver);
}

#[test]
fn another_charge_than_ours_is_never_taken_over() {
    let unheard = ours(PaymentStatus::Unknown, 0, 0);
    let there = theirs(ChargeState::Captured, 1000, 0);
    let amount = ProviderRecord {
        amount: Money::new(999, Currency::EUR),
        ..there.clone()
    };
    let live = ProviderRecord { live: true, ..there };
    for other in [amount, live] {
        differs(&unheard, &other, FindingRepair::None, false);
    }
}

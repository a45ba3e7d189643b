//! After an authorization: what it lets be done, and until when.

use chrono::TimeDelta;
use vitrine_commerce::ports::payment::{Capture, ChargeState, ProviderCharge, Void};

use super::{misdirected, on_the_simulated};
use crate::payment::{
    bench::Bench,
    calls::{AMOUNT, assert_rejected, new_capture, new_void, sums},
};

on_the_simulated![
    what_is_misdirected_is_rejected,
    what_was_given_up_stays_so,
    an_authorization_lapses,
    what_is_captured_in_time_stays,
    what_is_held_is_captured_in_parts_until_one_releases_the_rest,
];

async fn what_is_misdirected_is_rejected(bench: Bench) {
    let (held, other) = (bench.held().await, bench.captured().await);
    for (capture, _) in misdirected(&held, &other) {
        assert_rejected(&bench.port().capture(&capture).await);
    }
    let foreign = Void {
        payment: other.payment,
        ..new_void(&held)
    };
    assert_rejected(&bench.port().void(&foreign).await);
    assert_eq!(bench.record(held.payment).await.state, ChargeState::Authorized);

    bench.capture(&held, 1000).await.unwrap();
    for (_, refund) in misdirected(&held, &other) {
        assert_rejected(&bench.port().refund(&refund).await);
    }
    assert_eq!(sums(&bench.record(held.payment).await), (AMOUNT, 1000, 0));
}

async fn what_was_given_up_stays_so(bench: Bench) {
    for token in ["tok_second_factor", "tok_pending"] {
        let waiting = bench.captured_with(token).await;
        bench.void(&waiting).await.unwrap();
        bench.move_clock(TimeDelta::seconds(60));
        let found = bench.record(waiting.payment).await;
        assert_eq!((found.state, found.captured_minor), (ChargeState::Voided, 0), "{token}");
    }
}

async fn an_authorization_lapses(bench: Bench) {
    let start = bench.now();
    let at_once = bench.held().await;
    assert_eq!(at_once.capture_before, Some(start + TimeDelta::days(7)));
    let later = bench.held_with("tok_second_factor").await;
    bench.move_clock(TimeDelta::days(2));
    let approved = bench.own().complete_second_factor(&later.reference, true).await;
    assert_eq!(approved.unwrap().capture_before, Some(start + TimeDelta::days(9)));
    bench.take().await;

    bench.move_clock(TimeDelta::days(5) - TimeDelta::seconds(1));
    assert_eq!(bench.record(at_once.payment).await.state, ChargeState::Authorized);
    bench.move_clock(TimeDelta::seconds(1));
    assert_rejected(&bench.capture(&at_once, AMOUNT).await);
    let lapsed = bench.record(at_once.payment).await;
    assert_eq!((lapsed.state, lapsed.capture_before), (ChargeState::Voided, None));
    assert_eq!(bench.take_kinds().await, ["charge.voided"]);
    assert_eq!(bench.record(later.payment).await.state, ChargeState::Authorized);
}

async fn what_is_captured_in_time_stays(bench: Bench) {
    let held = bench.held().await;
    bench.capture(&held, 1).await.unwrap();
    bench.move_clock(TimeDelta::days(30));
    let kept = bench.record(held.payment).await;
    assert_eq!((&kept.state, sums(&kept)), (&ChargeState::Captured, (AMOUNT, 1, 0)));
    assert_eq!(kept.capture_before, None);
}

fn part(of: &ProviderCharge, minor: i64) -> Capture {
    Capture {
        releases_rest: false,
        ..new_capture(of, minor)
    }
}

async fn what_is_held_is_captured_in_parts_until_one_releases_the_rest(bench: Bench) {
    let (held, other) = (bench.held().await, bench.held().await);
    for taken in [1000, 2000] {
        let told = bench.port().capture(&part(&held, 1000)).await.unwrap();
        assert_eq!((&told.state, sums(&told)), (&ChargeState::Captured, (AMOUNT, taken, 0)));
    }
    assert_rejected(&bench.port().capture(&part(&held, AMOUNT - 1999)).await);
    bench.capture(&held, 500).await.unwrap();
    assert_rejected(&bench.port().capture(&part(&held, 1)).await);
    assert_eq!(sums(&bench.record(held.payment).await), (AMOUNT, 2500, 0));

    // What is left of it is given up once, and what was captured stays.
    let third = bench.held().await;
    bench.port().capture(&part(&third, 1000)).await.unwrap();
    let told = bench.void(&third).await.unwrap();
    assert_eq!((&told.state, sums(&told)), (&ChargeState::Captured, (AMOUNT, 1000, 0)));
    assert_rejected(&bench.port().capture(&part(&third, 1)).await);

    // What is left of it lapses as the whole would have.
    bench.port().capture(&part(&other, 1000)).await.unwrap();
    bench.move_clock(TimeDelta::days(7));
    assert_rejected(&bench.port().capture(&part(&other, 1)).await);
    assert_eq!(sums(&bench.record(other.payment).await), (AMOUNT, 1000, 0));
}

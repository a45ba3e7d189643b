//! Stripe lets some accounts capture what some cards hold in parts: it is asked for, and the card's answer counts.

use chrono::TimeDelta;
use vitrine_commerce::ports::payment::{Capture, ChargeState, ProviderCharge};

use crate::payment::bench::{Bench, Means};
use crate::payment::calls::{AMOUNT, assert_rejected, new_capture, sums};

fn part(of: &ProviderCharge, minor: i64) -> Capture {
    Capture {
        releases_rest: false,
        ..new_capture(of, minor)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parts_are_captured_paid_back_and_the_rest_released() {
    let bench = Bench::stand_in()
        .await
        .with_settings(|stripe| stripe.multicapture = true);
    bench.server().allow_multicapture();
    let held = bench.held().await;
    assert_eq!((&held.state, held.in_parts), (&ChargeState::Authorized, true));
    for taken in [1000, 2000] {
        let told = bench.port().capture(&part(&held, 1000)).await.unwrap();
        assert_eq!((&told.state, sums(&told)), (&ChargeState::Captured, (AMOUNT, taken, 0)));
    }
    bench.refund(&held, 1500).await.unwrap();
    assert_eq!(sums(&bench.again(&held).await), (AMOUNT, 2000, 1500));
    assert_rejected(&bench.refund(&held, 501).await);
    let told = bench.capture(&held, 500).await.unwrap();
    assert_eq!(
        (&told.state, sums(&told)),
        (&ChargeState::Captured, (AMOUNT, 2500, 1500))
    );
    assert_rejected(&bench.port().capture(&part(&held, 1)).await);

    // What is left is given up, or lapses, and what was captured stays.
    let third = bench.held().await;
    bench.port().capture(&part(&third, 1000)).await.unwrap();
    let told = bench.void(&third).await.unwrap();
    assert_eq!((&told.state, sums(&told)), (&ChargeState::Captured, (AMOUNT, 1000, 0)));
    assert_rejected(&bench.port().capture(&part(&third, 1)).await);
    let other = bench.held().await;
    bench.port().capture(&part(&other, 1000)).await.unwrap();
    bench.move_clock(TimeDelta::days(7));
    let kept = bench.again(&other).await;
    assert_eq!((&kept.state, sums(&kept)), (&ChargeState::Captured, (AMOUNT, 1000, 0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_is_held_is_asked_to_come_in_parts_and_not_every_account_may() {
    let asked = "payment_method_options[card][request_multicapture]";
    let bench = Bench::stand_in().await;
    for (multicapture, capture, expected) in [
        (false, false, None),
        (true, true, None),
        (true, false, Some("if_available")),
    ] {
        let bench = bench.with_settings(|stripe| stripe.multicapture = multicapture);
        let charge = bench
            .port()
            .charge(&bench.new_charge(Means::Good, capture))
            .await
            .unwrap();
        assert!(!charge.in_parts, "the account may not");
        let request = bench.server().requests_to("POST /v1/payment_intents").pop().unwrap();
        assert_eq!(request.parameters.get(asked).map(String::as_str), expected);
    }
}

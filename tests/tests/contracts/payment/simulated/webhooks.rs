//! Webhooks: what they tell, in whatever number and order.

use chrono::TimeDelta;

use super::on_the_simulated;
use crate::payment::{bench::Bench, calls::AMOUNT};

on_the_simulated![
    every_change_is_told,
    webhooks_come_as_often_as_the_token_says,
    webhooks_come_out_of_order,
];

async fn every_change_is_told(bench: Bench) {
    let kept = bench.held().await;
    assert_eq!(bench.take_kinds().await, ["charge.authorized"]);
    bench.capture(&kept, AMOUNT).await.unwrap();
    bench.refund(&kept, 1).await.unwrap();
    assert_eq!(bench.take_kinds().await, ["charge.captured", "charge.refunded"]);
    let given_up = bench.held().await;
    bench.void(&given_up).await.unwrap();
    bench.void(&given_up).await.unwrap();
    assert_eq!(bench.take_kinds().await, ["charge.authorized", "charge.voided"]);

    bench.captured_with("tok_decline").await;
    let waiting = bench.captured_with("tok_second_factor").await;
    assert_eq!(bench.take_kinds().await, ["charge.declined", "charge.action_required"]);
    bench.answer_second_factor(&waiting.reference, true).await;
    assert_eq!(bench.take_kinds().await, ["charge.captured"]);

    bench.captured_with("tok_pending").await;
    assert_eq!(bench.take_kinds().await, ["charge.pending"]);
    bench.move_clock(TimeDelta::seconds(30));
    assert_eq!(bench.take_kinds().await, ["charge.captured"]);
    assert!(bench.take_kinds().await.is_empty());
}

async fn webhooks_come_as_often_as_the_token_says(bench: Bench) {
    for (token, times) in [
        ("tok_webhook_never", 0),
        ("tok_approve", 1),
        ("tok_webhook_twice", 2),
        ("tok_webhook_thrice_at_once", 3),
    ] {
        let charge = bench.captured_with(token).await;
        let charged = bench.take().await;
        assert_eq!(charged.len(), times, "{token}");
        assert!(
            charged.iter().all(|webhook| webhook.body == charged[0].body),
            "the same event"
        );
        bench.refund(&charge, 1).await.unwrap();
        assert_eq!(bench.take().await.len(), times, "{token}");
    }
}

async fn webhooks_come_out_of_order(bench: Bench) {
    bench.captured_with("tok_webhook_out_of_order").await;
    let mut order = bench.take_kinds().await;
    bench.move_clock(TimeDelta::seconds(1));
    order.extend(bench.take_kinds().await);
    assert_eq!(order, ["charge.captured", "charge.pending"]);
}

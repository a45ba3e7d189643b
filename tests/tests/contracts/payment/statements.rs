//! The provider's books, which ours are compared with.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use futures::{StreamExt, stream};
use vitrine_commerce::ports::payment::{ChargeState, StatementCharge};
use vitrine_entity::ids::PaymentId;

use super::bench::{Bench, Means};
use super::calls::AMOUNT;

/// How many pages a statement may have here: a real account may be full of others' charges.
const PAGES_MAX: usize = 200;

/// What the books of the last minutes say of these attempts.
pub(crate) async fn lines_of(bench: &Bench, payments: &[PaymentId]) -> Vec<StatementCharge> {
    let (since, until) = (bench.now() - TimeDelta::minutes(5), bench.now() + TimeDelta::minutes(5));
    lines_between(bench, payments, since, until).await
}

async fn lines_between(
    bench: &Bench,
    payments: &[PaymentId],
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<StatementCharge> {
    let mut lines = Vec::new();
    let mut cursor = None;
    for _ in 0..PAGES_MAX {
        let page = bench.port().statement(since, until, cursor.as_deref()).await.unwrap();
        lines.extend(page.charges);
        cursor = page.next;
        if cursor.is_none() {
            let ours = |line: &StatementCharge| line.payment.is_some_and(|payment| payments.contains(&payment));
            return lines.into_iter().filter(ours).collect();
        }
    }
    panic!("more than {PAGES_MAX} pages");
}

pub(crate) async fn what_was_captured_and_paid_back(bench: Bench) {
    let paid = bench.captured().await;
    let in_part = bench.held().await;
    bench.capture(&in_part, 3000).await.unwrap();
    bench.refund(&in_part, 1000).await.unwrap();
    let voided = bench.held().await;
    bench.void(&voided).await.unwrap();
    let held = bench.held().await;
    let declined = bench.charged(Means::WithoutFunds, true).await;
    let expected = [
        (&paid, ChargeState::Captured, AMOUNT, 0),
        (&in_part, ChargeState::Captured, 3000, 1000),
        (&voided, ChargeState::Voided, 0, 0),
        (&held, ChargeState::Authorized, 0, 0),
        (&declined, declined.state.clone(), 0, 0),
    ];
    let payments: Vec<_> = expected.iter().map(|(charge, ..)| charge.payment).collect();
    let lines = lines_of(&bench, &payments).await;
    assert_eq!(lines.len(), expected.len(), "{lines:#?}");
    for (charge, state, captured, refunded) in expected {
        let line = lines.iter().find(|line| line.payment == Some(charge.payment)).unwrap();
        assert_eq!(line.reference, charge.reference);
        assert_eq!((&line.state, line.amount, line.live), (&state, charge.amount, false));
        assert_eq!(
            (line.captured_minor, line.refunded_minor),
            (captured, refunded),
            "{line:?}"
        );
        let age = bench.now() - line.created_at;
        assert!(age.abs() < TimeDelta::minutes(5), "{line:?}");
    }
}

pub(crate) async fn bounds_are_kept(bench: Bench) {
    let charge = bench.captured().await;
    let made = lines_of(&bench, &[charge.payment]).await[0].created_at;
    let second = TimeDelta::seconds(1);
    for (since, until, count) in [
        (made, made + second, 1),
        (made - second, made, 0),
        (made + second, made + TimeDelta::minutes(5), 0),
    ] {
        let lines = lines_between(&bench, &[charge.payment], since, until).await;
        assert_eq!(lines.len(), count, "{since} to {until}, made {made}");
    }
}

pub(crate) async fn every_page_is_read(bench: Bench) {
    let many = stream::iter(0..103).map(|_| bench.charged(Means::Good, true));
    let charges: Vec<_> = many.buffer_unordered(8).collect().await;
    let payments: Vec<_> = charges.iter().map(|charge| charge.payment).collect();
    let lines = lines_of(&bench, &payments).await;
    let references = |all: &mut dyn Iterator<Item = &String>| all.cloned().collect::<BTreeSet<_>>();
    assert_eq!(lines.len(), charges.len(), "each once");
    assert_eq!(
        references(&mut lines.iter().map(|line| &line.reference)),
        references(&mut charges.iter().map(|charge| &charge.reference))
    );
}

//! Looking things up, and the books as a whole.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use vitrine_commerce::ports::{
    PaymentProvider,
    payment::{Charge, ChargeLookup, ChargeState, StatementCharge},
};
use vitrine_entity::ids::PaymentId;

use crate::support::{
    Bench, by_payment, capture, charge, is_rejected, on_every_database, refund, start, sums, unguessable, unnumbered,
    void,
};

on_every_database![
    what_was_never_heard_of_is_not_found,
    a_charge_is_found_by_either_name,
    of_several_charges_the_one_with_money_is_found,
    a_statement_is_told_in_pages,
    a_statement_tells_what_others_charged,
];

async fn what_was_never_heard_of_is_not_found(bench: Bench) {
    let known = bench.captured("tok_approve").await;
    assert_eq!(bench.find(PaymentId(unguessable())).await, None);
    let lookup = ChargeLookup {
        reference: Some("sim_nowhere".to_owned()),
        ..by_payment(known.payment)
    };
    assert_eq!(bench.provider.find(&lookup).await.expect("an answer"), None);
}

async fn a_charge_is_found_by_either_name(bench: Bench) {
    let charge = bench.captured("tok_approve").await;
    let lookup = ChargeLookup {
        reference: Some(charge.reference.clone()),
        ..by_payment(charge.payment)
    };
    let by_reference = bench
        .provider
        .find(&lookup)
        .await
        .expect("an answer")
        .expect("a charge");
    let by_payment = bench.provider.find(&by_payment(charge.payment)).await;
    let by_payment = by_payment.expect("an answer").expect("a charge");
    assert_ne!(by_reference.request_id, by_payment.request_id);
    assert_eq!(unnumbered(by_reference), unnumbered(charge.clone()));
    assert_eq!(unnumbered(by_payment), unnumbered(charge));
}

/// Each further charge is better than those before it, but for the last.
async fn of_several_charges_the_one_with_money_is_found(bench: Bench) {
    let provider = &bench.provider;
    let first = charge("tok_decline", true);
    let again = |token: &str, key: &str, capture| Charge {
        method_token: token.to_owned(),
        key: format!("{}/{key}", first.key),
        capture,
        ..first.clone()
    };
    bench.charge(&first).await;
    bench.pass(TimeDelta::seconds(1));
    let paid_back = bench.charge(&again("tok_approve", "paid back", true)).await;
    provider.refund(&refund(&paid_back, 4999)).await.expect("refunded");
    assert_eq!(bench.require(first.payment).await.reference, paid_back.reference);

    let waiting = bench.charge(&again("tok_second_factor", "waiting", true)).await;
    assert_eq!(bench.require(first.payment).await.reference, waiting.reference);
    let held = bench.charge(&again("tok_approve", "held", false)).await;
    assert_eq!(bench.require(first.payment).await.reference, held.reference);
    let paid = bench.charge(&again("tok_approve", "paid", true)).await;
    assert_eq!(bench.require(first.payment).await.reference, paid.reference);
    bench.pass(TimeDelta::seconds(1));
    bench.charge(&again("tok_approve", "paid twice", true)).await;
    assert_eq!(bench.require(first.payment).await.reference, paid.reference);
    assert_eq!(provider.ledger().await.expect("a ledger").len(), 6);
}

async fn a_statement_is_told_in_pages(bench: Bench) {
    let provider = &bench.provider;
    let before = bench.captured("tok_approve").await;
    bench.pass(TimeDelta::seconds(1));
    let since = start() + TimeDelta::seconds(1);
    let mut made = Vec::new();
    for number in 0..200 {
        made.push(bench.authorized("tok_approve").await);
        // Two, mostly, to an instant.
        bench.pass(TimeDelta::microseconds(number % 2));
    }
    provider.capture(&capture(&made[0], 3000)).await.expect("captured");
    provider.refund(&refund(&made[0], 1000)).await.expect("refunded");
    provider.void(&void(&made[1])).await.expect("voided");
    bench.pass(TimeDelta::seconds(1));
    let until = start() + TimeDelta::seconds(2);
    bench.captured("tok_approve").await;

    let first = provider.statement(since, until, None).await.expect("a page");
    let cursor = first.next.clone().expect("another page");
    let second = provider.statement(since, until, Some(&cursor)).await.expect("a page");
    assert_eq!(
        (first.charges.len(), second.charges.len(), second.next),
        (100, 100, None)
    );
    let told: Vec<StatementCharge> = first.charges.into_iter().chain(second.charges).collect();
    let mut references: Vec<_> = told.iter().map(|line| &line.reference).collect();
    references.sort();
    references.dedup();
    let mut expected: Vec<_> = made.iter().map(|charge| &charge.reference).collect();
    expected.sort();
    assert_eq!(references, expected, "each once, and none of another time");
    assert!(told.is_sorted_by_key(|line| (line.created_at, line.reference.clone())));

    let line = |index: usize| {
        told.iter()
            .find(|line| line.reference == made[index].reference)
            .expect("a line")
    };
    let first = line(0);
    assert_eq!(
        (&first.state, first.payment),
        (&ChargeState::Captured, Some(made[0].payment))
    );
    let sums = (first.amount, first.captured_minor, first.refunded_minor, first.live);
    assert_eq!(sums, (made[0].amount, 3000, 1000, false));
    assert_eq!(line(1).state, ChargeState::Voided);
    assert_eq!(line(2).state, ChargeState::Authorized);

    let earlier = provider.statement(start(), since, None).await.expect("a page");
    let earlier: Vec<_> = earlier.charges.iter().map(|line| &line.reference).collect();
    assert_eq!(earlier, [&before.reference]);
    for forged in ["", "sim_1", "yesterday/sim_1"] {
        is_rejected(provider.statement(since, until, Some(forged)).await);
    }
}

async fn a_statement_tells_what_others_charged(bench: Bench) {
    let ours = bench.captured("tok_approve").await;
    let sql = "insert into simulated_charge (reference, payment_id, token, currency, amount_minor, captured_minor, \
               refunded_minor, capture_at_once, status, decline_code, due_at, created_at) \
               select 'sim_other', 'till 3', token, currency, amount_minor, captured_minor, refunded_minor, \
               capture_at_once, status, decline_code, due_at, created_at from simulated_charge";
    let statement = Statement::from_string(bench.db.get_database_backend(), sql);
    bench.db.execute_raw(statement).await.expect("a charge");

    let until = start() + TimeDelta::seconds(1);
    let page = bench.provider.statement(start(), until, None).await.expect("a page");
    let mut told: Vec<_> = page
        .charges
        .iter()
        .map(|line| (line.payment, line.captured_minor))
        .collect();
    told.sort_by_key(|(payment, _)| payment.is_some());
    assert_eq!(told, [(None, 4999), (Some(ours.payment), 4999)]);
    let ledger = bench.provider.ledger().await.expect("a ledger");
    assert_eq!(
        ledger.iter().map(sums).collect::<Vec<_>>(),
        [(4999, 4999, 0)],
        "ours alone"
    );
}

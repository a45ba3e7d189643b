//! Looking things up, and the books as a whole.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use vitrine_commerce::ports::payment::{Charge, StatementCharge};

use super::on_the_simulated;
use crate::payment::{
    bench::{Bench, OtherSide},
    calls::{AMOUNT, assert_rejected, sums},
};

on_the_simulated![
    of_several_charges_the_one_with_money_is_found,
    a_statement_is_told_in_pages,
    a_statement_tells_what_others_charged,
];

/// Each further charge is better than those before it, but for the last.
async fn of_several_charges_the_one_with_money_is_found(bench: Bench) {
    let first = bench.new_charge_with("tok_decline", true);
    let again = |token: &str, key: &str, capture| Charge {
        method_token: token.to_owned(),
        key: format!("{}/{key}", first.key),
        capture,
        ..first.clone()
    };
    let found = async || bench.record(first.payment).await.reference;
    bench.send(&first).await;
    bench.move_clock(TimeDelta::seconds(1));
    let paid_back = bench.send(&again("tok_approve", "paid back", true)).await;
    bench.refund(&paid_back, AMOUNT).await.unwrap();
    assert_eq!(found().await, paid_back.reference);
    let waiting = bench.send(&again("tok_second_factor", "waiting", true)).await;
    assert_eq!(found().await, waiting.reference);
    let held = bench.send(&again("tok_approve", "held", false)).await;
    assert_eq!(found().await, held.reference);
    let paid = bench.send(&again("tok_approve", "paid", true)).await;
    assert_eq!(found().await, paid.reference);
    bench.move_clock(TimeDelta::seconds(1));
    bench.send(&again("tok_approve", "paid twice", true)).await;
    assert_eq!(found().await, paid.reference);
    assert_eq!(bench.ledger().await.len(), 6);
}

async fn a_statement_is_told_in_pages(bench: Bench) {
    bench.captured().await;
    bench.move_clock(TimeDelta::seconds(1));
    let since = bench.now();
    let mut made = Vec::new();
    for number in 0..200 {
        made.push(bench.held().await.reference);
        // Two, mostly, to an instant.
        bench.move_clock(TimeDelta::microseconds(number % 2));
    }
    bench.move_clock(TimeDelta::seconds(1));
    let until = bench.now();
    bench.captured().await;

    let page = async |cursor: Option<&str>| bench.port().statement(since, until, cursor).await;
    let first = page(None).await.unwrap();
    let second = page(Some(&first.next.unwrap())).await.unwrap();
    assert_eq!(
        (first.charges.len(), second.charges.len(), second.next),
        (100, 100, None)
    );
    let told: Vec<StatementCharge> = first.charges.into_iter().chain(second.charges).collect();
    assert!(told.is_sorted_by_key(|line| (line.created_at, line.reference.clone())));
    let mut references: Vec<_> = told.into_iter().map(|line| line.reference).collect();
    references.sort();
    made.sort();
    assert_eq!(references, made, "each once, and none of another time");
    for forged in ["", "sim_1", "yesterday/sim_1"] {
        assert_rejected(&page(Some(forged)).await);
    }
}

async fn a_statement_tells_what_others_charged(bench: Bench) {
    let ours = bench.captured().await;
    let sql = "insert into simulated_charge (reference, payment_id, token, currency, amount_minor, captured_minor, \
               refunded_minor, capture_at_once, status, decline_code, due_at, created_at) \
               select 'sim_other', 'till 3', token, currency, amount_minor, captured_minor, refunded_minor, \
               capture_at_once, status, decline_code, due_at, created_at from simulated_charge";
    let OtherSide::Simulated(_, db) = &bench.other_side else {
        panic!("this is not the simulated provider")
    };
    let statement = Statement::from_string(db.get_database_backend(), sql);
    db.execute_raw(statement).await.unwrap();

    let (since, until) = (bench.now(), bench.now() + TimeDelta::seconds(1));
    let page = bench.port().statement(since, until, None).await.unwrap();
    let lines = page.charges.iter().map(|line| (line.payment, line.captured_minor));
    let mut told: Vec<_> = lines.collect();
    told.sort_by_key(|(payment, _)| payment.is_some());
    assert_eq!(told, [(None, AMOUNT), (Some(ours.payment), AMOUNT)]);
    let ledger = bench.ledger().await;
    let ours_alone: Vec<_> = ledger.iter().map(sums).collect();
    assert_eq!(ours_alone, [(AMOUNT, AMOUNT, 0)]);
}

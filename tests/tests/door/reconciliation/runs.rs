//! How a run goes: by itself, by hand, page by page, past the death of its worker.

use std::sync::Arc;

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Statement};
use serde_json::{Value, json};
use vitrine_commerce::payments::reconciliation::start_due;
use vitrine_entity::{
    order::{self, OrderStatus},
    payment, reconciliation,
    staff_member::StaffRole,
};
use vitrine_tests::{
    TestShop,
    faulty_provider::{Calls, Plan, ProviderFault, Verb},
};

use super::{Bought, DISMISS, REPAIR, START, counts, report, start};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn equal_books_match() {
    let bought = Bought::with("tok_approve").await;
    bought.guest.buy(&[(&bought.mug, 1)], "tok_decline").await;
    bought.shop.settle().await;
    let report = bought.reconcile().await;
    assert_eq!(counts(&report), [2, 0, 0, 0, 0, 0]);
    assert_eq!(report["findings"]["nodes"], json!([]));
    let db = &bought.shop.shop().db;
    let unmet = payment::Entity::find().filter(payment::Column::ReconciledIn.is_null());
    assert_eq!(unmet.count(db).await.unwrap(), 0);
    bought.shop.close().await;
}

/// 250 charges are three pages. The first worker dies before the second page, the next before the
/// third: nothing is counted twice, and nothing is left out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_whose_worker_dies_goes_on_at_its_page() {
    let plan: Plan = Arc::new(|verb, number| {
        (verb == Verb::Statement && matches!(number, 1 | 3)).then_some(ProviderFault::CallerDiesBefore)
    });
    let calls = Arc::new(Calls::default());
    let shop = TestShop::open_faulty(|_| {}, plan, calls.clone()).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    write_foreign_charges(&shop, 250).await;
    shop.clock.advance(TimeDelta::seconds(1));
    let id = start(&shop, &staff).await;
    for _ in 0..400 {
        if report(&staff, &id).await["status"] == "DONE" {
            break;
        }
        shop.pass(TimeDelta::seconds(5)).await;
    }
    let report = report(&staff, &id).await;
    assert_eq!(
        (&report["status"], counts(&report)),
        (&json!("DONE"), [0, 250, 0, 0, 0, 0])
    );
    assert_eq!(
        calls.count(Verb::Statement),
        5,
        "three pages, two of them asked for twice"
    );
    shop.abandon().await;
}

/// What something else charged through the same account.
async fn write_foreign_charges(shop: &TestShop, count: usize) {
    let db = &shop.shop().db;
    for number in 0..count {
        let sql = "insert into simulated_charge (reference, payment_id, token, currency, amount_minor, captured_minor, \
                   refunded_minor, capture_at_once, status, created_at) \
                   values ($1, 'invoice 7', 'tok_approve', 'EUR', 100, 100, 0, true, 'CAPTURED', $2)";
        let values = [format!("foreign_{number:04}").into(), shop.shop().now().into()];
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_schedule_ticks_once_however_many_ask() {
    let shop = TestShop::open().await;
    let runs = async || {
        let runs = reconciliation::Entity::find().filter(reconciliation::Column::Actor.eq("system"));
        runs.count(&shop.shop().db).await.unwrap()
    };
    start_due(shop.shop()).await.unwrap();
    assert_eq!(runs().await, 0, "a new shop has no books to compare");
    for expected in [1, 2] {
        // However many periods it leaps over.
        shop.clock.advance(TimeDelta::days(3));
        let asked = join_all((0..8).map(|_| start_due(shop.shop()))).await;
        assert!(asked.iter().all(Result::is_ok), "{asked:?}");
        shop.settle().await;
        assert_eq!(runs().await, expected);
        start_due(shop.shop()).await.unwrap();
        assert_eq!(runs().await, expected, "not before its time");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_of_a_cancelled_order_that_nobody_sent_back_is_asked_back() {
    let bought = Bought::with("tok_approve").await;
    // As a bug, or somebody with a database client, would leave it.
    let db = &bought.shop.shop().db;
    order::Entity::update_many()
        .col_expr(
            order::Column::Status,
            sea_orm::sea_query::Expr::value(OrderStatus::Cancelled),
        )
        .exec(db)
        .await
        .unwrap();
    let report = bought.reconcile().await;
    assert_eq!(counts(&report), [1, 0, 0, 0, 0, 0]);
    let order = bought.guest.order(&bought.placed).await;
    assert_eq!(order["payment"]["status"], "REFUNDED");
    assert_eq!(bought.reconcile().await["matched"], 1);
    bought.shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_administrators_compare_and_decide() {
    let shop = TestShop::open().await;
    let (packer, guest) = (shop.staff(StaffRole::Fulfilment).await, shop.guest());
    let until = shop.shop().now();
    let period = json!({ "input": { "provider": "simulated", "since": until - TimeDelta::days(1), "until": until } });
    let finding = "find_01j9zzzzzzzzzzzzzzzzzzzzzz";
    let decisions = [
        (START, period),
        (REPAIR, json!({ "input": { "findingId": finding } })),
        (DISMISS, json!({ "input": { "findingId": finding, "reason": "known" } })),
    ];
    for (mutation, input) in decisions {
        assert_eq!(packer.refusals(mutation, input.clone()).await, ["FORBIDDEN"]);
        assert_eq!(guest.refusals(mutation, input).await, ["UNAUTHENTICATED"]);
    }
    for query in [
        "{ reconciliations(first: 5) { nodes { id } } }",
        "{ reconciliationFindings(first: 5) { nodes { id } } }",
        "{ reconciliation(id: \"rec_01j9zzzzzzzzzzzzzzzzzzzzzz\") { id } }",
    ] {
        let answer = packer.answer(query, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{query}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_period_that_cannot_be_compared_is_refused() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let now = shop.shop().now();
    let days = TimeDelta::days;
    let bad = [
        ("nobody", now - days(1), now, "provider"),
        ("simulated", now - days(1), now + days(1), "until"),
        ("simulated", now, now, "since"),
        ("simulated", now - days(32), now, "since"),
    ];
    for (provider, since, until, field) in bad {
        let input = json!({ "input": { "provider": provider, "since": since, "until": until } });
        let mut payload = staff.payload(START, input).await;
        let error = payload["userErrors"][0].take();
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("INVALID"), &json!(["input", field]))
        );
    }
    let missing = json!({ "input": { "findingId": "find_01j9zzzzzzzzzzzzzzzzzzzzzz" } });
    assert_eq!(staff.refusals(REPAIR, missing).await, ["NOT_FOUND"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_run_of_a_provider_goes_on_at_a_time() {
    let plan: Plan = Arc::new(|verb, _| (verb == Verb::Statement).then_some(ProviderFault::Refused));
    let shop = TestShop::open_faulty(|_| {}, plan, Arc::new(Calls::default())).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let until = shop.shop().now();
    let period = |days: i64| json!({ "input": { "provider": "simulated", "since": until - TimeDelta::days(days), "until": until } });
    let payloads = join_all((0..8).map(|_| staff.payload(START, period(1)))).await;
    let ids: std::collections::BTreeSet<_> = payloads
        .iter()
        .filter_map(|payload| payload["reconciliation"]["id"].as_str())
        .collect();
    assert_eq!(ids.len(), 1, "{payloads:?}");
    assert_eq!(staff.refusals(START, period(2)).await, ["PAYMENT_STATE"]);
    let runs: Value = staff
        .data("{ reconciliations(first: 5) { nodes { status } } }", json!({}))
        .await;
    assert_eq!(runs["reconciliations"]["nodes"], json!([{ "status": "RUNNING" }]));
    shop.abandon().await;
}

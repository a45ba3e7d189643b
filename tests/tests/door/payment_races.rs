//! Many at once, and a provider that takes its time.

use std::sync::Arc;

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::{ConnectionTrait, EntityTrait, Statement, sea_query::Expr};
use serde_json::{Value, json};
use vitrine_entity::{payment, staff_member::StaffRole};
use vitrine_tests::{
    TestShop,
    faulty_provider::{Calls, Plan, ProviderFault, Verb},
    patience::until,
};

const REFUND: &str = "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { refund { id amount { amount } } userErrors { code message } } }";

fn refund(order: &str, amount: &str, key: &str) -> Value {
    json!({ "input": { "orderId": order, "amount": amount, "reason": "a scratch", "idempotencyKey": key } })
}

/// However many members of staff click at once, no more goes back than was captured.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_refunds_at_once_never_exceed_what_was_captured() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "100.00", 10).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let total = guest.order(&placed).await["payment"]["capturedAmount"]["amount"].clone();
    let clicks = (0..50).map(|click| {
        let (staff, order) = (&staff, &placed.id);
        // Every other click repeats the one before it.
        async move {
            staff
                .payload(REFUND, refund(order, "9.00", &format!("click {}", click / 2)))
                .await
        }
    });
    let payloads = join_all(clicks).await;
    let mut refunds: Vec<_> = payloads
        .iter()
        .filter_map(|payload| payload["refund"]["id"].as_str())
        .collect();
    assert_eq!(
        refunds.len() % 2,
        0,
        "a repeated click gets the same refund: {refunds:?}"
    );
    refunds.sort_unstable();
    refunds.dedup();
    let captured: f64 = total.as_str().expect("an amount").parse().expect("a number");
    assert_eq!(refunds.len(), (captured / 9.0) as usize);
    for payload in payloads.iter().filter(|payload| payload["refund"].is_null()) {
        assert_eq!(payload["userErrors"][0]["code"], "REFUND_EXCEEDS_CAPTURED", "{payload}");
    }
    shop.settle().await;
    shop.close().await;
}

/// While one shopper's payment takes its time, no lock is held and no other shopper waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_provider_holds_no_lock_and_nobody_else_up() {
    let plan: Plan = Arc::new(|verb, number| (verb == Verb::Charge && number == 0).then_some(ProviderFault::Held));
    let calls = Arc::new(Calls::default());
    let shop = TestShop::open_faulty(|_| {}, plan, calls.clone()).await;
    let mug = shop
        .staff(StaffRole::Administrator)
        .await
        .sell("MUG-1", "10.00", 100)
        .await;
    let slow = shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    until("the provider is asked", async || calls.count(Verb::Charge) > 0).await;
    assert_eq!(open_transactions(&shop).await, 0);
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    until("the other order is confirmed", async || {
        guest.order(&placed).await["status"] == "CONFIRMED"
    })
    .await;
    assert_eq!(
        shop.guest().order(&slow).await["status"],
        "PAYMENT_PENDING",
        "it is still being paid"
    );
    calls.release();
    shop.settle().await;
    assert_eq!(shop.guest().order(&slow).await["status"], "CONFIRMED");
    shop.close().await;
}

/// A payment that is touched while the provider is asked about it is still wanted, and sent at the next look.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_payment_that_has_only_moved_is_sent_soon() {
    let plan: Plan = Arc::new(|verb, number| match (verb, number) {
        (Verb::Charge, 0) => Some(ProviderFault::RequestLost),
        (Verb::Find, 0) => Some(ProviderFault::Held),
        _ => None,
    });
    let calls = Arc::new(Calls::default());
    let shop = TestShop::open_faulty(|_| {}, plan, calls.clone()).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let placed = shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!((calls.count(Verb::Charge), calls.count(Verb::Find)), (1, 0));

    // Its job asks what became of the first call; meanwhile something is written to the row.
    shop.clock.advance(TimeDelta::seconds(10));
    until("the provider is asked", async || calls.count(Verb::Find) > 0).await;
    let touched = payment::Entity::update_many()
        .col_expr(payment::Column::UpdatedAt, Expr::value(shop.shop().now()))
        .exec(&shop.shop().db)
        .await
        .expect("it is touched");
    assert_eq!(touched.rows_affected, 1);
    calls.release();
    shop.settle().await;
    assert_eq!(calls.count(Verb::Charge), 1, "it was not as it had been read");

    shop.advance(TimeDelta::seconds(2)).await;
    assert_eq!(shop.guest().order(&placed).await["status"], "CONFIRMED");
    shop.close().await;
}

/// Transactions that somebody holds open. On SQLite: whether the write lock can be had.
async fn open_transactions(shop: &TestShop) -> i64 {
    let db = &shop.shop().db;
    let backend = db.get_database_backend();
    if backend == sea_orm::DbBackend::Sqlite {
        let sql = "update location set position = position where false";
        let written = db.execute_raw(Statement::from_string(backend, sql)).await;
        return i64::from(written.is_err());
    }
    let sql = "select count(*) as open from pg_stat_activity where datname = current_database() \
               and pid <> pg_backend_pid() and state like 'idle in transaction%'";
    let row = db
        .query_one_raw(Statement::from_string(backend, sql))
        .await
        .expect("the activity can be read")
        .expect("a count");
    row.try_get("", "open").expect("a number")
}

//! What waits for a job that is not there gets one.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_commerce::work;
use vitrine_entity::{
    outbox::{self as row, OutboxState},
    staff_member::StaffRole,
};
use vitrine_tests::TestShop;

async fn execute(shop: &TestShop, sql: &str) {
    shop.shop().db.execute_unprepared(sql).await.unwrap();
}

/// Deletes the jobs of a kind that are not done, as no transaction of ours does.
async fn lose(shop: &TestShop, kind: &str) {
    execute(
        shop,
        &format!("delete from outbox where state <> 'DONE' and job->>'job' = '{kind}.v1'"),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_for_a_lost_job_gets_another() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let pending = guest.buy(&[(&mug, 1)], "tok_second_factor").await;
    shop.settle().await;
    assert_eq!(
        work::make_missing_now(shop.shop()).await.unwrap(),
        0,
        "nothing is missing"
    );
    for kind in ["settle_payment", "expire_order"] {
        lose(&shop, kind).await;
    }
    assert_eq!(
        work::make_missing_now(shop.shop()).await.unwrap(),
        0,
        "what is fresh is left alone"
    );
    shop.advance(TimeDelta::minutes(11)).await;
    assert_eq!(
        work::make_missing_now(shop.shop()).await.unwrap(),
        1,
        "to look the payment up"
    );
    assert_eq!(work::make_missing_now(shop.shop()).await.unwrap(), 0, "once");
    shop.advance(TimeDelta::minutes(30)).await;
    assert_eq!(
        work::make_missing_now(shop.shop()).await.unwrap(),
        1,
        "to let the goods go"
    );
    shop.advance(TimeDelta::minutes(6)).await;
    assert_eq!(guest.order(&pending).await["status"], "CANCELLED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paid_order_whose_job_was_lost_is_confirmed() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 2)], "tok_approve").await;
    shop.settle().await;
    // As if the job had been finished before its effect.
    execute(
        &shop,
        "update orders set status = 'PAYMENT_SUCCESS'; update reservation set state = 'HELD'; \
         update stock set reserved = reserved + 2, on_hand = on_hand + 2 where variant_id in (select variant_id from reservation); \
         delete from stock_entry where kind = 'DEDUCTED'",
    )
    .await;
    shop.advance(TimeDelta::minutes(11)).await;
    assert_eq!(work::make_missing_now(shop.shop()).await.unwrap(), 1);
    shop.settle().await;
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_buried_is_tried_again_after_growing_pauses_only() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let refund = "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { refund { id } userErrors { code message } } }";
    let input = json!({ "input": { "orderId": placed.id, "reason": "late", "idempotencyKey": "r", "amount": "4.00" } });
    staff.done(refund, input).await;
    shop.settle().await;
    let bury = "update refund set status = 'REQUESTED'; update payment set refunded_minor = 0; \
                update outbox set state = 'BURIED' where job->>'job' = 'refund_payment.v1'";
    execute(&shop, bury).await;
    let tried = async |by: TimeDelta| {
        shop.clock.advance(by);
        let made = work::make_missing_now(shop.shop()).await.unwrap();
        // It fails again.
        let fail = "update outbox set state = 'BURIED' where job->>'job' = 'refund_payment.v1'; \
                    update refund set status = 'REQUESTED'";
        if made > 0 {
            shop.settle().await;
            execute(&shop, "update payment set refunded_minor = 0").await;
        }
        execute(&shop, fail).await;
        made
    };
    assert_eq!(tried(TimeDelta::minutes(30)).await, 0, "staff were told");
    assert_eq!(tried(TimeDelta::minutes(31)).await, 1);
    assert_eq!(tried(TimeDelta::minutes(61)).await, 0);
    assert_eq!(tried(TimeDelta::minutes(61)).await, 1);
    assert_eq!(tried(TimeDelta::hours(3)).await, 0);
    let rows = row::Entity::find().filter(row::Column::State.eq(OutboxState::Buried));
    assert_eq!(rows.all(&shop.shop().db).await.unwrap().len(), 3);
    shop.abandon().await;
}

//! What waits for a job that is not there gets one.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::json;
use vitrine_commerce::work;
use vitrine_entity::{
    ids::{CustomerId, ProviderCustomerId, SavedPaymentMethodId},
    outbox::{self as row, OutboxState},
    provider_customer, saved_payment_method,
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_provider_that_is_gone_is_to_forget_ends_with_an_entry() {
    let shop = TestShop::open().await;
    let ada = shop.customer("ada@example.com").await;
    let viewer = ada.data("{ viewer { id } }", json!({})).await["viewer"].take();
    let customer_id: CustomerId = viewer["id"].as_str().unwrap().parse().unwrap();
    let (db, now) = (&shop.shop().db, shop.shop().now());
    let known = |customer_id: Option<CustomerId>| provider_customer::Model {
        id: ProviderCustomerId(shop.shop().new_id()),
        customer_id,
        provider: "former".to_owned(),
        reference: Some("cus_former".to_owned()),
        renewals: 0,
        created_at: now,
    };
    let (erased, hers) = (known(None), known(Some(customer_id)));
    for row in [erased.clone(), hers.clone()] {
        row.into_active_model().insert(db).await.unwrap();
    }
    let card = saved_payment_method::Model {
        id: SavedPaymentMethodId(shop.shop().new_id()),
        customer_id,
        provider_customer_id: hers.id,
        provider: "former".to_owned(),
        reference: "pm_former".to_owned(),
        brand: "visa".to_owned(),
        last_four: "4242".to_owned(),
        expiry_month: 12,
        expiry_year: 2034,
        is_default: false,
        created_at: now,
        removed_at: Some(now),
        detached_at: None,
    };
    card.into_active_model().insert(db).await.unwrap();
    let waiting = async || {
        let erased = provider_customer::Entity::find().filter(provider_customer::Column::CustomerId.is_null());
        let cards = saved_payment_method::Entity::find().filter(saved_payment_method::Column::DetachedAt.is_null());
        (erased.count(db).await.unwrap(), cards.count(db).await.unwrap())
    };

    // It may come back into the configuration.
    shop.advance(TimeDelta::minutes(11)).await;
    work::make_missing_now(shop.shop()).await.unwrap();
    shop.advance(TimeDelta::days(7)).await;
    assert_eq!(waiting().await, (1, 1));

    shop.advance(TimeDelta::days(25)).await;
    assert_eq!(waiting().await, (0, 0));
    work::make_missing_now(shop.shop()).await.unwrap();
    let staff = shop.staff(StaffRole::Administrator).await;
    let entries = "query($action: String!) { auditLog(first: 5, where: { action: $action }) { nodes { object } } }";
    let left = async |action: &str| staff.data(entries, json!({ "action": action })).await["auditLog"]["nodes"].take();
    let object = json!([{ "object": erased.id.to_string() }]);
    assert_eq!(left("provider_customer.left").await, object);
    assert_eq!(left("saved_payment_method.left").await.as_array().unwrap().len(), 1);
    shop.close().await;
}

//! Charges that were made before the compared period, and have moved since.

use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use vitrine_adapters::config::CaptureAt;
use vitrine_entity::{
    capture::{self, CaptureStatus},
    ids::CaptureId,
    payment::PaymentStatus,
};
use vitrine_tests::TestShop;

use super::{Bought, counts, only_finding};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_of_an_older_charge_is_seen_that_nobody_told_us_of() {
    let mut bought = Bought::with("tok_approve").await;
    bought.later(6).await;
    let untouched = bought.reconcile().await;
    assert_eq!(counts(&untouched), [0; 6], "nothing has moved in this period");
    bought.refund("1.00", "one").await;
    assert_eq!(counts(&bought.reconcile().await), [1, 0, 0, 0, 0, 0]);
    let sql = "update simulated_charge set refunded_minor = refunded_minor + 500";
    bought.sql(sql, vec![]).await;
    let compared = bought.reconcile().await;
    assert_eq!(counts(&compared), [0, 0, 0, 0, 1, 1]);
    bought.repair(only_finding(&compared)).await;
    let order = bought.guest.order(&bought.placed).await;
    assert_eq!(order["payment"]["refundedAmount"]["amount"], "6.00");
    assert_eq!(counts(&bought.reconcile().await), [1, 0, 0, 0, 0, 0]);
    bought.shop.close().await;
}

/// It was asked for long ago; whatever has become of its job, and of what the provider told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_capture_that_came_through_unheard_is_caught_up_with() {
    let shop = TestShop::open_with(|config| config.payment.capture = CaptureAt::OnDispatch).await;
    let mut bought = Bought::of(shop, "tok_approve").await;
    bought.later(6).await;
    let payment = bought.payment().await;
    let asked_for = capture::ActiveModel {
        id: Set(CaptureId(bought.shop.shop().new_id())),
        payment_id: Set(payment.id),
        order_id: Set(payment.order_id),
        amount_minor: Set(payment.amount_minor),
        releases_rest: Set(true),
        status: Set(CaptureStatus::Requested),
        failure: Set(None),
        created_at: Set(payment.created_at),
        updated_at: Set(payment.created_at),
    };
    let db = &bought.shop.shop().db;
    capture::Entity::insert(asked_for)
        .exec_without_returning(db)
        .await
        .unwrap();
    let sql = "update simulated_charge set status = 'CAPTURED', captured_minor = amount_minor, due_at = null";
    bought.sql(sql, vec![]).await;
    let compared = bought.reconcile().await;
    assert_eq!(counts(&compared), [0, 0, 0, 0, 1, 0]);
    assert_eq!(only_finding(&compared)["status"], json!("SETTLED"));
    let payment = bought.payment().await;
    assert_eq!(
        (payment.status, payment.captured_minor),
        (PaymentStatus::Captured, payment.amount_minor)
    );
    let captures = capture::Entity::find().all(db).await.unwrap();
    assert!(
        captures
            .iter()
            .all(|capture| capture.status == CaptureStatus::Succeeded),
        "{captures:?}"
    );
    bought.shop.close().await;
}

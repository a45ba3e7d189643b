//! What staff approve, and what becomes of it.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use vitrine_adapters::config::CaptureAt;
use vitrine_commerce::{
    money::Money,
    ports::{PaymentProvider, payment::Charge},
};
use vitrine_entity::{
    ids::PaymentId,
    payment::PaymentStatus,
    payment_entry::{self, PaymentEntryKind},
    refund::{self, RefundStatus},
    staff_audit,
};

use vitrine_tests::TestShop;

use super::{Bought, REPAIR, counts, only_finding};

/// What somebody charges past our ledger, under a key of their own.
fn charge(payment: PaymentId, minor: i64, capture: bool) -> Charge {
    Charge {
        payment,
        key: "a key that is not ours".to_owned(),
        order_number: "V-1".to_owned(),
        amount: Money::new(minor, "EUR".parse().unwrap()),
        tax_basis_points: 0,
        country: "DE".to_owned(),
        locale: "en".to_owned(),
        method_token: "tok_approve".to_owned(),
        capture,
        return_url: String::new(),
        customer: None,
        saves_method: false,
        approved: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_made_at_the_provider_is_taken_over() {
    let bought = Bought::with("tok_approve").await;
    bought
        .sql("update simulated_charge set refunded_minor = 500", vec![])
        .await;
    let compared = bought.reconcile().await;
    let found = only_finding(&compared);
    assert_eq!(
        (&found["kind"], &found["repair"], &found["status"]),
        (&json!("DIFFERENT"), &json!("TAKE_OVER"), &json!("OPEN"))
    );
    assert_eq!(found["theirs"]["refundedAmount"]["amount"], "5.00");
    bought.repair(found).await;
    let order = bought.guest.order(&bought.placed).await;
    assert_eq!(order["payment"]["refundedAmount"]["amount"], "5.00");
    assert_eq!(
        order["refunds"],
        json!([{ "status": "SUCCEEDED", "amount": { "amount": "5.00" } }])
    );
    assert_eq!(bought.guest.history(&bought.placed).await.last().unwrap(), "REFUNDED");
    let db = &bought.shop.shop().db;
    let refund = refund::Entity::find().one(db).await.unwrap().unwrap();
    assert_eq!(refund.reason, "made at the provider");
    let decided = payment_entry::Entity::find().filter(payment_entry::Column::Kind.eq(PaymentEntryKind::Decision));
    let decided = decided.one(db).await.unwrap().unwrap();
    assert_eq!(decided.operation, "reconciliation_repair");
    assert!(decided.actor.starts_with("staff_"), "{decided:?}");
    let audited = staff_audit::Entity::find().filter(staff_audit::Column::Action.eq("reconciliation_finding.repair"));
    assert_eq!(audited.all(db).await.unwrap().len(), 1);
    // Asked again, it is told that it is repaired.
    let again = json!({ "input": { "findingId": found["id"] } });
    assert_eq!(bought.staff.done(REPAIR, again).await["finding"]["status"], "REPAIRED");
    assert_eq!(counts(&bought.reconcile().await), [1, 0, 0, 0, 0, 0]);
    bought.shop.close().await;
}

/// Nobody here asked for it, so it is not believed by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_capture_made_at_the_provider_is_taken_over() {
    let shop = TestShop::open_with(|config| config.payment.capture = CaptureAt::OnDispatch).await;
    let bought = Bought::of(shop, "tok_approve").await;
    let sql = "update simulated_charge set status = 'CAPTURED', captured_minor = amount_minor, due_at = null";
    bought.sql(sql, vec![]).await;
    let compared = bought.reconcile().await;
    assert_eq!(counts(&compared), [0, 0, 0, 0, 1, 1]);
    let found = only_finding(&compared);
    assert_eq!(
        (&found["repair"], &found["ours"]["status"]),
        (&json!("TAKE_OVER"), &json!("AUTHORIZED"))
    );
    bought.repair(found).await;
    let payment = bought.payment().await;
    assert_eq!(
        (payment.status, payment.captured_minor),
        (PaymentStatus::Captured, payment.amount_minor)
    );
    let history = bought.guest.history(&bought.placed).await;
    assert_eq!(history.last().unwrap(), "PAYMENT_CAPTURED");
    assert_eq!(counts(&bought.reconcile().await), [1, 0, 0, 0, 0, 0]);
    bought.shop.close().await;
}

/// Two of the same amount: which of them is no more, only the provider can tell.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_that_the_provider_took_back_is_no_refund_any_more() {
    let bought = Bought::with("tok_approve").await;
    for key in ["first", "second"] {
        bought.refund("3.00", key).await;
    }
    let db = &bought.shop.shop().db;
    let refunds = refund::Entity::find().order_by_asc(refund::Column::Id);
    let before = refunds.clone().all(db).await.unwrap();
    let first = before[0].provider_reference.clone();
    bought
        .sql(
            "update simulated_refund set status = 'FAILED' where reference = $1",
            vec![first.into()],
        )
        .await;
    bought
        .sql(
            "update simulated_charge set refunded_minor = refunded_minor - 300",
            vec![],
        )
        .await;
    let compared = bought.reconcile().await;
    let found = only_finding(&compared);
    assert_eq!(found["repair"], "TAKE_OVER");
    bought.repair(found).await;
    let order = bought.guest.order(&bought.placed).await;
    assert_eq!(order["payment"]["refundedAmount"]["amount"], "3.00");
    let after: Vec<_> = refunds.all(db).await.unwrap();
    let statuses: Vec<_> = after.iter().map(|refund| refund.status).collect();
    assert_eq!(statuses, [RefundStatus::Failed, RefundStatus::Succeeded]);
    assert!(after[0].failure.is_some(), "{after:?}");
    assert_eq!(counts(&bought.reconcile().await), [1, 0, 0, 0, 0, 0]);
    bought.shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn less_that_no_failed_refund_explains_is_left_to_staff() {
    let bought = Bought::with("tok_approve").await;
    bought.refund("5.00", "one").await;
    let books = "update simulated_charge set refunded_minor = $1";
    bought.sql(books, vec![0i64.into()]).await;
    bought.repair(only_finding(&bought.reconcile().await)).await;
    let again = bought.reconcile().await;
    let found = only_finding(&again);
    assert_eq!(
        (&found["status"], &found["repair"]),
        (&json!("OPEN"), &json!("TAKE_OVER"))
    );
    assert!(found["note"].as_str().unwrap().contains("no refund of ours"), "{found}");
    let order = bought.guest.order(&bought.placed).await;
    assert_eq!(
        order["payment"]["refundedAmount"]["amount"], "5.00",
        "nothing was changed"
    );
    assert_eq!(order["refunds"][0]["status"], "SUCCEEDED");
    bought.sql(books, vec![500i64.into()]).await;
    assert_eq!(counts(&bought.reconcile().await), [1, 0, 0, 0, 0, 0]);
    bought.shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_charge_that_we_have_no_row_of_is_paid_back() {
    let bought = Bought::with("tok_approve").await;
    let (shop, provider) = (bought.shop.shop(), bought.shop.provider());
    let stray = PaymentId(shop.new_id());
    provider.charge(&charge(stray, 4200, true)).await.unwrap();
    let compared = bought.reconcile().await;
    assert_eq!(counts(&compared), [1, 0, 1, 0, 0, 1]);
    let found = only_finding(&compared);
    assert_eq!(
        (&found["repair"], &found["payment"], &found["ours"]),
        (&json!("PAY_BACK"), &json!(null), &json!(null))
    );
    bought.repair(found).await;
    let charges = provider.ledger().await.unwrap();
    let charge = charges.iter().find(|charge| charge.payment == stray).unwrap();
    assert_eq!((charge.captured_minor, charge.refunded_minor), (4200, 4200));
    let after = bought.reconcile().await;
    assert_eq!(counts(&after), [2, 0, 0, 0, 0, 0]);
    bought.shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_charge_for_a_payment_raises_an_alert_and_goes_back() {
    for capture in [true, false] {
        let bought = Bought::with("tok_approve").await;
        let payment = bought.payment().await;
        let provider = bought.shop.provider();
        let second = charge(payment.id, payment.amount_minor, capture);
        let second = provider.charge(&second).await.unwrap().reference;
        let compared = bought.reconcile().await;
        assert_eq!(counts(&compared), [1, 0, 1, 0, 0, 1]);
        let found = only_finding(&compared);
        assert_eq!(
            (&found["reference"], &found["repair"]),
            (&json!(second), &json!("PAY_BACK"))
        );
        bought.repair(found).await;
        let charges = provider.ledger().await.unwrap();
        let kept: Vec<i64> = charges
            .iter()
            .map(|charge| charge.captured_minor - charge.refunded_minor)
            .filter(|kept| *kept != 0)
            .collect();
        assert_eq!(kept, [payment.amount_minor], "only the first is kept");
        let placed = &bought.placed;
        let query = "query($id: ID!) { order(id: $id) { timeline(first: 50) { nodes { kind message } } } }";
        let timeline = bought.staff.data(query, json!({ "id": placed.id })).await;
        assert!(
            timeline.to_string().contains(&format!("a second charge, {second}")),
            "{timeline}"
        );
        assert_eq!(bought.guest.order(placed).await["status"], "CONFIRMED");
        assert_eq!(counts(&bought.reconcile().await), [2, 0, 0, 0, 0, 0]);
        bought.shop.abandon().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attempt_that_the_provider_does_not_know_is_given_up() {
    let bought = Bought::with("tok_second_factor").await;
    bought.sql("delete from simulated_charge", vec![]).await;
    let compared = bought.reconcile().await;
    assert_eq!(counts(&compared), [0, 0, 0, 1, 0, 1]);
    let found = only_finding(&compared);
    assert_eq!(
        (&found["kind"], &found["repair"]),
        (&json!("MISSING_THERE"), &json!("TAKE_OVER"))
    );
    bought.repair(found).await;
    let order = bought.guest.order(&bought.placed).await;
    assert_eq!(
        (&order["status"], &order["payment"]["status"]),
        (&json!("PAYMENT_FAILED"), &json!("VOIDED"))
    );
    bought.shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_we_gave_up_and_the_provider_holds_is_released() {
    let bought = Bought::with("tok_decline").await;
    bought
        .sql(
            "update simulated_charge set status = 'AUTHORIZED', decline_code = null",
            vec![],
        )
        .await;
    let compared = bought.reconcile().await;
    let found = only_finding(&compared);
    assert_eq!(
        (&found["kind"], &found["repair"]),
        (&json!("DIFFERENT"), &json!("PAY_BACK"))
    );
    bought.repair(found).await;
    assert_eq!(counts(&bought.reconcile().await), [1, 0, 0, 0, 0, 0]);
    bought.shop.close().await;
}

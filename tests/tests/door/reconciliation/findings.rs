//! What is found, and what is not.

use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use vitrine_entity::reconciliation_finding;

use super::{Bought, DISMISS, REPAIR, counts, only_finding, report};

/// The provider captured, and neither its answer nor a webhook has come.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_we_have_merely_not_heard_is_caught_up_with() {
    let bought = Bought::with("tok_pending").await;
    let sql = "update simulated_charge set status = 'CAPTURED', captured_minor = amount_minor, due_at = null";
    bought.sql(sql, vec![]).await;
    let report = bought.reconcile().await;
    assert_eq!(counts(&report), [0, 0, 0, 0, 1, 0]);
    let found = only_finding(&report);
    assert_eq!(
        (&found["status"], &found["ours"]["status"]),
        (&json!("SETTLED"), &json!("PENDING"))
    );
    assert_eq!(bought.guest.order(&bought.placed).await["status"], "CONFIRMED");
    assert_eq!(counts(&bought.reconcile().await), [1, 0, 0, 0, 0, 0]);
    bought.shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_is_found_once_and_settled_when_it_is_gone() {
    let bought = Bought::with("tok_approve").await;
    bought
        .sql("update simulated_charge set refunded_minor = 500", vec![])
        .await;
    let first = bought.reconcile().await;
    let second = bought.reconcile().await;
    assert_eq!(
        (counts(&first), counts(&second)),
        ([0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 1, 1])
    );
    assert_eq!(only_finding(&first)["id"], only_finding(&second)["id"]);
    bought
        .sql("update simulated_charge set refunded_minor = 0", vec![])
        .await;
    assert_eq!(counts(&bought.reconcile().await), [1, 0, 0, 0, 0, 0]);
    let rows = reconciliation_finding::Entity::find()
        .all(&bought.shop.shop().db)
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].status, reconciliation_finding::FindingStatus::Settled);
    bought.shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_the_provider_does_not_know_waits_for_staff_and_is_left_by_them() {
    let bought = Bought::with("tok_approve").await;
    bought.sql("delete from simulated_charge", vec![]).await;
    let first = bought.reconcile().await;
    assert_eq!(counts(&first), [0, 0, 0, 1, 0, 1]);
    let found = only_finding(&first);
    assert_eq!(
        (&found["kind"], &found["repair"]),
        (&json!("MISSING_THERE"), &json!("NONE"))
    );
    assert_eq!(
        (&found["theirs"], &found["ours"]["status"]),
        (&json!(null), &json!("CAPTURED"))
    );
    let id = &found["id"];
    assert_eq!(
        bought
            .staff
            .refusals(REPAIR, json!({ "input": { "findingId": id } }))
            .await,
        ["PAYMENT_STATE"]
    );
    let reason = json!({ "input": { "findingId": id, "reason": "the provider has moved its archive" } });
    let left = bought.staff.done(DISMISS, reason.clone()).await;
    assert_eq!(left["finding"]["status"], "DISMISSED");
    assert_eq!(
        bought.staff.done(DISMISS, reason).await["finding"]["status"],
        "DISMISSED"
    );
    let otherwise = json!({ "input": { "findingId": id, "reason": "another" } });
    assert_eq!(bought.staff.refusals(DISMISS, otherwise).await, ["PAYMENT_STATE"]);
    let second = bought.reconcile().await;
    assert_eq!(
        counts(&second),
        [0, 0, 0, 1, 0, 0],
        "it is counted, and asked about no more"
    );
    let rows = reconciliation_finding::Entity::find();
    assert_eq!(rows.count(&bought.shop.shop().db).await.unwrap(), 1);
    bought.shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_charge_of_another_amount_or_mode_is_nothing_that_a_click_repairs() {
    let bought = Bought::with("tok_approve").await;
    bought
        .sql("update simulated_charge set amount_minor = amount_minor + 1", vec![])
        .await;
    let compared = bought.reconcile().await;
    let found = only_finding(&compared);
    assert_eq!(
        (&found["kind"], &found["repair"]),
        (&json!("DIFFERENT"), &json!("NONE"))
    );
    assert!(found["summary"].as_str().unwrap().contains("the amount"), "{found}");
    bought
        .sql("update simulated_charge set amount_minor = amount_minor - 1", vec![])
        .await;
    bought.reconcile().await;
    let nothing = report(&bought.staff, &json!("rec_01j9zzzzzzzzzzzzzzzzzzzzzz")).await;
    assert_eq!(nothing, json!(null));
    bought.shop.close().await;
}

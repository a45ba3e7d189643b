use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::Client;

use super::{add_card, issue, open};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn books_that_do_not_agree_are_told() {
    let (shop, staff, mug) = open().await;
    let (id, code) = issue(&staff, "10.00").await;
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    add_card(&guest, &cart, &code).await;
    guest.place(&cart, "k1", "tok_approve").await;
    shop.settle().await;
    let asked = "{ creditDifferences { kind id notedMinor entriesMinor } }";
    let found = async || staff.data(asked, json!({})).await["creditDifferences"].take();
    assert_eq!(found().await, json!([]));
    let db = &shop.shop().db;
    let by_hand = async |sql: &str| db.execute_unprepared(sql).await;
    by_hand("update credit_account set balance_minor = balance_minor + 7")
        .await
        .unwrap();
    assert_eq!(
        found().await,
        json!([{ "kind": "BALANCE", "id": id, "notedMinor": "7", "entriesMinor": "0" }])
    );
    assert!(
        by_hand("delete from credit_entry").await.is_err(),
        "entries stay as they are"
    );
    assert!(by_hand("update credit_entry set amount_minor = 1").await.is_err());
    assert!(by_hand("update credit_account set balance_minor = -1").await.is_err());

    // The shop looks once a day, for the first time a day after it first asked: what it finds is one finding until it is decided.
    let look = async || {
        vitrine_commerce::credit::check_if_due(shop.shop()).await.unwrap();
        shop.pass(TimeDelta::hours(24) + TimeDelta::minutes(1)).await;
        vitrine_commerce::credit::check_if_due(shop.shop()).await.unwrap();
        shop.sign_in(StaffRole::Administrator).await
    };
    let listed = "{ creditFindings(first: 5) { nodes { id kind subjectId notedMinor entriesMinor status note } } }";
    let staff = look().await;
    let finding = staff.data(listed, json!({})).await["creditFindings"]["nodes"][0].take();
    assert_eq!(
        (
            &finding["kind"],
            &finding["subjectId"],
            &finding["notedMinor"],
            &finding["status"]
        ),
        (&json!("BALANCE"), &json!(id), &json!("7"), &json!("OPEN"))
    );
    let gauges = vitrine_commerce::gauges::read(shop.shop()).await.unwrap();
    assert_eq!(gauges.findings_open, 1);
    let dismiss = "mutation($input: CreditFindingDismissInput!) { creditFindingDismiss(input: $input) { finding { status note } userErrors { code message field } } }";
    let input = json!({ "input": { "findingId": finding["id"], "reason": "A drill" } });
    assert_eq!(shop.guest().refusals(dismiss, input.clone()).await, ["UNAUTHENTICATED"]);
    for _ in 0..2 {
        let left = staff.done(dismiss, input.clone()).await;
        assert_eq!(left["finding"], json!({ "status": "DISMISSED", "note": "A drill" }));
    }
    // The very same is not told again, another one is, and what is gone is settled.
    let statuses = async |staff: &Client| {
        let nodes = staff.data(listed, json!({})).await["creditFindings"]["nodes"].take();
        let statuses = nodes
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["status"].as_str().unwrap().to_owned());
        statuses.collect::<Vec<_>>()
    };
    assert_eq!(statuses(&look().await).await, ["DISMISSED"]);
    by_hand("update credit_account set balance_minor = balance_minor + 1")
        .await
        .unwrap();
    assert_eq!(statuses(&look().await).await, ["OPEN", "DISMISSED"]);
    by_hand("update credit_account set balance_minor = balance_minor - 8")
        .await
        .unwrap();
    assert_eq!(statuses(&look().await).await, ["SETTLED", "DISMISSED"]);
    shop.close().await;
}

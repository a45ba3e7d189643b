use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
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

const REPAIR: &str = "mutation($input: CreditFindingRepairInput!) { creditFindingRepair(input: $input) {
    finding { status note decidedBy } userErrors { code message field } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn books_that_do_not_agree_are_put_right_by_an_entry() {
    let (shop, staff, mug) = open().await;
    let (id, code) = issue(&staff, "50.00").await;
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    add_card(&guest, &cart, &code).await;
    let order = guest.place(&cart, "k1", "tok_approve").await["order"]["id"].take();
    shop.settle().await;
    let db = &shop.shop().db;
    let by_hand = async |sql: &str| db.execute_unprepared(sql).await.unwrap();
    let history = "query($id: ID!) { giftCard(id: $id) { balance { amount } entries(first: 9) { nodes { kind amount { amount } reason } } } }";
    let card = async |staff: &Client| staff.data(history, json!({ "id": id })).await["giftCard"].take();
    let before = card(&staff).await;
    let balance = before["balance"]["amount"].as_str().unwrap().to_owned();

    let look = async || {
        shop.pass(TimeDelta::hours(24) + TimeDelta::minutes(1)).await;
        vitrine_commerce::credit::check_if_due(shop.shop()).await.unwrap();
        let staff = shop.sign_in(StaffRole::Administrator).await;
        let open = "{ creditFindings(first: 5, status: OPEN) { nodes { id kind subjectId } } }";
        let nodes = staff.data(open, json!({})).await["creditFindings"]["nodes"].take();
        (staff, nodes.as_array().unwrap().clone())
    };
    vitrine_commerce::credit::check_if_due(shop.shop()).await.unwrap();

    // The balance is right: an entry makes up for it, and the balance stays.
    by_hand("update credit_account set balance_minor = balance_minor + 7").await;
    let (staff, found) = look().await;
    let input = json!({ "input": { "findingId": found[0]["id"], "right": "NOTED", "reason": "Counted anew" } });
    assert_eq!(shop.guest().refusals(REPAIR, input.clone()).await, ["UNAUTHENTICATED"]);
    let mut entries = before["entries"]["nodes"].as_array().unwrap().len();
    entries += 1;
    for _ in 0..2 {
        let done = staff.done(REPAIR, input.clone()).await;
        assert_eq!(
            (&done["finding"]["status"], &done["finding"]["note"]),
            (&json!("SETTLED"), &json!("Counted anew"))
        );
        let nodes = card(&staff).await["entries"]["nodes"].take();
        assert_eq!(
            nodes.as_array().unwrap().len(),
            entries,
            "once, however often it is asked for"
        );
        let entry = nodes
            .as_array()
            .unwrap()
            .iter()
            .find(|entry| entry["reason"] == "Counted anew");
        assert_eq!(entry.unwrap()["amount"]["amount"], "0.07");
    }
    assert_eq!(look().await.1, Vec::<Value>::new());

    // The entries are right: the balance becomes what they come to.
    by_hand("update credit_account set balance_minor = 0").await;
    let (staff, found) = look().await;
    let input = json!({ "input": { "findingId": found[0]["id"], "right": "ENTRIES", "reason": "A slip" } });
    staff.done(REPAIR, input).await;
    let seven_more = |balance: &str| format!("{:.2}", balance.parse::<f64>().unwrap() + 0.07);
    assert_eq!(card(&staff).await["balance"]["amount"], seven_more(&balance));
    assert_eq!(look().await.1, Vec::<Value>::new());

    // An order has been paid a cent more than the card's history tells: that is taken from the card.
    by_hand("update orders set credit_minor = credit_minor + 1").await;
    by_hand("update order_credit set amount_minor = amount_minor + 1").await;
    let (staff, found) = look().await;
    assert_eq!(
        found
            .iter()
            .map(|one| (&one["kind"], &one["subjectId"]))
            .collect::<Vec<_>>(),
        [(&json!("PAID"), &order)]
    );
    let repair = |right: &str| json!({ "input": { "findingId": found[0]["id"], "right": right, "reason": "A cent" } });
    assert_eq!(staff.refusals(REPAIR, repair("ENTRIES")).await, ["INVALID"]);
    staff.done(REPAIR, repair("NOTED")).await;
    let after = card(&staff).await;
    let entry = after["entries"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["reason"] == "A cent");
    assert_eq!(
        (&entry.unwrap()["kind"], &entry.unwrap()["amount"]["amount"]),
        (&json!("REDEEMED"), &json!("-0.01"))
    );
    assert_eq!(look().await.1, Vec::<Value>::new());
    shop.close().await;
}

//! Numbers, however many ask for one at once.

use futures::future::join_all;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{MAKE, open};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_have_no_gap_and_no_double_however_many_ask_at_once() {
    let (shop, staff, mug) = open().await;
    let guest = shop.guest();
    let mut orders = Vec::new();
    for _ in 0..10 {
        orders.push(guest.buy(&[(&mug, 1)], "tok_approve").await);
    }
    shop.settle().await;
    let unpaid = guest.buy(&[(&mug, 1)], "tok_decline").await;
    shop.settle().await;
    assert_eq!(
        staff.refusals(MAKE, json!({ "input": { "orderId": unpaid.id } })).await,
        ["ORDER_STATE"]
    );

    // One whose rows do not sum up takes a number and gives it back.
    let spoilt = |by: &str| {
        format!(
            "update orders set total_minor = total_minor {by} where number = '{}'",
            orders[0].number
        )
    };
    shop.shop().db.execute_unprepared(&spoilt("+ 1")).await.unwrap();
    let failed = staff
        .answer(MAKE, json!({ "input": { "orderId": orders[0].id } }))
        .await;
    assert!(failed["errors"][0].is_object(), "{failed}");
    shop.shop().db.execute_unprepared(&spoilt("- 1")).await.unwrap();

    let asking = (0..100).map(|number| {
        let input = json!({ "input": { "orderId": orders[number % orders.len()].id } });
        let staff = &staff;
        async move { staff.answer(MAKE, input).await }
    });
    let mut numbers: Vec<String> = Vec::new();
    for answer in join_all(asking).await {
        // Whoever came in a crowd may be told to come again.
        if let Some(documents) = answer["data"]["orderDocumentsMake"]["documents"].as_array() {
            assert_eq!(documents.len(), 1);
            numbers.push(documents[0]["number"].as_str().unwrap().to_owned());
        }
    }
    for order in &orders {
        let made = staff.done(MAKE, json!({ "input": { "orderId": order.id } })).await;
        numbers.push(made["documents"][0]["number"].as_str().unwrap().to_owned());
    }
    numbers.sort();
    numbers.dedup();
    let ends: Vec<String> = numbers
        .iter()
        .map(|number| number[number.len() - 5..].to_owned())
        .collect();
    let expected: Vec<String> = (1..=orders.len()).map(|number| format!("{number:05}")).collect();
    assert_eq!(ends, expected);
    shop.close().await;
}

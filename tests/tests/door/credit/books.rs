use sea_orm::ConnectionTrait;
use serde_json::json;

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
    by_hand("update credit_account set balance_minor = balance_minor - 7")
        .await
        .unwrap();
    shop.close().await;
}

//! What a customer is told inside the shop.

use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_reads_their_notifications() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let (ada, eve) = (
        shop.customer("ada@example.com").await,
        shop.customer("eve@example.com").await,
    );
    ada.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;

    let query = "{ viewer { unreadNotificationCount notifications(first: 10) { nodes { id kind title read } } } }";
    let viewer = ada.data(query, json!({})).await["viewer"].take();
    let nodes = viewer["notifications"]["nodes"].as_array().unwrap().clone();
    assert_eq!(viewer["unreadNotificationCount"], nodes.len());
    assert_eq!(nodes[0]["kind"], "CONFIRMED", "newest first");
    assert_eq!(eve.data(query, json!({})).await["viewer"]["unreadNotificationCount"], 0);

    let mark = "mutation($input: NotificationsMarkReadInput!) { notificationsMarkRead(input: $input) { unreadCount userErrors { code message } } }";
    let input = json!({ "input": { "ids": [nodes[0]["id"]] } });
    eve.payload(mark, input.clone()).await;
    assert_eq!(
        ada.data(query, json!({})).await["viewer"]["unreadNotificationCount"],
        nodes.len(),
        "another's is not marked"
    );
    let payload = ada.done(mark, input).await;
    assert_eq!(payload["unreadCount"], nodes.len() - 1);
    shop.close().await;
}

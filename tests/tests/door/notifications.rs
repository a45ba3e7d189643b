//! What a customer is told inside the shop.

use futures::{Stream, StreamExt};
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, patience::within, shop::PASSWORD, shopper::Shopper};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_reads_their_notifications() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let (ada, eve) = (
        shop.customer("ada@example.com").await,
        shop.customer("eve@example.com").await,
    );
    let placed = ada.buy(&[(&mug, 3)], "tok_approve").await;
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

    changed_by_staff_and_by_herself(&staff, &ada, &placed.id).await;
    shop.settle().await;
    let unread = ada.data(query, json!({})).await["viewer"]["unreadNotificationCount"].take();
    let mut page = Shopper::new(&shop);
    page.open("/account/messages").await;
    assert!(page.path.starts_with("/account/login?back="), "{}", page.path);
    let right = [("email", "ada@example.com"), ("password", PASSWORD)];
    page.submit("/account/login", &right).await;
    assert_eq!(page.path, "/account/messages");
    let told = format!("Your order {} was changed.", placed.number);
    assert_eq!(
        page.html.matches(told.as_str()).count(),
        1,
        "she was not told of what she did"
    );
    page.open("/account").await.expect(&format!("{unread} new"));
    page.open("/account/messages")
        .await
        .submit("/account/messages", &[])
        .await;
    page.expect("All messages are marked as read.");
    assert!(!page.html.contains("Mark all as read"));
    assert_eq!(ada.data(query, json!({})).await["viewer"]["unreadNotificationCount"], 0);
    shop.close().await;
}

/// One mug fewer by staff, and one fewer by whoever ordered.
async fn changed_by_staff_and_by_herself(staff: &Client, ada: &Client, order: &str) {
    let policy = "mutation($input: OrderEditPolicyUpdateInput!) { orderEditPolicyUpdate(input: $input) { userErrors { code } } }";
    staff.done(policy, json!({ "input": { "shopperMinutes": 60 } })).await;
    let query = "query($id: ID!) { order(id: $id) { lines { id } } }";
    let by_staff = "mutation($input: OrderEditInput!) { orderEdit(input: $input) { userErrors { code message } } }";
    let by_herself = "mutation($input: OrderEditByShopperInput!) { orderEditByShopper(input: $input) { userErrors { code message } } }";
    for (client, mutation, quantity) in [(staff, by_staff, 2), (ada, by_herself, 1)] {
        let now = client.data(query, json!({ "id": order })).await["order"].take();
        let lines = json!([{ "lineId": now["lines"][0]["id"], "quantity": quantity }]);
        // Of no version: jobs change the order meanwhile.
        let mut input = json!({ "orderId": order, "idempotencyKey": format!("to {quantity}") });
        match quantity {
            2 => input["changes"] = json!({ "lines": lines }),
            _ => input["lines"] = lines,
        }
        client.done(mutation, json!({ "input": input })).await;
    }
}

/// The next update of a stream of events.
async fn next<Chunk: AsRef<[u8]>>(chunks: &mut (impl Stream<Item = reqwest::Result<Chunk>> + Unpin)) -> Value {
    loop {
        let chunk = within("an update", chunks.next()).await;
        let chunk = chunk.expect("the stream goes on").unwrap();
        let text = str::from_utf8(chunk.as_ref()).unwrap();
        if let Some(data) = text.lines().find_map(|line| line.strip_prefix("data:"))
            && text.contains("event: next")
        {
            return serde_json::from_str::<Value>(data.trim()).unwrap()["data"]["notifications"].take();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_cut_off_is_told_first_what_came_since() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let ada = shop.customer("ada@example.com").await;
    for _ in 0..3 {
        ada.buy(&[(&mug, 1)], "tok_approve").await;
        shop.settle().await;
    }
    let query = "{ viewer { notifications(first: 10) { nodes { id kind } } } }";
    let viewer = ada.data(query, json!({})).await["viewer"].take();
    let mut kinds: Vec<_> = viewer["notifications"]["nodes"].as_array().unwrap().clone();
    kinds.reverse();
    let (known, missed) = kinds.split_first().unwrap();
    assert!(!missed.is_empty());

    let subscription =
        "subscription($after: ID) { notifications(after: $after) { notification { id kind } unreadCount } }";
    let follow = async |after: &Value| {
        let body = json!({ "query": subscription, "variables": { "after": after } });
        let request = vitrine_tests::client::http()
            .post(format!("{}/graphql", ada.base()))
            .json(&body);
        let request = request.bearer_auth(ada.access_token().unwrap());
        let response = request.header("accept", "text/event-stream").send().await.unwrap();
        Box::pin(response.bytes_stream())
    };
    let mut resumed = follow(&known["id"]).await;
    for expected in missed {
        assert_eq!(next(&mut resumed).await["notification"], *expected);
    }
    let mut from_now_on = follow(&Value::Null).await;
    ada.buy(&[(&mug, 1)], "tok_approve").await;
    for updates in [&mut resumed, &mut from_now_on] {
        assert_eq!(next(updates).await["notification"]["kind"], known["kind"]);
    }
    shop.settle().await;
    shop.close().await;
}

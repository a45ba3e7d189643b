//! An order followed live: by WebSocket and by Server-Sent Events, cut and resumed at any moment.

use futures::{SinkExt, Stream, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, patience::within, purchase::PlacedOrder};

use crate::purchase::dispatch;

const UPDATES: &str = "subscription($id: ID!, $token: String, $after: String) {
    orderUpdates(orderId: $id, accessToken: $token, after: $after) { cursor event { number kind } order { status } } }";

fn variables(placed: &PlacedOrder, after: Option<&str>) -> Value {
    json!({ "id": placed.id, "token": placed.access_token, "after": after })
}

/// Follows an order by `graphql-transport-ws`; gives each message's payload.
async fn by_websocket(client: &Client, variables: Value) -> impl Stream<Item = Value> + Unpin {
    let mut request = format!("{}/graphql/ws", client.base().replace("http://", "ws://"))
        .into_client_request()
        .unwrap();
    request
        .headers_mut()
        .insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let send = |value: Value| Message::text(value.to_string());
    socket.send(send(json!({ "type": "connection_init" }))).await.unwrap();
    let subscribe = json!({ "id": "1", "type": "subscribe", "payload": { "query": UPDATES, "variables": variables } });
    socket.send(send(subscribe)).await.unwrap();
    Box::pin(socket.filter_map(|message| async move {
        let message: Value = serde_json::from_str(message.ok()?.to_text().ok()?).ok()?;
        (message["type"] == "next").then(|| message["payload"].clone())
    }))
}

/// Follows an order by Server-Sent Events.
async fn by_events(client: &Client, variables: Value) -> impl Stream<Item = Value> + Unpin {
    let body = json!({ "query": UPDATES, "variables": variables });
    let request = vitrine_tests::client::http()
        .post(format!("{}/graphql", client.base()))
        .json(&body);
    let response = request.header("accept", "text/event-stream").send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut bytes = Box::pin(response.bytes_stream());
    let mut rest = String::new();
    Box::pin(async_stream::stream! {
        while let Some(Ok(chunk)) = bytes.next().await {
            rest.push_str(std::str::from_utf8(&chunk).unwrap());
            while let Some((event, after)) = rest.split_once("\n\n").map(|(event, after)| (event.to_owned(), after.to_owned())) {
                rest = after;
                if event.contains("event: next") {
                    let data = event.lines().find_map(|line| line.strip_prefix("data:")).unwrap();
                    yield serde_json::from_str::<Value>(data.trim()).unwrap();
                }
            }
        }
    })
}

/// The next update, or a failed test.
async fn next(updates: &mut (impl Stream<Item = Value> + Unpin)) -> Value {
    let update = within("an update", updates.next()).await;
    let mut update = update.expect("an update before the end");
    assert!(update.get("errors").is_none(), "{update}");
    update["data"]["orderUpdates"].take()
}

fn kind(update: &Value) -> &str {
    update["event"]["kind"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_followed_to_its_end() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    let mut socket = by_websocket(&guest, variables(&placed, None)).await;
    let mut events = by_events(&guest, variables(&placed, None)).await;
    for expected in ["CREATED", "PAYMENT_PENDING", "PAYMENT_SUCCEEDED", "CONFIRMED"] {
        assert_eq!(kind(&next(&mut socket).await), expected);
        assert_eq!(kind(&next(&mut events).await), expected);
    }
    dispatch(&staff, &placed.id).await;
    assert_eq!(kind(&next(&mut socket).await), "DISPATCHED");
    assert_eq!(kind(&next(&mut events).await), "DISPATCHED");
    let complete =
        "mutation($input: OrderCompleteInput!) { orderComplete(input: $input) { userErrors { code message } } }";
    staff.done(complete, json!({ "input": { "orderId": placed.id } })).await;
    assert_eq!(kind(&next(&mut events).await), "COMPLETED");
    assert!(events.next().await.is_none(), "the stream ends with the order");
    drop(socket);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_and_resumed_anywhere_nothing_is_missed_or_doubled() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 100).await);
    for cut_after in 1..=4 {
        let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
        let (mut numbers, mut cursor) = (Vec::new(), None);
        // A new connection after every so many updates.
        while numbers.len() < 4 {
            let mut updates = by_websocket(&guest, variables(&placed, cursor.as_deref())).await;
            for _ in 0..cut_after.min(4 - numbers.len()) {
                let update = next(&mut updates).await;
                numbers.push(update["event"]["number"].as_i64().unwrap());
                cursor = update["cursor"].as_str().map(str::to_owned);
            }
        }
        assert_eq!(numbers, [1, 2, 3, 4], "cut after {cut_after}");
    }
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_follows_nothing() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    let other = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let theirs = json!({ "id": placed.id, "token": other.access_token });
    let missing = json!({ "id": "ord_01j9zzzzzzzzzzzzzzzzzzzzzz", "token": other.access_token });
    let mut answers = Vec::new();
    for variables in [theirs, missing] {
        let mut updates = by_events(&guest, variables).await;
        answers.push(updates.next().await.unwrap()["errors"][0]["message"].clone());
    }
    assert!(answers[0].is_string());
    assert_eq!(answers[0], answers[1]);
    let cursor = guest.data("query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { timeline(first: 1) { pageInfo { endCursor } } } }",
        json!({ "id": other.id, "token": other.access_token })).await["order"]["timeline"]["pageInfo"]["endCursor"].clone();
    let mut updates = by_events(
        &guest,
        json!({ "id": placed.id, "token": placed.access_token, "after": cursor }),
    )
    .await;
    assert!(
        updates.next().await.unwrap()["errors"][0]["message"].is_string(),
        "a cursor of another order"
    );
    shop.close().await;
}

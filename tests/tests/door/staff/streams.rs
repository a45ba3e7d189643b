//! What is open ends when the rights under which it was opened do.

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest},
};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, patience::within};

use super::{DEACTIVATE, MEMBER_UPDATE, ROLE_UPDATE, apps, hire, own_role, role};

/// Opens a socket that is let in.
async fn open(client: &Client) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    let mut request = format!("{}/graphql/ws", client.base().replace("http://", "ws://"))
        .into_client_request()
        .unwrap();
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    let bearer = format!("Bearer {}", client.access_token().unwrap());
    headers.insert("authorization", bearer.parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let init = json!({ "type": "connection_init" }).to_string();
    socket.send(Message::text(init)).await.unwrap();
    let ack = socket.next().await.unwrap().unwrap();
    let ack: Value = serde_json::from_str(ack.to_text().unwrap()).unwrap();
    assert_eq!(ack["type"], "connection_ack");
    socket
}

/// The code with which the server closes it, soon.
async fn closed(socket: &mut WebSocketStream<MaybeTlsStream<TcpStream>>) -> u16 {
    let closing = async {
        loop {
            if let Message::Close(Some(frame)) = socket.next().await.unwrap().unwrap() {
                return frame.code.into();
            }
        }
    };
    within("the socket closes", closing).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_closes_at_once_when_rights_change() {
    let shop = TestShop::open().await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let night = own_role(&administrator, "Night", &["ORDERS", "JOBS"]).await;
    let (joan, id) = hire(&shop, &administrator, "joan@example.com", &night).await;
    let packer = role(&administrator, "fulfilment").await;
    let bystander = &mut open(&administrator).await;
    for (mutation, input) in [
        (ROLE_UPDATE, json!({ "id": night, "permissions": ["ORDERS"] })),
        (MEMBER_UPDATE, json!({ "id": id, "roleId": packer })),
        (DEACTIVATE, json!({ "id": id })),
    ] {
        let socket = &mut open(&joan).await;
        administrator.done(mutation, json!({ "input": input })).await;
        assert_eq!(closed(socket).await, 4403, "{mutation}");
    }
    let (app, key) = apps::create(&administrator, "Sender", &["ORDERS"]).await;
    let socket = &mut open(&shop.guest().with_token(&key)).await;
    administrator
        .done(apps::REVOKE, json!({ "input": { "id": app } }))
        .await;
    assert_eq!(closed(socket).await, 4403);
    bystander
        .send(Message::text(json!({ "type": "ping" }).to_string()))
        .await
        .unwrap();
    let pong = bystander.next().await.unwrap().unwrap();
    assert!(pong.to_text().unwrap().contains("pong"), "{pong:?}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_stream_says_that_its_rights_have_ended() {
    let shop = TestShop::open().await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let mug = administrator.sell("MUG-1", "10.00", 10).await;
    let placed = shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let (_, key) = apps::create(&administrator, "Sender", &["ORDERS"]).await;
    let app = apps::listed(&administrator, false).await[0]["id"].clone();
    let query = "subscription($id: ID!) { orderUpdates(orderId: $id) { cursor } }";
    let mut stream = vitrine_tests::client::http()
        .post(format!("{}/graphql", administrator.base()))
        .bearer_auth(&key)
        .header("accept", "text/event-stream")
        .json(&json!({ "query": query, "variables": { "id": placed.id } }))
        .send()
        .await
        .unwrap();
    let mut text = String::new();
    let mut hear = async |of: &str| {
        while !text.contains(of) {
            let chunk = within("an event", stream.chunk()).await.unwrap();
            text.push_str(str::from_utf8(&chunk.expect("the stream goes on")).unwrap());
        }
    };
    hear("cursor").await;
    administrator
        .done(apps::REVOKE, json!({ "input": { "id": app } }))
        .await;
    hear("event: complete").await;
    while within("the stream's end", stream.chunk()).await.unwrap().is_some() {}
    let (live, last) = text.split_once("UNAUTHENTICATED").expect("it says why");
    assert!(live.contains("cursor") && last.contains("event: complete"), "{text}");
    shop.close().await;
}

//! What one socket may ask of the server: sizes, numbers, and how long it may keep silent.

use std::{sync::atomic::Ordering, time::Duration};

use futures::SinkExt;
use serde_json::json;
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};
use vitrine_edge::{HttpSettings, SocketSettings};

use crate::{
    support::{App, none_open},
    websocket_client::{Client, server},
};

#[tokio::test]
async fn garbage_closes_with_4400_and_a_huge_message_with_1009() {
    let server = App::new().listen().await;
    let id = "x".repeat(129);
    for garbage in [
        Message::text("nonsense"),
        Message::text("{}"),
        Message::text(r#"{"type":"start"}"#),
        Message::text(r#"{"type":"subscribe","id":"1"}"#),
        Message::text(r#"{"type":"subscribe","id":1,"payload":{"query":"{hello}"}}"#),
        Message::text(r#"{"type":"subscribe","id":"","payload":{"query":"{hello}"}}"#),
        Message::text(r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#),
        Message::text(r#"{"type":"subscribe","id":"1","payload":{"query":"{hello}","variables":[]}}"#),
        Message::text(format!(
            r#"{{"type":"subscribe","id":"{id}","payload":{{"query":"{{hello}}"}}}}"#
        )),
        Message::text(format!(r#"{{"type":"ping","payload":{}"#, "[".repeat(100_000))),
        Message::binary(vec![1, 2, 3]),
    ] {
        let mut client = Client::ready(&server, json!(null)).await;
        client.send(garbage.clone()).await;
        assert_eq!(client.end().await, 4400, "{garbage:?}");
    }
    let mut huge = Client::connect(&server).await;
    huge.say(json!({ "type": "connection_init", "payload": { "a": "x".repeat(1_000_000) } }))
        .await;
    assert!(matches!(huge.end().await, 1009 | 0));
}

/// JSON may write half of a surrogate pair; UTF-8 may not hold one.
#[tokio::test]
async fn half_a_character_is_an_error_of_its_operation_and_text_that_is_none_closes_with_1007() {
    let server = App::new().listen().await;
    let mut client = Client::ready(&server, json!(null)).await;
    for payload in [
        r#"{"query":"{ hello(name: \"\ud800\") }"}"#,
        r#"{"query":"query($n: String!) { hello(name: $n) }","variables":{"n":"a\udc00b"}}"#,
    ] {
        let message = format!(r#"{{"type":"subscribe","id":"1","payload":{payload}}}"#);
        client.send(Message::text(message)).await;
        let error = client.hear().await;
        assert_eq!(
            (error["type"].as_str(), error["id"].as_str()),
            (Some("error"), Some("1"))
        );
        assert_eq!(error["payload"][0]["extensions"]["code"], "BAD_REQUEST");
    }
    let whole = r#"{"type":"subscribe","id":"1","payload":{"query":"{ hello(name: \"\ud83d\ude00\") }"}}"#;
    client.send(Message::text(whole)).await;
    assert_eq!(
        client.hear().await["payload"]["data"],
        json!({ "hello": "hello \u{1f600}" })
    );
    assert_eq!(client.hear().await["type"], "complete");
    for message in [
        r#"{"type":"subscribe","id":"\ud800","payload":{"query":"{hello}"}}"#,
        r#"{"type":"ping","payload":{"a":"\ud800"}}"#,
    ] {
        let mut client = Client::ready(&server, json!(null)).await;
        client.send(Message::text(message)).await;
        assert_eq!(client.end().await, 4400, "{message}");
    }
    // As CESU-8 would write that half.
    let half = Frame::message(vec![b'"', 0xed, 0xa0, 0x80, b'"'], OpCode::Data(Data::Text), true);
    client.send(Message::Frame(half)).await;
    assert_eq!(client.end().await, 1007);
}

#[tokio::test]
async fn subscriptions_are_capped_and_a_flood_closes_the_socket() {
    let server = server(SocketSettings {
        subscriptions_max: 3,
        messages_burst: 50,
        ..SocketSettings::default()
    })
    .await;
    let mut client = Client::ready(&server, json!(null)).await;
    for at in 0..3 {
        client.subscribe(&at.to_string(), "subscription { forever }").await;
        client.hear().await;
    }
    client.subscribe("more", "subscription { forever }").await;
    let refused = client.hear().await;
    assert_eq!(
        (refused["type"].as_str(), refused["id"].as_str()),
        (Some("error"), Some("more"))
    );
    assert_eq!(refused["payload"][0]["extensions"]["code"], "TOO_MANY_STREAMS");
    assert_eq!(server.seen.open.load(Ordering::SeqCst), 3);
    for at in 0..10_000 {
        if client.0.send(Message::text(json!({ "id": format!("f{at}"), "type": "subscribe", "payload": { "query": "subscription { forever }" } }).to_string())).await.is_err() {
            break;
        }
    }
    assert_eq!(client.end().await, 4429);
    none_open(&server.seen.open).await;
}

#[tokio::test]
async fn a_flood_of_pings_closes_the_socket() {
    let server = server(SocketSettings {
        messages_burst: 20,
        ..SocketSettings::default()
    })
    .await;
    for ping in [Message::text(r#"{"type":"ping"}"#), Message::Ping("x".into())] {
        let mut client = Client::ready(&server, json!(null)).await;
        for _ in 0..60 {
            client.send(ping.clone()).await;
        }
        assert_eq!(client.end().await, 4429);
    }
}

#[tokio::test]
async fn a_client_that_says_nothing_and_answers_no_ping_is_dropped() {
    let server = server(SocketSettings {
        // A busy machine answers within it, too.
        keepalive: Duration::from_millis(500),
        ..SocketSettings::default()
    })
    .await;
    // One that answers pings lives through many of them.
    let mut lively = Client::ready(&server, json!(null)).await;
    lively.subscribe("1", "subscription { forever }").await;
    lively.hear().await;
    let mut pings = 0;
    while pings < 4 {
        let message = lively.next().await.expect("it lives").expect("it is whole");
        pings += u32::from(matches!(message, Message::Ping(_)));
    }
    assert_eq!(server.seen.open.load(Ordering::SeqCst), 1);
    // Not read from, it answers no ping: tungstenite answers while it is read.
    none_open(&server.seen.open).await;
}

#[tokio::test]
async fn a_client_that_stops_reading_is_disconnected() {
    let settings = HttpSettings {
        write_timeout: Duration::from_millis(200),
        ..HttpSettings::default()
    };
    let server = App::with(settings).listen().await;
    let mut client = Client::ready(&server, json!(null)).await;
    client.subscribe("1", "subscription { flood }").await;
    client.hear().await;
    none_open(&server.seen.open).await;
}

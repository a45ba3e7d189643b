//! graphql-transport-ws, by a client that keeps to it and by ones that do not.

use std::{sync::atomic::Ordering, time::Duration};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};
use vitrine_server::http::{HttpSettings, SocketSettings};

use crate::support::{App, Listening, eventually, none_open};

struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    async fn connect(server: &Listening) -> Self {
        let opened = dial(server, "/graphql/ws", "graphql-transport-ws", &[]).await;
        Self(opened.expect("it is upgraded"))
    }

    /// With the handshake done.
    async fn ready(server: &Listening, payload: Value) -> Self {
        let mut client = Self::connect(server).await;
        client
            .say(json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(client.hear().await, json!({ "type": "connection_ack" }));
        client
    }

    async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    async fn send(&mut self, message: Message) {
        // The other side may have closed already; the test reads why.
        let _ = self.0.send(message).await;
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": query } }))
            .await;
    }

    async fn hear(&mut self) -> Value {
        loop {
            match self.next().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).expect("JSON"),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("no message: {other:?}"),
            }
        }
    }

    /// The close code, whatever is said before it. 0 where the connection just ends.
    async fn end(&mut self) -> u16 {
        loop {
            match self.next().await {
                Some(Ok(Message::Close(frame))) => return frame.map_or(0, |frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return 0,
            }
        }
    }

    async fn next(&mut self) -> Option<Result<Message, Error>> {
        let next = tokio::time::timeout(Duration::from_secs(5), self.0.next()).await;
        next.expect("something within five seconds")
    }
}

async fn dial(
    server: &Listening,
    path: &str,
    protocol: &str,
    headers: &[(&'static str, &str)],
) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, Error> {
    let mut request = format!("ws://{}{path}", server.address)
        .into_client_request()
        .expect("a URL");
    for (name, value) in headers.iter().chain([&("sec-websocket-protocol", protocol)]) {
        if !value.is_empty() {
            request
                .headers_mut()
                .insert(*name, HeaderValue::from_str(value).expect("a header"));
        }
    }
    connect_async(request).await.map(|(stream, _)| stream)
}

fn refused(result: Result<WebSocketStream<MaybeTlsStream<TcpStream>>, Error>) -> u16 {
    match result {
        Err(Error::Http(response)) => response.status().as_u16(),
        other => panic!("not refused: {other:?}"),
    }
}

async fn server(socket: SocketSettings) -> Listening {
    App::with(HttpSettings {
        socket,
        ..HttpSettings::default()
    })
    .listen()
    .await
}

#[tokio::test]
async fn runs_operations_side_by_side() {
    let server = App::new().listen().await;
    let mut client = Client::ready(&server, json!(null)).await;
    client.subscribe("f", "subscription { forever }").await;
    assert_eq!(
        client.hear().await,
        json!({ "type": "next", "id": "f", "payload": { "data": { "forever": "guest" } } })
    );
    client.subscribe("c", "subscription { count(to: 2) }").await;
    for count in 1..=2 {
        assert_eq!(
            client.hear().await,
            json!({ "type": "next", "id": "c", "payload": { "data": { "count": count } } })
        );
    }
    assert_eq!(client.hear().await, json!({ "type": "complete", "id": "c" }));
    client.subscribe("c", "mutation { bump }").await;
    assert_eq!(client.hear().await["payload"]["data"], json!({ "bump": 1 }));
    assert_eq!(client.hear().await, json!({ "type": "complete", "id": "c" }));

    client.say(json!({ "type": "complete", "id": "f" })).await;
    none_open(&server.seen.open).await;
    client.subscribe("f", "{ hello }").await;
    assert_eq!(
        client.hear().await["payload"]["data"],
        json!({ "hello": "hello world" })
    );
}

#[tokio::test]
async fn what_cannot_run_is_an_error_and_what_failed_is_a_next() {
    let server = App::new().listen().await;
    let mut client = Client::ready(&server, json!({})).await;
    client.subscribe("1", "{ helo }").await;
    let error = client.hear().await;
    assert_eq!(
        (error["type"].as_str(), error["id"].as_str()),
        (Some("error"), Some("1"))
    );
    assert_eq!(error["payload"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    // No `complete` follows an `error`: the next thing heard is the next operation's.
    client.subscribe("1", "{ panics hello }").await;
    let next = client.hear().await;
    assert_eq!(next["type"], "next");
    assert_eq!(
        next["payload"]["data"],
        json!({ "panics": null, "hello": "hello world" })
    );
    assert_eq!(next["payload"]["errors"][0]["extensions"]["code"], "INTERNAL_ERROR");
    assert_eq!(client.hear().await, json!({ "type": "complete", "id": "1" }));

    client.subscribe("2", "subscription { panics }").await;
    assert_eq!(client.hear().await["payload"]["data"], json!({ "panics": 1 }));
    let fault = client.hear().await;
    assert!(
        fault.to_string().contains("INTERNAL_ERROR") && !fault.to_string().contains("secret"),
        "{fault}"
    );
    assert_eq!(client.hear().await, json!({ "type": "complete", "id": "2" }));
    client.subscribe("3", "{ hello }").await;
    assert_eq!(
        client.hear().await["payload"]["data"],
        json!({ "hello": "hello world" })
    );
}

#[tokio::test]
async fn answers_a_ping_before_and_after_the_handshake() {
    let server = App::new().listen().await;
    let mut client = Client::connect(&server).await;
    client.say(json!({ "type": "ping", "payload": { "a": 1 } })).await;
    assert_eq!(client.hear().await, json!({ "type": "pong", "payload": { "a": 1 } }));
    client.say(json!({ "type": "connection_init" })).await;
    assert_eq!(client.hear().await, json!({ "type": "connection_ack" }));
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.hear().await, json!({ "type": "pong" }));
}

#[tokio::test]
async fn the_token_comes_with_the_handshake() {
    let server = App::new().listen().await;
    for key in ["authorization", "Authorization"] {
        let mut client = Client::ready(&server, json!({ key: "Bearer good" })).await;
        client.subscribe("1", "{ viewer }").await;
        assert_eq!(client.hear().await["payload"]["data"], json!({ "viewer": "known" }));
    }
    let mut client = Client::connect(&server).await;
    client
        .say(json!({ "type": "connection_init", "payload": { "authorization": "Bearer bad" } }))
        .await;
    assert_eq!(client.end().await, 4403);
    let mut client = Client::connect(&server).await;
    client
        .say(json!({ "type": "connection_init", "payload": { "authorization": "Bearer unlucky" } }))
        .await;
    assert_eq!(client.end().await, 4500);
}

#[tokio::test]
async fn a_socket_closes_when_its_token_expires() {
    let server = App::new().listen().await;
    let mut client = Client::ready(&server, json!({ "authorization": "Bearer short" })).await;
    client.subscribe("1", "subscription { forever }").await;
    assert_eq!(client.hear().await["payload"]["data"], json!({ "forever": "known" }));
    assert_eq!(client.end().await, 4403);
    none_open(&server.seen.open).await;
}

#[tokio::test]
async fn a_client_that_breaks_the_handshake_is_closed_with_its_code() {
    let server = server(SocketSettings {
        init_timeout: Duration::from_millis(200),
        ..SocketSettings::default()
    })
    .await;
    assert_eq!(Client::connect(&server).await.end().await, 4408);

    let mut early = Client::connect(&server).await;
    early.subscribe("1", "{ hello }").await;
    assert_eq!(early.end().await, 4401);

    let mut twice = Client::connect(&server).await;
    twice.say(json!({ "type": "connection_init" })).await;
    twice.say(json!({ "type": "connection_init" })).await;
    assert_eq!(twice.end().await, 4429);

    for protocol in ["graphql-ws", ""] {
        // A client of ours would refuse the missing protocol; one that offers none may look.
        if protocol.is_empty() {
            let opened = dial(&server, "/graphql/ws", protocol, &[])
                .await
                .expect("it is upgraded");
            assert_eq!(Client(opened).end().await, 4406);
        } else {
            assert!(dial(&server, "/graphql/ws", protocol, &[]).await.is_err());
        }
    }
}

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

#[tokio::test]
async fn a_doubled_id_closes_with_4409() {
    let server = App::new().listen().await;
    let mut client = Client::ready(&server, json!(null)).await;
    client.subscribe("1", "subscription { forever }").await;
    client.hear().await;
    client.subscribe("1", "subscription { forever }").await;
    assert_eq!(client.end().await, 4409);
    none_open(&server.seen.open).await;
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
    assert!(matches!(client.end().await, 4429 | 0));
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
        assert!(matches!(client.end().await, 4429 | 0));
    }
}

#[tokio::test]
async fn a_client_that_says_nothing_and_answers_no_ping_is_dropped() {
    let server = server(SocketSettings {
        keepalive: Duration::from_millis(100),
        ..SocketSettings::default()
    })
    .await;
    // One that answers pings lives through many of them.
    let mut lively = Client::ready(&server, json!(null)).await;
    lively.subscribe("1", "subscription { forever }").await;
    lively.hear().await;
    let mut pings = 0;
    while pings < 5 {
        if let Some(Ok(Message::Ping(_))) = lively.next().await {
            pings += 1;
        }
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

#[tokio::test]
async fn pages_of_foreign_origins_are_refused_at_the_upgrade() {
    let origins_allowed = vec!["https://shop.example".to_owned()];
    let server = App::with(HttpSettings {
        origins_allowed,
        ..HttpSettings::default()
    })
    .listen()
    .await;
    let own = format!("http://{}", server.address);
    for path in ["/graphql", "/graphql/ws"] {
        for origin in [own.as_str(), "https://shop.example", ""] {
            assert!(
                dial(&server, path, "graphql-transport-ws", &[("origin", origin)])
                    .await
                    .is_ok(),
                "{origin}"
            );
        }
        for origin in ["https://evil.example", "null", "http://127.0.0.1"] {
            let opened = dial(&server, path, "graphql-transport-ws", &[("origin", origin)]).await;
            assert_eq!(refused(opened), 403, "{origin}");
        }
    }
}

#[tokio::test]
async fn a_stopping_server_says_that_it_goes() {
    let server = App::new().listen().await;
    let mut client = Client::ready(&server, json!(null)).await;
    let mut waiting = Client::connect(&server).await;
    client.subscribe("1", "subscription { forever }").await;
    client.hear().await;
    eventually("it is open", || server.seen.open.load(Ordering::SeqCst) == 1).await;
    server.drain.begin();
    assert_eq!(client.end().await, 1001);
    assert_eq!(waiting.end().await, 1001);
    eventually("the server has ended", || server.task.is_finished()).await;
}

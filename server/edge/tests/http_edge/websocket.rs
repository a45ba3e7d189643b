//! graphql-transport-ws, by a client that keeps to it and by ones that do not.

use std::{sync::atomic::Ordering, time::Duration};

use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{
        Error, Message,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};
use vitrine_edge::{HttpSettings, SocketSettings};

use crate::{
    support::{App, eventually, none_open},
    websocket_client::{Client, dial, server},
};

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

    // It passed every check, and no event was executed: no data, as graphql-js has it.
    client.subscribe("1", "subscription { refused }").await;
    let next = client.hear().await;
    assert_eq!(
        (next["type"].as_str(), next["payload"].get("data")),
        (Some("next"), None)
    );
    assert_eq!(next["payload"]["errors"][0]["extensions"]["code"], "NOT_YOURS");
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
        .say(json!({ "type": "connection_init", "payload": { "authorization": 5 } }))
        .await;
    assert_eq!(client.end().await, 4400);
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
    let patient_for = |init_timeout| SocketSettings {
        init_timeout,
        ..SocketSettings::default()
    };
    let impatient = server(patient_for(Duration::from_millis(200))).await;
    assert_eq!(Client::connect(&impatient).await.end().await, 4408);

    let server = server(patient_for(Duration::from_secs(60))).await;
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
async fn whoever_closes_is_answered_with_their_code() {
    let server = App::new().listen().await;
    let frame = CloseFrame {
        code: CloseCode::Normal,
        reason: "".into(),
    };
    let mut before = Client::connect(&server).await;
    before.send(Message::Close(Some(frame.clone()))).await;
    assert_eq!(before.end().await, 1000);
    let mut running = Client::ready(&server, json!(null)).await;
    running.subscribe("1", "subscription { forever }").await;
    running.hear().await;
    running.send(Message::Close(Some(frame))).await;
    assert_eq!(running.end().await, 1000);
    none_open(&server.seen.open).await;
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

fn refused(result: Result<WebSocketStream<MaybeTlsStream<TcpStream>>, Error>) -> u16 {
    match result {
        Err(Error::Http(response)) => response.status().as_u16(),
        other => panic!("not refused: {other:?}"),
    }
}

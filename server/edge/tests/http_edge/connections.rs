//! Connections: whom they name, how many an address has, and that a last answer arrives.

use std::time::Duration;

use axum::{
    Router,
    body::Bytes,
    http::{HeaderValue, header},
    middleware, routing,
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_tungstenite::tungstenite::{Error, Message};
use vitrine_edge::{self as edge, Drain, HttpSettings, Room, SocketSettings};

use crate::{
    raw_client::connect,
    support::{App, RESPONSE_JSON, eventually, new_id, post, within},
    websocket_client::{Client, dial, server},
};

/// Sends these bytes, and gives whatever is answered until the connection ends.
async fn exchange(stream: &mut TcpStream, bytes: &[u8]) -> String {
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    // Whoever sends on may be reset, after the answer has come.
    let _ = within("the connection ends", read).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_request_says_once_where_it_goes_and_whose_it_is() {
    let server = App::new().listen().await;
    let body = r#"{"query":"{ hello }"}"#;
    let head = format!(
        "Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    for (lines, expected) in [
        ("HTTP/1.1\r\nHost: shop.example:80\r\n", "200"),
        ("HTTP/1.0\r\n", "200"),
        ("HTTP/1.1\r\n", "400"),
        ("HTTP/1.1\r\nHost: a.example\r\nHost: a.example\r\n", "400"),
        ("HTTP/1.1\r\nHost: a.example/evil\r\n", "400"),
        ("HTTP/1.1\r\nHost: me@a.example\r\n", "400"),
        ("HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer bad\r\n", "401"),
        (
            "HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer known\r\nAuthorization: Bearer known\r\n",
            "400",
        ),
        ("HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer é\r\n", "400"),
        ("HTTP/1.1\r\nHost: a.example\r\nContent-Type: text/plain\r\n", "400"),
        // Nothing is done before it is told that there is no way to tell of it.
        ("HTTP/1.1\r\nHost: a.example\r\nAccept-Encoding: *;q=0\r\n", "200"),
    ] {
        let request = format!("POST /graphql {lines}{head}");
        let answer = exchange(&mut connect(&server).await, request.as_bytes()).await;
        assert_eq!(answer.split(' ').nth(1), Some(expected), "{lines:?} {answer}");
    }
}

#[tokio::test]
async fn a_token_that_is_not_valid_is_challenged() {
    let mut request = post(RESPONSE_JSON, &json!({ "query": "{ hello }" }));
    let token = HeaderValue::from_static("Bearer forged");
    request.headers_mut().insert(header::AUTHORIZATION, token);
    let answer = App::new().send(request).await;
    answer.assert_refused(401, "UNAUTHENTICATED");
    let challenge = answer.header(header::WWW_AUTHENTICATE);
    assert_eq!(challenge, "Bearer realm=\"vitrine\", error=\"invalid_token\"");
}

#[tokio::test]
async fn heads_are_bounded() {
    let server = App::new().listen().await;
    let many = "X-A: b\r\n".repeat(200);
    let long = format!("X-A: {}\r\n", "b".repeat(200_000));
    for lines in [many, long] {
        let request = format!("GET /graphql HTTP/1.1\r\nHost: a.example\r\n{lines}\r\n");
        let answer = exchange(&mut connect(&server).await, request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
}

/// By HTTP/2's own words: SETTINGS, and GOAWAY with HTTP_1_1_REQUIRED.
#[tokio::test]
async fn a_stranger_who_speaks_http2_is_told_to_come_by_http1() {
    let server = App::new().listen().await;
    let settings = [0_u8, 0, 0, 4, 0, 0, 0, 0, 0];
    let mut stream = connect(&server).await;
    let preface = [&b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..], &settings].concat();
    stream.write_all(&preface).await.expect("it takes it");
    let mut answer = Vec::new();
    let read = within("the connection ends", stream.read_to_end(&mut answer)).await;
    read.expect("in order");
    let (first, goaway) = answer.split_at(settings.len());
    assert_eq!(first, settings);
    assert_eq!(*goaway, [0_u8, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13]);
}

#[tokio::test]
async fn one_address_has_so_many_streams() {
    let settings = HttpSettings {
        streams_per_address: 2,
        ..HttpSettings::default()
    };
    let server = App::with(settings).listen().await;
    let _open = [
        Client::ready(&server, json!(null)).await,
        Client::ready(&server, json!(null)).await,
    ];
    let before = Room::StreamOfAddress.refused();
    let refused = dial(&server, "/graphql/ws", "graphql-transport-ws", &[]).await;
    assert!(Room::StreamOfAddress.refused() > before, "it is counted");
    let Err(Error::Http(refused)) = refused else {
        panic!("a third socket is not refused")
    };
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
}

/// A socket is a connection, too, as long as it lives.
#[tokio::test]
async fn one_address_has_so_many_connections() {
    let settings = HttpSettings {
        connections_per_address: 2,
        ..HttpSettings::default()
    };
    let server = App::with(settings).listen().await;
    let first = Client::ready(&server, json!(null)).await;
    let _second = Client::ready(&server, json!(null)).await;
    let before = Room::ConnectionOfAddress.refused();
    let mut third = connect(&server).await;
    let read = within("it is closed", third.read(&mut [0; 1])).await;
    assert_eq!(read.unwrap_or_default(), 0);
    assert!(Room::ConnectionOfAddress.refused() > before, "it is counted");
    drop(first);
    let coming_again = async {
        while dial(&server, "/graphql/ws", "graphql-transport-ws", &[]).await.is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    within("what was given back is there again", coming_again).await;
}

/// The client still sends when the server is done with it: the reason must not be lost in a reset.
#[tokio::test]
async fn the_reason_of_a_close_arrives() {
    let server = server(SocketSettings {
        messages_burst: 20,
        ..SocketSettings::default()
    })
    .await;
    for _ in 0..5 {
        let mut client = Client::ready(&server, json!(null)).await;
        for _ in 0..2_000 {
            client.send(Message::text(r#"{"type":"ping"}"#)).await;
        }
        assert_eq!(client.end().await, 4429);
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_or_too_slow_is_refused_in_time() {
    let settings = HttpSettings {
        body_timeout: Duration::from_millis(200),
        ..HttpSettings::default()
    };
    let bound = middleware::from_fn_with_state(settings.clone(), edge::bodies::bound);
    let hook = Router::new().route(
        "/hook",
        routing::post(|body: Bytes| async move { body.len().to_string() }),
    );
    let routes = edge::finish(hook.layer(bound), &settings, new_id);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let serving = tokio::spawn(async move { edge::serve(listener, routes, &settings, Drain::default()).await });

    let head = |length: usize| format!("POST /hook HTTP/1.1\r\nHost: a.example\r\nContent-Length: {length}\r\n");
    for (request, expected) in [
        (format!("{}Connection: close\r\n\r\nhello", head(5)), "200"),
        (format!("{}\r\n{}", head(100_000_000), "x".repeat(3_000_000)), "413"),
        (format!("{}\r\nhel", head(5)), "408"),
    ] {
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        let answer = exchange(&mut stream, request.as_bytes()).await;
        assert_eq!(answer.split(' ').nth(1), Some(expected), "{answer}");
    }
    eventually("the server still serves", || !serving.is_finished()).await;
    serving.abort();
}

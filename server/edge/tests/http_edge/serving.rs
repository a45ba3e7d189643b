//! The connections themselves: slow ones, greedy ones, and the end of the server.

use std::{sync::atomic::Ordering, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use vitrine_edge::HttpSettings;

use crate::{
    raw_client::{ENDING, Frames, GOAWAY, SUBSCRIBE, ask, connect, read_until, rest},
    support::{App, eventually, none_open, within},
};

/// The first head of a connection, and one on a connection that was kept. Whoever is idle for as long is not cut off.
#[tokio::test]
async fn a_slow_head_is_cut_off_and_others_are_served() {
    let app = App::with(HttpSettings {
        header_timeout: Duration::from_millis(300),
        ..HttpSettings::default()
    });
    let server = app.listen().await;
    let (mut idle, mut slow, mut late) = (connect(&server).await, connect(&server).await, connect(&server).await);
    for stream in [&mut idle, &mut late] {
        assert!(ask(stream).await.contains("HTTP/1.1 200"));
    }
    let head = b"POST /graphql HTTP/1.1\r\nhost: a\r\nx-slow: ";
    slow.write_all(head).await.expect("it takes it");
    assert!(!rest(&mut slow).await.contains(" 200 "));
    // The others have been idle for longer than a head may take.
    late.write_all(head).await.expect("it takes it");
    assert!(!rest(&mut late).await.contains(" 200 "));
    assert!(ask(&mut idle).await.contains("HTTP/1.1 200"));
}

#[tokio::test]
async fn an_idle_connection_is_closed_in_the_end() {
    let app = App::with(HttpSettings {
        idle_timeout: Duration::from_millis(100),
        ..HttpSettings::default()
    });
    let server = app.listen().await;
    let mut kept = connect(&server).await;
    assert!(ask(&mut kept).await.contains("HTTP/1.1 200"));
    rest(&mut kept).await;
}

/// A proxy opens connections before it has requests for them, and may speak HTTP/2.
#[tokio::test]
async fn a_proxys_connection_is_kept_before_its_first_request_and_ended_by_goaway() {
    let settings = HttpSettings {
        header_timeout: Duration::from_millis(100),
        trusted_proxies: vec!["127.0.0.1/32".parse().expect("a network")],
        ..HttpSettings::default()
    };
    let server = App::with(settings.clone()).listen().await;
    let (mut idle, mut slow) = (connect(&server).await, connect(&server).await);
    slow.write_all(b"GET ").await.expect("it takes it");
    assert_eq!(rest(&mut slow).await, "");
    assert!(ask(&mut idle).await.contains("HTTP/1.1 200"));

    let idle_timeout = Duration::from_millis(100);
    let server = App::with(HttpSettings {
        idle_timeout,
        ..settings
    })
    .listen()
    .await;
    let mut frames = Frames::open(connect(&server).await).await;
    assert_eq!(frames.next(GOAWAY).await, ENDING);
}

/// It may have been on its way when the server was asked to stop: whoever sent it would not know what became of it.
#[tokio::test]
async fn a_stopping_server_answers_a_last_request_on_connections_that_it_kept() {
    let mut server = App::with(HttpSettings {
        last_request_timeout: Duration::from_millis(200),
        ..HttpSettings::default()
    })
    .listen()
    .await;
    let (mut used, mut idle) = (connect(&server).await, connect(&server).await);
    for stream in [&mut used, &mut idle] {
        assert!(!ask(stream).await.contains("connection: close"));
    }
    server.drain.begin();
    let last = ask(&mut used).await;
    assert!(
        last.contains("HTTP/1.1 200") && last.contains("connection: close"),
        "{last}"
    );
    assert!(!rest(&mut used).await.contains("HTTP/1.1"));
    // Nobody waits for whoever sends nothing.
    let ended = within("it ends", &mut server.task).await;
    ended.expect("it ends well");
    rest(&mut idle).await;
}

#[tokio::test]
async fn a_hundred_megabytes_are_refused_before_they_are_sent() {
    let server = App::new().listen().await;
    let mut client = TcpStream::connect(server.address).await.expect("it listens");
    let head =
        "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 104857600\r\n\r\n";
    client.write_all(head.as_bytes()).await.expect("it takes it");
    let answer = read_until(&mut client, "BODY_TOO_LARGE").await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn a_subscriber_that_stops_reading_is_disconnected() {
    let app = App::with(HttpSettings {
        write_timeout: Duration::from_millis(200),
        ..HttpSettings::default()
    });
    let server = app.listen().await;
    let mut client = TcpStream::connect(server.address).await.expect("it listens");
    client
        .write_all(SUBSCRIBE.replace("FIELD", "flood").as_bytes())
        .await
        .expect("it takes it");
    read_until(&mut client, "event: next").await;
    // It still holds the connection, and takes nothing more.
    none_open(&server.seen.open).await;
}

/// It is taken from hyper: whatever was asked for before it on the connection is answered first, and nothing behind it.
#[tokio::test]
async fn an_event_stream_is_the_last_answer_of_its_connection() {
    let server = App::new().listen().await;
    let mut client = TcpStream::connect(server.address).await.expect("it listens");
    let ask = |query: &str, encoding: &str| {
        format!(
            "GET /graphql?query={query} HTTP/1.1\r\nhost: a\r\naccept: text/event-stream\r\n\
             accept-encoding: {encoding}\r\n\r\n"
        )
    };
    // What is refused before a stream begins is an answer as any other.
    let all = [
        ask("mutation%7Bbump%7D", "identity"),
        ask("subscription%7Bcount(to:2)%7D", "gzip"),
        ask("%7Bhello%7D", "identity"),
    ];
    client.write_all(all.concat().as_bytes()).await.expect("it takes it");
    let mut text = String::new();
    client.read_to_string(&mut text).await.expect("it is closed in order");
    assert_eq!(text.matches("HTTP/1.1 ").count(), 2, "{text}");
    let (refused, stream) = text.split_once("HTTP/1.1 200 OK\r\n").expect("a stream");
    assert!(
        refused.starts_with("HTTP/1.1 405") && refused.contains("METHOD_NOT_ALLOWED"),
        "{refused}"
    );
    let (head, mut chunks) = stream.split_once("\r\n\r\n").expect("a head");
    for line in [
        "content-type: text/event-stream",
        "x-accel-buffering: no",
        "x-request-id: ",
        "date: ",
        "transfer-encoding: chunked",
        "connection: close",
    ] {
        assert!(head.contains(line), "{line}: {head}");
    }
    assert!(
        !head.contains("content-length") && !head.contains("content-encoding"),
        "{head}"
    );
    let mut events = String::new();
    loop {
        let (size, rest) = chunks.split_once("\r\n").expect("a size");
        let size = usize::from_str_radix(size, 16).expect("a number");
        events += &rest[..size];
        chunks = rest[size..].strip_prefix("\r\n").expect("the end of a chunk");
        if size == 0 {
            break;
        }
    }
    assert_eq!(chunks, "", "the last chunk is empty");
    assert_eq!(events.matches("event: next").count(), 2);
    assert!(events.ends_with("event: complete\ndata: {}\n\n"), "{events:?}");
}

#[tokio::test]
async fn a_stopping_server_ends_its_streams_and_waits_for_them() {
    let mut server = App::new().listen().await;
    let mut client = TcpStream::connect(server.address).await.expect("it listens");
    client
        .write_all(SUBSCRIBE.replace("FIELD", "forever").as_bytes())
        .await
        .expect("it takes it");
    read_until(&mut client, "guest").await;
    eventually("it is open", || server.seen.open.load(Ordering::SeqCst) == 1).await;
    server.drain.begin();
    let ended = within("it ends", &mut server.task).await;
    ended.expect("it ends well");
    let mut rest = Vec::new();
    client.read_to_end(&mut rest).await.expect("it is closed in order");
    assert!(
        TcpStream::connect(server.address).await.is_err(),
        "nobody listens any more"
    );
}

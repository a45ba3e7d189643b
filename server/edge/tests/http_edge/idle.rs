//! Idle connections where places run out: they make room for whoever comes, those that have waited longest first.

use std::{sync::atomic::Ordering, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use vitrine_edge::{self as edge, HttpSettings};

use crate::{
    raw_client::{ENDING, Frames, GOAWAY, HELLO, SETTINGS, SUBSCRIBE, ask, connect, read_until, rest},
    support::{App, Listening, within},
};

/// A server with so many places, which it would keep for longer than a test waits.
async fn with_places(connections_max: usize) -> Listening {
    let settings = HttpSettings {
        connections_max,
        // A proxy of ours, so that nothing is counted by address.
        trusted_proxies: vec!["127.0.0.1/32".parse().expect("a network")],
        ..HttpSettings::default()
    };
    App::with(settings).listen().await
}

#[tokio::test]
async fn whoever_holds_all_places_idle_keeps_nobody_out() {
    let server = with_places(4).await;
    let before = edge::idle_connections_closed();
    let mut held = Vec::new();
    for _ in 0..4 {
        let mut stream = connect(&server).await;
        assert!(ask(&mut stream).await.contains("HTTP/1.1 200"));
        held.push(stream);
    }
    let mut another = connect(&server).await;
    let served = within("another is served", ask(&mut another)).await;
    assert!(served.contains("HTTP/1.1 200"), "{served}");
    assert_eq!(rest(&mut held[0]).await, "", "it has waited longest");
    assert!(ask(&mut held[2]).await.contains("HTTP/1.1 200"), "it is kept");
    assert!(edge::idle_connections_closed() > before, "it is counted");
}

#[tokio::test]
async fn where_places_are_short_an_answer_is_its_connections_last() {
    let server = with_places(2).await;
    let mut stream = connect(&server).await;
    let subscribe = SUBSCRIBE.replace("FIELD", "forever");
    stream.write_all(subscribe.as_bytes()).await.expect("it takes it");
    read_until(&mut stream, "guest").await;
    // Nothing is idle: who comes has the last place, and leaves it to the next.
    for _ in 0..2 {
        let mut last = connect(&server).await;
        let answer = within("it is served", ask(&mut last)).await;
        assert!(answer.contains("connection: close"), "{answer}");
        rest(&mut last).await;
    }
    assert_eq!(server.seen.open.load(Ordering::SeqCst), 1, "what is under way goes on");
}

#[tokio::test]
async fn an_idle_connection_of_http2_makes_room_by_goaway() {
    let server = with_places(2).await;
    let mut frames = Frames::open(connect(&server).await).await;
    frames.next(SETTINGS).await;
    let mut another = connect(&server).await;
    assert!(ask(&mut another).await.contains("HTTP/1.1 200"));
    assert_eq!(frames.next(GOAWAY).await, ENDING);
}

/// Further ones of the address are turned away until one of its own has gone.
#[tokio::test]
async fn an_address_makes_room_for_its_own() {
    let server = App::with(HttpSettings {
        connections_per_address: 2,
        ..HttpSettings::default()
    })
    .listen()
    .await;
    let (mut first, mut second) = (connect(&server).await, connect(&server).await);
    for stream in [&mut first, &mut second] {
        let answer = ask(stream).await;
        assert!(!answer.contains("connection: close"), "the server has places: {answer}");
    }
    let coming_again = async {
        while !is_served(&mut connect(&server).await).await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    within("another of the address is served", coming_again).await;
}

/// Unless the connection is closed, or reset.
async fn is_served(stream: &mut TcpStream) -> bool {
    let asked = stream.write_all(HELLO.as_bytes()).await;
    asked.is_ok() && matches!(stream.read(&mut [0; 64]).await, Ok(1..))
}
